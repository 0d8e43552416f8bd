namespace ElasticNet.Fast.Selection;

/// <summary>Whether the more likely class is the other one; of a proportion, the share of it.</summary>
internal sealed class Misclassified(Family family) : HeldOutMeasure(Measure.Misclassification, family)
{
    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        ToMeans(eta);
        // At even odds it is the event.
        for (int i = 0; i < response.Length; i++)
            sum += weights[i] * (eta[i] >= 0.5 ? 1 - response[i] : response[i]);
        return sum;
    }
}
