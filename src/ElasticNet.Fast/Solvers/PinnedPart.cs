using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// c − G_P β_P: what the coefficients at their bounds leave of the correlations; or ŷ − X̂_P β_P, what they leave of the response,
/// where there is no Gram matrix. There may be many more of them than free ones, and few come or go between two looks, so that the
/// sum is kept and only who has moved is added.
/// </summary>
internal sealed unsafe class PinnedPart : IDisposable
{
    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<double> _held = new();
    private readonly AlignedBuffer<double> _changes = new();
    private readonly AlignedBuffer<int> _positions = new();
    private int _known, _added;
    private bool _ofGram;

    private double* Values => _values.Pointer;

    /// <summary>The coefficient with which each member stands in <see cref="Values"/>.</summary>
    private double* Held => _held.Pointer;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _known = _added = 0;
        _ofGram = true;
    }

    /// <summary>The sum as of now, one for each member, or for each row.</summary>
    public double* Update(RestrictedProblem problem, ActiveSet set)
    {
        Fit(problem);
        int* moved = _positions.Require(problem.Count);
        double* by = _changes.Require(problem.Count);
        // Rounding adds up with the members added; from scratch it costs what they have cost.
        bool afresh = _added > Math.Max(set.PinnedCount, 64) || problem.HasGram != _ofGram;
        _ofGram = problem.HasGram;
        if (afresh)
        {
            new Span<double>(Held, problem.Count).Clear();
            long size = (problem.HasGram ? problem.Count : problem.Rows) * (long)sizeof(double);
            Buffer.MemoryCopy(problem.HasGram ? problem.Correlation : problem.Response, Values, size, size);
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

        if (problem.HasGram)
            Kernel.PanelAxpy(problem.Gram, problem.Stride, moved, by, found, Values, problem.Count);
        else
            problem.AddColumns(moved, by, found, Values);
        _added = afresh ? 0 : _added + found;
        return Values;
    }

    public void Dispose()
    {
        _values.Dispose();
        _held.Dispose();
        _changes.Dispose();
        _positions.Dispose();
    }

    /// <summary>Takes in the members that were added to the problem since.</summary>
    private void Fit(RestrictedProblem problem)
    {
        int count = problem.Count;
        _held.Grow(count, _known);
        _values.Grow(Math.Max(count, problem.Rows), Math.Max(_known, problem.Rows));
        for (int i = _known; i < count && problem.HasGram; i++)
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
