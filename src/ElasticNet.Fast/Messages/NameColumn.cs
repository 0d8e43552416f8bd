using System.Text;

namespace ElasticNet.Fast;

/// <summary>
/// The names that begin the lines of a table. Where somebody watches long ones are cut in their middle, unless two would be the same then; in a
/// file, a pipe or a text they are whole.
/// </summary>
internal sealed class NameColumn
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    /// <summary>How many columns of a terminal a name takes at most, in every table.</summary>
    public const int Longest = 40;

    /// <param name="title">What stands above them.</param>
    /// <param name="names">All names of the table.</param>
    /// <param name="isWatched">Whether they are shown on a terminal.</param>
    /// <param name="line">What makes one line of a name; null leaves out control characters.</param>
    public NameColumn(string title, IEnumerable<string> names, bool isWatched = false, Func<string, string>? line = null)
    {
        line ??= FeatureName.Shown;
        foreach (string name in names.Prepend(title))
            _shown.TryAdd(name, isWatched ? Cut(line(name)) : line(name));
        foreach (IGrouping<string, string> same in _shown.GroupBy(pair => pair.Value, pair => pair.Key).Where(group => group.Count() > 1).ToList())
        {
            foreach (string name in same)
                _shown[name] = line(name);
        }

        Width = _shown.Values.Select(FeatureName.Width).DefaultIfEmpty().Max();
    }

    /// <summary>How many columns of a terminal the names take.</summary>
    public int Width { get; }

    /// <summary>The name, or what is left of it, and blanks up to the next column.</summary>
    public string this[string name] => FeatureName.Padded(_shown[name], Width);

    private static string Cut(string name)
    {
        if (FeatureName.Width(name) <= Longest)
            return name;
        Rune[] runes = [.. name.EnumerateRunes()];
        int head = 0, tail = runes.Length, left = Longest - 1;
        // From both ends in turn.
        for (bool atHead = true; head < tail; atHead = !atHead)
        {
            left -= FeatureName.Width(runes[atHead ? head : tail - 1]);
            if (left < 0)
                break;
            (head, tail) = atHead ? (head + 1, tail) : (head, tail - 1);
        }

        return string.Concat(string.Concat(runes[..head]), "…", string.Concat(runes[tail..]));
    }
}
