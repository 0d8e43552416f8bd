using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>Notes which features enter along a path, and where, until there are enough.</summary>
/// <param name="entry">For each feature the place of the λ where it enters; <see cref="Never"/> before.</param>
/// <param name="most">How many may enter.</param>
/// <param name="deviations">Standard deviation of each feature: of those that enter together beyond the last place, the strongest count.</param>
internal sealed class EntrySink(int[] entry, int most, double[] deviations) : PathSink
{
    /// <summary>Not entered.</summary>
    public const int Never = int.MaxValue;

    private int _place, _entered;
    private double[] _lambdas = [];

    public override bool IsSated => _entered >= most;

    /// <summary>The λ of the path.</summary>
    public double[] Lambdas => _lambdas;

    public override void Begin(in PathStart start) => _lambdas = start.Lambdas.ToArray();

    public override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
    {
        List<(double Strength, int Feature)> fresh = [];
        for (int k = 0; k < features.Length; k++)
        {
            if (entry[features[k]] == Never)
                fresh.Add((-Math.Abs(coefficients[k]) * deviations[features[k]], features[k]));
        }

        fresh.Sort();
        foreach ((_, int feature) in fresh.Take(most - _entered))
            entry[feature] = _place;
        _entered = Math.Min(most, _entered + fresh.Count);
        _place++;
    }
}
