using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>Puts column names into a sentence without letting ten thousand of them flood it.</summary>
internal static class ColumnList
{
    private const int Most = 12;

    /// <summary>What a table lacks, and what it has: "there is no column 'c'; the columns are 'a', 'b' and 3 more".</summary>
    public static CsvDataException Lacks(string what, IReadOnlyList<string> names) => names switch
    {
        // One long name that holds another separator is told what it takes.
        [var only] when only.AsSpan().ContainsAny(";|\t") => new($"{what}; the only column is '{only}', and columns are separated by commas or tabs unless told otherwise")
        {
            Remedy = CsvRemedy.NameDelimiter,
        },
        [_] => new($"{what}; the only column is {Quote(names)}"),
        _ => new($"{what}; the columns are {Quote(names)}"),
    };

    /// <summary>"'a', 'b' and 3 more".</summary>
    public static string Quote(IReadOnlyList<string> names)
    {
        string listed = string.Join(", ", names.Take(Most).Select(name => $"'{name}'"));
        return names.Count <= Most ? listed : listed + string.Create(CultureInfo.InvariantCulture, $" and {names.Count - Most} more");
    }
}
