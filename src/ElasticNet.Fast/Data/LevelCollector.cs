namespace ElasticNet.Fast.Data;

/// <summary>
/// The levels of one category while a table is read: codes in order of appearance first, then in ordinal order, so that
/// they do not depend on the order of the rows.
/// </summary>
internal sealed class LevelCollector
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public LevelCollector() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The preliminary code of a level; a new one for a new level.</summary>
    public double CodeOf(ReadOnlySpan<char> level)
    {
        if (!_lookup.TryGetValue(level, out int code))
            _codes.Add(level.ToString(), code = _codes.Count);
        return code;
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
