namespace ElasticNet.Fast.Selection;

/// <summary>The errors of several responses, whose rows follow each other, summed over the responses of a row.</summary>
internal sealed class ErrorOfAll(Measure measure, Family family, int outputs) : HeldOutMeasure(measure, family)
{
    public override bool TakesWholeFolds => true;

    // Every row is there once for each response.
    public override double WeightOf(double response, double weight) => weight / outputs;

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta)
    {
        for (int i = 0; i < response.Length; i++)
        {
            double error = response[i] - eta[i];
            sum += weights[i] * (Measure == Measure.MeanAbsoluteError ? Math.Abs(error) : error * error);
        }

        return sum;
    }
}
