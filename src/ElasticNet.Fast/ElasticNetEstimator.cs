namespace ElasticNet.Fast;

/// <summary>
/// Fits elastic nets exactly. Every method minimises the objective of <see cref="ElasticNetOptions"/> to machine
/// precision and proves it with a duality gap.
/// </summary>
public static class ElasticNetEstimator
{
    /// <summary>Fits one model at a given λ and ρ.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="lambda">The strength λ ≥ 0; at 0 the least-squares solution of minimum norm.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1]; 1 is the lasso, 0 is ridge.</param>
    /// <param name="options">Everything else; null means the defaults.</param>
    public static ElasticNetModel Fit(
        MatrixView<double> x, ReadOnlySpan<double> y, double lambda, double l1Ratio = 1, ElasticNetOptions? options = null) => throw new NotSupportedException();

    /// <inheritdoc cref="Fit(MatrixView{double}, ReadOnlySpan{double}, double, double, ElasticNetOptions?)"/>
    public static ElasticNetModel Fit(
        MatrixView<float> x, ReadOnlySpan<double> y, double lambda, double l1Ratio = 1, ElasticNetOptions? options = null) => throw new NotSupportedException();

    /// <summary>Fits one model into the caller's memory; on a warm workspace nothing is allocated.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="lambda">The strength λ ≥ 0.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else.</param>
    /// <param name="workspace">Buffers, kept from call to call; belongs to one call at a time.</param>
    /// <param name="coefficients">Filled with the p coefficients on the original scale.</param>
    public static ElasticNetFit Fit(
        MatrixView<double> x, ReadOnlySpan<double> y, double lambda, double l1Ratio, ElasticNetOptions options, Workspace workspace, Span<double> coefficients) => throw new NotSupportedException();

    /// <inheritdoc cref="Fit(MatrixView{double}, ReadOnlySpan{double}, double, double, ElasticNetOptions, Workspace, Span{double})"/>
    public static ElasticNetFit Fit(
        MatrixView<float> x, ReadOnlySpan<double> y, double lambda, double l1Ratio, ElasticNetOptions options, Workspace workspace, Span<double> coefficients) => throw new NotSupportedException();

    /// <summary>Fits a whole path of λ (<see cref="ElasticNetOptions.Lambdas"/> or the automatic grid) at one ρ.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else; null means the defaults.</param>
    public static RegularizationPath Path(
        MatrixView<double> x, ReadOnlySpan<double> y, double l1Ratio = 1, ElasticNetOptions? options = null) => throw new NotSupportedException();

    /// <inheritdoc cref="Path(MatrixView{double}, ReadOnlySpan{double}, double, ElasticNetOptions?)"/>
    public static RegularizationPath Path(
        MatrixView<float> x, ReadOnlySpan<double> y, double l1Ratio = 1, ElasticNetOptions? options = null) => throw new NotSupportedException();

    /// <summary>Fits a whole path into the caller's memory; on a warm workspace nothing is allocated.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="l1Ratio">The mixing ρ in [0, 1].</param>
    /// <param name="options">Everything else.</param>
    /// <param name="workspace">Buffers, kept from call to call; belongs to one call at a time.</param>
    /// <param name="fits">Filled with one entry per λ, by descending λ.</param>
    /// <param name="coefficients">Filled with p coefficients per λ, one λ after another.</param>
    /// <returns>The number of λ.</returns>
    public static int Path(
        MatrixView<double> x, ReadOnlySpan<double> y, double l1Ratio, ElasticNetOptions options, Workspace workspace, Span<ElasticNetFit> fits, Span<double> coefficients) => throw new NotSupportedException();

    /// <inheritdoc cref="Path(MatrixView{double}, ReadOnlySpan{double}, double, ElasticNetOptions, Workspace, Span{ElasticNetFit}, Span{double})"/>
    public static int Path(
        MatrixView<float> x, ReadOnlySpan<double> y, double l1Ratio, ElasticNetOptions options, Workspace workspace, Span<ElasticNetFit> fits, Span<double> coefficients) => throw new NotSupportedException();

    /// <summary>Chooses λ and ρ by k-fold cross-validation and refits on all rows.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">Folds, mixings, measure and everything else; null means the defaults.</param>
    public static CrossValidationResult CrossValidate(
        MatrixView<double> x, ReadOnlySpan<double> y, ElasticNetOptions? options = null) => throw new NotSupportedException();

    /// <inheritdoc cref="CrossValidate(MatrixView{double}, ReadOnlySpan{double}, ElasticNetOptions?)"/>
    public static CrossValidationResult CrossValidate(
        MatrixView<float> x, ReadOnlySpan<double> y, ElasticNetOptions? options = null) => throw new NotSupportedException();
}
