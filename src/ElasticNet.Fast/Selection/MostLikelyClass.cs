namespace ElasticNet.Fast.Selection;

/// <summary>Whether the most likely of several classes is another one; of shares, the share of the others. The first of equally likely ones counts.</summary>
internal sealed class MostLikelyClass(Family family, int classes) : HeldOutMeasure(Measure.Misclassification, family)
{
    public override bool TakesWholeFolds => true;

    // Every row is there once for each class.
    public override double WeightOf(double response, double weight) => weight / classes;

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        int n = response.Length / classes;
        for (int i = 0; i < n; i++)
        {
            int best = 0;
            for (int k = 1; k < classes; k++)
                best = eta[k * n + i] > eta[best * n + i] ? k : best;
            sum += weights[i] * (1 - response[best * n + i]);
        }

        return sum;
    }
}
