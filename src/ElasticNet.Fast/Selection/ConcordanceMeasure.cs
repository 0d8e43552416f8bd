using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Selection;

/// <summary>Harrell's C of the held-out rows, times their weight.</summary>
internal sealed class ConcordanceMeasure(Family family) : HeldOutMeasure(Measure.Concordance, family)
{
    private readonly SurvivalTimes? _times;
    private readonly int[] _rows = [];

    private ConcordanceMeasure(Family family, SurvivalTimes times, int[] rows)
        : this(family) => (_times, _rows) = (times, rows);

    public override bool TakesWholeFolds => true;

    public override HeldOutMeasure For(SurvivalTimes? survival, int[] rows, double[] weights, bool[] isHeldOut) =>
        new ConcordanceMeasure(Family, survival!, rows);

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        return sum + total * Concordance.Of(_times!, _rows, weights, eta);
    }
}
