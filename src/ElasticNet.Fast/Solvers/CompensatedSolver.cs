using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Solves a <see cref="CompensatedProblem"/> by the primal active-set method: walks from the coefficients at hand towards the
/// solution on the support, drops who reaches 0 (or stays at a bound), lets in whom the gradients ask for, until they ask for
/// nobody. Each walk lowers the objective, so that it must end; slow beside <see cref="ExactSolver"/>, and not to be confused.
/// </summary>
internal sealed unsafe class CompensatedSolver : IDisposable
{
    /// <summary>
    /// A column counts as dependent on others where less than 64ε of its norm is left when theirs is taken away: its coefficient
    /// would lose all digits to rounding.
    /// </summary>
    public const double DependentShare = DependentUnits * DependentUnits;

    private const double DependentUnits = 64 * 2.220446049250313e-16;

    /// <summary>What double-double arithmetic leaves of a gradient that should be 0, per unit of 1 + Σ|γ|.</summary>
    private const double Noise = 1e-28;

    /// <summary>A gradient, of a column and a response of norm 1 or so, for which nothing is moved along a direction that leaves the fit alone.</summary>
    private const double NoGain = 1e-20;

    private readonly CompensatedFactor _factor = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly List<int> _free = [];
    private readonly List<double> _signs = [];
    private readonly List<MemberState> _states = [];
    private CompensatedProblem _problem = null!;
    private nint _stride;

    /// <summary>The members whose coefficients are free, in the order of the factor.</summary>
    public IReadOnlyList<int> Free => _free;

    /// <summary>The signs that they keep; 0 where the penalty has no kink.</summary>
    public IReadOnlyList<double> Signs => _signs;

    /// <summary>Solves with G_SS + l2.</summary>
    public CompensatedFactor Factor => _factor;

    /// <summary>Steps towards a solution so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether a member is held at a bound.</summary>
    public bool IsPinned(int position) => _states[position] is MemberState.Pinned or MemberState.BarredPinned;

    /// <summary>Whether a member's coefficient is free.</summary>
    public bool IsFree(int position) => _states[position] == MemberState.Free;

    /// <summary>Starts with another problem, whose members have coefficients.</summary>
    public void Start(CompensatedProblem problem)
    {
        _problem = problem;
        _states.Clear();
        Steps = 0;
        Rebuild();
    }

    /// <summary>Reads the support off the coefficients; those that depend on others become 0.</summary>
    public void Rebuild()
    {
        _free.Clear();
        _signs.Clear();
        _factor.Truncate(0);
        Fit();
        for (int i = 0; i < _problem.Count; i++)
        {
            CompensatedMember member = _problem[i];
            double beta = member.Beta.High;
            _states[i] = beta != 0 && (beta == member.Lower || beta == member.Upper) ? MemberState.Pinned : MemberState.Out;
            if (beta != 0 && !IsPinned(i) && !TryAppend(i, member.L1 > 0 ? Math.Sign(beta) : 0))
                member.Beta = 0;
        }
    }

    /// <summary>Solves at the current strengths, as far as that goes in a number of steps.</summary>
    public void Solve(CancellationToken cancellationToken)
    {
        Fit();
        Release();
        DoubleDouble best = double.PositiveInfinity;
        for (int last = Steps + 20 * _problem.Count + 200; Steps < last; Steps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int newcomer = Walk();
            FillGradients();
            DoubleDouble objective = Objective();
            if (objective < best - DoubleDouble.Abs(objective) * 1e-26)
                Release();
            if (newcomer >= 0 && _states[newcomer] == MemberState.Out)
                _states[newcomer] = MemberState.Barred; // it left without having moved
            best = objective < best ? objective : best;
            int entrant = FindEntrant();
            if (entrant < 0)
                return;
            Enter(entrant);
        }
    }

    /// <summary>The gradients of all members at their coefficients.</summary>
    public void FillGradients()
    {
        DoubleDoubles sums = Vector(0);
        for (int i = 0; i < _problem.Count; i++)
            sums[i] = _problem[i].Correlation;
        for (int k = 0; k < _problem.Count; k++)
        {
            if (_problem[k].Beta.High != 0)
                sums.Add(-_problem[k].Beta, _problem.Gram(k), _problem.Count);
        }

        for (int i = 0; i < _problem.Count; i++)
            _problem[i].Gradient = sums[i];
    }

    /// <summary>Room for a number of each member.</summary>
    public DoubleDoubles Scratch => Vector(2);

    public void Dispose()
    {
        _factor.Dispose();
        _vectors.Dispose();
    }

    private DoubleDoubles Vector(int index) => new(_vectors.Pointer + 2 * index * _stride, _vectors.Pointer + (2 * index + 1) * _stride);

    /// <summary>Makes room for all members; new ones are out.</summary>
    private void Fit()
    {
        _stride = (_problem.Count + 8) & ~7;
        _vectors.Require(6 * _stride);
        while (_states.Count < _problem.Count)
            _states.Add(MemberState.Out);
    }

    /// <summary>Walks to the solution on the support, around the corners.</summary>
    /// <returns>The last entrant, if it left again without having moved; else −1.</returns>
    private int Walk()
    {
        DoubleDoubles target = Vector(0);
        int stood = -1;
        while (_free.Count > 0)
        {
            FillTarget(target);
            double shortest = 1;
            int blocking = -1;
            for (int k = 0; k < _free.Count; k++)
            {
                CompensatedMember member = _problem[_free[k]];
                double distance = (target[k] - member.Beta).High;
                if (distance == 0)
                    continue;
                double reach = Math.Max(Room(member, End(member, distance, _signs[k])) / distance, 0);
                if (reach < shortest)
                    (shortest, blocking) = (reach, k);
            }

            for (int k = 0; k < _free.Count; k++)
            {
                CompensatedMember member = _problem[_free[k]];
                member.Beta = blocking < 0 ? target[k] : member.Beta + (target[k] - member.Beta) * shortest;
            }

            if (blocking < 0)
                break;
            int left = _free[blocking];
            if (shortest == 0 && _problem[left].Beta.High == 0)
                stood = left;
            Hold(blocking, End(_problem[left], (target[blocking] - _problem[left].Beta).High, _signs[blocking]));
        }

        return stood;
    }

    /// <summary>target ← (G_SS + l2)⁻¹(c_S − G_SP β_P − l1·signs).</summary>
    private void FillTarget(DoubleDoubles target)
    {
        for (int k = 0; k < _free.Count; k++)
        {
            CompensatedMember member = _problem[_free[k]];
            target[k] = member.Correlation - member.L1 * _signs[k];
        }

        for (int i = 0; i < _problem.Count; i++)
        {
            if (!IsPinned(i))
                continue;
            DoubleDoubles row = _problem.Gram(i);
            for (int k = 0; k < _free.Count; k++)
                target[k] -= row[_free[k]] * _problem[i].Beta;
        }

        _factor.Solve(target);
    }

    private DoubleDouble Objective()
    {
        DoubleDouble value = 0;
        for (int i = 0; i < _problem.Count; i++)
        {
            CompensatedMember member = _problem[i];
            if (member.Beta.High != 0)
                value += member.Beta * (member.Beta * member.L2 - member.Correlation - member.Gradient) * 0.5 + DoubleDouble.Abs(member.Beta) * member.L1;
        }

        return value;
    }

    /// <summary>The member that violates its optimality condition most, or −1.</summary>
    private int FindEntrant()
    {
        double size = 1, worst = 0;
        for (int i = 0; i < _problem.Count; i++)
            size += Math.Abs(_problem[i].Beta.High);
        int found = -1;
        for (int i = 0; i < _problem.Count; i++)
        {
            CompensatedMember member = _problem[i];
            double violation = -1, gradient = member.Gradient.High;
            if (_states[i] == MemberState.Out && (gradient > 0 ? member.Upper : -member.Lower) > 0)
                violation = (DoubleDouble.Abs(member.Gradient) - member.L1).High;
            else if (_states[i] == MemberState.Pinned)
                violation = -Math.Sign(member.Beta.High) * (member.Gradient - member.L1 * Math.Sign(member.Beta.High) - member.Beta * member.L2).High;
            if (violation > Noise * size && violation > worst)
                (worst, found) = (violation, i);
        }

        return found;
    }

    private void Enter(int position)
    {
        CompensatedMember member = _problem[position];
        bool pinned = IsPinned(position);
        double direction = pinned ? -Math.Sign(member.Beta.High) : Math.Sign(member.Gradient.High);
        double sign = member.L1 == 0 ? 0 : pinned ? Math.Sign(member.Beta.High) : direction;
        if (!TryAppend(position, sign))
            Exchange(position, direction, sign);
    }

    /// <summary>
    /// The column depends on the support: zⱼ = Z_S a. Moving along (γⱼ, γ_S) + δ(σ, −σa) leaves the fit alone and lowers the
    /// penalty, until a coefficient reaches 0 or a bound and makes room.
    /// </summary>
    private void Exchange(int position, double direction, double sign)
    {
        CompensatedMember member = _problem[position];
        if (member.IsUnpenalised && Math.Abs(member.Gradient.High) < NoGain)
        {
            _states[position] = IsPinned(position) ? MemberState.BarredPinned : MemberState.Barred;
            return;
        }

        DoubleDoubles combination = Vector(0), row = _problem.Gram(position);
        for (int k = 0; k < _free.Count; k++)
            combination[k] = row[_free[k]];
        _factor.Solve(combination);
        double end = End(member, direction, sign), shortest = Math.Abs(Room(member, end));
        int blocking = -1;
        for (int k = 0; k < _free.Count; k++)
        {
            CompensatedMember other = _problem[_free[k]];
            double rate = -direction * combination[k].High;
            if (Math.Abs(rate) <= 1e-14)
                continue;
            double reach = Math.Max(Room(other, End(other, rate, _signs[k])) / rate, 0);
            if (reach < shortest)
                (shortest, blocking) = (reach, k);
        }

        if (!double.IsFinite(shortest) || shortest == 0)
        {
            _states[position] = IsPinned(position) ? MemberState.BarredPinned : MemberState.Barred;
            return;
        }

        for (int k = 0; k < _free.Count; k++)
            _problem[_free[k]].Beta -= combination[k] * (shortest * direction);
        member.Beta += shortest * direction;
        if (blocking < 0)
        {
            member.Beta = end;
            _states[position] = end == 0 ? MemberState.Out : MemberState.Pinned;
            return;
        }

        Hold(blocking, End(_problem[_free[blocking]], -direction * combination[blocking].High, _signs[blocking]));
        if (!TryAppend(position, sign))
        {
            member.Beta = 0;
            _states[position] = MemberState.Barred;
        }
    }

    /// <summary>Where a coefficient that keeps its sign must stop when it moves up (or down): at 0 or at a bound.</summary>
    private static double End(CompensatedMember member, double direction, double sign) => direction > 0
        ? sign < 0 ? 0 : member.Upper
        : sign > 0 ? 0 : member.Lower;

    /// <summary>How far it is to an end, which may be infinitely far.</summary>
    private static double Room(CompensatedMember member, double end) => double.IsInfinity(end) ? end : (end - member.Beta).High;

    private bool TryAppend(int position, double sign)
    {
        DoubleDoubles products = Vector(1), row = _problem.Gram(position);
        for (int k = 0; k < _free.Count; k++)
            products[k] = row[_free[k]];
        if (!_factor.TryAppend(products, row[position] + _problem[position].L2, DependentShare))
            return false;
        _free.Add(position);
        _signs.Add(sign);
        _states[position] = MemberState.Free;
        return true;
    }

    /// <summary>Takes the k-th free member out and holds it at 0 or at a bound.</summary>
    private void Hold(int k, double value)
    {
        int position = _free[k];
        _problem[position].Beta = value;
        int[] others = [.. _free.Skip(k + 1)];
        double[] signs = [.. _signs.Skip(k + 1)];
        _free.RemoveRange(k, _free.Count - k);
        _signs.RemoveRange(k, _signs.Count - k);
        _factor.Truncate(k);
        _states[position] = value == 0 ? MemberState.Out : MemberState.Pinned;
        for (int i = 0; i < others.Length; i++)
        {
            if (TryAppend(others[i], signs[i]))
                continue;
            _problem[others[i]].Beta = 0; // it stood on the one that left
            _states[others[i]] = MemberState.Out;
        }
    }

    /// <summary>Gives those that were found to depend on the support another chance: it has changed.</summary>
    private void Release()
    {
        for (int i = 0; i < _states.Count; i++)
        {
            _states[i] = _states[i] switch
            {
                MemberState.Barred => MemberState.Out,
                MemberState.BarredPinned => MemberState.Pinned,
                MemberState state => state,
            };
        }
    }

    private enum MemberState
    {
        Out,
        Free,
        Pinned,
        Barred,
        BarredPinned,
    }
}
