namespace ElasticNet.Fast.Inference;

/// <summary>What the data do not determine, in words.</summary>
internal static class Dependence
{
    private const int MostNames = 8;

    /// <summary>'a', 'b' and 3 others.</summary>
    public static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names.Select(name => $"'{FeatureName.Shown(name)}'")];
        return all.Length switch
        {
            1 => all[0],
            <= MostNames => $"{string.Join(", ", all[..^1])} and {all[^1]}",
            _ => Throw.Invariant($"{string.Join(", ", all[..(MostNames - 1)])} and {all.Length - MostNames + 1} others"),
        };
    }

    /// <summary>Why none of the coefficients of a group is determined.</summary>
    public static string Group(IReadOnlyCollection<string> names, bool intercept) => names.Count == 1
        ? $"{Names(names)} does not vary{(intercept ? "" : " or is 0")}, so its coefficient is not determined"
        : $"{Names(names)} depend linearly on each other{(intercept ? " (with the intercept)" : "")}, so their coefficients are not determined; leave one out, or of a category's levels make one the reference";

    /// <summary>Why the share of a copy is not determined, and what is.</summary>
    /// <param name="names">The copies.</param>
    /// <param name="intercept">Whether there is one.</param>
    /// <param name="joint">What they do together, per unit of the one it names.</param>
    /// <param name="level">Of the interval.</param>
    public static string Copies(IEnumerable<string> names, bool intercept, CoefficientInference joint, double level)
    {
        string error = double.IsNaN(joint.StandardError) ? "" : Throw.Invariant($"standard error {joint.StandardError:g5}, ");
        return $"{Alike(names, intercept)}, and the share of each is not determined; together they have, per unit of '{FeatureName.Shown(joint.Name)}', "
            + Throw.Invariant($"{joint.Estimate:g5} ({error}{100 * level:g4} % interval {joint.Lower:g5} to {joint.Upper:g5}{(double.IsNaN(joint.PValue) ? "" : Throw.Invariant($", p {joint.PValue:g3}"))})");
    }

    /// <summary>What to know of a coefficient that stands for several copies.</summary>
    public static string StandsFor(IEnumerable<string> names, bool intercept, string representative) =>
        $"{Alike(names, intercept)}; this is what they have together, per unit of '{FeatureName.Shown(representative)}', and the share of each is not determined";

    private static string Alike(IEnumerable<string> names, bool intercept) =>
        $"{Names(names)} are copies of each other up to scale{(intercept ? " and shift" : "")}";
}
