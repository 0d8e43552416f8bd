using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>Which solver a path starts with and which takes over when a problem outgrows it.</summary>
internal abstract class SolverChoice : IDisposable
{
    /// <summary>Fits the null model and goes as far as it reaches.</summary>
    public WorkingSetSolver First { get; } = new();

    /// <summary>A solver that goes on from the last solution of <see cref="First"/>.</summary>
    public abstract LambdaSolver Continue(in Strength strength);

    /// <inheritdoc/>
    public virtual void Dispose() => First.Dispose();
}

/// <summary>Tall data: one solver for all.</summary>
internal sealed class MomentSolvers : SolverChoice
{
    /// <summary>The moments, started.</summary>
    public MomentEquations Equations { get; } = new();

    public void Start(PenaltyTerms terms) =>
        First.Start(Equations, terms, new(int.MaxValue, int.MaxValue));

    public override LambdaSolver Continue(in Strength strength) =>
        throw new InvalidOperationException("The moments of all columns are at hand; nothing can outgrow them.");

    public override void Dispose()
    {
        base.Dispose();
        Equations.Dispose();
    }
}

/// <summary>
/// Square and wide data: a working set; where a ridge term lets more columns in than there are rows, Newton's method on the
/// dual, whose systems are n × n; where neither fits, coordinate descent.
/// </summary>
internal sealed class ColumnSolvers<TDesign> : SolverChoice
    where TDesign : struct, IDesign
{
    /// <summary>Members of the working set beyond which its Gram matrix and factor are taken to be out of reach.</summary>
    internal const int MostMembers = 12_000;

    /// <summary>Rows up to which an n × n system is taken to be cheaper than what it replaces.</summary>
    internal const int MostDualRows = 8_000;

    private readonly ColumnEquations<TDesign> _equations = new();
    private DualNewton<TDesign>? _dual;
    private ResidualDescent<TDesign>? _descent;
    private TDesign _design;
    private GaussianDatafit _datafit = null!;
    private ColumnScaling _scaling = null!;
    private PenaltyTerms _terms = null!;
    private bool _intercept;

    /// <summary>Sizes at which other solvers take over; settable so that tests can reach them.</summary>
    internal static (int Members, int DualRows) Limits { get; set; } = (MostMembers, MostDualRows);

    public void Start(in TDesign design, GaussianDatafit datafit, ColumnScaling scaling, PenaltyTerms terms, bool intercept)
    {
        (_design, _datafit, _scaling, _terms, _intercept) = (design, datafit, scaling, terms, intercept);
        _equations.Start(design, datafit, scaling, intercept);
        int n = design.Rows;
        First.Start(_equations, terms, new(Limits.Members, n <= Limits.DualRows ? 2 * n + 500 : int.MaxValue));
    }

    public override LambdaSolver Continue(in Strength strength)
    {
        ColumnSolver<TDesign> next = strength.L2 > 0 && _design.Rows <= Limits.DualRows
            ? _dual ??= new()
            : _descent ??= new();
        next.Start(_design, _datafit, _scaling, _terms, _intercept, First);
        return next;
    }

    public override void Dispose()
    {
        base.Dispose();
        _equations.Dispose();
        _dual?.Dispose();
        _descent?.Dispose();
    }
}
