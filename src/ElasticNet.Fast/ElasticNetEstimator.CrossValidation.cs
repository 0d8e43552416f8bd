using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// Choosing λ and ρ.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>Chooses λ and ρ by k-fold cross-validation and refits on all rows.</summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="options">Folds, mixings, measure and everything else; null means the defaults.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="CrossValidationCanceledException">The options' token was cancelled on the way; the exception carries what is finished.</exception>
    public static CrossValidationResult CrossValidate(Features x, Target y, ElasticNetOptions? options = null, Workspace? workspace = null)
    {
        options = OptionsFor(x, y, options);
        using WorkspaceUse use = new(workspace);
        return CrossValidateEntered(x, y, options, use.Workspace);
    }

    /// <summary>In a workspace that the call has taken.</summary>
    private static CrossValidationResult CrossValidateEntered(in Features x, Target y, ElasticNetOptions options, Workspace workspace)
    {
        RefuseSparse(x, options);
        if (options.Preparation is null)
            return CrossValidateColumns(x, y, options, workspace);
        return x.HasSingles
            ? CrossValidatePrepared(x.Singles, y.Values, options, workspace)
            : CrossValidatePrepared(x.Doubles, y.Values, options, workspace);
    }

    private static CrossValidationResult CrossValidateColumns(in Features x, Target y, ElasticNetOptions options, Workspace workspace)
    {
        ValidOptions valid = ValidOptions.Check(options, x.Rows, x.Columns, y.Values);
        workspace.Context.Crew.Resize(options.MaxDegreeOfParallelism);
        fixed (double* doubles = x.Doubles, target = y.Values, weights = valid.Weights, offset = valid.Offset)
        fixed (float* singles = x.Singles)
        {
            using OpenFeatures open = new(x, doubles, singles, valid.Weights, workspace.Copy, workspace.Context.Crew);
            int[][] foldOf = FoldAssignment.Assign(options, x.Rows, valid.Weights, out int folds);
            GivenColumns columns = new(open.Design, options);
            return new CrossValidation(columns, new(target, weights, offset, x.Rows), foldOf, folds, workspace.Folds).Run();
        }
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
