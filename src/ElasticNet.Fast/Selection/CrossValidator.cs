using ElasticNet.Fast.Data;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Selection;

/// <summary>Cross-validation from what a caller gives: folds are dealt, X is opened or prepared fold by fold, and <see cref="CrossValidation"/> runs.</summary>
internal static unsafe class CrossValidator
{
    /// <summary>Chooses λ and ρ, and refits on all rows; raw columns where the options have a preparation.</summary>
    /// <param name="x">The features.</param>
    /// <param name="y">The target.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="memory">For X.</param>
    /// <param name="foldMemory">For everything else.</param>
    /// <param name="keepsSupports">Whether the result is to say what each fold selects; of features that were given, not prepared.</param>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way.</exception>
    public static CrossValidationResult Run(in Features x, Target y, ElasticNetOptions options, PathMemory memory, FoldMemory foldMemory, bool keepsSupports = false)
    {
        GivenOptions.RefuseSparse(x, options);
        if (options.Preparation is null)
            return OfColumns(x, y, options, memory, foldMemory, keepsSupports);
        return x.HasSingles
            ? OfRaw(x.Singles, y.Values, options, foldMemory)
            : OfRaw(x.Doubles, y.Values, options, foldMemory);
    }

    private static CrossValidationResult OfColumns(
        in Features x, Target y, ElasticNetOptions options, PathMemory memory, FoldMemory foldMemory, bool keepsSupports)
    {
        ValidOptions valid = ValidOptions.Check(options, x.Rows, x.Columns, y.Values);
        OutputRows? outputs = OutputRows.Of(y.Values, options, valid.Weights);
        memory.Context.Crew.Resize(options.MaxDegreeOfParallelism);
        fixed (double* doubles = x.Doubles, target = y.Values, weights = valid.Weights, offset = valid.Offset)
        fixed (float* singles = x.Singles)
        {
            using OpenFeatures open = new(x, doubles, singles, valid.Weights, memory);
            FoldLayout[] folds = FoldAssignment.Assign(options, x.Rows, valid.Weights, y.Values);
            if (outputs is not null)
                return OfOutputs(new GivenColumns(open.Design, options), outputs, folds, foldMemory, keepsSupports);
            GivenColumns columns = new(open.Design, options);
            return new CrossValidation(columns, new(target, weights, offset, x.Rows, valid.Times), folds, foldMemory) { KeepsSupports = keepsSupports }.Run();
        }
    }

    private static CrossValidationResult OfRaw<T>(
        MatrixView<T> raw, ReadOnlySpan<double> y, ElasticNetOptions options, FoldMemory foldMemory)
        where T : unmanaged
    {
        RawProblem valid = RawProblem.Check(raw, y, options);
        FoldLayout[] folds = FoldAssignment.Assign(options, raw.Rows, valid.Weights, valid.Target);
        fixed (T* origin = raw)
        fixed (double* target = RowCopies.Of(valid.Target, valid.Copies), weights = RowCopies.Of(valid.Weights, valid.Copies))
        fixed (double* offset = RowCopies.Of(options.Offset.Span, valid.Copies))
        {
            using PreparedFolds<T> problems = new(
                raw, origin, valid.Target, valid.Weights, folds, valid.Options with { Weights = options.Weights });
            if (OutputRows.Of(valid.Target, options, valid.Weights) is { } outputs)
                return OfOutputs(problems, outputs, folds, foldMemory, keepsSupports: false);
            return new CrossValidation(problems, new(target, weights, offset, raw.Rows * valid.Copies, options.Times), folds, foldMemory).Run();
        }
    }

    /// <summary>Every output with all rows.</summary>
    private static CrossValidationResult OfOutputs(IFoldProblems problems, OutputRows outputs, FoldLayout[] folds, FoldMemory foldMemory, bool keepsSupports)
    {
        fixed (double* target = outputs.Response, weights = outputs.Weights, offset = outputs.Offset)
        {
            TrainingRows rows = new(target, weights, offset, outputs.Response.Length) { Outputs = outputs.Outputs };
            return new CrossValidation(new StackedFolds(problems, outputs.Outputs), rows, folds, foldMemory) { KeepsSupports = keepsSupports }.Run();
        }
    }
}
