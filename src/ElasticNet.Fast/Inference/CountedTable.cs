using System.Numerics;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

/// <summary>The data of a question, checked while rows still bear the numbers that the caller knows: the features of the rows of positive weight, prepared where they were raw, copied column by column.</summary>
/// <param name="X">Columns one after the other.</param>
/// <param name="Rows">Which rows count, and y; of squared error less the offset, which other losses have in <paramref name="Offset"/>.</param>
/// <param name="Offset">Of the rows that count; empty without one, and of squared error.</param>
/// <param name="Names">Of each column.</param>
/// <param name="Options">Per feature; their weights, offset and folds are those of all rows.</param>
/// <param name="IsPrepared">Whether the columns were raw.</param>
internal sealed record CountedTable(double[] X, CountedRows Rows, double[] Offset, string[] Names, ElasticNetOptions Options, bool IsPrepared)
{
    /// <summary>Checks and copies.</summary>
    /// <param name="x">The features, or raw columns.</param>
    /// <param name="y">The target.</param>
    /// <param name="options">As given.</param>
    public static CountedTable Of(in Features x, Target y, ElasticNetOptions options)
    {
        Features dense = x.Dense();
        return dense.HasSingles ? Of(dense.Singles, y.Values, options) : Of(dense.Doubles, y.Values, options);
    }

    private static CountedTable Of<T>(MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options)
        where T : unmanaged, INumberBase<T>
    {
        if (options.Preparation is null)
        {
            ValidOptions.Check(options, x.Rows, x.Columns, y);
            CheckFinite(x, options.Weights.Span);
            return Take(x, y, options, FeatureName.All(options.NamesGiven, x.Columns), isPrepared: false);
        }

        RawProblem valid = RawProblem.Check(x, y, options);
        if (valid.Copies > 1)
            Throw.OutOfRange(nameof(PreparationOptions.Imputation), valid.Options.Preparation!.Imputation, "be another method here, because copies of a row are no rows; draw tables with MultipleImputation, infer from each, and pool by RubinRules");
        using PreparedProblem problem = PreparedProblem.Of(x, valid.Target, valid.Weights, valid.Options, isFold: false, asTable: true);
        return Take(problem.Table, valid.Target, problem.Options, [.. problem.Preparation.FeatureNames], isPrepared: true);
    }

    private static CountedTable Take<T>(MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options, string[] names, bool isPrepared)
        where T : unmanaged, INumberBase<T>
    {
        // Refuses what is outside the family's range.
        RowLoss? loss = options.Family.IsSurvival ? null : RowLoss.Of(options.Family);
        _ = loss?.NullIntercept(y, options.Weights.Span, options.Offset.Span, options.Intercept);
        bool isSquares = loss is null && !options.Family.IsSurvival;
        CountedRows rows = new(y, isSquares ? options : options with { Offset = default });
        int n = rows.Count, p = x.Columns;
        if ((long)n * p > Array.MaxLength)
            Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' ({n} rows × {p} columns) must have fewer than {Array.MaxLength} elements for intervals and tests; leave columns out that are of no interest."));
        double[] values = new double[n * p];
        for (int j = 0; j < p; j++)
            rows.Column(x, j, values.AsSpan(j * n, n));
        double[] offset = isSquares || options.Offset.IsEmpty ? [] : new double[n];
        for (int k = 0; k < offset.Length; k++)
            offset[k] = options.Offset.Span[rows.Places[k]];
        return new(values, rows, offset, names, options, isPrepared);
    }

    /// <summary>Refuses what is not finite in a row that counts.</summary>
    private static void CheckFinite<T>(MatrixView<T> x, ReadOnlySpan<double> weights)
        where T : unmanaged, INumberBase<T>
    {
        for (int j = 0; j < x.Columns; j++)
        {
            for (int i = 0; i < x.Rows; i++)
            {
                if (!T.IsFinite(x[i, j]) && (weights.IsEmpty || weights[i] > 0))
                    Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' must be finite, but element ({i}, {j}) is {x[i, j]}."));
            }
        }
    }
}
