using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast;

// Raw columns: prepared first, then fitted like any others.
public static unsafe partial class ElasticNetEstimator
{
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
