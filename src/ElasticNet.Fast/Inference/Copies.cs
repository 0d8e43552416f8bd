using System.Collections.Concurrent;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// Which columns are copies of each other, up to scale and (with an intercept) shift. The data do not tell what each of them does, only
/// what all do together, and a selection that takes one of them has not decided for it.
/// </summary>
internal sealed class Copies
{
    /// <summary>
    /// From this correlation on a selection can hardly tell two features apart: of intervals that trust it, half miss at 0.9998, none at 0.9
    /// (<c>bench/simulations</c>, near-copies).
    /// </summary>
    private const double Nearness = 0.95;

    private readonly InferenceSample _sample;
    private readonly Dictionary<int, int[]> _groups = [];
    private readonly ConcurrentDictionary<int, int[]> _near = [];

    /// <summary>Finds them: columns whose products with one random vector agree are compared.</summary>
    public Copies(InferenceSample sample)
    {
        _sample = sample;
        double[] direction = new double[sample.Rows], column = new double[sample.Rows], other = new double[sample.Rows];
        Xoshiro256 random = new(1);
        for (int i = 0; i < direction.Length; i++)
            direction[i] = (random.Next() >> 11) * (1.0 / (1UL << 53)) - 0.5;
        double length = Math.Sqrt(Vectors.Dot(direction, direction));
        List<(double Product, int Feature)> products = [];
        for (int j = 0; j < sample.Columns; j++)
        {
            // A feature that is left out takes no share.
            if (!sample.Options.ExcludedFeatures.Span.Contains(j) && sample.Deviation(j) > 0 && TryNormalize(j, column))
                products.Add((Math.Abs(Vectors.Dot(direction, column)) / length, j));
        }

        products.Sort();
        Dictionary<int, List<int>> found = [];
        int[] first = [.. Enumerable.Range(0, sample.Columns)];
        for (int a = 0; a < products.Count; a++)
        {
            bool filled = false;
            for (int b = a + 1; b < products.Count && products[b].Product - products[a].Product <= 2 * RankRevealingBasis.Rounding; b++)
            {
                if (!filled)
                    filled = TryNormalize(products[a].Feature, column);
                TryNormalize(products[b].Feature, other);
                if (Same(column, other))
                    Join(products[a].Feature, products[b].Feature);
            }
        }

        foreach ((int group, List<int> members) in found)
        {
            int[] sorted = [.. members.OrderBy(j => sample.Names[j], StringComparer.Ordinal)];
            foreach (int j in members)
                _groups[j] = sorted;
        }

        void Join(int one, int two)
        {
            (int keep, int drop) = (first[one], first[two]);
            if (keep == drop)
                return;
            List<int> kept = found.TryGetValue(keep, out List<int>? old) ? old : found[keep] = [keep];
            foreach (int j in found.Remove(drop, out List<int>? others) ? others : [drop])
            {
                kept.Add(j);
                first[j] = keep;
            }
        }
    }

    /// <summary>Whether there are any.</summary>
    public bool Any => _groups.Count > 0;

    /// <summary>Copies of a feature, itself among them, by name whatever the order of columns; only itself where it has none.</summary>
    public int[] Of(int feature) => _groups.TryGetValue(feature, out int[]? group) ? group : [feature];

    /// <summary>The copy that stands for all: the first by name.</summary>
    public int Representative(int feature) => Of(feature)[0];

    /// <summary>c with x̃ⱼ = c·x̃ of its representative.</summary>
    public double Factor(int feature)
    {
        int representative = Representative(feature);
        if (feature == representative)
            return 1;
        double[] own = new double[_sample.Rows], its = new double[_sample.Rows];
        _sample.Fill(feature, own);
        _sample.Fill(representative, its);
        return Vectors.Dot(own, its) / Vectors.Dot(its, its);
    }

    /// <summary>Features that are nearly copies of this one, without its exact copies, and one for each of their own; ascending. Safe for threads.</summary>
    public int[] Near(int feature) => _near.GetOrAdd(feature, own =>
    {
        double[] column = new double[_sample.Rows], other = new double[_sample.Rows];
        List<int> near = [];
        if (!TryNormalize(own, column))
            return [];
        for (int j = 0; j < _sample.Columns; j++)
        {
            if (Representative(j) == j && j != Representative(own) && !_sample.Options.ExcludedFeatures.Span.Contains(j)
                && _sample.Deviation(j) > 0 && TryNormalize(j, other) && Math.Abs(Vectors.Dot(column, other)) >= Nearness)
                near.Add(j);
        }

        return [.. near];
    });

    private bool TryNormalize(int j, double[] column)
    {
        _sample.Fill(j, column);
        double norm = Math.Sqrt(Vectors.Dot(column, column));
        for (int i = 0; i < column.Length && norm > 0; i++)
            column[i] /= norm;
        return norm > 0;
    }

    private static bool Same(double[] a, double[] b)
    {
        double sign = Math.Sign(Vectors.Dot(a, b)), square = 0;
        for (int i = 0; i < a.Length; i++)
            square += (a[i] - sign * b[i]) * (a[i] - sign * b[i]);
        return square <= RankRevealingBasis.Rounding * RankRevealingBasis.Rounding;
    }
}
