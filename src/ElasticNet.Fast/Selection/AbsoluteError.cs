namespace ElasticNet.Fast.Selection;

/// <summary>|y − ŷ|.</summary>
internal sealed class AbsoluteError(Family family) : HeldOutMeasure(Measure.MeanAbsoluteError, family)
{
    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        ToMeans(eta);
        for (int i = 0; i < response.Length; i++)
            sum += weights[i] * Math.Abs(response[i] - eta[i]);
        return sum;
    }
}
