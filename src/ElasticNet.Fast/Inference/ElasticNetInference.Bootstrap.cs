using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

// How the penalised coefficients themselves vary.
public sealed partial class ElasticNetInference
{
    /// <summary>Groups of rows that are left out for BCa's acceleration, at most.</summary>
    private const int MostGroups = 200;

    /// <summary>So often a resample without both classes is drawn again.</summary>
    private const int MostAttempts = 1000;

    /// <summary>
    /// Bootstrap intervals of the penalised coefficients at one λ: rows or residuals drawn with replacement, refitted, and the quantiles
    /// taken. They tell how the estimate varies, its shrinkage included, and are no tests: there are no p-values. Where BCa is impossible, an
    /// interval says so and is as wide as its percentiles to both sides; of survival rows are drawn with their times, an event at least, and a row drawn twice weighs twice; of copies of a feature only the joint effect gets an interval.
    /// </summary>
    /// <param name="options">Level, resamples, what is drawn, the interval, ρ, λ (cross-validated once, on all rows, if null) and seed; null means the defaults.</param>
    /// <exception cref="InvalidOperationException">Fewer rows than folds where λ is cross-validated, a perfect fit where residuals are drawn, or hardly a row of one class.</exception>
    /// <exception cref="NotSupportedException">Residuals of another family than the Gaussian.</exception>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way, with at least 100 resamples finished; the exception carries these.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled earlier.</exception>
    public InferenceResult Bootstrap(InferenceOptions? options = null)
    {
        InferenceOptions inference = (options ?? InferenceOptions.Default).Check();
        int n = _sample.Rows, p = _sample.Columns, resamples = inference.Resamples;
        if ((long)p * resamples > Array.MaxLength)
            throw new InvalidOperationException(Throw.Invariant($"{resamples} resamples of {p} features are more than fit; draw fewer."));
        double[] estimate = new double[p];
        double lambda = inference.Lambda ?? Choose(_sample.Options, inference).Fit.Lambda;
        ElasticNetFit whole;
        using (PathMemory memory = new())
            whole = PathEngine.Fit(_sample.View, _sample.Y, lambda, inference.L1Ratio, _sample.Options, memory, estimate);

        bool corrects = inference.Interval == BootstrapInterval.BiasCorrected;
        int groups = corrects ? Math.Min(n, MostGroups) : 0;
        double[] drawn = new double[p * resamples], leftOut = new double[p * groups];
        bool residual = inference.Bootstrap == BootstrapKind.Residual;
        if (residual)
            RefuseFamily("The bootstrap of residuals", "draw rows");
        (double[] fitted, double[] noise) = residual ? Resampled(whole, estimate) : ([], []);
        ulong[] seeds = Seeds(inference.Seed, resamples + 1);
        int[] groupOf = [.. Enumerable.Range(0, n).Select(i => i % Math.Max(groups, 1))];
        new Xoshiro256(seeds[resamples]).Shuffle(groupOf);
        ProgressCounter? progress = ProgressCounter.For(_options, resamples + groups);
        ElasticNetOptions each = _sample.Options with { MaxDegreeOfParallelism = 1, DegreesOfFreedom = false };
        int degree = WorkCrew.Threads(_options.MaxDegreeOfParallelism);
        bool[] finished = new bool[resamples];
        // Groups first: without them resamples are worth nothing.
        Fit(groups, (group, refit) => Keep(leftOut, groups, group, refit(Without(groupOf, group), _sample.Y)));
        try
        {
            Fit(resamples, (b, refit) =>
            {
                Keep(drawn, resamples, b, residual
                    ? refit(_sample.Options.Weights, WithNoise(new(seeds[b]), fitted, noise))
                    : refit(Drawn(new(seeds[b])), _sample.Y));
                finished[b] = true;
            });
        }
        catch (OperationCanceledException cause) when (_options.CancellationToken.IsCancellationRequested)
        {
            int count = finished.Count(true);
            if (count < InferenceOptions.LeastResamples)
                throw;
            double[] kept = [.. Enumerable.Range(0, p).SelectMany(j => Enumerable.Range(0, resamples).Where(b => finished[b]).Select(b => drawn[j * resamples + b]))];
            throw new UnfinishedException<InferenceResult>(
                "The inference", count, resamples, "resamples", Summarize(kept, count, leftOut, groups, estimate, lambda, inference), cause);
        }

        return Summarize(drawn, resamples, leftOut, groups, estimate, lambda, inference);

        static void Keep(double[] table, int count, int at, double[] coefficients)
        {
            for (int j = 0; j < coefficients.Length; j++)
                table[j * count + at] = coefficients[j];
        }

        // In runs, so that a workspace serves many.
        void Fit(int count, Action<int, Func<ReadOnlyMemory<double>, double[], double[]>> one)
        {
            int runs = Math.Min(count, 8 * degree);
            ParallelWork.Run(runs, degree, run =>
            {
                using PathMemory memory = new();
                double[] coefficients = new double[p];
                for (int at = run; at < count; at += runs)
                {
                    _options.CancellationToken.ThrowIfCancellationRequested();
                    one(at, (weights, y) =>
                    {
                        PathEngine.Fit(_sample.View, y, lambda, inference.L1Ratio, each with { Weights = weights }, memory, coefficients);
                        return coefficients;
                    });
                    progress?.Advance();
                }
            });
        }
    }

    private InferenceResult Summarize(
        double[] drawn, int resamples, double[] leftOut, int groups, double[] estimate, double lambda, InferenceOptions inference)
    {
        int p = estimate.Length;
        bool corrects = inference.Interval == BootstrapInterval.BiasCorrected, residual = inference.Bootstrap == BootstrapKind.Residual;
        CoefficientInference[] rows = new CoefficientInference[p];
        for (int j = 0; j < p; j++)
        {
            int[] copies = Copies.Of(j);
            CoefficientInference found = Interval(j, Together(drawn, resamples, copies), Together(estimate, 1, copies)[0], Together(leftOut, groups, copies));
            rows[j] = copies.Length == 1 ? found : Undetermined(j, Dependence.Copies(NamesOf(copies), _options.Intercept, found with { Name = _sample.Names[copies[0]] }, inference.Level));
        }

        return new(
            Throw.Invariant($"{(residual ? "residual" : "paired")} bootstrap of the penalised coefficients, {resamples} resamples, {(corrects ? "BCa" : "percentile")} intervals"),
            (residual ? "a linear model and independent noise of equal variance" : "independent rows of one distribution")
            + "; the intervals are of the shrunken coefficients, λ taken as given, and do not cover true values that shrinkage moves them away from" + _prepared,
            inference.Level, PValueAdjustment.None, rows)
        {
            Lambda = lambda,
            Seed = inference.Seed,
        };

        CoefficientInference Interval(int j, double[] sorted, double whole, double[] without)
        {
            Array.Sort(sorted);
            double mean = sorted.Average();
            string? collapse = sorted[0] == sorted[^1] ? "all resamples are equal, so the interval tells nothing of how the estimate varies" : null;
            (double lower, double upper) = !corrects || collapse is not null
                ? BootstrapIntervals.Percentile(sorted, inference.Level)
                : BootstrapIntervals.BiasCorrected(sorted, whole, without, inference.Level, out collapse);
            if (collapse is not null && sorted[0] != sorted[^1])
                collapse += ": no BCa interval; this one goes to both sides as far as the farther percentile";
            return new()
            {
                Feature = j,
                Name = _sample.Names[j],
                Estimate = whole,
                StandardError = Math.Sqrt(sorted.Sum(value => (value - mean) * (value - mean)) / (resamples - 1)),
                Lower = lower,
                Upper = upper,
                PValue = double.NaN,
                Note = collapse,
            };
        }

        // What copies have together, per unit of the first of them; of a feature without copies its own.
        double[] Together(double[] table, int count, int[] copies)
        {
            double[] sum = table[(copies[0] * count)..((copies[0] + 1) * count)];
            foreach (int copy in copies.AsSpan(1))
            {
                double factor = Copies.Factor(copy);
                for (int b = 0; b < count; b++)
                    sum[b] += factor * table[copy * count + b];
            }

            return sum;
        }
    }

    /// <summary>Rows drawn with replacement, as weights.</summary>
    private double[] Drawn(Xoshiro256 random)
    {
        double[] counts = new double[_sample.Rows];
        for (int attempt = 0; ; attempt++)
        {
            for (int i = 0; i < counts.Length; i++)
                counts[random.Next(counts.Length)]++;
            if (!IsDegenerate(counts))
                break;
            if (attempt == MostAttempts)
                throw new InvalidOperationException("Nearly all resamples have rows of one kind only (one class, or no event), which no finite intercept fits; there are too few of the other for a bootstrap.");
            Array.Clear(counts);
        }

        for (int i = 0; i < counts.Length && !_sample.Options.Weights.IsEmpty; i++)
            counts[i] *= _sample.Options.Weights.Span[i];
        return counts;
    }

    // One class only, or counts that are all 0.
    private bool IsDegenerate(double[] weights)
    {
        if (_options.Times is not null)
            return !HasEvent(weights);
        if (!IsCurved || !_options.Intercept)
            return false;
        (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0)
                (least, most) = (Math.Min(least, _sample.Y[i]), Math.Max(most, _sample.Y[i]));
        }

        return RowLoss.Of(_options.Family)!.Degenerate(least, most) is not null;
    }

    private bool HasEvent(double[] weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] > 0 && _sample.Y[i] > 0)
                return true;
        }

        return false;
    }

    private double[] Without(int[] groupOf, int group)
    {
        double[] weights = new double[_sample.Rows];
        for (int i = 0; i < weights.Length; i++)
            weights[i] = groupOf[i] == group ? 0 : _sample.Options.Weights.IsEmpty ? 1 : _sample.Options.Weights.Span[i];
        if (IsDegenerate(weights))
            throw new InvalidOperationException("All rows of one class, or all events, are in one group that BCa leaves out; take percentile intervals, or more rows.");
        return weights;
    }

    /// <summary>Fitted values, and residuals of equal variance, centred, and as large as the noise: the fit has taken degrees of freedom from them.</summary>
    private (double[] Fitted, double[] Noise) Resampled(in ElasticNetFit fit, double[] coefficients)
    {
        double[] residuals = _sample.Residuals(fit.Intercept, coefficients);
        double freedom = _sample.Rows - fit.NonZeroCount - InterceptCount;
        if (freedom < 1)
            throw new InvalidOperationException(Throw.Invariant($"The fit at λ = {fit.Lambda} has {fit.NonZeroCount} coefficients for {_sample.Rows} rows: it leaves no residuals to draw from. Draw rows instead, or give a larger Lambda."));
        double mean = _options.Intercept ? residuals.Average() : 0, stretch = Math.Sqrt(_sample.Rows / freedom);
        Positive(Math.Sqrt(residuals.Sum(r => r * r) / freedom));
        double[] fitted = [.. residuals.Select((r, i) => _sample.Y[i] - r / _sample.Roots[i])];
        return (fitted, Array.ConvertAll(residuals, r => (r - mean) * stretch));
    }

    private double[] WithNoise(Xoshiro256 random, double[] fitted, double[] noise)
    {
        double[] target = new double[fitted.Length];
        for (int i = 0; i < target.Length; i++)
            target[i] = fitted[i] + noise[random.Next(noise.Length)] / _sample.Roots[i];
        return target;
    }
}
