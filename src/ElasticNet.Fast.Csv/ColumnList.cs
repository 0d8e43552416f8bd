using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>Puts column names into a sentence without letting ten thousand of them flood it.</summary>
internal static class ColumnList
{
    private const int Most = 12;

    /// <summary>"the columns are 'a', 'b' and 3 more".</summary>
    public static string Describe(IReadOnlyList<string> names) =>
        (names.Count == 1 ? "the only column is " : "the columns are ") + Quote(names);

    /// <summary>"'a', 'b' and 3 more".</summary>
    public static string Quote(IReadOnlyList<string> names)
    {
        string listed = string.Join(", ", names.Take(Most).Select(name => $"'{name}'"));
        return names.Count <= Most ? listed : listed + string.Create(CultureInfo.InvariantCulture, $" and {names.Count - Most} more");
    }
}
