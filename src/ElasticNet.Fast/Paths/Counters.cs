using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>Running totals of a path; the difference of two is the trace of one solution.</summary>
internal readonly struct Counters(NormalEquations equations, ExactSolver solver)
{
    private readonly int _fullPasses = equations.FullPasses;
    private readonly int _columnsRead = equations.ColumnsRead;
    private readonly int _sweeps = solver.Sweeps;
    private readonly int _solves = solver.Set.Solves;
    private readonly int _factorizations = solver.Set.Factorizations;
    private readonly int _monotoneSteps = solver.MonotoneSteps;

    public SolveTrace Since(in Counters before, FinishMethod finisher, int workingSetSize, TimeSpan elapsed) => new()
    {
        Finisher = finisher,
        FullPasses = _fullPasses - before._fullPasses,
        ColumnsRead = _columnsRead - before._columnsRead,
        WorkingSetSize = workingSetSize,
        Sweeps = _sweeps - before._sweeps,
        Solves = _solves - before._solves,
        Factorizations = _factorizations - before._factorizations,
        MonotoneSteps = _monotoneSteps - before._monotoneSteps,
        Elapsed = elapsed,
    };
}
