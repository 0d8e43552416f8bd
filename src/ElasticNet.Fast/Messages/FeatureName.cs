namespace ElasticNet.Fast;

/// <summary>What features are called in results and tables.</summary>
internal static class FeatureName
{
    /// <summary>The name given, or x and its place.</summary>
    public static string Of(IReadOnlyList<string>? names, int feature) => names?[feature] ?? Throw.Invariant($"x{feature}");

    /// <summary>All of them.</summary>
    public static string[] All(IReadOnlyList<string>? names, int count) => [.. Enumerable.Range(0, count).Select(j => Of(names, j))];

    /// <summary>The name in a line of a table: it may hold anything, but there no control characters, and none that XML has no place for.</summary>
    public static string Shown(string name) => string.Concat(name.Select(c => char.IsControl(c) || c >= '\uFFFE' ? ' ' : c));
}
