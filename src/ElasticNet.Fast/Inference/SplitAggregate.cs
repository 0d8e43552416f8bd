using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>What one split found about a feature that its first half selected; the second half estimated it.</summary>
/// <param name="Estimate">Least squares on the second half.</param>
/// <param name="StandardError">Of the estimate.</param>
/// <param name="Freedom">Residual degrees of freedom of the second half.</param>
/// <param name="Selected">How many features the first half selected.</param>
internal readonly record struct SplitEstimate(double Estimate, double StandardError, double Freedom, int Selected);

/// <summary>What one split found.</summary>
/// <param name="Features">What the first half selected and the second could test.</param>
/// <param name="Found">What it found about each.</param>
internal sealed record SplitFinding(int[] Features, SplitEstimate[] Found)
{
    /// <summary>A half could not be fitted.</summary>
    public static SplitFinding Unfitted { get; } = new([], []);
}

/// <summary>
/// One feature over all splits. Quantiles of the p-values of many splits make one p-value again, whatever their dependence:
/// min{1, (1 − log γ₀)·inf over γ in (γ₀, 1) of q_γ(p)/γ} (Meinshausen, Meier and Bühlmann 2009). A split that did not select the feature counts as p = 1.
/// </summary>
internal sealed class SplitAggregate(int splits)
{
    private const double LeastQuantile = 0.05;

    private readonly List<SplitEstimate> _found = [];
    private readonly double[] _sorted = new double[splits];

    /// <summary>Splits that selected the feature.</summary>
    public IReadOnlyList<SplitEstimate> Found => _found;

    public void Add(SplitEstimate estimate) => _found.Add(estimate);

    /// <summary>The p-value of "the coefficient is <paramref name="value"/>".</summary>
    /// <param name="value">The value tested.</param>
    /// <param name="familywise">Whether each split's p-value is multiplied by the features that it tests.</param>
    public double PValue(double value, bool familywise)
    {
        Array.Fill(_sorted, 1);
        for (int k = 0; k < _found.Count; k++)
        {
            SplitEstimate split = _found[k];
            double p = StudentDistribution.TwoSided((split.Estimate - value) / split.StandardError, split.Freedom);
            _sorted[k] = Math.Min(1, familywise ? p * split.Selected : p);
        }

        if (splits == 1)
            return _sorted[0];
        Array.Sort(_sorted);
        double least = double.PositiveInfinity;
        for (int k = (int)Math.Ceiling(LeastQuantile * splits); k <= splits; k++)
            least = Math.Min(least, _sorted[Math.Max(k, 1) - 1] * splits / Math.Max(k, 1));
        return Math.Min(1, (1 - Math.Log(LeastQuantile)) * least);
    }

    /// <summary>Median of the estimates; NaN where no split selected the feature.</summary>
    public double Estimate()
    {
        double[] sorted = [.. _found.Select(split => split.Estimate).Order()];
        return sorted.Length == 0 ? double.NaN : 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
    }

    /// <summary>All values that are not rejected at 1 − <paramref name="level"/>, as an interval around the estimate; infinite where too few splits selected the feature.</summary>
    public (double Lower, double Upper) Interval(double level)
    {
        double middle = Estimate();
        return double.IsNaN(middle)
            ? (double.NegativeInfinity, double.PositiveInfinity)
            : (End(middle, -1, 1 - level), End(middle, 1, 1 - level));
    }

    private double End(double middle, int side, double alpha)
    {
        double step = _found.Max(split => split.StandardError);
        double inside = middle, outside = middle;
        for (int doubling = 0; doubling < 60; doubling++, step *= 2)
        {
            outside = inside + side * step;
            if (PValue(outside, familywise: false) <= alpha)
                break;
            inside = outside;
            if (doubling == 59)
                return side * double.PositiveInfinity;
        }

        for (int round = 0; round < 100 && Math.Abs(outside - inside) > 1e-12 * Math.Max(Math.Abs(outside), Math.Abs(inside)); round++)
        {
            double half = 0.5 * (inside + outside);
            if (PValue(half, familywise: false) <= alpha)
                outside = half;
            else
                inside = half;
        }

        return inside;
    }
}
