using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The support of a solution with what is needed to solve exactly on it: positions in order, the sign that each
/// coefficient must keep, and the factor of G_SS + diag(l2). Coefficients held at a bound stand apart: they are
/// not 0 and not free.
/// </summary>
internal sealed unsafe partial class ActiveSet : IDisposable
{
    private readonly AlignedBuffer<int> _positions = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<sbyte> _states = new();
    private readonly DenseSupport _dense = new();
    private SupportFactor _factor;
    private int _capacity;

    private const sbyte Out = 0, Free = 1, Pinned = 2, Barred = 3, BarredPinned = 4;

    /// <summary>Begins empty.</summary>
    public ActiveSet() => _factor = _dense;

    /// <summary>Number of free positions, |S|.</summary>
    public int Count { get; private set; }

    /// <summary>Number of positions held at a bound.</summary>
    public int PinnedCount { get; private set; }

    /// <summary>The free positions in the order of the factor's rows, then the pinned ones.</summary>
    public int* Positions => _positions.Pointer;

    /// <summary>The sign that each free coefficient must keep; 0 where the penalty has no kink. Ordered like <see cref="Positions"/>.</summary>
    public double* Signs => _vectors.Pointer;

    /// <summary>A vector of |S| for right-hand sides, ordered like <see cref="Positions"/>.</summary>
    public double* Target => _vectors.Pointer + _capacity;

    /// <summary>Another one.</summary>
    public double* Scratch => _vectors.Pointer + 2 * (nint)_capacity;

    /// <summary>Empties the set and sizes it for a problem.</summary>
    public void Clear(RestrictedProblem problem)
    {
        Count = PinnedCount = 0;
        UseDense();
        _dense.Clear();
        _capacity = 0;
        Fit(problem, 0);
    }

    /// <summary>Makes room for the members that were added to the problem since.</summary>
    public void Fit(RestrictedProblem problem, int known)
    {
        if (problem.Count > _capacity || _capacity == 0)
        {
            int grown = Math.Max(problem.Count + problem.Count / 2, 64);
            int used = Count + PinnedCount;
            _positions.Grow(grown, used);
            _vectors.Grow(3 * (nint)grown, Count); // only the signs are state; the other two live within one step
            _states.Grow(grown, known);
            _capacity = grown;
        }

        for (int i = known; i < problem.Count; i++)
            _states.Pointer[i] = Out;
        if (problem.Normal is null || _factor != _dense)
            return;
        _factor = new SparseSupport(problem.Normal);
        _factor.CountFrom(_dense);
        Refactor(problem);
    }

    /// <summary>Whether a position may enter: neither in the set nor found to depend on it.</summary>
    public bool IsOut(int position) => _states.Pointer[position] == Out;

    /// <summary>Whether a position is held at a bound.</summary>
    public bool IsPinned(int position) => _states.Pointer[position] == Pinned;

    /// <summary>Keeps a dependent position out (or at its bound) until <see cref="ReleaseBarred"/>.</summary>
    public void Bar(int position) =>
        _states.Pointer[position] = _states.Pointer[position] == Pinned ? BarredPinned : Barred;

    /// <summary>Gives dependent positions another chance: the set has changed.</summary>
    public void ReleaseBarred(RestrictedProblem problem)
    {
        for (int i = 0; i < problem.Count; i++)
        {
            if (_states.Pointer[i] == Barred)
                _states.Pointer[i] = Out;
            else if (_states.Pointer[i] == BarredPinned)
                _states.Pointer[i] = Pinned;
        }
    }

    /// <summary>Lets a position enter with the given sign.</summary>
    /// <returns>False, and nothing changes, where its column depends on those of the set.</returns>
    public bool TryEnter(RestrictedProblem problem, int position, double sign)
    {
        if (!_factor.TryAppend(problem, Positions, position))
            return false;
        Insert(position, sign);
        return true;
    }

    /// <summary>Lets several positions enter at once; those that depend on the set, or on one before them, stay out and are moved to the front.</summary>
    /// <returns>How many stay out.</returns>
    public int EnterTogether(RestrictedProblem problem, int* positions, int count)
    {
        for (int k = 0; k < count; k++)
            Insert(positions[k], problem.L1[positions[k]] == 0 ? 0 : Math.Sign(problem.Gradient[positions[k]]));
        int dependents = 0;
        while (true)
        {
            int dependent = _factor.Refactor(problem, Positions, Count, restart: false);
            if (dependent < 0)
                return dependents;
            positions[dependents++] = Positions[dependent];
            problem.Beta[Positions[dependent]] = 0; // as it is, unless rounding has taken one who was there before for dependent
            _states.Pointer[Positions[dependent]] = Out;
            RemoveAt(dependent);
        }
    }

    /// <summary>Whether a position is in the set and free.</summary>
    public bool IsFree(int position) => _states.Pointer[position] == Free;

    /// <summary>Releases a position from its bound: it becomes free, with the sign it has.</summary>
    /// <returns>False, and it stays pinned, where its column depends on those of the set.</returns>
    public bool TryUnpin(RestrictedProblem problem, int position, double sign)
    {
        Positions[PinnedIndex(position)] = Positions[Count + PinnedCount - 1];
        PinnedCount--;
        if (TryEnter(problem, position, sign))
            return true;
        Positions[Count + PinnedCount++] = position;
        return false;
    }

    /// <summary>Drops the k-th free position; its coefficient becomes 0.</summary>
    public void Drop(RestrictedProblem problem, int k)
    {
        int position = Positions[k];
        Leave(k);
        problem.Beta[position] = 0;
        _states.Pointer[position] = Out;
    }

    /// <summary>Takes the k-th free position out of the factor and holds its coefficient at a bound (at 0 that is a drop).</summary>
    public void Pin(RestrictedProblem problem, int k, double bound)
    {
        int position = Positions[k];
        if (bound == 0)
        {
            Drop(problem, k);
            return;
        }

        Leave(k);
        problem.Beta[position] = bound;
        _states.Pointer[position] = Pinned;
        Positions[Count + PinnedCount++] = position;
    }

    /// <summary>Holds a position outside the free ones at a value: 0 or a bound.</summary>
    public void Hold(RestrictedProblem problem, int position, double value)
    {
        bool pinned = _states.Pointer[position] is Pinned or BarredPinned;
        if (pinned && value == 0)
        {
            Positions[PinnedIndex(position)] = Positions[Count + PinnedCount - 1];
            PinnedCount--;
        }
        else if (!pinned && value != 0)
        {
            Positions[Count + PinnedCount++] = position;
        }

        problem.Beta[position] = value;
        _states.Pointer[position] = value == 0 ? Out : Pinned;
    }

    /// <summary>The set becomes the support of the current coefficients, factored anew.</summary>
    public void Rebuild(RestrictedProblem problem)
    {
        Count = PinnedCount = 0;
        for (int i = 0; i < problem.Count; i++)
        {
            double beta = problem.Beta[i];
            _states.Pointer[i] = Out;
            if (beta == 0 || beta == problem.Lower[i] || beta == problem.Upper[i])
                continue;
            _states.Pointer[i] = Free;
            Signs[Count] = problem.L1[i] > 0 ? Math.Sign(beta) : 0;
            Positions[Count++] = i;
        }

        for (int i = 0; i < problem.Count; i++)
        {
            if (problem.Beta[i] != 0 && _states.Pointer[i] == Out)
            {
                _states.Pointer[i] = Pinned;
                Positions[Count + PinnedCount++] = i;
            }
        }

        Refactor(problem);
    }

    public void Dispose()
    {
        _positions.Dispose();
        _vectors.Dispose();
        _states.Dispose();
        UseDense();
        _dense.Dispose();
        _smallRidge?.Dispose();
    }

    private void UseDense()
    {
        if (_factor != _dense)
            _factor.Dispose();
        _factor = _dense;
    }

    private int PinnedIndex(int position)
    {
        int k = Count;
        while (Positions[k] != position)
            k++;
        return k;
    }

    private void Insert(int position, double sign)
    {
        // The pinned positions stand behind the free ones: the first of them makes way.
        Positions[Count + PinnedCount] = Positions[Count];
        Positions[Count] = position;
        Signs[Count] = sign;
        Count++;
        _states.Pointer[position] = Free;
    }

    private void Leave(int k)
    {
        _factor.Remove(k);
        RemoveAt(k);
    }

    private void RemoveAt(int k)
    {
        int total = Count + PinnedCount;
        for (int i = k; i < total - 1; i++)
            Positions[i] = Positions[i + 1];
        for (int i = k; i < Count - 1; i++)
            Signs[i] = Signs[i + 1];
        Count--;
    }
}
