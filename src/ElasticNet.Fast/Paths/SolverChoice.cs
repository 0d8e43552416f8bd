using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>Which solver a path starts with and which takes over when a problem outgrows it.</summary>
internal abstract class SolverChoice : IDisposable
{
    /// <summary>Fits the null model and goes as far as it reaches.</summary>
    public WorkingSetSolver First { get; } = new();

    /// <summary>Goes on from the null model that <see cref="First"/> has fitted.</summary>
    public virtual LambdaSolver Begin(double l1Ratio) => First;

    /// <summary>Takes over where <paramref name="outgrown"/> cannot solve at this strength.</summary>
    public abstract LambdaSolver Continue(LambdaSolver outgrown, in Strength strength);

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

    public override LambdaSolver Continue(LambdaSolver outgrown, in Strength strength) =>
        throw new InvalidOperationException("The moments of all columns are at hand; nothing can outgrow them.");

    public override void Dispose()
    {
        base.Dispose();
        Equations.Dispose();
    }
}

/// <summary>
/// Square and wide data: a working set; where a ridge term lets more columns in than there are rows, Newton's method on the
/// dual, whose systems are n × n, as long as it gets there; where neither fits, coordinate descent. Of
/// other losses a ridge term alone is solved with as many unknowns as there are rows, and what fits nowhere else by coordinate descent, too.
/// </summary>
internal sealed class ColumnSolvers(SolverLimits limits, WorkCrew crew) : SolverChoice
{
    private DualNewton? _dual;
    private ResidualDescent? _descent;
    private KernelRidge? _kernel;
    private CurvedDescent? _curved;
    private GroupSolver? _groups;
    private ColumnProblem _problem;
    private bool _dualFailed, _kernelFailed, _descentFailed, _isLifted;

    /// <summary>What the first solver reads X through.</summary>
    public ColumnEquations Equations { get; } = new(crew);

    public void Start(in ColumnProblem problem)
    {
        _problem = problem;
        _dualFailed = _kernelFailed = _descentFailed = false;
        StartFirst();
    }

    private void StartFirst()
    {
        ref readonly ColumnProblem problem = ref _problem;
        Equations.Start(problem);
        _isLifted = false;
        First.Start(Equations, problem.Terms, ReachOf(!problem.Design.PrefersCopies && CanDescend ? limits.SparseMembers : limits.Members));
    }

    private Reach ReachOf(int members) =>
        new(members, (Equations.IsQuadratic ? HasDual : HasKernel) ? limits.RidgeSupport(_problem.Design.Rows) : int.MaxValue);

    /// <summary>Where columns are in groups, what solves them; without an l1 term the groups are nothing but their columns.</summary>
    public override LambdaSolver Begin(double l1Ratio)
    {
        if (_problem.Terms.Groups is null || l1Ratio == 0)
            return First;
        _groups ??= new(crew);
        _groups.MostMembers = limits.Members;
        _groups.Start(_problem, First);
        return _groups;
    }

    public override LambdaSolver Continue(LambdaSolver outgrown, in Strength strength)
    {
        if (outgrown == _groups)
        {
            // λ = 0: without groups, and from the null model again, for the curvature is another one by now.
            StartFirst();
            if (First.BeginNull(default) == Progress.NeedsPass)
            {
                First.Pass();
                First.Conclude();
            }

            return First;
        }

        if (!Equations.IsQuadratic && outgrown != First)
        {
            // λ = 0 after a ridge, a ridge too small for double, or columns too correlated for descent: the working set, as far as it reaches.
            _kernelFailed |= outgrown == _kernel && strength.L2 > 0;
            _descentFailed |= outgrown == _curved && strength.Lambda > 0;
            First.Lift(new(limits.Members, int.MaxValue));
            return First;
        }

        if (!Equations.IsQuadratic && strength.L1 == 0 && strength.L2 > 0 && HasKernel && !_kernelFailed)
        {
            _kernel ??= new(crew);
            _kernel.Start(_problem, First);
            return _kernel;
        }

        if (CanDescend && strength.Lambda > 0)
        {
            _curved ??= new(crew);
            _curved.LargestGap = _descentFailed ? double.PositiveInfinity : ElasticNetFit.ExactGap;
            _curved.Start(_problem, First);
            return _curved;
        }

        if (!Equations.IsQuadratic && !_isLifted)
        {
            // λ = 0 of sparse columns, which were descended on before they were as many.
            _isLifted = true;
            First.Lift(new(limits.Members, int.MaxValue));
            return First;
        }

        if (!Equations.IsQuadratic)
            Throw.Data("x", Throw.Invariant($"'x' would have more than {limits.Members} columns in the working set of {_problem.Design.Columns}{_problem.Datafit.TimesOutputs} at λ = {strength.Lambda}, ρ = {strength.L1Ratio}, which {Unable(strength)}; choose a larger λ or ρ, or fewer columns."));
        if (outgrown != First)
        {
            // λ = 0 after a ridge: least squares again, on a support of n columns at most. Or a ridge too small for the dual to be
            // solved in the numbers of a double: then the support is solved for itself, however large.
            _dualFailed |= strength.L2 > 0;
            if (_dualFailed)
                First.Lift(new(limits.Members, int.MaxValue));
            return First;
        }

        ColumnSolver next = strength.L2 > 0 && HasDual && !_dualFailed ? Dual() : _descent ??= new(crew);
        next.Start(_problem, _dualFailed ? _dual! : First);
        return next;
    }

    public override void Dispose()
    {
        base.Dispose();
        Equations.Dispose();
        _dual?.Dispose();
        _descent?.Dispose();
        _kernel?.Dispose();
        _curved?.Dispose();
        _groups?.Dispose();
    }

    /// <summary>Whether there is coordinate descent for another loss than squared error: one that is a sum over rows, with a penalty on every column.</summary>
    private bool CanDescend => !Equations.IsQuadratic && !_problem.Terms.HasFree && _problem.Datafit is IPartedOperator;

    private string Unable(in Strength strength) => _problem.Datafit is not IPartedOperator ? "a loss that is a sum over rows alone can take"
        : strength.Lambda == 0 ? "takes a larger λ" : "takes a penalty on every column";

    private DualNewton Dual()
    {
        _dual ??= new(crew);
        // Where a working set of all columns is within reach, it does better what rounding spoils; else only what is not exact goes on to descent.
        _dual.LargestGap = _problem.Design.Columns <= limits.Members ? 1e-12 : ElasticNetFit.ExactGap;
        return _dual;
    }

    /// <summary>A ridge term alone, on every column: then another loss than squared error needs an n × n system, too, whatever p.</summary>
    private bool HasKernel => _problem.Design.Rows <= limits.DualRows && !_problem.Terms.HasBounds && !_problem.Terms.HasFree && _problem.Datafit is IPartedOperator;

    /// <summary>The dual needs an n × n system, and unpenalised columns that no bound holds: it projects them out.</summary>
    private bool HasDual => _problem.Design.Rows <= limits.DualRows && !_problem.Terms.HasBoundedFree;
}

/// <summary>Sizes at which other solvers take over.</summary>
/// <param name="Members">Members of the working set beyond which its Gram matrix and factor are taken to be out of reach.</param>
/// <param name="SparseMembers">The same of sparse columns where the loss is not squared error, so that the matrix is made again and again and sweeps cost what is stored.</param>
/// <param name="DualRows">Rows up to which an n × n system is taken to be cheaper than what it replaces.</param>
/// <param name="SpareSupport">How far a ridge's support may exceed 2n before an n × n system is the smaller one.</param>
internal sealed record SolverLimits(int Members, int DualRows, int SpareSupport, int SparseMembers = 2000)
{
    /// <summary>What pays; tests set others to reach the solvers behind.</summary>
    public static SolverLimits Default { get; } = new(Members: 12_000, DualRows: 8_000, SpareSupport: 500);

    /// <summary>Columns expected in the support of a ridge beyond which the dual is solved instead.</summary>
    public int RidgeSupport(int rows) => 2 * rows + SpareSupport;
}
