using System.Runtime.InteropServices;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>Notes which features enter along a path, and where, until there are enough.</summary>
/// <param name="entry">For each feature the place of the λ where it enters; <see cref="Never"/> before.</param>
/// <param name="most">How many may enter: features, or groups.</param>
/// <param name="deviations">Standard deviation of each column: of those that enter together beyond the last place, the strongest count.</param>
/// <param name="outputs">How many columns a feature has next to each other; behind those of the last one are intercepts.</param>
/// <param name="groups">The group of each feature, which enter as one; null where each is for itself.</param>
internal sealed class EntrySink(int[] entry, int most, double[] deviations, int outputs = 1, int[]? groups = null) : PathSink
{
    /// <summary>Not entered.</summary>
    public const int Never = int.MaxValue;

    private readonly HashSet<int> _inside = [];
    private int _place, _entered;
    private double[] _lambdas = [];

    public override bool IsSated => _entered >= most;

    /// <summary>The λ of the path.</summary>
    public double[] Lambdas => _lambdas;

    public override void Begin(in PathStart start) => _lambdas = start.Lambdas.ToArray();

    public override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
    {
        Dictionary<int, double> strengths = [];
        List<int> fresh = [];
        for (int k = 0; k < features.Length; k++)
        {
            int feature = features[k] / outputs;
            if (feature >= entry.Length || entry[feature] != Never)
                continue;
            ref double strongest = ref CollectionsMarshal.GetValueRefOrAddDefault(strengths, GroupOf(feature), out _);
            strongest = Math.Max(strongest, Math.Abs(coefficients[k]) * deviations[features[k]]);
            if (fresh.Count == 0 || fresh[^1] != feature)
                fresh.Add(feature);
        }

        // What enters later of a group that is inside takes no place.
        int[] entering = [.. strengths.Where(one => !_inside.Contains(one.Key)).OrderByDescending(one => one.Value).ThenBy(one => one.Key).Select(one => one.Key).Take(most - _entered)];
        _inside.UnionWith(entering);
        foreach (int feature in fresh)
        {
            if (_inside.Contains(GroupOf(feature)))
                entry[feature] = _place;
        }

        _entered += entering.Length;
        _place++;
    }

    private int GroupOf(int feature) => groups is null ? feature : groups[feature];
}
