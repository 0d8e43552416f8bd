using ElasticNet.Fast.Datafits;

namespace ElasticNet.Fast.Selection;

/// <summary>Twice the loss less that of fitted values that equal y.</summary>
internal sealed class MeanDeviance(Family family) : HeldOutMeasure(Measure.Deviance, family)
{
    private readonly RowLoss _loss = RowLoss.Of(family)!;

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta) =>
        _loss.AddDeviance(sum, response, weights, eta);
}
