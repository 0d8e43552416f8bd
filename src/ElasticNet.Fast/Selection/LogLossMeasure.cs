using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Selection;

/// <summary>−log of the probability given to what happened.</summary>
internal sealed class LogLossMeasure(Family family) : HeldOutMeasure(Measure.LogLoss, family)
{
    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        for (int i = 0; i < response.Length; i++)
        {
            double wrong = response[i] * Math.Max(-eta[i], 0) + (1 - response[i]) * Math.Max(eta[i], 0);
            sum += weights[i] * (wrong + Logarithm.OnePlus(Math.Exp(-Math.Abs(eta[i]))));
        }

        return sum;
    }
}
