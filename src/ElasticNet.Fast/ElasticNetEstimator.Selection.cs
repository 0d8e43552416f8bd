using ElasticNet.Fast.Data;
using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// Which features, by every rule; and least squares on them.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>
    /// Selects features by λ.min, λ.1se and each criterion, all at the ρ that cross-validation chooses, and looks whether the training rows of
    /// each fold select the same at λ.min. Of several outputs a feature counts as selected where it has a coefficient for one of them.
    /// </summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">Folds, mixings and everything else; null means the defaults.</param>
    /// <param name="ebicGamma">γ of EBIC in [0, 1]; 0 is BIC.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="ArgumentException">Values or options are refused; multiple imputation is, because criteria take a row for a row.</exception>
    public static FeatureSelection Select(Features x, Target y, ElasticNetOptions? options = null, double ebicGamma = 0.5, Workspace? workspace = null)
    {
        options = GivenOptions.For(x, y, options);
        if (options.Preparation?.Imputation == ImputationMethod.Multiple)
            Throw.OutOfRange(nameof(PreparationOptions.Imputation), ImputationMethod.Multiple, "be another method for selections, whose criteria would take each of its copies of a row for a row; impute once");
        CheckGamma(ebicGamma);
        using WorkspaceUse use = new(workspace);
        CrossValidationResult chosen = CrossValidator.Run(x, y, options, use.Workspace.Memory, use.Workspace.Folds, keepsSupports: options.Preparation is null);
        // What follows is short beside that.
        options = options with { Progress = null };
        // Criteria square the errors, which a cross-validation of another measure has not made sure of.
        RegularizationPath? path = chosen.Measure == Measure.MeanSquaredError ? chosen.Best.Path : null;
        if (options.Preparation is null)
        {
            PathCriteria judged = CriteriaOf(x, y, new(chosen.L1Ratio, options, options, null, ebicGamma) { Path = path }, use.Workspace);
            return new(chosen, judged, chosen.FoldSupports!, FeatureName.All(options.NamesGiven, x.Columns));
        }

        RawProblem raw = Raw(x, y, options);
        using PreparedProblem problem = Prepare(x, raw);
        ElasticNetOptions recorded = problem.Options with { Weights = options.Weights };
        PathCriteria criteria = CriteriaOf(
            problem.Features, raw.Target, new(chosen.L1Ratio, problem.Options, recorded, problem.Preparation, ebicGamma) { Path = path }, use.Workspace);
        // A fold of the cross-validation has learnt features of its own, which need not be these.
        return new(chosen, criteria, FoldSets(problem.Features, raw.Target, problem.Options, chosen), [.. problem.Preparation.FeatureNames]);
    }

    /// <summary>
    /// Least squares (of other losses the fit without a penalty) on some of the features: what is left of a selection when shrinkage is taken out. Of minimum norm where it is not unique;
    /// bounds stay. Its errors and tests on the same rows ignore that they chose the features (see <see cref="ElasticNetInference"/>).
    /// </summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="features">Which, 0 … p − 1; after preparation, where columns are prepared.</param>
    /// <param name="options">Everything else; null means the defaults.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="ArgumentException">A feature is none, or values or options are refused.</exception>
    public static ElasticNetModel Refit(Features x, Target y, ReadOnlySpan<int> features, ElasticNetOptions? options = null, Workspace? workspace = null) =>
        FitFeatures(x, y, 0, 1, GivenOptions.For(x, y, options), features.ToArray(), workspace);

    // Everything else is excluded, and what was excluded stays so.
    private static ElasticNetOptions Only(ElasticNetOptions options, ReadOnlySpan<int> features, int columns)
    {
        bool[] kept = new bool[columns];
        foreach (int feature in features)
        {
            if ((uint)feature >= (uint)columns)
                Throw.OutOfRange(nameof(features), feature, $"be features in [0, {columns})");
            kept[feature] = true;
        }

        foreach (int feature in options.ExcludedFeatures.Span)
            kept[feature] = false;
        return options with { ExcludedFeatures = Enumerable.Range(0, columns).Where(feature => !kept[feature]).ToArray() };
    }

    // What the training rows of each fold select at λ.min.
    private static int[][] FoldSets(in Features x, Target y, ElasticNetOptions options, CrossValidationResult chosen)
    {
        ReadOnlySpan<double> given = options.Weights.Span;
        List<int[]> sets = [];
        using PathMemory memory = new();
        foreach (FoldLayout folds in chosen.Layouts)
        {
            for (int fold = 0; fold < folds.Folds.Length; fold++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                double[] training = folds.TrainingWeights(fold, given);
                sets.Add(PathEngine.FitPoint(x, y, chosen.LambdaMin, chosen.L1Ratio, options with { Weights = training, DegreesOfFreedom = false }, memory)[0].Coefficients.Indices.ToArray());
            }
        }

        return [.. sets];
    }
}
