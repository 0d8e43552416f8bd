using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast;

// Raw columns: prepared first, then fitted like any others.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>The options for these data: the target's weights, offset and folds go along with them, raw columns bring their names and kinds.</summary>
    internal static ElasticNetOptions OptionsFor(in Features x, in Target y, ElasticNetOptions? options)
    {
        options ??= ElasticNetOptions.Default;
        if (!y.Weights.IsEmpty)
            options = options with { Weights = y.Weights.ToArray() };
        if (!y.Offset.IsEmpty)
            options = options with { Offset = y.Offset.ToArray() };
        if (y.Folds is { } plan)
            options = plan.IsGiven ? options with { FoldIds = plan.PerRow.ToArray(), Repeats = 1 } : options with { FoldPlan = plan, Repeats = plan.Repeats };
        RefuseSparse(x, options);
        return x.Table is { } table
            ? options with { Preparation = (options.Preparation ?? new()) with { Inputs = table.Columns }, FeatureNames = null }
            : options;
    }

    private static void RefuseSparse(in Features x, ElasticNetOptions options)
    {
        if (x.IsSparse && options.Preparation is not null)
            Throw.Data(nameof(options), $"'{nameof(options.Preparation)}' must be null for a sparse table: its columns are features already.");
    }

    private static RawProblem Raw(in Features x, Target y, ElasticNetOptions options) =>
        x.HasSingles ? RawProblem.Check(x.Singles, y.Values, options) : RawProblem.Check(x.Doubles, y.Values, options);

    private static PreparedProblem Prepare(in Features x, in RawProblem raw) => x.HasSingles
        ? PreparedProblem.Of(x.Singles, raw.Target, raw.Weights, raw.Options, isFold: false)
        : PreparedProblem.Of(x.Doubles, raw.Target, raw.Weights, raw.Options, isFold: false);

    /// <summary>The workspace of a call: the caller's for as long as it lasts, or one of its own.</summary>
    private readonly ref struct WorkspaceUse : IDisposable
    {
        private readonly bool _own;

        public WorkspaceUse(Workspace? given)
        {
            _own = given is null;
            Workspace = given ?? new();
            Workspace.Enter();
        }

        public Workspace Workspace { get; }

        public void Dispose()
        {
            Workspace.Leave();
            if (_own)
                Workspace.Dispose();
        }
    }
}
