using System.Buffers;
using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Preprocessing;

public sealed partial class Preparation
{
    /// <summary>Numbers of a row that are held on the stack; longer rows borrow from the pool.</summary>
    internal const int MostOnStack = 256;

    /// <summary>One row of features. Allocates nothing.</summary>
    /// <param name="row">One value for each of <see cref="Inputs"/>: numbers, codes of levels, NaN for missing.</param>
    /// <param name="features">Takes one value for each of <see cref="FeatureNames"/>.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    [SkipLocalsInit]
    public void Transform(ReadOnlySpan<double> row, Span<double> features)
    {
        if (row.Length != Inputs.Count)
            Throw.Length(nameof(row), row.Length, Throw.Invariant($"have one value for each of the {Inputs.Count} inputs"));
        if (features.Length != FeatureCount)
            Throw.Length(nameof(features), features.Length, Throw.Invariant($"have room for exactly the {FeatureCount} features"));
        double[]? rented = FilledLength > MostOnStack ? ArrayPool<double>.Shared.Rent(FilledLength) : null;
        ReadOnlySpan<double> filled = Filled(row, rented is null ? stackalloc double[MostOnStack] : rented);
        for (int k = 0; k < features.Length; k++)
            features[k] = FeatureValue(k, row, filled);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>All rows of a table, the same bits as row by row.</summary>
    /// <param name="x">A table that has the columns <see cref="Inputs"/>: they are found by name, levels by what they are called; one that was not learnt counts as unknown.</param>
    /// <param name="features">Takes the features, column-major: rows × <see cref="FeatureCount"/>.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a column that was learnt is not there, twice, or of the other kind.</exception>
    public void Transform(FeatureTable x, Span<double> features)
    {
        ArgumentNullException.ThrowIfNull(x);
        Transform(MatchedColumns.Of(nameof(x), x, Inputs, [.. Enumerable.Range(0, Inputs.Count)]).View, features);
    }

    /// <summary>All rows of a table, the same bits as row by row.</summary>
    /// <param name="x">Rows of one value for each of <see cref="Inputs"/>: numbers, codes of the levels of <see cref="Inputs"/>, NaN for missing.</param>
    /// <param name="features">Takes the features, column-major: rows × <see cref="FeatureCount"/>.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public void Transform(MatrixView<double> x, Span<double> features) => TransformRows(x, features);

    /// <inheritdoc cref="Transform(MatrixView{double}, Span{double})"/>
    public void Transform(MatrixView<float> x, Span<double> features) => TransformRows(x, features);

    /// <summary>Whether a value of an input makes a feature NaN: a gap that nothing fills, or a level that is refused. Beside zeros, which every number and the first level of a category are.</summary>
    /// <param name="input">Which of <see cref="Inputs"/>.</param>
    /// <param name="value">A number, the code of a level, or NaN.</param>
    internal bool Leaves(int input, double value)
    {
        double[] alone = new double[Inputs.Count], features = new double[FeatureCount];
        alone[input] = value;
        Transform(alone, features);
        return features.Any(double.IsNaN);
    }

    /// <summary>One feature of a row. Allocates nothing.</summary>
    /// <param name="feature">Which feature.</param>
    /// <param name="row">The raw row: where it has gaps, indicators see them.</param>
    /// <param name="filled">The raw row after its numbers have been filled from each other; the row itself where they are not.</param>
    internal double FeatureValue(int feature, ReadOnlySpan<double> row, ReadOnlySpan<double> filled)
    {
        ref readonly FeatureSource source = ref _sources[feature];
        return source.Of((source.Kind == SourceKind.Number ? filled : row)[source.Input]);
    }

    /// <summary>Which inputs are read for some features, ascending: for a number all numbers where these fill its gaps.</summary>
    internal int[] InputsOf(ReadOnlySpan<int> features)
    {
        bool[] isRead = new bool[Inputs.Count];
        foreach (int feature in features)
        {
            isRead[_sources[feature].Input] = true;
            if (Imputer is not null && _sources[feature].Kind == SourceKind.Number)
            {
                foreach (int number in _numbers)
                    isRead[number] = true;
            }
        }

        return [.. Enumerable.Range(0, isRead.Length).Where(input => isRead[input])];
    }

    /// <summary>What is given per input, for each feature that the input becomes; nothing stays nothing.</summary>
    internal T[] Spread<T>(ReadOnlySpan<T> perInput)
    {
        if (perInput.IsEmpty)
            return [];
        T[] perFeature = new T[FeatureCount];
        for (int k = 0; k < perFeature.Length; k++)
            perFeature[k] = perInput[_sources[k].Input];
        return perFeature;
    }

    private unsafe void TransformRows<T>(MatrixView<T> x, Span<double> features)
        where T : unmanaged
    {
        if (x.Columns != Inputs.Count)
            Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' ({x.Rows} rows × {x.Columns} columns) must have one column for each of the {Inputs.Count} inputs."));
        if (features.Length != (long)x.Rows * FeatureCount)
            Throw.Length(nameof(features), features.Length, Throw.Invariant($"have room for exactly {x.Rows} rows × {FeatureCount} features"));
        fixed (double* destination = features)
            Fill(x, destination, x.Rows, maxDegreeOfParallelism: -1, CancellationToken.None);
    }
}
