using System.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// A path judged without folds.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>
    /// Fits a path and judges each λ by AIC, AICc, BIC, EBIC, GCV and approximate leave-one-out: one factor over the support per λ
    /// beyond the path itself.
    /// </summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else; null means the defaults.</param>
    /// <param name="ebicGamma">γ of EBIC in [0, 1]; 0 is BIC.</param>
    /// <exception cref="PathCanceledException">The options' token was cancelled while the path was fitted.</exception>
    public static PathCriteria Criteria(
        MatrixView<double> x, ReadOnlySpan<double> y, double l1Ratio = 1, ElasticNetOptions? options = null, double ebicGamma = 0.5) =>
        CriteriaOf(x, y, l1Ratio, options ?? ElasticNetOptions.Default, ebicGamma);

    /// <inheritdoc cref="Criteria(MatrixView{double}, ReadOnlySpan{double}, double, ElasticNetOptions?, double)"/>
    public static PathCriteria Criteria(
        MatrixView<float> x, ReadOnlySpan<double> y, double l1Ratio = 1, ElasticNetOptions? options = null, double ebicGamma = 0.5) =>
        CriteriaOf(x, y, l1Ratio, options ?? ElasticNetOptions.Default, ebicGamma);

    /// <summary>The same for raw columns; what preparation learns, it learns once, from all rows, those left out included.</summary>
    /// <inheritdoc cref="Criteria(MatrixView{double}, ReadOnlySpan{double}, double, ElasticNetOptions?, double)"/>
    public static PathCriteria Criteria(
        FeatureTable x, ReadOnlySpan<double> y, double l1Ratio = 1, ElasticNetOptions? options = null, double ebicGamma = 0.5) =>
        CriteriaOf(Table(x), y, l1Ratio, OptionsFor(x, options), ebicGamma);

    private static PathCriteria CriteriaOf<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double l1Ratio, ElasticNetOptions options, double gamma)
        where T : unmanaged, INumberBase<T>
    {
        if (!(gamma is >= 0 and <= 1))
            Throw.OutOfRange("ebicGamma", gamma, "be in [0, 1]");
        if (options.Preparation is null)
            return CriteriaOf(x, y, l1Ratio, options, options, null, gamma);
        RawProblem valid = RawProblem.Check(x, y, options);
        if (valid.Copies > 1)
            Throw.OutOfRange(nameof(PreparationOptions.Imputation), valid.Options.Preparation!.Imputation, "be another method for criteria, which would take each of its copies of a row for a row; impute once, or choose λ by cross-validation");
        using PreparedProblem problem = PreparedProblem.Of(x, valid.Target, valid.Weights, valid.Options, isFold: false);
        ElasticNetOptions recorded = problem.Options with { Weights = options.Weights };
        return CriteriaOf(problem.Features, valid.Target, l1Ratio, problem.Options, recorded, problem.Preparation, gamma);
    }

    private static PathCriteria CriteriaOf<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, double l1Ratio,
        ElasticNetOptions options, ElasticNetOptions recorded, Preparation? preparation, double gamma)
        where T : unmanaged, INumberBase<T>
    {
        using Workspace workspace = new();
        PointSink sink = new();
        try
        {
            // The leverages give the degrees of freedom, so the engine need not.
            RunPath(x, y, l1Ratio, options with { DegreesOfFreedom = false }, workspace, sink, squaresErrors: true);
        }
        catch (OperationCanceledException cause) when (options.CancellationToken.IsCancellationRequested)
        {
            throw new PathCanceledException(sink.Points.Length, sink.ToPath(options.FeatureNames, preparation), cause);
        }

        RegularizationPath path = sink.ToPath(options.FeatureNames, preparation);
        CriteriaPoint[] points = CriteriaPass.Run(x, y, path, options, gamma);
        PathPoint[] judged = [.. path.Zip(points, (solved, point) => new PathPoint(solved.Fit with { DegreesOfFreedom = point.DegreesOfFreedom }, solved.Coefficients))];
        return new(path.With(judged), points, gamma, recorded);
    }
}
