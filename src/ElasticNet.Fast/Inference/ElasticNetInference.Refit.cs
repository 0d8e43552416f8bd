using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

// Ordinary least squares on some of the features.
public sealed partial class ElasticNetInference
{
    /// <summary>
    /// Least squares on the features of a model, with the t-tests of a textbook. Where the same rows have chosen the features, as they
    /// have if the model was fitted to them, these are naive; the result is marked so.
    /// </summary>
    /// <param name="model">The model whose non-zero coefficients are refitted; of these features.</param>
    /// <param name="options">Level and adjustment; null means the defaults.</param>
    /// <exception cref="ArgumentException">The model has another number of features.</exception>
    /// <exception cref="InvalidOperationException">As for the other overload.</exception>
    public InferenceResult Refit(ElasticNetModel model, InferenceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.FeatureCount != _sample.Columns)
            Throw.Data(nameof(model), Throw.Invariant($"'{nameof(model)}' ({model.FeatureCount} features) must have the {_sample.Columns} features of these data."));
        return Refit(model.Indices, chosenBySameData: true, options);
    }

    /// <summary>
    /// Least squares on the given features (and intercept): b = (XᵀWX)⁻¹XᵀWy, σ̂² = Σw(y − ŷ)²/(n − k), t-tests and intervals with n − k
    /// degrees of freedom.
    /// </summary>
    /// <param name="features">Which, each once, 0 … p − 1.</param>
    /// <param name="chosenBySameData">Whether these rows have had a say in the choice: then the result is marked as naive.</param>
    /// <param name="options">Level and adjustment; null means the defaults.</param>
    /// <exception cref="NotSupportedException">Another family than the Gaussian; for these there is <see cref="LeastSquares"/>.</exception>
    /// <exception cref="InvalidOperationException">No feature and no intercept, no more rows than coefficients, features that depend on each other, or a perfect fit.</exception>
    public InferenceResult Refit(ReadOnlySpan<int> features, bool chosenBySameData, InferenceOptions? options = null)
    {
        RefuseFamily("Ordinary least squares", "LeastSquares.Refit gives the table of its maximum likelihood");
        InferenceOptions inference = (options ?? InferenceOptions.Default).Check();
        int[] chosen = CheckFeatures(features);
        int count = chosen.Length + InterceptCount, n = _sample.Rows;
        if (chosen.Length == 0)
            throw new InvalidOperationException("Nothing was selected, so there is nothing to test; a smaller λ selects more, and the debiased fit tests every feature.");
        if (n <= count)
            throw new InvalidOperationException(Throw.Invariant($"Least squares needs more rows than coefficients, but there are {n} rows for {count}; refit fewer features, or use the debiased fit."));
        OrthogonalFit fit = Fit(chosen);
        double freedom = n - count, deviation = inference.NoiseDeviation ?? Positive(Math.Sqrt(fit.ResidualSquare / freedom));
        if (inference.NoiseDeviation is not null)
            freedom = double.PositiveInfinity;
        double critical = StudentDistribution.Critical(inference.Level, freedom);
        List<CoefficientInference> rows = [];
        if (_options.Intercept)
        {
            // b₀ = ȳ − x̄ᵀb, and ȳ is independent of b.
            double[] means = Array.ConvertAll(chosen, j => _sample.Means[j]);
            double constant = _sample.MeanY;
            for (int k = 0; k < chosen.Length; k++)
                constant -= means[k] * fit.Coefficients[k];
            rows.Add(Test(-1, "(intercept)", constant, deviation * Math.Sqrt(1.0 / n + fit.Variance(means))));
        }

        for (int k = 0; k < chosen.Length; k++)
            rows.Add(Test(chosen[k], _sample.Names[chosen[k]], fit.Coefficients[k], deviation * Math.Sqrt(fit.Variance(k))));
        if (chosenBySameData)
            rows = [.. rows.Select(ForCopies).OrderBy(found => found.Feature)];
        return new(
            "ordinary least squares on given features, t-tests",
            "a linear model in these features, independent Gaussian noise of equal variance (per weight), and features that were fixed before these data were seen" + _prepared,
            inference.Level, inference.Adjustment, [.. rows])
        {
            IsNaiveAfterSelection = chosenBySameData,
            NoiseDeviation = deviation,
            ResidualDegreesOfFreedom = freedom,
        };

        CoefficientInference Test(int feature, string name, double estimate, double error) => new()
        {
            Feature = feature,
            Name = name,
            Estimate = estimate,
            StandardError = error,
            Lower = estimate - critical * error,
            Upper = estimate + critical * error,
            PValue = StudentDistribution.TwoSided(estimate / error, freedom),
        };
    }

    private OrthogonalFit Fit(int[] features, double least = RankRevealingBasis.Rounding)
    {
        double[][] columns = new double[features.Length][];
        for (int k = 0; k < columns.Length; k++)
            _sample.Fill(features[k], columns[k] = new double[_sample.Rows]);
        return OrthogonalFit.TryFit(columns, _sample.Target, out List<int[]> dependent, least)
            ?? throw new InvalidOperationException(string.Join("; ", dependent.Select(group => Dependence.Group(Array.ConvertAll(group, k => _sample.Names[features[k]]), _options.Intercept))) + ".");
    }

    private int[] CheckFeatures(ReadOnlySpan<int> features)
    {
        HashSet<int> seen = [];
        foreach (int feature in features)
        {
            if ((uint)feature >= (uint)_sample.Columns)
                Throw.OutOfRange(nameof(features), feature, $"be in [0, {_sample.Columns})");
            if (!seen.Add(feature))
                Throw.OutOfRange(nameof(features), feature, "occur once");
        }

        return [.. seen.Order()];
    }
}
