namespace ElasticNet.Fast.Selection;

/// <summary>Twice the divergence of the probabilities from the shares of the classes, whose rows follow each other class by class; or a multiple of it.</summary>
internal sealed class SoftmaxDeviance(Measure measure, Family family, int classes, double factor) : HeldOutMeasure(measure, family)
{
    public override bool TakesWholeFolds => true;

    // Every row is there once for each class.
    public override double WeightOf(double response, double weight) => weight / classes;

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        int n = response.Length / classes;
        for (int i = 0; i < n; i++)
        {
            double top = double.NegativeInfinity, rest = 0, value = 0;
            int best = 0;
            for (int k = 0; k < classes; k++)
            {
                if (eta[k * n + i] > top)
                    (top, best) = (eta[k * n + i], k);
            }

            // The largest is 1 and left out of the sum, which then has all digits where it is small.
            for (int k = 0; k < classes; k++)
                rest += k == best ? 0 : Math.Exp(eta[k * n + i] - top);
            double logarithm = top + Numerics.Logarithm.OnePlus(rest);
            for (int k = 0; k < classes; k++)
            {
                double share = response[k * n + i];
                if (share > 0)
                    value += share * (Math.Log(share) + logarithm - eta[k * n + i]);
            }

            sum += weights[i] * factor * value;
        }

        return sum;
    }
}
