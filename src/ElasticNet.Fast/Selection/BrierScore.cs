namespace ElasticNet.Fast.Selection;

/// <summary>(y − p)², as the squared error is: under a name of its own for probabilities.</summary>
internal sealed class BrierScore(Family family) : HeldOutMeasure(Measure.Brier, family)
{
    private readonly SquaredError _squared = new(family);

    public override double Add(double sum, ReadOnlySpan<double> response, ReadOnlySpan<double> weights, Span<double> eta) =>
        _squared.Add(sum, response, weights, eta);
}
