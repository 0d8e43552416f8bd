using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// A support of thousands of columns whose equations are sparse, as levels of categories are. A factor costs less there than the updates of a
/// dense one, so that it is made anew whenever the support has changed.
/// </summary>
internal sealed unsafe class SparseSupport : SupportFactor
{
    /// <summary>What is left of a column, as a share of its square, when it depends on the support.</summary>
    private const double Dependent = 1e-12;

    /// <summary>What an estimate of ‖A⁻¹‖ is multiplied by, for it to hardly ever be too small.</summary>
    private const double InverseSafety = 64;

    private readonly SparseNormalMatrix _normal;
    private readonly SparseFactor _factor;
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly List<int> _places = []; // of the members
    private readonly List<int> _leaving = []; // members that are to leave, ascending
    private readonly double[] _units; // l2 per unit of λ(1−ρ), by place
    private double _strength; // λ(1−ρ) of the factor
    private bool _isStale;
    private double _inverseNorm = double.NaN;

    /// <summary>Begins without members.</summary>
    public SparseSupport(SparseNormalMatrix normal)
    {
        (_normal, _factor, _units) = (normal, new(normal.Matrix), new double[normal.Matrix.Size]);
        _factor.TakesPart(normal.Intercept) = normal.HasIntercept;
        _isStale = true;
    }

    public override bool IsDated(RestrictedProblem problem) => false;

    /// <summary>Whether members have come to depend on each other as a ridge term went away.</summary>
    public override bool ShouldRenew(RestrictedProblem problem)
    {
        Renew(problem);
        return _factor.Dependents.Count > 0;
    }

    public override int Refactor(RestrictedProblem problem, int* positions, int count, bool restart)
    {
        if (restart || (_leaving.Count == 0 && count != _places.Count))
        {
            int settled = restart ? 0 : _places.Count;
            for (int k = settled; k < _places.Count; k++)
                _factor.TakesPart(_places[k]) = false;
            _places.RemoveRange(settled, _places.Count - settled);
            for (int k = settled; k < count; k++)
                Add(problem, positions[k]);
            Factor(problem);
            FindLeaving(problem, settled);
        }

        if (_leaving.Count == 0)
            return -1;
        int leaving = _leaving[^1];
        _leaving.RemoveAt(_leaving.Count - 1);
        _places.RemoveAt(leaving);
        return leaving;
    }

    public override bool TryAppend(RestrictedProblem problem, int* positions, int position)
    {
        Renew(problem);
        int size = _normal.Matrix.Size, place = _normal.PlaceOf(problem.Columns[position]);
        double* column = _vectors.Require(2 * (nint)size), combination = column + size;
        double square = _factor.Column(place, column) + problem.Ridge * problem.Unit2[position], pivot = square;
        Buffer.MemoryCopy(column, combination, (long)size * sizeof(double), (long)size * sizeof(double));
        _factor.Solve(combination);
        for (int k = 0; k < size; k++)
            pivot -= column[k] * combination[k];
        if (!(pivot > Dependent * square))
            return false;
        Add(problem, position);
        return true;
    }

    public override void Remove(int k)
    {
        _factor.TakesPart(_places[k]) = false;
        _places.RemoveAt(k);
        _isStale = true;
    }

    public override void Solve(RestrictedProblem problem, int* positions, double* b, double tolerance)
    {
        Solves++;
        Renew(problem);
        Solve(b);
    }

    public override double InverseNorm(RestrictedProblem problem, bool renew)
    {
        Renew(problem);
        int count = _places.Count;
        if (!double.IsNaN(_inverseNorm) || count == 0)
            return count == 0 ? 0 : _inverseNorm;
        // Two steps of inverse iteration from a fixed vector without a pattern.
        double[] vector = new double[count];
        for (int k = 0; k < count; k++)
            vector[k] = (k * 0.6180339887498949 % 1 > 0.5 ? 1 : -1) / Math.Sqrt(count);
        double norm = 1;
        fixed (double* b = vector)
        {
            for (int step = 0; step < 2; step++)
            {
                for (int k = 0; k < count; k++)
                    b[k] /= norm;
                Solve(b);
                norm = Math.Sqrt(Kernels.Kernel.Dot(b, b, count));
            }
        }

        return _inverseNorm = InverseSafety * norm;
    }

    public override double InverseNorm(RestrictedProblem problem, int* positions, ReadOnlySpan<int> more) => double.PositiveInfinity;

    public override double LeastShare(RestrictedProblem problem, int* positions)
    {
        Renew(problem);
        return _factor.LeastShare;
    }

    public override double InverseTrace(double* weights)
    {
        double* byPlace = _vectors.Require(2 * (nint)_normal.Matrix.Size);
        new Span<double>(byPlace, _normal.Matrix.Size).Clear();
        for (int k = 0; k < _places.Count; k++)
            byPlace[_places[k]] = weights[k];
        return _factor.InverseTrace(byPlace);
    }

    public override void Dispose()
    {
        _factor.Dispose();
        _vectors.Dispose();
    }

    private void Add(RestrictedProblem problem, int position)
    {
        int place = _normal.PlaceOf(problem.Columns[position]);
        _units[place] = problem.Unit2[position];
        _factor.TakesPart(place) = true;
        _places.Add(place);
        _isStale = true;
    }

    private void Renew(RestrictedProblem problem)
    {
        if (_isStale || _strength != problem.Ridge)
            Factor(problem);
    }

    private void Factor(RestrictedProblem problem)
    {
        _strength = problem.Ridge;
        foreach (int place in _places)
            _factor.Ridge(place) = _strength * _units[place];
        Factorizations++;
        _factor.Factor();
        (_isStale, _inverseNorm) = (false, double.NaN);
    }

    private void Solve(double* b)
    {
        int size = _normal.Matrix.Size;
        double* x = _vectors.Require(2 * (nint)size);
        new Span<double>(x, size).Clear();
        for (int k = 0; k < _places.Count; k++)
            x[_places[k]] = b[k];
        _factor.Solve(x);
        for (int k = 0; k < _places.Count; k++)
            b[k] = x[_places[k]];
    }

    /// <summary>
    /// Who leaves for what the factor has found to depend on others. Where members have just come, one of them goes, though the order of
    /// elimination may have met another member of the same combination last: those before were independent.
    /// </summary>
    private void FindLeaving(RestrictedProblem problem, int settled)
    {
        Dictionary<int, int> members = [];
        for (int k = 0; k < _places.Count && _factor.Dependents.Count > 0; k++)
            members[_places[k]] = k;
        while (_factor.Dependents.Count > 0)
        {
            bool again = false;
            foreach (int place in _factor.Dependents)
            {
                // To the intercept columns that add up to 1 leave nothing: one of them goes.
                int member = members.GetValueOrDefault(place, -1), leaver = member >= settled ? member : Leaver(place, member, settled);
                again |= leaver != member;
                if (leaver >= 0)
                    _leaving.Add(leaver);
            }

            foreach (int leaving in _leaving)
                _factor.TakesPart(_places[leaving]) = false;
            if (!again)
                break;
            Factor(problem);
        }

        _leaving.Sort();
    }

    /// <summary>The newcomer that has the largest part in a combination that is 0; where none has any the member itself, or whoever has the largest.</summary>
    private int Leaver(int place, int member, int settled)
    {
        int size = _normal.Matrix.Size;
        double* combination = _vectors.Require(2 * (nint)size);
        _ = _factor.Column(place, combination);
        _factor.Solve(combination);
        int newcomer = Largest(combination, settled);
        if (newcomer >= 0)
            return newcomer;
        return member >= 0 ? member : Largest(combination, 0);
    }

    private int Largest(double* combination, int first)
    {
        int best = -1;
        double most = 1e-9;
        for (int k = first; k < _places.Count; k++)
        {
            if (Math.Abs(combination[_places[k]]) > most && !_leaving.Contains(k))
                (most, best) = (Math.Abs(combination[_places[k]]), k);
        }

        return best;
    }
}
