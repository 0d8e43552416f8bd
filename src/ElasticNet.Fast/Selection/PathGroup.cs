using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Paths on the same X, each for other rows of square or wide data, that are gone through together: each for as long as it can do
/// without X; then one pass serves all. Which paths are together changes nothing about what comes out.
/// </summary>
internal sealed unsafe class PathGroup : IDisposable
{
    /// <summary>Folds that go together at most: beyond that, multiplying takes longer than reading X.</summary>
    private const int Most = 10;

    /// <summary>Memory that the folds of a group may take together, in bytes.</summary>
    private const double MostMemory = 1e9;

    private readonly List<PathContext> _contexts = [];
    private readonly List<Member> _waiting = [];
    private readonly SharedPass _pass = new(new WorkCrew());
    private int _members;

    /// <summary>Parts the folds of a cross-validation into groups: few, but enough for all threads.</summary>
    public static int[][] Part(int folds, int threads, int rows, int columns)
    {
        // Each has the columns of its working set, their Gram matrix and its factor.
        double members = Math.Min(2.0 * rows, columns), memory = 8 * members * (2 * members + rows);
        int most = (int)Math.Clamp(MostMemory / memory, 1, Most);
        int groups = Math.Min(Math.Max((folds + most - 1) / most, threads), folds);
        return [.. Enumerable.Range(0, groups).Select(g => Enumerable.Range(0, folds).Where(fold => fold * groups / folds == g).ToArray())];
    }

    /// <summary>Lets the members go; the next ones take their memory.</summary>
    public void Clear()
    {
        _waiting.Clear();
        _members = 0;
    }

    /// <summary>The memory of the next member.</summary>
    public PathContext Next()
    {
        if (_members == _contexts.Count)
            _contexts.Add(new(SolverLimits.Default));
        return _contexts[_members++];
    }

    /// <summary>Adds a path that was started in that memory.</summary>
    /// <param name="context">The memory.</param>
    /// <param name="equations">What its passes are for.</param>
    /// <param name="shift">What a common pass subtracts from each column.</param>
    /// <param name="sink">Where its solutions go.</param>
    public void Add(PathContext context, ColumnEquations equations, double* shift, PathSink sink)
    {
        equations.SharesPasses = SharedPass.Suits(context.Scaling, shift, equations.Columns);
        _waiting.Add(new(context, equations, sink));
    }

    /// <summary>Takes all members to the end of their paths.</summary>
    /// <param name="design">X.</param>
    /// <param name="shift">What a common pass subtracts from each column.</param>
    public void Run(Design design, double* shift)
    {
        List<ColumnEquations> askers = [];
        while (true)
        {
            // The work of the folds: each goes on to its next pass, and leaves where there is none.
            _waiting.RemoveAll(static member => !member.Context.Advance(member.Sink));
            if (_waiting.Count == 0)
                return;
            askers.Clear();
            foreach (Member member in _waiting)
            {
                ColumnEquations equations = member.Equations;
                if (equations.SharesPasses)
                    askers.Add(equations);
                else
                    equations.Pass();
            }

            if (askers.Count > 0)
                _pass.Run(design, shift, askers);
        }
    }

    public void Dispose()
    {
        foreach (PathContext context in _contexts)
            context.Dispose();
        _pass.Dispose();
    }

    private readonly record struct Member(PathContext Context, ColumnEquations Equations, PathSink Sink);
}
