using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
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
            if (!_isByRows)
                return _newton.Freedom();
            Rebuild(isByRows: false);
            double freedom = _newton.Freedom();
            Rebuild(isByRows: true);
            return freedom;
        }
    }

    public override WorkCounts Work => new()
    {
        FullPasses = FullPasses,
        ColumnsRead = _columnsRead,
        WorkingSetSize = _problem.Count,
        Sweeps = _newton.Sweeps,
        Solves = _newton.Solves,
        ConjugateSteps = _newton.ConjugateSteps,
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
        Predict(strength);
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

        _isByRows = IsByRows();
        _problem.Clear(_isByRows || (IsQuadratic && Held is StackedColumns && groups.AreOfOutputs(Datafit.Outputs)) ? Datafit.Outputs : 1);
        _newton.Start(_problem, _isByRows ? this : null);
        (_columnsRead, _debt, _damping, _isFresh) = (0, 0, 0, true);
        if (_datafit is not null)
        {
            _datafit.Freeze();
            if (_isByRows)
                TakeCurvature();
            _dual.Start(_datafit);
        }

        ForgetPath();
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
        _fitted.Dispose();
        _values.Dispose();
        _earlier.Dispose();
        _admitted.Dispose();
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
        new Span<double>(_earlier.Grow(Math.Max(total, 1), known) + known, total - known).Clear();
        _admitted.Grow(_problem.Groups + groups.Length, _problem.Groups);
        foreach (int g in groups)
        {
            int at = _problem.Count;
            _admitted.Pointer[_problem.Groups] = g;
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
        if (_problem.Outputs > 1)
            ((StackedColumns)Held).FillFeatures(Crew, known / _problem.Outputs, _problem.Features, _problem.Gram, _problem.Stride);
        else if (_datafit is null)
            Held.FillGram(Crew, known, _problem.Count, _problem.Gram, _problem.Stride);
        else
            Held.FillGram(Crew, _datafit, known, _problem.Count, _problem.Gram, _problem.Stride);
        _problem.Complete(known);
    }

    /// <summary>Begins with the same members again, whose matrix is kept the other way.</summary>
    private void Rebuild(bool isByRows)
    {
        int count = _problem.Count, groups = _problem.Groups;
        double* values = _values.Require(2 * (nint)Math.Max(count, 1));
        Copy(_problem.Beta, values, count);
        Copy(_problem.Gradient, values + count, count);
        _problem.Clear(isByRows ? Datafit.Outputs : 1);
        _problem.Reserve(count, groups);
        for (int g = 0; g < groups; g++)
            _problem.Add(Groups, _admitted.Pointer[g]);
        Copy(values, _problem.Beta, count);
        Copy(values + count, _problem.Gradient, count);
        FillGram(0);
        if (isByRows)
            TakeCurvature();
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
