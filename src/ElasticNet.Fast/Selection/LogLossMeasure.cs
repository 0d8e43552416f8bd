using ElasticNet.Fast.Datafits;

namespace ElasticNet.Fast.Selection;

/// <summary>−log of the probability given to what happened: half the deviance, and of a proportion its entropy, which no model takes away.</summary>
internal sealed class LogLossMeasure(Family family) : HeldOutMeasure(Measure.LogLoss, family)
{
    private readonly RowLoss _loss = RowLoss.Of(family)!;

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        double half = 0.5 * _loss.AddDeviance(0, response, weights, eta);
        for (int i = 0; i < response.Length; i++)
            half -= weights[i] * (Share(response[i]) + Share(1 - response[i]));
        return sum + half;
    }

    private static double Share(double p) => p == 0 ? 0 : p * Math.Log(p);
}
