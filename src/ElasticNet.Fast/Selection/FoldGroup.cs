using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Folds of square or wide data that go through their paths together, each for as long as it can do without X; then one pass serves
/// all. Which folds are together changes nothing about what comes out.
/// </summary>
internal sealed unsafe class FoldGroup<TDesign> : IDisposable
    where TDesign : struct, IDesign
{
    /// <summary>Folds that go together at most: beyond that, multiplying takes longer than reading X.</summary>
    private const int Most = 10;

    /// <summary>Memory that the folds of a group may take together, in bytes.</summary>
    private const double MostMemory = 1e9;

    private readonly List<FoldPath<TDesign>> _paths = [];
    private readonly SharedPass<TDesign> _pass = new(new WorkCrew());

    /// <summary>Parts the folds of a cross-validation into groups: few, but enough for all threads.</summary>
    public static int[][] Part(int folds, int threads, int rows, int columns)
    {
        // Each has the columns of its working set, their Gram matrix and its factor.
        double members = Math.Min(2.0 * rows, columns), memory = 8 * members * (2 * members + rows);
        int most = (int)Math.Clamp(MostMemory / memory, 1, Most);
        int groups = Math.Min(Math.Max((folds + most - 1) / most, threads), folds);
        return [.. Enumerable.Range(0, groups).Select(g => Enumerable.Range(0, folds).Where(fold => fold * groups / folds == g).ToArray())];
    }

    /// <summary>The path of the k-th member; started by the caller before <see cref="Run"/>.</summary>
    public FoldPath<TDesign> this[int k]
    {
        get
        {
            while (_paths.Count <= k)
                _paths.Add(new());
            return _paths[k];
        }
    }

    /// <summary>Takes the first <paramref name="count"/> members to the end of their paths.</summary>
    /// <param name="design">X.</param>
    /// <param name="shift">What a common pass subtracts from each column.</param>
    /// <param name="count">How many.</param>
    /// <param name="report">Told of every solution.</param>
    /// <param name="cancellationToken">Looked at between solutions.</param>
    public void Run(in TDesign design, double* shift, int count, ProgressCounter? report, CancellationToken cancellationToken)
    {
        List<FoldPath<TDesign>> waiting = _paths[..count];
        List<ColumnEquations<TDesign>> askers = [];
        while (true)
        {
            waiting.RemoveAll(path => !path.Advance(report, cancellationToken));
            if (waiting.Count == 0)
                return;
            askers.Clear();
            foreach (FoldPath<TDesign> path in waiting)
            {
                if (path.Equations.SharesPasses)
                    askers.Add(path.Equations);
                else
                    path.Equations.Pass();
            }

            if (askers.Count > 0)
                _pass.Run(design, shift, askers);
        }
    }

    public void Dispose()
    {
        foreach (FoldPath<TDesign> path in _paths)
            path.Dispose();
        _pass.Dispose();
    }
}
