namespace ElasticNet.Fast.Csv;

/// <summary>Which cells are missing values. Immutable; asking allocates nothing.</summary>
internal sealed class MissingTokens
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _tokens;
    private readonly bool _anyIsNumber;

    public MissingTokens(IReadOnlyCollection<string> tokens, TextFormat format)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var set = new HashSet<string>(StringComparer.Ordinal);
        foreach (string token in tokens)
        {
            string trimmed = token.Trim();
            set.Add(trimmed);
            // With other separators or signs a token may be one in ways that are not worth finding out.
            _anyIsNumber |= CsvNumber.TryParse(trimmed, out _) || format.DecimalSeparator != '.' || format.GroupSeparator is not null || format.Signs;
        }
        _tokens = set.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Whether a cell is missing.</summary>
    public bool Contains(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> text = cell.Trim();
        return text.IsEmpty || _tokens.Contains(text);
    }

    /// <summary>Whether a cell that is a number all the same stands for a missing value, such as −999.</summary>
    public bool ContainsNumber(ReadOnlySpan<char> cell) => _anyIsNumber && Contains(cell);
}
