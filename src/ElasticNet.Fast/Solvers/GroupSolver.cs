using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Columns that are penalised in groups (<see cref="GroupTerms"/>). A working set of whole groups, screened by the norms of their gradients, on which
/// <see cref="GroupNewton"/> solves the square that touches the loss; a pass over X tells who violates and joins. Squared error is its own square;
/// another loss is minimised by Newton steps as in <see cref="NewtonLoop"/>, with a curvature that is frozen as long as it serves.
/// </summary>
internal sealed unsafe partial class GroupSolver(WorkCrew crew) : ColumnSolver(crew)
{
    /// <summary>What may be left of an optimality condition.</summary>
    private const double Tolerance = 1e-14;

    /// <summary>Below this a step that does not halve what is left has met rounding.</summary>
    private const double Floor = 1e-10;

    /// <summary>What a step on another loss may leave of its square's conditions: the loss leaves more.</summary>
    private const double Roughly = 1e-4;

    /// <summary>A step that leaves more than this share of the violation asks for a new curvature.</summary>
    private const double Contraction = 0.3;

    /// <summary>How many times faster a multiply-add of a Gram matrix is than one of a step.</summary>
    private const double GramSpeed = 6;

    /// <summary>Steps for one λ and one working set at most; the certificate tells.</summary>
    private const int MostSteps = 100;

    /// <summary>Halvings of a step at most.</summary>
    private const int MostHalvings = 40;

    /// <summary>A step of which less than this share could be taken asks for a damped curvature.</summary>
    private const double LeastShare = 0.25;

    /// <summary>The damping that begins with, in units of the mean curvature.</summary>
    private const double FirstDamping = 1e-3;

    /// <summary>What rounding may add to the objective, as a share of it.</summary>
    private const double Noise = 1e-14;

    private readonly GroupProblem _problem = new();
    private readonly GroupNewton _newton = new(crew);
    private readonly GroupScreening _screening = new();
    private readonly CurvedDual _dual = new();
    private readonly AlignedBuffer<double> _left = new();
    private readonly AlignedBuffer<double> _members = new();
    private readonly AlignedBuffer<int> _positions = new();
    private WorkingColumns? _held;
    private CurvedDatafit? _datafit; // null for squared error
    private int _columnsRead;
    private double _value, _debt, _damping;
    private bool _isFresh;

    public override bool IsQuadratic => Datafit is not CurvedDatafit;

    public override bool IsRefinable => false;

    public override double Deviance => IsQuadratic ? ResidualSquare : 2 * _value;

    public override FinishMethod Finisher => _newton.Active > 0 ? FinishMethod.ActiveSet : FinishMethod.None;

    public override bool IsFreedomCheap(in Strength strength) => false;

    public override double DegreesOfFreedom
    {
        get
        {
            if (!IsQuadratic)
                Refresh(damping: 0);
            return _newton.Freedom();
        }
    }

    public override WorkCounts Work => new()
    {
        FullPasses = FullPasses,
        ColumnsRead = _columnsRead,
        WorkingSetSize = _problem.Count,
        Sweeps = _newton.Sweeps,
        Solves = _newton.Solves,
    };

    private GroupTerms Groups => Terms.Groups!;

    private WorkingColumns Held => _held!;

    /// <summary>Origin − X̂β of the point accepted last.</summary>
    private double* Left => _left.Pointer;

    private double* Trial => _left.Pointer + Rows;

    /// <summary>The coefficient of each member there.</summary>
    private double* Accepted => _members.Pointer;

    /// <summary>Columns that a working set may hold.</summary>
    public int MostMembers { get; set; } = int.MaxValue;

    public override Progress Solve(in Strength strength, CancellationToken cancellationToken)
    {
        if (strength.L1 == 0)
            return Progress.Outgrown; // nothing is left of the groups
        _problem.SetStrength(strength.L1, strength.L2);
        // The sequential strong rule, group by group, at half its reach as in WorkingSetSolver.
        double bar = Math.Max(strength.L1Ratio * (1.5 * strength.Lambda - 0.5 * strength.Previous), 0);
        Admit(_screening.Select(Groups, Gradients, bar, GradientNoise(), Support), strength);
        while (true)
        {
            SolveMembers(cancellationToken);
            Spread();
            if (_problem.Count == Groups.Total)
                return Progress.Solved; // the members' gradients are all there are
            Multiply(Residual, Gradients);
            ReadOnlySpan<int> violators = _screening.Select(Groups, Gradients, strength.L1 * (1 + ElasticNetPenalty.RelativeSlack), GradientNoise(), Support);
            if (violators.IsEmpty)
                return Progress.Solved;
            cancellationToken.ThrowIfCancellationRequested();
            Admit(violators, strength);
        }
    }

    protected override void Begin()
    {
        GroupTerms groups = Groups;
        if (_held is null || !_held.TryStart(Design, Scaling, Datafit.RootWeights))
        {
            _held?.Dispose();
            _held = Design.CreateWorkingColumns();
            _ = _held.TryStart(Design, Scaling, Datafit.RootWeights);
        }

        _problem.Clear();
        _problem.Outputs = IsQuadratic ? Datafit.Outputs : 1;
        _newton.Start(_problem);
        (_columnsRead, _debt, _damping, _isFresh) = (0, 0, 0, true);
        if (_datafit is not null)
        {
            _datafit.Freeze();
            _dual.Start(_datafit);
        }

        Admit(_screening.Start(groups), default);
    }

    /// <summary>The residual at coefficients of all columns, before there are members.</summary>
    protected override void RefreshResidual()
    {
        _datafit = Datafit as CurvedDatafit;
        _left.Require(2 * (nint)Rows);
        if (_datafit is null)
        {
            base.RefreshResidual();
            return;
        }

        SetOrigin(Left);
        AddFit(-1, Left);
        _value = _datafit.Evaluate(Left, Residual);
        _datafit.Accept(Left);
        TakeResidual(_datafit.Intercept);
    }

    public override void Dispose()
    {
        base.Dispose();
        _problem.Dispose();
        _newton.Dispose();
        _screening.Dispose();
        _dual.Dispose();
        _left.Dispose();
        _members.Dispose();
        _positions.Dispose();
        _relevant.Dispose();
        _held?.Dispose();
    }

    /// <summary>Members with a coefficient.</summary>
    private int Support => new ReadOnlySpan<double>(_problem.Beta, _problem.Count) is var beta ? beta.Length - beta.Count(0.0) : 0;

    private double GradientNoise() => ElasticNetPenalty.GradientNoise * (1 + Size());

    private void Admit(ReadOnlySpan<int> groups, in Strength strength)
    {
        if (groups.IsEmpty)
            return;
        int known = _problem.Count, total = known;
        foreach (int g in groups)
            total += Groups.Size(g);
        if (total > MostMembers)
            Throw.Data("x", Throw.Invariant($"'x' would have more than {MostMembers} columns in the working set of {Columns}{Datafit.TimesOutputs} at λ = {strength.Lambda}, ρ = {strength.L1Ratio}, which groups of features cannot take; choose a larger λ or ρ, or fewer columns."));
        _problem.Reserve(total, _problem.Groups + groups.Length);
        _members.Grow(2 * (nint)total, known);
        foreach (int g in groups)
        {
            int at = _problem.Count;
            _problem.Add(Groups, g);
            ReadOnlySpan<int> columns = Groups.Columns(g);
            Held.Append(columns);
            for (int k = 0; k < columns.Length; k++)
                _problem.Beta[at + k] = Accepted[at + k] = Beta[columns[k]];
        }

        _columnsRead += total - known;
        FillGram(known);
    }

    private void FillGram(int known)
    {
        if (_datafit is null)
            Held.FillGram(Crew, known, _problem.Count, _problem.Gram, _problem.Stride);
        else
            Held.FillGram(Crew, _datafit, known, _problem.Count, _problem.Gram, _problem.Stride);
        _problem.Complete(known);
    }

    /// <summary>Solves on the working set.</summary>
    private void SolveMembers(CancellationToken cancellationToken)
    {
        double previous = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            MultiplyMembers();
            double worst = Math.Max(_problem.Worst(ofZeros: false), _problem.Worst(ofZeros: true));
            if (_datafit is not null)
                worst = Math.Max(worst, Math.Abs(_datafit.Unbalanced));
            bool isSlow = worst > Contraction * previous;
            if (worst <= Tolerance || (worst <= Floor && worst > 0.5 * previous) || step >= MostSteps || double.IsNaN(worst))
                return;
            previous = worst;
            if (_datafit is null)
            {
                _newton.Solve(0.1 * Tolerance, cancellationToken);
                Subtract(Datafit.Response, Residual);
                CenterResidual();
                continue;
            }

            double gramCost = (double)Rows * _problem.Count * _problem.Count / GramSpeed;
            if (!_isFresh && (isSlow || _debt > gramCost))
                Refresh(_damping);
            int solves = _newton.Solves;
            _newton.Solve(Math.Max(0.1 * Tolerance, Roughly * worst), cancellationToken);
            double active = _newton.Active;
            _debt += Rows * (2 * active + _problem.Count) + (_newton.Solves - solves) * active * (_problem.Count + active * active / (3 * GramSpeed));
            bool wasFresh = _isFresh;
            double share = Advance(), damped = _damping;
            _damping = share < LeastShare ? Math.Clamp(10 * _damping, FirstDamping, 1) : _damping > FirstDamping ? 0.1 * _damping : 0;
            if (share == 1)
                continue;
            // Nothing falls any further: what was accepted is the answer, and the certificate tells how good it is.
            if (share == 0 && wasFresh && damped == 1)
            {
                MultiplyMembers();
                return;
            }

            Refresh(_damping);
        }
    }

    /// <summary>Evaluates at the coefficients of the square's solution, or on the way to them where the objective does not fall so far, and accepts.</summary>
    /// <returns>The share of the step that is accepted: 1 for the whole, 0 for nothing.</returns>
    private double Advance()
    {
        int count = _problem.Count;
        double* beta = _problem.Beta;
        double before = _value + _problem.Cost(Accepted), limit = before + Noise * Math.Abs(before), share = 1;
        SetOrigin(Trial);
        Subtract(Trial, Trial);
        double value = _datafit!.Evaluate(Trial, Residual);
        bool moved = value + _problem.Cost(beta) <= limit;
        for (int halving = 0; halving < MostHalvings && !moved; halving++)
        {
            share *= 0.5;
            for (int i = 0; i < Rows; i++)
                Trial[i] = 0.5 * (Trial[i] + Left[i]);
            for (int i = 0; i < count; i++)
                beta[i] = 0.5 * (beta[i] + Accepted[i]);
            value = _datafit.Evaluate(Trial, Residual);
            moved = value + _problem.Cost(beta) <= limit;
        }

        if (!moved)
        {
            Copy(Accepted, beta, count);
            _value = _datafit.Evaluate(Left, Residual);
            return 0;
        }

        Copy(beta, Accepted, count);
        Copy(Trial, Left, Rows);
        _value = value;
        _datafit.Accept(Left);
        TakeResidual(_datafit.Intercept);
        _isFresh = false;
        return share;
    }

    /// <summary>Freezes the curvature of here.</summary>
    private void Refresh(double damping)
    {
        if (_isFresh && damping == 0 && _damping == 0)
            return;
        _datafit!.Freeze(damping);
        (_damping, _debt, _isFresh) = (damping, 0, true);
        FillGram(0);
    }

    private void SetOrigin(double* left)
    {
        if (_datafit!.Origin == null)
            new Span<double>(left, Rows).Clear();
        else
            Copy(_datafit.Origin, left, Rows);
    }

    /// <summary><paramref name="left"/> ← <paramref name="from"/> − X̂β.</summary>
    private void Subtract(double* from, double* left)
    {
        if (from != left)
            Copy(from, left, Rows);
        double* negated = _members.Pointer + _problem.Count;
        int* positions = _positions.Require(Math.Max(_problem.Count, 1));
        int support = 0;
        for (int k = 0; k < _problem.Count; k++)
        {
            if (_problem.Beta[k] == 0)
                continue;
            positions[support] = k;
            negated[support++] = -_problem.Beta[k];
        }

        Held.AddTo(positions, negated, support, left);
    }

    /// <summary>The gradients of the members from the columns themselves.</summary>
    private void MultiplyMembers() => Held.Dot(All(), _problem.Count, Residual, _problem.Gradient);

    /// <summary>The coefficients and gradients of the members as those of all columns.</summary>
    private void Spread()
    {
        new Span<double>(Beta, Columns).Clear();
        for (int k = 0; k < _problem.Count; k++)
        {
            Beta[_problem.Columns[k]] = _problem.Beta[k];
            Gradients[_problem.Columns[k]] = _problem.Gradient[k];
        }
    }

    private int* All()
    {
        int* all = _positions.Require(Math.Max(_problem.Count, 1));
        for (int k = 0; k < _problem.Count; k++)
            all[k] = k;
        return all;
    }

    private static void Copy(double* from, double* to, int count) => Buffer.MemoryCopy(from, to, (long)count * sizeof(double), (long)count * sizeof(double));
}
