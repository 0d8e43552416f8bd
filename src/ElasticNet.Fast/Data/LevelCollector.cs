namespace ElasticNet.Fast.Data;

/// <summary>
/// The levels of one category while a table is read: codes in order of appearance first, then in ordinal order, so that
/// they do not depend on the order of the rows.
/// </summary>
internal sealed class LevelCollector
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _found = [];

    public LevelCollector() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The level of a preliminary code.</summary>
    public string this[int code] => _found[code];

    /// <summary>The preliminary code of a level; a new one for a new level.</summary>
    public double CodeOf(ReadOnlySpan<char> level) => TryGetCode(level, out double code) ? code : Add(level);

    /// <summary>The preliminary code of a level that was added before.</summary>
    public bool TryGetCode(ReadOnlySpan<char> level, out double code)
    {
        bool known = _lookup.TryGetValue(level, out int number);
        code = number;
        return known;
    }

    /// <summary>Adds a level; returns its preliminary code, one above that of the last.</summary>
    public double Add(ReadOnlySpan<char> level)
    {
        int code = _codes.Count;
        _found.Add(level.ToString());
        _codes.Add(_found[^1], code);
        return code;
    }

    /// <summary>The preliminary code of a text without the blanks around it; NaN for blank text, which is missing.</summary>
    public double CodeOfText(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return text.IsEmpty ? double.NaN : CodeOf(text);
    }

    /// <summary>Turns preliminary codes into those of the column that is returned; NaN stays.</summary>
    public InputColumn Finish(string name, Span<double> codes)
    {
        string[] levels = [.. _codes.Keys.Order(StringComparer.Ordinal)];
        var final = new int[levels.Length];
        for (int i = 0; i < levels.Length; i++)
            final[_codes[levels[i]]] = i;
        foreach (ref double code in codes)
        {
            if (!double.IsNaN(code))
                code = final[(int)code];
        }

        return InputColumn.Category(name, levels);
    }
}
