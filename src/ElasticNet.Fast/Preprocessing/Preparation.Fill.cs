using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

// All rows at once, and what a row's other numbers fill.
public sealed partial class Preparation
{
    /// <summary>Room that <see cref="Filled"/> needs; 0 where each column is filled by itself.</summary>
    internal int FilledLength => Imputer is null ? 0 : Inputs.Count + _numbers.Length + Imputer.ScratchLength;

    /// <summary>The row after its numbers have been filled from each other: the row itself where there is nothing to fill.</summary>
    /// <param name="row">One value for each input.</param>
    /// <param name="buffer">At least <see cref="FilledLength"/>.</param>
    internal ReadOnlySpan<double> Filled(ReadOnlySpan<double> row, Span<double> buffer)
    {
        if (Imputer is null)
            return row;
        Span<double> filled = buffer[..row.Length], numbers = buffer.Slice(row.Length, _numbers.Length);
        bool hasGap = false;
        for (int k = 0; k < numbers.Length; k++)
        {
            numbers[k] = row[_numbers[k]];
            hasGap |= double.IsNaN(numbers[k]);
        }

        if (!hasGap)
            return row;
        Imputer.Fill(numbers, buffer[(row.Length + numbers.Length)..]);
        row.CopyTo(filled);
        for (int k = 0; k < numbers.Length; k++)
            filled[_numbers[k]] = numbers[k];
        return filled;
    }

    /// <summary>The features of all rows.</summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="features">Takes them, column-major.</param>
    /// <param name="stride">From one feature to the next.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most, −1 for all cores.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="undefined">What to write in place of NaN: rows of weight 0 may have it, and NaN times 0 is not 0.</param>
    /// <param name="places">Where each feature goes, below 0 for nowhere; null for its own place.</param>
    internal unsafe void Fill<T>(
        MatrixView<T> raw, double* features, nint stride, int maxDegreeOfParallelism, CancellationToken cancellationToken,
        double undefined = double.NaN, int[]? places = null)
        where T : unmanaged
    {
        fixed (T* origin = raw)
        {
            RawTable<T> table = new(raw, origin);
            int rows = table.Rows;
            using AlignedBuffer<double> numbers = new();
            FillNumbers(table, numbers, maxDegreeOfParallelism, cancellationToken);
            double* filled = numbers.Pointer;
            table.ForEachColumn(maxDegreeOfParallelism, (input, values, _) =>
            {
                for (int k = _firstFeature[input]; k < _firstFeature[input + 1]; k++)
                {
                    FeatureSource source = _sources[k];
                    int place = places is null ? k : places[k];
                    if (place < 0)
                        continue;
                    double* from = filled != null && source.Kind == SourceKind.Number
                        ? filled + (nint)Array.BinarySearch(_numbers, input) * rows
                        : values;
                    double* feature = features + place * stride;
                    for (int i = 0; i < rows; i++)
                    {
                        double value = source.Of(from[i]);
                        feature[i] = double.IsNaN(value) ? undefined : value;
                    }
                }
            }, cancellationToken);
        }
    }

    /// <summary>The numbers of all rows as they are filled from each other, column-major; nothing where they are not.</summary>
    private unsafe void FillNumbers<T>(
        RawTable<T> table, AlignedBuffer<double> numbers, int maxDegreeOfParallelism, CancellationToken cancellationToken)
        where T : unmanaged
    {
        if (Imputer is null)
            return;
        int rows = table.Rows;
        double* filled = numbers.Require((nint)rows * _numbers.Length);
        table.ForEachColumn(maxDegreeOfParallelism, (input, values, _) =>
        {
            int number = Array.BinarySearch(_numbers, input);
            if (number >= 0)
                new ReadOnlySpan<double>(values, rows).CopyTo(new Span<double>(filled + (nint)number * rows, rows));
        }, cancellationToken);
        Imputer.Fill(filled, rows, rows, maxDegreeOfParallelism, cancellationToken);
    }
}
