using System.Numerics;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

/// <summary>The rows of positive weight as they are, and the weights as given: not only their ratios count where the variance is known.</summary>
internal sealed class UnpenalizedSample
{
    private UnpenalizedSample(double[] x, double[] y, double[] weights, double[] offset, int[] places, ElasticNetOptions options, string[] names)
    {
        (X, Y, Weights, Offset, Places, Names) = (x, y, weights, offset, places, names);
        Options = options with { Weights = weights, Offset = offset, Preparation = null, Progress = null, FoldPlan = null, Lambdas = default };
    }

    /// <summary>Columns one after the other.</summary>
    public double[] X { get; }

    public double[] Y { get; }

    public double[] Weights { get; }

    /// <summary>0 without one.</summary>
    public double[] Offset { get; }

    /// <summary>Where the rows are among all.</summary>
    public int[] Places { get; }

    /// <summary>Of each column.</summary>
    public string[] Names { get; }

    /// <summary>Per feature, and for these rows.</summary>
    public ElasticNetOptions Options { get; }

    public int Rows => Y.Length;

    /// <summary>Whether raw columns were prepared.</summary>
    public bool IsPrepared { get; private init; }

    /// <summary>Checks and copies.</summary>
    public static UnpenalizedSample Of(in Features x, Target y, ElasticNetOptions options)
    {
        Features dense = x.Dense();
        return dense.HasSingles ? Of(dense.Singles, y.Values, options) : Of(dense.Doubles, y.Values, options);
    }

    private static UnpenalizedSample Of<T>(MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options)
        where T : unmanaged, INumberBase<T>
    {
        if (options.Preparation is null)
        {
            ValidOptions.Check(options, x.Rows, x.Columns, y);
            ElasticNetInference.CheckFinite(x, options.Weights.Span);
            return Take(x, y, options, FeatureName.All(options.NamesGiven, x.Columns), isPrepared: false);
        }

        RawProblem valid = RawProblem.Check(x, y, options);
        if (valid.Copies > 1)
            Throw.OutOfRange(nameof(PreparationOptions.Imputation), valid.Options.Preparation!.Imputation, "be another method here, because copies of a row are no rows; draw tables with MultipleImputation, infer from each, and pool by RubinRules");
        using PreparedProblem problem = PreparedProblem.Of(x, valid.Target, valid.Weights, valid.Options, isFold: false, asTable: true);
        return Take(problem.Table, valid.Target, problem.Options, [.. problem.Preparation.FeatureNames], isPrepared: true);
    }

    private static UnpenalizedSample Take<T>(MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options, string[] names, bool isPrepared)
        where T : unmanaged, INumberBase<T>
    {
        if (!options.LowerBounds.IsEmpty || !options.UpperBounds.IsEmpty)
            Throw.Data(nameof(options), $"'{nameof(options.LowerBounds)}' and '{nameof(options.UpperBounds)}' must be empty: a coefficient at a bound has no standard error of this kind.");
        ReadOnlySpan<double> weights = options.Weights.Span, offset = options.Offset.Span;
        List<int> places = [];
        for (int i = 0; i < y.Length; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                places.Add(i);
        }

        int n = places.Count;
        if ((long)n * x.Columns > Array.MaxLength)
            Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' ({n} rows × {x.Columns} columns) must have fewer than {Array.MaxLength} elements for a table of tests; leave columns out that are of no interest."));
        double[] values = new double[n * x.Columns], response = new double[n], given = new double[n], known = new double[n];
        for (int k = 0; k < n; k++)
        {
            int i = places[k];
            (response[k], given[k], known[k]) = (y[i], weights.IsEmpty ? 1 : weights[i], offset.IsEmpty ? 0 : offset[i]);
            for (int j = 0; j < x.Columns; j++)
                values[(long)j * n + k] = double.CreateTruncating(x[i, j]);
        }

        return new(values, response, given, known, [.. places], options, names) { IsPrepared = isPrepared };
    }
}
