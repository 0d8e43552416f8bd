using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// Choosing λ and ρ.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>Chooses λ and ρ by k-fold cross-validation and refits on all rows.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">Folds, mixings, measure and everything else; null means the defaults.</param>
    /// <exception cref="CrossValidationCanceledException">The options' token was cancelled on the way; the exception carries what is finished.</exception>
    public static CrossValidationResult CrossValidate(
        MatrixView<double> x, ReadOnlySpan<double> y, ElasticNetOptions? options = null) =>
        CrossValidateOnce(x, y, options);

    /// <inheritdoc cref="CrossValidate(MatrixView{double}, ReadOnlySpan{double}, ElasticNetOptions?)"/>
    public static CrossValidationResult CrossValidate(
        MatrixView<float> x, ReadOnlySpan<double> y, ElasticNetOptions? options = null) =>
        CrossValidateOnce(x, y, options);

    /// <summary>
    /// Chooses λ and ρ by k-fold cross-validation in memory that is kept: that of all folds together may be hundreds of megabytes, and it
    /// takes time to get it from the operating system again. The bits that come out are those of a call without a workspace.
    /// </summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">Folds, mixings, measure and everything else.</param>
    /// <param name="workspace">Buffers, kept from call to call; belongs to one call at a time.</param>
    /// <exception cref="CrossValidationCanceledException">The options' token was cancelled on the way; the exception carries what is finished.</exception>
    public static CrossValidationResult CrossValidate(
        MatrixView<double> x, ReadOnlySpan<double> y, ElasticNetOptions options, Workspace workspace) =>
        CrossValidateIn(x, y, options, workspace);

    /// <inheritdoc cref="CrossValidate(MatrixView{double}, ReadOnlySpan{double}, ElasticNetOptions, Workspace)"/>
    public static CrossValidationResult CrossValidate(
        MatrixView<float> x, ReadOnlySpan<double> y, ElasticNetOptions options, Workspace workspace) =>
        CrossValidateIn(x, y, options, workspace);

    private static CrossValidationResult CrossValidateOnce<T>(MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions? options)
        where T : unmanaged
    {
        using Workspace workspace = new();
        return CrossValidateIn(x, y, options ?? ElasticNetOptions.Default, workspace);
    }

    private static CrossValidationResult CrossValidateIn<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options, Workspace workspace)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workspace);
        workspace.Enter();
        try
        {
            return options.Preparation is null ? CrossValidateColumns(x, y, options, workspace) : CrossValidatePrepared(x, y, options, workspace);
        }
        finally
        {
            workspace.Leave();
        }
    }

    private static CrossValidationResult CrossValidateColumns<T>(
        MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options, Workspace workspace)
        where T : unmanaged
    {
        ValidOptions valid = ValidOptions.Check(options, x.Rows, x.Columns, y);
        workspace.Context.Crew.Resize(options.MaxDegreeOfParallelism);
        fixed (T* origin = x)
        fixed (double* target = y, weights = valid.Weights, offset = valid.Offset)
        {
            Design design = Columns(x, origin, valid.Weights, workspace);
            int[][] foldOf = FoldAssignment.Assign(options, x.Rows, valid.Weights, out int folds);
            GivenColumns columns = new(design, options);
            return new CrossValidation(columns, new(target, weights, offset, x.Rows), foldOf, folds, workspace.Folds).Run();
        }
    }
}
