using ElasticNet.Fast.Penalties;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Paths;

/// <summary>
/// The main way: screen the columns by the gradients of the last solution, solve exactly on the working set, look at the
/// gradients of all columns, admit those that violate, and repeat until none does.
/// </summary>
internal sealed unsafe class WorkingSetSolver : LambdaSolver
{
    /// <summary>What is left of a column when those before it are taken away, in terms of its square: below this, digits are lost that may matter.</summary>
    private const double DelicateShare = 1e-8;

    private readonly ExactSolver _solver = new();
    private readonly Screening _screening = new();
    private readonly MinimumNorm _minimumNorm = new();
    private NormalEquations _equations = null!;
    private PenaltyTerms _terms = null!;
    private FinishMethod _finisher;

    /// <summary>When to give up.</summary>
    private Reach _reach;

    public override double NullDeviance => _equations.NullDeviance;

    public override double ResidualSquare => _equations.ResidualSquare;

    public override double InterceptShift => _equations.InterceptShift;

    public override double Deviance => _equations.Deviance;

    public override bool IsQuadratic => _equations.IsQuadratic;

    public override double DegreesOfFreedom
    {
        get
        {
            if (!IsQuadratic && _equations.Problem.HasRidge)
                _equations.RenewCurvature(_solver);
            return _solver.Set.Count - _solver.Set.RidgeTrace(_equations.Problem);
        }
    }

    public override FinishMethod Finisher => _finisher;

    public override bool IsDelicate =>
        _solver.Set.Factor.LeastShare(_equations.Problem, _solver.Set.Positions) < DelicateShare;

    public override Rounding Rounding
    {
        get
        {
            int support = 0;
            double size = 0, square = 0;
            foreach (int j in Coefficients)
            {
                size += Math.Abs(Beta[j]);
                square += Beta[j] * Beta[j];
                support += Beta[j] != 0 ? 1 : 0;
            }

            return _equations.Rounding(size, Math.Sqrt(square), support, _equations.Problem.Threshold * _terms.LeastUnit1);
        }
    }

    public override WorkCounts Work => new()
    {
        UsesMoments = _equations.IsComplete,
        FullPasses = _equations.FullPasses,
        ColumnsRead = _equations.ColumnsRead,
        WorkingSetSize = _equations.Problem.Count,
        Sweeps = _solver.Sweeps,
        Solves = _solver.Set.Factor.Solves,
        Factorizations = _solver.Set.Factor.Factorizations,
        ConjugateSteps = _solver.Set.Factor.ConjugateSteps,
        MonotoneSteps = _solver.MonotoneSteps,
    };

    /// <summary>Starts a path with the columns that belong to it from the outset: all, where moments stand for the data; else the unpenalised ones.</summary>
    public void Start(NormalEquations equations, PenaltyTerms terms, in Reach reach)
    {
        (_equations, _terms, _reach) = (equations, terms, reach);
        Clear(equations.Columns);
        equations.Admit(_screening.Unscreened(equations.Columns, terms, equations.IsComplete), terms);
        _solver.Start(equations.Problem);
    }

    /// <summary>Begins with the solution that no penalised column is in: only the unpenalised ones are fitted.</summary>
    public Progress BeginNull(CancellationToken cancellationToken)
    {
        _equations.Problem.Bar();
        SolveMembers(cancellationToken);
        _finisher = FinishMethod.None;
        return Certify(0, foresee: false) ? Progress.Solved : Progress.NeedsPass;
    }

    /// <summary>From here on it may go further: nobody else could solve it.</summary>
    public void Lift(in Reach reach) => _reach = reach;

    /// <summary>The pass over X that is needed to go on, for this problem alone.</summary>
    public void Pass() => _equations.Pass();

    /// <summary>Screens the columns by the gradients of the last solution and goes as far as it can without a pass over X.</summary>
    public override Progress Solve(in Strength strength, CancellationToken cancellationToken)
    {
        _equations.Problem.SetStrength(strength.L1, strength.L2);
        if (!_equations.IsComplete)
        {
            // The sequential strong rule (Tibshirani et al. 2012) on the gradients of the last solution, at half its reach: it
            // admits three for every one that enters, and whom it misses the certificate finds.
            double bar = Math.Max(strength.L1Ratio * (1.5 * strength.Lambda - 0.5 * strength.Previous), 0);
            if (!TryAdmit(_screening.Select(_equations, Gradients, _terms, bar, Noise(), _solver.Set.Count), strength))
                return Progress.Outgrown;
        }

        return SolveRounds(strength, cancellationToken);
    }

    /// <summary>Goes on after the pass: the violators join, and all over again.</summary>
    public override Progress Resume(in Strength strength, CancellationToken cancellationToken)
    {
        Conclude();
        return Judge(strength, cancellationToken) ?? SolveRounds(strength, cancellationToken);
    }

    /// <summary>Takes the products that the pass has left in the equations.</summary>
    public void Conclude()
    {
        _equations.Conclude(Gradients);
        SpreadCoefficients();
    }

    public override double FenchelSlack(double scale, double moved, in Rounding rounding) => _equations.FenchelSlack(scale, moved, rounding);

    protected override double Shift(ReadOnlySpan<int> relevant, PenaltyTerms terms, in ElasticNetPenalty penalty, in Rounding rounding, double freeInverse) =>
        IsQuadratic ? base.Shift(relevant, terms, penalty, rounding, freeInverse) : _equations.Project(Gradients, penalty, rounding, freeInverse);

    protected override double InverseNorm(in ElasticNetPenalty penalty, in Rounding rounding, bool renew)
    {
        RestrictedProblem problem = _equations.Problem;
        int free = 0;
        foreach (int j in Coefficients)
            free += penalty.IsInside(j, Beta[j]) ? 1 : 0;
        for (int k = 0; k < _solver.Set.Count; k++)
        {
            int j = problem.Columns[_solver.Set.Positions[k]];
            free -= penalty.IsInside(j, Beta[j]) ? 1 : 0;
        }

        // The factor speaks for the columns that it holds, and as far as rounding in the Gram matrix lets it.
        if (free != 0)
            return double.PositiveInfinity;
        return Trusted(_solver.Set.Factor.InverseNorm(problem, renew), rounding);
    }

    /// <summary>The columns that may have a coefficient: those of the working set, unless a penalty is missing or next to nothing.</summary>
    private ReadOnlySpan<int> Coefficients => _finisher == FinishMethod.LeastSquares || _equations.Problem.Threshold * _terms.LeastUnit1 == 0
        ? _screening.Unscreened(Columns, _terms, all: true)
        : new(_equations.Problem.Columns, _equations.Problem.Count);

    /// <summary>A bound on the inverse as computed as one on the true inverse, as far as rounding in the Gram matrix lets it.</summary>
    private double Trusted(double inverse, in Rounding rounding) =>
        inverse * rounding.Product * (_solver.Set.Count + 1) < 0.5 ? 2 * inverse : double.PositiveInfinity;

    protected override double InverseNorm(ReadOnlySpan<int> more, in Rounding rounding)
    {
        Span<int> positions = stackalloc int[more.Length];
        RestrictedProblem problem = _equations.Problem;
        for (int k = 0; k < more.Length; k++)
        {
            if (!_equations.IsMember(more[k]))
                return double.PositiveInfinity;
            positions[k] = new ReadOnlySpan<int>(problem.Columns, problem.Count).IndexOf(more[k]);
        }

        return Trusted(_solver.Set.Factor.InverseNorm(problem, _solver.Set.Positions, positions), rounding);
    }

    public override void Dispose()
    {
        base.Dispose();
        _solver.Dispose();
        _screening.Dispose();
        _minimumNorm.Dispose();
    }

    /// <summary>Solves on the working set, square by square where the loss is not one itself.</summary>
    private void SolveMembers(CancellationToken cancellationToken)
    {
        _solver.Solve();
        while (!_equations.Settle(_solver))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _solver.Solve();
        }
    }

    /// <summary>Rounds of solving on the working set and admitting who violates, until nobody does or a pass has to tell.</summary>
    private Progress SolveRounds(in Strength strength, CancellationToken cancellationToken)
    {
        while (true)
        {
            SolveMembers(cancellationToken);
            if (!Certify(strength.L1, foresee: !strength.IsLast))
                return Progress.NeedsPass;
            if (Judge(strength, cancellationToken) is { } progress)
                return progress;
        }
    }

    /// <summary>Looks at the gradients of all columns; null where violators have joined and it is to be solved again.</summary>
    private Progress? Judge(in Strength strength, CancellationToken cancellationToken)
    {
        if (!_equations.IsComplete)
        {
            double bar = strength.L1 * (1 + ElasticNetPenalty.RelativeSlack);
            ReadOnlySpan<int> violators = _screening.Select(_equations, Gradients, _terms, bar, Noise(), _solver.Set.Count);
            if (!violators.IsEmpty)
            {
                cancellationToken.ThrowIfCancellationRequested();
                return TryAdmit(violators, strength) ? null : Progress.Outgrown;
            }
        }

        _finisher = _solver.Set.Count > 0 ? FinishMethod.ActiveSet : FinishMethod.None;
        if (strength.Lambda == 0 && IsQuadratic)
        {
            _finisher = FinishMethod.LeastSquares;
            _minimumNorm.Apply(_equations, _solver, _terms, Beta, Gradients);
        }

        return Progress.Solved;
    }

    private bool TryAdmit(ReadOnlySpan<int> columns, in Strength strength)
    {
        RestrictedProblem problem = _equations.Problem;
        if (problem.Count + columns.Length > _reach.Members && !_equations.IsSparse)
            return false;
        // Without an l1 term every candidate gets a coefficient; with one, most of those that a cold start sees do not.
        int expected = _solver.Set.Count + (strength.L1 == 0 ? _screening.Candidates : 0);
        if (strength.L2 > 0 && (IsQuadratic || strength.L1 == 0) && expected > _reach.RidgeSupport && !_equations.IsSparse)
            return false;
        _equations.Admit(columns, _terms);
        problem.SetStrength(strength.L1, strength.L2);
        return true;
    }

    /// <summary>Gradients of all columns at the solver's solution, and its coefficients spread over all columns, unless that takes a pass.</summary>
    private bool Certify(double l1, bool foresee)
    {
        if (!_equations.TryCertify(_solver, _terms, l1, foresee, Gradients))
            return false;
        SpreadCoefficients();
        return true;
    }

    private void SpreadCoefficients()
    {
        RestrictedProblem problem = _equations.Problem;
        new Span<double>(Beta, Columns).Clear();
        for (int i = 0; i < problem.Count; i++)
            Beta[problem.Columns[i]] = problem.Beta[i];
    }

    /// <summary>What rounding can do to a gradient at the current solution.</summary>
    private double Noise()
    {
        RestrictedProblem problem = _equations.Problem;
        double size = 1;
        for (int i = 0; i < problem.Count; i++)
            size += Math.Abs(problem.Beta[i]);
        return ElasticNetPenalty.GradientNoise * size;
    }
}

/// <summary>How large a problem may grow before another way of solving it pays.</summary>
/// <param name="Members">Columns in the working set: its Gram matrix has to fit.</param>
/// <param name="RidgeSupport">Columns expected in the support where all have a ridge term.</param>
internal readonly record struct Reach(int Members, int RidgeSupport);
