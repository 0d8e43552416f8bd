using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>Puts column names into a sentence without letting ten thousand of them flood it.</summary>
internal static class ColumnList
{
    private const int Most = 12;

    /// <summary>"the columns are 'a', 'b' and 3 more". One long name that holds another separator is told what it takes.</summary>
    public static string Describe(IReadOnlyList<string> names) => names switch
    {
        [var only] when only.AsSpan().ContainsAny(';', '\t') => $"the only column is '{only}'; columns must be separated by commas",
        [_] => "the only column is " + Quote(names),
        _ => "the columns are " + Quote(names),
    };

    /// <summary>"'a', 'b' and 3 more".</summary>
    public static string Quote(IReadOnlyList<string> names)
    {
        string listed = string.Join(", ", names.Take(Most).Select(name => $"'{name}'"));
        return names.Count <= Most ? listed : listed + string.Create(CultureInfo.InvariantCulture, $" and {names.Count - Most} more");
    }
}
