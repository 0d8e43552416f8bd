using System.Text;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>
/// The names that begin the lines of a table. On a terminal long ones are cut in their middle, unless two would be the same then; in a file or a
/// pipe they are whole.
/// </summary>
internal sealed class NameColumn
{
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    /// <param name="terminal">Where they are shown.</param>
    /// <param name="names">All names of the table.</param>
    /// <param name="longest">How many columns of a terminal they may take.</param>
    public NameColumn(Terminal terminal, IEnumerable<string> names, int longest)
    {
        foreach (string name in names)
            _shown.TryAdd(name, terminal.ShowsOutput ? Cut(PlainText.OneLine(name), longest) : PlainText.OneLine(name));
        foreach (IGrouping<string, string> same in _shown.GroupBy(pair => pair.Value, pair => pair.Key).Where(group => group.Count() > 1).ToList())
        {
            foreach (string name in same)
                _shown[name] = PlainText.OneLine(name);
        }

        Width = _shown.Values.Select(FeatureName.Width).DefaultIfEmpty().Max();
    }

    /// <summary>How many columns of a terminal the names take.</summary>
    public int Width { get; private set; }

    /// <summary>The name, or what is left of it, and blanks up to the next column.</summary>
    public string this[string name] => FeatureName.Padded(_shown[name], Width);

    private static string Cut(string name, int longest)
    {
        if (FeatureName.Width(name) <= longest)
            return name;
        Rune[] runes = [.. name.EnumerateRunes()];
        int head = 0, tail = runes.Length, left = longest - 1;
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
