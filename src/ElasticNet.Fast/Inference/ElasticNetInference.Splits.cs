using ElasticNet.Fast.Families;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Inference;

// One half selects, the other tests.
public sealed partial class ElasticNetInference
{
    /// <summary>Rows below which a half is no data set.</summary>
    private const int LeastRows = 20;

    /// <summary>
    /// Data splitting, many times over: in each split one half of the rows selects features by cross-validation, least squares on the
    /// other half tests them, and the p-values of all splits are aggregated. Meinshausen, Meier and Bühlmann 2009; their adjustment
    /// (each split's p-value times the features that it tests) controls the family-wise error. Intervals hold the values that the
    /// aggregate, not adjusted, does not reject: conservative, and infinite for features that too few splits select. Of features that are
    /// copies of each other one goes through the splits, and what is found is noted as what they have together; near copies (correlated by
    /// 0.95 or more) of a selected feature are tested beside it. Other families than the Gaussian: halves have their part of each class, the second is
    /// fitted by maximum likelihood with Wald tests, a feature for five rows and for three of the rarer class at most. A half that cannot be fitted finds nothing, and is counted (<see cref="InferenceResult.UnfittedSplits"/>).
    /// </summary>
    /// <param name="options">Level, splits, ρ, λ (each half cross-validates if null) and seed; null means the defaults.</param>
    /// <exception cref="NotSupportedException">Huber's loss, which has no likelihood; Cox, whose loss is no sum over rows.</exception>
    /// <exception cref="InvalidOperationException">Fewer than 20 rows, or fewer rows in a half than folds.</exception>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way; the exception carries the finished splits.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled before a split was finished.</exception>
    public InferenceResult MultiSplit(InferenceOptions? options = null)
    {
        if (_options.Family is HuberFamily)
            RefuseFamily("Multi-splitting", "Huber's loss has no likelihood; the bootstrap takes it");
        RefuseSurvival("Multi-splitting");
        InferenceOptions inference = (options ?? InferenceOptions.Default).Check();
        int n = _sample.Rows, splits = inference.Splits;
        if (n < LeastRows)
            throw new InvalidOperationException(Throw.Invariant($"Splitting needs at least {LeastRows} rows, but there are {n}; the debiased fit uses all rows at once."));
        SplitFinding?[] found = new SplitFinding?[splits];
        ProgressCounter? progress = ProgressCounter.For(_options, splits);
        ulong[] seeds = Seeds(inference.Seed, splits);
        int[] copied = [.. Enumerable.Range(0, _sample.Columns).Where(j => Copies.Representative(j) != j)];
        try
        {
            ParallelWork.Run(splits, _options.MaxDegreeOfParallelism, split =>
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
                found[split] = Split(seeds[split], copied, inference);
                progress?.Advance();
            });
        }
        catch (OperationCanceledException cause) when (_options.CancellationToken.IsCancellationRequested)
        {
            SplitFinding[] finished = [.. found.OfType<SplitFinding>()];
            if (finished.Length == 0)
                throw;
            throw new UnfinishedException<InferenceResult>("The inference", finished.Length, splits, "splits", Aggregate(finished, inference), cause);
        }

        return Aggregate(found!, inference);
    }

    private InferenceResult Aggregate(SplitFinding[] found, InferenceOptions inference)
    {
        int p = _sample.Columns, splits = found.Length;
        SplitAggregate[] aggregates = [.. Enumerable.Range(0, p).Select(_ => new SplitAggregate(splits))];
        foreach (SplitFinding split in found)
        {
            for (int k = 0; k < split.Features.Length; k++)
                aggregates[split.Features[k]].Add(split.Found[k]);
        }

        CoefficientInference[] rows = new CoefficientInference[p];
        for (int j = 0; j < p; j++)
        {
            // One of several copies went through the splits, for all of them.
            int first = Copies.Representative(j);
            (double lower, double upper) = aggregates[first].Interval(inference.Level);
            CoefficientInference joint = new()
            {
                Feature = first,
                Name = _sample.Names[first],
                Estimate = aggregates[first].Estimate(),
                StandardError = double.NaN,
                Lower = lower,
                Upper = upper,
                PValue = aggregates[first].PValue(0, familywise: false),
                AdjustedPValue = aggregates[first].PValue(0, familywise: true),
                Note = aggregates[first].Found.Count > 0 && Copies.Near(first) is { Length: > 0 } near
                    ? $"{Dependence.Names([_sample.Names[first]])} is nearly a copy of {Dependence.Names(NamesOf(near))}, so that selection can hardly tell them apart; they are tested beside each other"
                    : null,
            };
            rows[j] = Copies.Of(j) is { Length: > 1 } copies ? Undetermined(j, Dependence.Copies(NamesOf(copies), _options.Intercept, joint, inference.Level)) : joint;
        }

        return new(
            Throw.Invariant($"{splits} data split(s), selection on one half and {(IsCurved ? "maximum likelihood" : "least squares")} on the other, p-values aggregated by quantiles (Meinshausen, Meier and Bühlmann 2009)"),
            (IsCurved ? $"a {_options.Family.Title} model, independent rows, halves large enough for Wald tests" : "a linear model with independent Gaussian noise of equal variance") + ", and that each half selects all features that matter; features left out are not spoken of" + _prepared,
            inference.Level, rows)
        {
            Lambda = inference.Lambda ?? double.NaN,
            Seed = inference.Seed,
            Splits = splits,
            UnfittedSplits = found.Count(split => ReferenceEquals(split, SplitFinding.Unfitted)),
        };
    }

    private SplitFinding Split(ulong seed, int[] copied, InferenceOptions inference)
    {
        int n = _sample.Rows, first = n / 2, second = n - first;
        int[] order = [.. Enumerable.Range(0, n)];
        new Xoshiro256(seed).Shuffle(order);
        if (_options.Family.HasClasses)
        {
            // Rows of a class go to both halves in turn.
            int[] sorted = [.. order.OrderBy(i => _sample.Y[i])];
            order = [.. sorted.Where((_, at) => at % 2 == 1), .. sorted.Where((_, at) => at % 2 == 0)];
        }

        double[] weights = new double[n];
        foreach (int i in order.AsSpan(0, first))
            weights[i] = _sample.Options.Weights.IsEmpty ? 1 : _sample.Options.Weights.Span[i];
        if (IsDegenerate(weights))
            return SplitFinding.Unfitted;
        ElasticNetOptions half = _sample.Options with { Weights = weights, MaxDegreeOfParallelism = 1 };
        if (copied.Length > 0)
            half = half with { ExcludedFeatures = [.. half.ExcludedFeatures, .. copied] };
        ElasticNetModel model;
        try
        {
            model = inference.Lambda is { } lambda ? FitAt(half, lambda, inference) : Choose(half, inference with { Seed = seed });
        }
        catch (ArgumentException refused) when (IsCurved && refused.ParamName == "y")
        {
            // A fold of the half without both classes, or without an event.
            return SplitFinding.Unfitted;
        }

        // Least squares on the other half: the strongest features, and no more than leave half of its rows to the noise.
        double[] effects = new double[model.Indices.Length];
        for (int k = 0; k < effects.Length; k++)
            effects[k] = Math.Abs(model.Values[k] * model.StandardDeviations[k]);
        int[] rows = order[first..];
        int most = IsCurved ? MostTested(rows) : second / 2;
        List<int> chosen = [.. Enumerable.Range(0, effects.Length).OrderByDescending(k => effects[k]).Take(most).Select(k => model.Indices[k])];
        HashSet<int> untold = [];
        // Which of two near copies was selected is chance: both are tested, beside each other, if there are rows for it.
        foreach (int j in chosen.ToArray())
        {
            int[] near = [.. Copies.Near(j).Except(chosen)];
            if (chosen.Count + near.Length <= most)
                chosen.AddRange(near);
            else if (near.Length > 0)
                untold.Add(j);
        }

        chosen.Sort();
        while (chosen.Count > 0)
        {
            double[][] columns = [.. chosen.Select(j => Part(j, rows)), .. _options.Intercept ? [Roots(rows)] : Array.Empty<double[]>()];
            if (OrthogonalFit.TryFit(columns, PartOfTarget(rows), out List<int[]> dependent) is not { } fit)
            {
                // Constant on these rows or dependent on each other: none of these can be tested here, and all count as not selected. One is
                // taken out, whichever, because the others span the same.
                int[] group = [.. dependent[0].Where(k => k < chosen.Count)];
                untold.UnionWith(group.Select(k => chosen[k]));
                chosen.RemoveAt(group.Length > 0 ? group[^1] : chosen.Count - 1);
                continue;
            }

            if (IsCurved)
                return Likelihood(chosen, untold, rows);
            double freedom = second - columns.Length, deviation = Math.Sqrt(fit.ResidualSquare / freedom);
            Positive(deviation);
            int[] tested = [.. Enumerable.Range(0, chosen.Count).Where(k => !untold.Contains(chosen[k]))];
            return new([.. tested.Select(k => chosen[k])], [.. tested.Select(k => new SplitEstimate(fit.Coefficients[k], deviation * Math.Sqrt(fit.Variance(k)), freedom, tested.Length))]);
        }

        return new([], []);
    }

    private int MostTested(int[] rows)
    {
        // A proportion has its part in both classes.
        double events = rows.Sum(i => _sample.Y[i]);
        return _options.Family.HasClasses ? (int)Math.Min(rows.Length / 5, Math.Min(events, rows.Length - events) / 3) : rows.Length / 5;
    }

    /// <summary>Maximum likelihood on these rows.</summary>
    private SplitFinding Likelihood(List<int> chosen, HashSet<int> untold, int[] rows)
    {
        double[] x = new double[chosen.Count * rows.Length];
        for (int k = 0; k < chosen.Count; k++)
        {
            for (int i = 0; i < rows.Length; i++)
                x[k * rows.Length + i] = _sample.Raw(chosen[k])[rows[i]];
        }

        double[] Of(ReadOnlyMemory<double> values) => values.IsEmpty ? [] : Array.ConvertAll(rows, i => values.Span[i]);
        Target target = new(Array.ConvertAll(rows, i => _sample.Y[i])) { Weights = Of(_sample.Options.Weights), Offset = Of(_sample.Options.Offset) };
        ElasticNetOptions options = new() { Family = _options.Family, Intercept = _options.Intercept, MaxDegreeOfParallelism = 1, CancellationToken = _options.CancellationToken };
        ClassicalTable table;
        try
        {
            table = LeastSquares.Fit(MatrixView.ColumnMajor<double>(x, rows.Length, chosen.Count), target, options);
        }
        catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
        {
            // The features separate these rows, or leave no noise: here they cannot be tested, and count as not selected.
            return SplitFinding.Unfitted;
        }

        ClassicalCoefficient[] lines = [.. table.Coefficients.Where(line => line.Feature >= 0 && !untold.Contains(chosen[line.Feature]))];
        double freedom = table.IsDispersionKnown ? double.PositiveInfinity : table.ResidualDegreesOfFreedom;
        return new([.. lines.Select(line => chosen[line.Feature])], [.. lines.Select(line => new SplitEstimate(line.Estimate, line.StandardError, freedom, lines.Length))]);
    }

    private double[] Part(int j, int[] rows)
    {
        double[] part = new double[rows.Length];
        ReadOnlySpan<double> raw = _sample.Raw(j);
        for (int i = 0; i < rows.Length; i++)
            part[i] = _sample.Roots[rows[i]] * (raw[rows[i]] - _sample.Means[j]);
        return part;
    }

    private double[] PartOfTarget(int[] rows) => Array.ConvertAll(rows, i => _sample.Target[i]);

    private double[] Roots(int[] rows)
    {
        double[] roots = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
            roots[i] = _sample.Roots[rows[i]];
        return roots;
    }

    /// <summary>One seed for each piece of work, whoever does it.</summary>
    private static ulong[] Seeds(ulong seed, int count)
    {
        Xoshiro256 random = new(seed);
        ulong[] seeds = new ulong[count];
        for (int k = 0; k < count; k++)
            seeds[k] = random.Next();
        return seeds;
    }
}
