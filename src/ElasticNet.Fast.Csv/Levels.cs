namespace ElasticNet.Fast.Csv;

/// <summary>
/// The levels of a category while it is read: coded as they appear, and sorted in the end, so that their order says
/// nothing about the order of the rows.
/// </summary>
internal sealed class Levels
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public Levels() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The code of a level that was added before.</summary>
    public bool TryGetCode(ReadOnlySpan<char> level, out double code)
    {
        bool known = _lookup.TryGetValue(level, out int number);
        code = number;
        return known;
    }

    /// <summary>Adds a level; returns its code.</summary>
    public double Add(ReadOnlySpan<char> level)
    {
        int code = _codes.Count;
        _codes.Add(level.ToString(), code);
        return code;
    }

    /// <summary>The levels in ordinal order; codes become positions in it.</summary>
    public string[] Sort(Span<double> codes)
    {
        string[] sorted = [.. _codes.Keys];
        Array.Sort(sorted, StringComparer.Ordinal);
        double[] ranks = new double[sorted.Length];
        for (int rank = 0; rank < sorted.Length; rank++)
            ranks[_codes[sorted[rank]]] = rank;
        foreach (ref double code in codes)
        {
            if (!double.IsNaN(code))
                code = ranks[(int)code];
        }
        return sorted;
    }
}
