using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// c − G_P β_P: what the coefficients at their bounds leave of the correlations. There may be many more of them than free ones,
/// and few come or go between two looks, so that the sum is kept and only who has moved is added.
/// </summary>
internal sealed unsafe class PinnedPart : IDisposable
{
    private readonly AlignedBuffer<double> _arrays = new();
    private readonly AlignedBuffer<double> _changes = new();
    private readonly AlignedBuffer<int> _positions = new();
    private int _capacity, _known, _added;

    private double* Values => _arrays.Pointer;

    /// <summary>The coefficient with which each member stands in <see cref="Values"/>.</summary>
    private double* Held => _arrays.Pointer + _capacity;

    /// <summary>Forgets everything.</summary>
    public void Clear() => _known = _added = 0;

    /// <summary>The sum as of now, one for each member.</summary>
    public double* Update(RestrictedProblem problem, ActiveSet set)
    {
        Fit(problem);
        int* moved = _positions.Require(problem.Count);
        double* by = _changes.Require(problem.Count);
        // Rounding adds up with the members added; from scratch it costs what they have cost.
        bool afresh = _added > Math.Max(set.PinnedCount, 64);
        if (afresh)
        {
            new Span<double>(Held, problem.Count).Clear();
            Buffer.MemoryCopy(problem.Correlation, Values, (long)problem.Count * sizeof(double), (long)problem.Count * sizeof(double));
        }

        int found = 0;
        for (int i = 0; i < problem.Count; i++)
        {
            double value = set.IsFree(i) ? 0 : problem.Beta[i];
            if (value == Held[i])
                continue;
            moved[found] = i;
            by[found++] = Held[i] - value;
            Held[i] = value;
        }

        Kernel.PanelAxpy(problem.Gram, problem.Stride, moved, by, found, Values, problem.Count);
        _added = afresh ? 0 : _added + found;
        return Values;
    }

    public void Dispose()
    {
        _arrays.Dispose();
        _changes.Dispose();
        _positions.Dispose();
    }

    /// <summary>Takes in the members that were added to the problem since.</summary>
    private void Fit(RestrictedProblem problem)
    {
        int count = problem.Count;
        if (count > _capacity)
        {
            int grown = Math.Max(count + count / 2, 64), old = _capacity;
            double* arrays = _arrays.Grow(2 * (nint)grown, _known == 0 ? 0 : 2 * (nint)old);
            Buffer.MemoryCopy(arrays + old, arrays + grown, (long)_known * sizeof(double), (long)_known * sizeof(double));
            _capacity = grown;
        }

        for (int i = _known; i < count; i++)
        {
            double* row = problem.GramRow(i);
            double value = problem.Correlation[i];
            for (int j = 0; j < _known; j++)
                value -= row[j] * Held[j];
            Values[i] = value;
        }

        for (int i = _known; i < count; i++)
            Held[i] = 0;
        _known = count;
    }
}
