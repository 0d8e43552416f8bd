using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// Raw columns: prepared first, then fitted like any others.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>Fits one model to raw columns, which are prepared as <see cref="ElasticNetOptions.Preparation"/> says.</summary>
    /// <param name="x">The raw columns.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="lambda">The strength λ ≥ 0.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1]; 1 is the lasso, 0 is ridge.</param>
    /// <param name="options">Everything else; null means the defaults. Names and kinds of the columns are those of <paramref name="x"/>.</param>
    public static ElasticNetModel Fit(
        FeatureTable x, ReadOnlySpan<double> y, double lambda, double l1Ratio = 1, ElasticNetOptions? options = null) =>
        FitPrepared(Table(x), y, lambda, l1Ratio, OptionsFor(x, options));

    /// <summary>Fits a whole path of λ to raw columns.</summary>
    /// <inheritdoc cref="Fit(FeatureTable, ReadOnlySpan{double}, double, double, ElasticNetOptions?)"/>
    public static RegularizationPath Path(
        FeatureTable x, ReadOnlySpan<double> y, double l1Ratio = 1, ElasticNetOptions? options = null) =>
        PathPrepared(Table(x), y, l1Ratio, OptionsFor(x, options));

    /// <summary>
    /// Chooses λ and ρ by k-fold cross-validation on raw columns and refits on all rows. What preparation learns, it learns in
    /// each fold from the training rows of that fold.
    /// </summary>
    /// <param name="x">The raw columns.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">Preparation, folds, mixings, measure and everything else; null means the defaults. Names and kinds of the columns are those of <paramref name="x"/>.</param>
    /// <exception cref="CrossValidationCanceledException">The options' token was cancelled on the way; the exception carries what is finished.</exception>
    public static CrossValidationResult CrossValidate(
        FeatureTable x, ReadOnlySpan<double> y, ElasticNetOptions? options = null) =>
        CrossValidateOnce(Table(x), y, OptionsFor(x, options));

    private static MatrixView<double> Table(FeatureTable x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.View;
    }

    private static ElasticNetOptions OptionsFor(FeatureTable x, ElasticNetOptions? options)
    {
        options ??= ElasticNetOptions.Default;
        return options with { Preparation = (options.Preparation ?? new()) with { Inputs = x.Columns }, FeatureNames = null };
    }

    private static ElasticNetModel FitPrepared<T>(
        MatrixView<T> raw, ReadOnlySpan<double> y, double lambda, double l1Ratio, ElasticNetOptions options)
        where T : unmanaged => FitPrepared(raw, y, lambda, l1Ratio, options, null);

    // On some of the features, or where none are named on all.
    private static ElasticNetModel FitPrepared<T>(
        MatrixView<T> raw, ReadOnlySpan<double> y, double lambda, double l1Ratio, ElasticNetOptions options, int[]? features)
        where T : unmanaged
    {
        RawProblem valid = RawProblem.Check(raw, y, options);
        using PreparedProblem problem = PreparedProblem.Of(raw, valid.Target, valid.Weights, valid.Options, isFold: false);
        using Workspace workspace = new();
        ElasticNetOptions fitted = features is null ? problem.Options : Only(problem.Options, features, problem.Features.Columns);
        RegularizationPath path = FitPoint(problem.Features, RowCopies.Of(valid.Target, valid.Copies), lambda, l1Ratio, fitted, workspace, problem.Preparation);
        return ModelFactory.Create(path[0], path, fitted with { Weights = options.Weights });
    }

    private static RegularizationPath PathPrepared<T>(
        MatrixView<T> raw, ReadOnlySpan<double> y, double l1Ratio, ElasticNetOptions options)
        where T : unmanaged
    {
        RawProblem valid = RawProblem.Check(raw, y, options);
        using PreparedProblem problem = PreparedProblem.Of(raw, valid.Target, valid.Weights, valid.Options, isFold: false);
        return FitPath(problem.Features, RowCopies.Of(valid.Target, valid.Copies), l1Ratio, problem.Options, problem.Preparation);
    }

    private static CrossValidationResult CrossValidatePrepared<T>(
        MatrixView<T> raw, ReadOnlySpan<double> y, ElasticNetOptions options, Workspace workspace)
        where T : unmanaged
    {
        RawProblem valid = RawProblem.Check(raw, y, options);
        int[][] foldOf = FoldAssignment.Assign(options, raw.Rows, valid.Weights, out int folds);
        fixed (T* origin = raw)
        fixed (double* target = RowCopies.Of(valid.Target, valid.Copies), weights = RowCopies.Of(valid.Weights, valid.Copies))
        fixed (double* offset = RowCopies.Of(options.Offset.Span, valid.Copies))
        {
            using PreparedFolds<T> problems = new(
                raw, origin, valid.Target, valid.Weights, foldOf, folds, valid.Options with { Weights = options.Weights });
            int copies = valid.Copies;
            int[][] all = copies == 1 ? foldOf : Array.ConvertAll(foldOf, fold => RowCopies.Of<int>(fold, copies).ToArray());
            return new CrossValidation(problems, new(target, weights, offset, raw.Rows * copies), all, folds, workspace.Folds).Run();
        }
    }
}
