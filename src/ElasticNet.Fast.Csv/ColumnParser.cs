namespace ElasticNet.Fast.Csv;

/// <summary>
/// Turns the cells of one column into numbers, block by block: finds out whether they are numbers or levels, counts the
/// gaps, gives codes to levels. Faults are returned as positions, so that of several columns' the first by row is told.
/// </summary>
internal sealed class ColumnParser(string name, InputKind? declared, MissingTokens missing, bool refusesGaps)
{
    private readonly bool _isDeclared = declared is not null;
    private InputKind? _kind = declared;
    private Levels? _levels;
    private string? _firstText;
    private long _firstTextRow;

    /// <summary>The name of the column.</summary>
    public string Name => name;

    /// <summary>The missing values so far.</summary>
    public ColumnGaps Gaps { get; private set; }

    /// <summary>Parses a block's cells.</summary>
    /// <param name="block">The cells.</param>
    /// <param name="column">Which column of the block.</param>
    /// <param name="before">Rows before the block.</param>
    /// <param name="values">Where they go, one value a row.</param>
    /// <returns>The first row of the block that is at fault; the number of its rows if none is.</returns>
    public int Append(CellBlock block, int column, int before, Span<double> values)
    {
        int i = 0;
        if (_kind is null)
        {
            while (i < values.Length && missing.Contains(block[i, column]))
            {
                if (!AddGap(before + i, out values[i]))
                    return i;
                i++;
            }
            if (i == values.Length)
                return i;
            if (!Decide(block[i, column], before + i))
                return i;
        }
        return _kind == InputKind.Number ? AppendNumbers(block, column, before, i, values) : AppendLevels(block, column, before, i, values);
    }

    /// <summary>What is wrong with a cell that was refused.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="row">Its row, counted from 1.</param>
    public CsvDataException FaultOf(ReadOnlySpan<char> cell, long row)
    {
        if (refusesGaps && missing.Contains(cell))
            return new(row, name, CellFault.Missing(cell));
        string quoted = CellFault.Quote(cell.Trim());
        if (_kind == InputKind.Category)
        {
            return new(row, name, Invariant(
                $"'{quoted}' is a number, but the column begins with text ('{_firstText}' in row {_firstTextRow}); declare the column a category, or '{_firstText}' a missing value"))
            {
                Remedy = CsvRemedy.DeclareCategoryOrMissing,
            };
        }
        string fault = CellFault.NoNumber(cell);
        if (_isDeclared)
            return new(row, name, fault);
        return _kind is null || CellFault.IsNearlyNumber(cell)
            ? new(row, name, fault + "; a category must be declared as one") { Remedy = CsvRemedy.DeclareCategory }
            : new(row, name, $"{fault}, but the column holds numbers up to here; declare the column a category, or '{quoted}' a missing value")
            {
                Remedy = CsvRemedy.DeclareCategoryOrMissing,
            };
    }

    /// <summary>What the column turned out to be; brings the codes of its levels, in place, into their ordinal order.</summary>
    public InputColumn Complete(Span<double> values) =>
        _kind == InputKind.Category ? InputColumn.Category(name, (_levels ?? new Levels()).Sort(values)) : InputColumn.Number(name);

    private bool Decide(ReadOnlySpan<char> cell, int row)
    {
        if (CsvNumber.TryParse(cell, out _))
        {
            _kind = InputKind.Number;
            return true;
        }
        if (refusesGaps || CellFault.IsNearlyNumber(cell))
            return false;
        _kind = InputKind.Category;
        _firstText = CellFault.Quote(cell.Trim());
        _firstTextRow = row + 1L;
        return true;
    }

    private int AppendNumbers(CellBlock block, int column, int before, int from, Span<double> values)
    {
        for (int i = from; i < values.Length; i++)
        {
            ReadOnlySpan<char> cell = block[i, column];
            bool isNumber = CsvNumber.TryParse(cell, out values[i]);
            if (isNumber ? !missing.ContainsNumber(cell) : !missing.Contains(cell))
            {
                if (!isNumber)
                    return i;
            }
            else if (!AddGap(before + i, out values[i]))
            {
                return i;
            }
        }
        return values.Length;
    }

    private int AppendLevels(CellBlock block, int column, int before, int from, Span<double> values)
    {
        _levels ??= new Levels();
        for (int i = from; i < values.Length; i++)
        {
            ReadOnlySpan<char> cell = block[i, column].Trim();
            if (_levels.TryGetCode(cell, out values[i]))
                continue;
            if (missing.Contains(cell))
            {
                if (!AddGap(before + i, out values[i]))
                    return i;
            }
            else
            {
                if (!_isDeclared && CsvNumber.TryParse(cell, out _))
                    return i;
                values[i] = _levels.Add(cell);
            }
        }
        return values.Length;
    }

    private bool AddGap(int row, out double value)
    {
        value = double.NaN;
        Gaps = new(Gaps.Count + 1, Gaps.Count == 0 ? row + 1 : Gaps.FirstRow);
        return !refusesGaps;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
