using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Families;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// The classical table of an unpenalised model (λ = 0): coefficients with standard errors, t or z, p and intervals, and what <c>lm</c> and <c>glm</c> say of
/// the whole. Gaussian models by orthogonal factors, refined in twice the digits; the other families by maximum likelihood with Wald tests.
/// </summary>
/// <example><c>Console.WriteLine(LeastSquares.Fit(x, y));</c></example>
public static class LeastSquares
{
    /// <summary>Below this a leverage of 1 is told by rounding only.</summary>
    private const double LeastLeft = 1e-10;

    /// <summary>Fits all features, but for excluded ones.</summary>
    /// <param name="x">The features, n × p, finite; they are copied, of a sparse table with its zeros. Raw columns are prepared as the options say; of a category one level must be the reference.</param>
    /// <param name="y">The target, n values, with weights, offset or classes. Weights are taken as they are, not only by ratio: of a family that knows its variance a weight of 2 is two rows.</param>
    /// <param name="options">Family, intercept, names, preparation, excluded features and cancellation; null means the defaults. What belongs to a penalty does nothing.</param>
    /// <param name="errors">Classical, or robust.</param>
    /// <param name="level">Coverage of the intervals, in (0, 1).</param>
    /// <exception cref="ArgumentException">Sizes do not fit, values are not finite or outside the family's range, or there are bounds.</exception>
    /// <exception cref="InvalidOperationException">No coefficient at all, no more rows than coefficients, features that depend on each other or separate classes, a perfect fit, or with <see cref="StandardErrors.HC3"/> a row of leverage 1.</exception>
    /// <exception cref="NotSupportedException">Huber's loss, which has no likelihood.</exception>
    public static ClassicalTable Fit(Features x, Target y, ElasticNetOptions? options = null, StandardErrors errors = StandardErrors.Classical, double level = 0.95)
    {
        UnpenalizedSample sample = Check(x, y, options, errors, level);
        int[] chosen = [.. Enumerable.Range(0, sample.Names.Length).Where(j => !sample.Options.ExcludedFeatures.Span.Contains(j))];
        return Table(sample, chosen, errors, level, chosenBySameData: false);
    }

    /// <summary>
    /// Fits the features of a model without a penalty. Where the same rows have chosen them, as they have if the model was fitted to them, the
    /// tests are naive, and the table is marked so.
    /// </summary>
    /// <param name="model">The model whose non-zero coefficients are fitted again; of these features.</param>
    /// <param name="x">As for <see cref="Fit"/>.</param>
    /// <param name="y">As for <see cref="Fit"/>.</param>
    /// <param name="options">As for <see cref="Fit"/>; of the model's family.</param>
    /// <param name="errors">Classical, or robust.</param>
    /// <param name="level">Coverage of the intervals, in (0, 1).</param>
    /// <param name="chosenBySameData">False for rows that have had no say in the model.</param>
    /// <exception cref="ArgumentException">The model has other features or another family; and as for <see cref="Fit"/>.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="Fit"/>.</exception>
    public static ClassicalTable Refit(
        ElasticNetModel model, Features x, Target y, ElasticNetOptions? options = null, StandardErrors errors = StandardErrors.Classical, double level = 0.95,
        bool chosenBySameData = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        UnpenalizedSample sample = Check(x, y, options, errors, level);
        if (model.FeatureCount != sample.Names.Length)
            Throw.Data(nameof(model), Throw.Invariant($"'{nameof(model)}' ({model.FeatureCount} features) must have the {sample.Names.Length} features of these data."));
        if (model.Family != sample.Options.Family)
            Throw.Data(nameof(model), $"'{nameof(model)}' ({model.Family}) must be of the options' family, {sample.Options.Family}.");
        return Table(sample, model.Indices.ToArray(), errors, level, chosenBySameData);
    }

    private static UnpenalizedSample Check(in Features x, in Target y, ElasticNetOptions? options, StandardErrors errors, double level)
    {
        if (!(level is > 0 and < 1))
            Throw.OutOfRange(nameof(level), level, "be in (0, 1)");
        if (!Enum.IsDefined(errors))
            Throw.OutOfRange(nameof(errors), errors, "be a kind of standard error that is defined");
        ElasticNetOptions given = GivenOptions.For(x, y, options);
        given.Family.DemandRowLoss("The classical table");
        if (given.Family is HuberFamily)
            throw new NotSupportedException("Huber's loss has no likelihood, and its coefficients no classical table; a Gaussian fit with HC3 takes unequal noise.");
        if (!given.LowerBounds.IsEmpty || !given.UpperBounds.IsEmpty)
            Throw.Data(nameof(options), $"'{nameof(given.LowerBounds)}' and '{nameof(given.UpperBounds)}' must be empty: a coefficient at a bound has no standard error of this kind.");
        return new(CountedTable.Of(x, y, given));
    }

    private static ClassicalTable Table(UnpenalizedSample sample, int[] chosen, StandardErrors errors, double level, bool chosenBySameData)
    {
        bool intercept = sample.Options.Intercept;
        int n = sample.Rows, count = chosen.Length + (intercept ? 1 : 0);
        if (count == 0)
            throw new InvalidOperationException("There is no feature and no intercept, so there is nothing to test.");
        if (n <= count)
            throw new InvalidOperationException(Throw.Invariant($"A table without a penalty needs more rows than coefficients, but there are {n} rows for {count}; leave features out, or see ElasticNetInference.Debiased."));
        sample.Options.CancellationToken.ThrowIfCancellationRequested();
        double[][] columns = Array.ConvertAll(chosen, j => sample.X.AsSpan(j * n, n).ToArray());
        WeightedColumns factors = WeightedColumns.TryOf(columns, sample.Weights, intercept, out List<int[]> dependent)
            ?? throw new InvalidOperationException(string.Join("; ", dependent.Select(group => Dependence.Group(Array.ConvertAll(group, k => sample.Names[chosen[k]]), intercept))) + ".");
        RowLoss? loss = RowLoss.Of(sample.Options.Family);
        UnpenalizedFit fit = loss is null
            ? UnpenalizedFit.Squares(columns, sample.Y, sample.Weights, factors, sample.Options.CancellationToken)
            : UnpenalizedFit.Curved(loss, columns, sample, UnpenalizedFit.Solve(sample, chosen));

        int freedom = n - count;
        bool isKnown = sample.Options.Family.IsDispersionKnown;
        double dispersion = isKnown ? 1 : fit.PearsonSquare / freedom;
        if (!isKnown)
            RefusePerfect(sample, dispersion);
        double[][]? spread = errors == StandardErrors.HC3 ? Spread(sample, fit, chosen.Length) : null;
        double reference = isKnown ? double.PositiveInfinity : freedom, critical = StudentDistribution.Critical(level, reference);
        List<ClassicalCoefficient> lines = [];
        for (int k = intercept ? -1 : 0; k < chosen.Length; k++)
        {
            double estimate = k < 0 ? fit.Intercept : fit.Coefficients[k];
            double error = Math.Sqrt(spread is null ? dispersion * fit.Information.Variance(k) : Vectors.Dot(spread[k + 1], spread[k + 1]));
            lines.Add(new()
            {
                Feature = k < 0 ? -1 : chosen[k],
                Name = k < 0 ? "(intercept)" : sample.Names[chosen[k]],
                Estimate = estimate,
                StandardError = error,
                Statistic = estimate / error,
                PValue = StudentDistribution.TwoSided(estimate / error, reference),
                Lower = estimate - critical * error,
                Upper = estimate + critical * error,
            });
        }

        (double nullDeviance, double share, double adjusted, double f, double fPValue) = loss is null
            ? Shares(sample, fit, columns, spread, freedom)
            : (NullDeviance(sample, loss), double.NaN, double.NaN, double.NaN, double.NaN);
        return new(sample.Options.Family, errors, level, [.. lines])
        {
            IsNaiveAfterSelection = chosenBySameData,
            Assumptions = Assumptions(sample, errors),
            Rows = n,
            ResidualDegreesOfFreedom = freedom,
            IsDispersionKnown = isKnown,
            Dispersion = dispersion,
            Deviance = 2 * fit.HalfDeviance,
            NullDeviance = nullDeviance,
            RSquared = share,
            AdjustedRSquared = adjusted,
            F = f,
            Tested = chosen.Length,
            FPValue = fPValue,
        };
    }

    private static string Assumptions(UnpenalizedSample sample, StandardErrors errors)
    {
        Family family = sample.Options.Family;
        string model = family == Family.Gaussian ? "a linear model in these features" : $"a {family.Title} model in these features";
        string noise = errors == StandardErrors.HC3 ? "independent rows of any variance, many of them"
            : family == Family.Gaussian ? "independent Gaussian noise of equal variance (per weight)"
            : "independent rows of the family's variance, many of them";
        return $"{model}, {noise}, and features that were fixed before these data were seen{(sample.IsPrepared ? "; the prepared features (imputation, encoding) as if they had been observed" : "")}";
    }

    /// <summary>The deviance of the null model, R², the adjusted one, F and its p, of squared error.</summary>
    private static (double NullDeviance, double RSquared, double Adjusted, double F, double PValue) Shares(
        UnpenalizedSample sample, UnpenalizedFit fit, double[][] columns, double[][]? spread, int freedom)
    {
        double explained = 0;
        for (int i = 0; i < sample.Rows; i++)
        {
            double fitted = 0;
            for (int k = 0; k < columns.Length; k++)
                fitted += fit.Coefficients[k] * (columns[k][i] - fit.Information.Means[k]);
            explained += sample.Weights[i] * fitted * fitted;
        }

        double rest = 2 * fit.HalfDeviance, share = explained / (explained + rest);
        double adjusted = 1 - (1 - share) * (sample.Rows - (sample.Options.Intercept ? 1 : 0)) / freedom;
        int tested = columns.Length;
        if (tested == 0)
            return (rest, double.NaN, double.NaN, double.NaN, double.NaN);
        double f = (spread is null ? explained / (rest / freedom) : Wald(fit.Coefficients, spread)) / tested;
        return (explained + rest, share, adjusted, f, FisherDistribution.Survival(f, tested, freedom));
    }

    /// <summary>bᵀV⁻¹b of all but the intercept; NaN where V has no inverse.</summary>
    private static double Wald(double[] coefficients, double[][] spread) =>
        OrthogonalFit.TryFit(spread[1..], new double[spread[^1].Length], out _) is { } factors ? factors.Variance(coefficients) : double.NaN;

    /// <summary>What each row adds to each coefficient's deviation, the intercept first: the root of HC3's covariance.</summary>
    private static double[][] Spread(UnpenalizedSample sample, UnpenalizedFit fit, int features)
    {
        double[] leverages = fit.Information.Leverages(), moved = new double[leverages.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            double left = 1 - leverages[i];
            if (!(left > LeastLeft))
                throw new InvalidOperationException(Throw.Invariant($"HC3 divides by what a row leaves to the others, and row {sample.Places[i]} (counted from 0) is fitted by itself alone (leverage 1); leave it out, or the feature that only this row has, or take classical standard errors."));
            moved[i] = fit.Scores[i] / left;
        }

        double[][] spread = new double[features + 1][];
        for (int k = sample.Options.Intercept ? -1 : 0; k < features; k++)
        {
            spread[k + 1] = fit.Information.Influence(k);
            for (int i = 0; i < moved.Length; i++)
                spread[k + 1][i] *= moved[i];
        }

        return spread;
    }

    private static double NullDeviance(UnpenalizedSample sample, RowLoss loss)
    {
        double[] eta = [.. sample.Offset];
        double constant = sample.Options.Intercept ? loss.NullIntercept(sample.Y, sample.Weights, sample.Offset, intercept: true) : 0;
        for (int i = 0; i < eta.Length; i++)
            eta[i] += constant;
        return loss.AddDeviance(0, sample.Y, sample.Weights, eta);
    }

    private static void RefusePerfect(UnpenalizedSample sample, double dispersion)
    {
        bool isGaussian = sample.Options.Family == Family.Gaussian;
        double size = 0, mean = 0, sum = sample.Weights.Sum();
        for (int i = 0; i < sample.Rows && isGaussian && sample.Options.Intercept; i++)
            mean += sample.Weights[i] / sum * sample.Y[i];
        for (int i = 0; i < sample.Rows; i++)
        {
            double value = isGaussian ? sample.Y[i] - mean : 1;
            size += sample.Weights[i] * value * value;
        }

        double scale = Math.Sqrt(size / sample.Rows);
        if (!(Math.Sqrt(dispersion) > 1e-12 * scale))
            throw new InvalidOperationException(Throw.Invariant($"The residuals are 0 (standard error {Math.Sqrt(dispersion)}, the target's size {scale}): a perfect fit leaves no noise to compare a coefficient with."));
    }
}
