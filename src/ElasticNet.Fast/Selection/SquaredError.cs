namespace ElasticNet.Fast.Selection;

/// <summary>(y − ŷ)².</summary>
internal sealed class SquaredError(Family family) : HeldOutMeasure(Measure.MeanSquaredError, family)
{
    public override bool IsKnownToMoments => Family.Link.IsIdentity;

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        ToMeans(eta);
        for (int i = 0; i < response.Length; i++)
        {
            double error = response[i] - eta[i];
            sum += weights[i] * (error * error);
        }

        return sum;
    }
}
