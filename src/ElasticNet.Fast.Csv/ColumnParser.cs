using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Turns the cells of one column into values, block by block, and decides in the end, by all cells and whatever their order, what the
/// column is: numbers, dates, or levels. Until then it takes the cells for what the first of them is; where that was wrong, the column is
/// read once more (<see cref="MustBeReadAs"/>).
/// </summary>
internal sealed class ColumnParser(string name, InputKind? declared, CellKind? settled, CellFormat format, bool refusesGaps)
{
    /// <summary>Rows in which numbers are looked at for being codes.</summary>
    private const int MostLooked = 1000;

    private const int LongestCode = 20;

    private readonly bool _isDeclared = declared is not null;
    private readonly int[] _counts = new int[4];
    private readonly (string Text, long Row)[] _first = new (string, long)[4];
    private readonly List<CellKind> _kinds = [];
    private CellKind? _mode = declared switch { InputKind.Number => CellKind.Number, InputKind.Category => CellKind.Text, _ => settled };
    private LevelCollector? _levels;
    private char _sign = '\uFFFF';

    /// <summary>The name of the column.</summary>
    public string Name => name;

    /// <summary>The missing values so far.</summary>
    public ColumnGaps Gaps { get; private set; }

    /// <summary>What the column turned out to be, where it was read as something else; only after <see cref="Decide"/>.</summary>
    public CellKind? MustBeReadAs { get; private set; }

    /// <summary>Whether the values are days.</summary>
    public bool IsDate => _mode == CellKind.Date && _counts[(int)CellKind.Date] > 0;

    /// <summary>The sign that all numbers wear, or none.</summary>
    public string Sign => _sign is '\uFFFF' or '\0' ? "" : _sign.ToString();

    /// <summary>What was decided that somebody may want to know, or null.</summary>
    public string? Note { get; private set; }

    /// <summary>Parses a block's cells.</summary>
    /// <param name="block">The cells.</param>
    /// <param name="column">Which column of the block.</param>
    /// <param name="before">Rows before the block.</param>
    /// <param name="values">Where they go, one value a row.</param>
    /// <returns>The first row of the block that is at fault; the number of its rows if none is.</returns>
    public int Append(CellBlock block, int column, int before, Span<double> values)
    {
        int i = 0;
        while (_mode is null && i < values.Length)
        {
            if (!format.Missing.Contains(block[i, column]))
                _mode = ModeOf(KindOf(block[i, column]));
            else if (!AddGap(before + i, out values[i++]))
                return i - 1;
        }

        return _mode switch
        {
            null => i,
            CellKind.Number => AppendNumbers(block, column, before, i, values),
            CellKind.Date => AppendDates(block, column, before, i, values),
            _ => AppendLevels(block, column, before, i, values),
        };
    }

    /// <summary>What is wrong with a cell that was refused.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="row">Its row, counted from 1.</param>
    public CsvDataException FaultOf(ReadOnlySpan<char> cell, long row) =>
        refusesGaps && format.Missing.Contains(cell) ? new(row, name, CellFault.Missing(cell)) : NoNumber(cell, row);

    /// <summary>Decides what the column is.</summary>
    /// <returns>Why it is nothing that can be read, or null.</returns>
    public CsvDataException? Decide()
    {
        int numbers = _counts[(int)CellKind.Number], dates = _counts[(int)CellKind.Date], dressed = _counts[(int)CellKind.Dressed], texts = _counts[(int)CellKind.Text];
        long all = (long)numbers + dates + dressed + texts;
        if (_isDeclared || all == 0)
            return null;
        if (2L * texts > all)
        {
            if (texts < all)
                Note = Invariant($"column '{name}' is text, and a number or date in {all - texts} of {all} cells ('{FirstBut(CellKind.Text).Text}' in row {FirstBut(CellKind.Text).Row}): it is taken as a category; a number is a level there as it is written");
            return Settle(CellKind.Text);
        }

        CellKind most = numbers >= dates && numbers >= dressed ? CellKind.Number : dates >= dressed ? CellKind.Date : CellKind.Dressed;
        if (_counts[(int)most] == all && most != CellKind.Dressed)
            return Settle(most);
        (string text, long row) = most == CellKind.Dressed ? _first[(int)CellKind.Dressed] : FirstBut(most);
        if (format.WhatDresses(text) is not null || CellFault.IsNearlyNumber(text))
            return NoNumber(text, row);
        return new(row, name, Invariant($"'{CellFault.Quote(text)}' is not a {(most == CellKind.Date ? "date" : "number")}, but {_counts[(int)most]} of the {all} cells of the column are; declare the column a category, or '{CellFault.Quote(text)}' a missing value"))
        {
            Remedy = CsvRemedy.DeclareCategoryOrMissing,
        };
    }

    /// <summary>What the column turned out to be; brings the codes of its levels, in place, into their ordinal order.</summary>
    public InputColumn Complete(Span<double> values) =>
        _mode is CellKind.Text or CellKind.Dressed ? (_levels ?? new LevelCollector()).Finish(name, values) : InputColumn.Number(name);

    private CsvDataException? Settle(CellKind kind)
    {
        if (ModeOf(kind) != _mode)
            MustBeReadAs = kind;
        return null;
    }

    private static CellKind ModeOf(CellKind kind) => kind == CellKind.Dressed ? CellKind.Text : kind;

    private CellKind KindOf(ReadOnlySpan<char> cell) =>
        format.TryParse(cell, out _, out _) ? CellKind.Number
        : format.TryParseDate(cell, out _) ? CellKind.Date
        : format.IsNearlyNumber(cell) ? CellKind.Dressed
        : CellKind.Text;

    private int AppendNumbers(CellBlock block, int column, int before, int from, Span<double> values)
    {
        int numbers = 0;
        for (int i = from; i < values.Length; i++)
        {
            ReadOnlySpan<char> cell = block[i, column];
            bool isNumber = format.TryParse(cell, out values[i], out char sign);
            if (isNumber ? format.Missing.ContainsNumber(cell) : format.Missing.Contains(cell))
            {
                if (!AddGap(before + i, out values[i]))
                    return i;
            }
            else if (isNumber && (sign == _sign || _sign == '\uFFFF'))
            {
                if (numbers++ == 0 && _counts[(int)CellKind.Number] == 0)
                    _first[(int)CellKind.Number] = (CellFault.Quote(cell.Trim()), before + i + 1L);
                if (before + i < MostLooked && !_isDeclared && cell is ['0', _, ..] && cell.Length <= LongestCode && !cell.ContainsAnyExceptInRange('0', '9'))
                    Note ??= Invariant($"column '{name}' is read as numbers, and some begin with 0 ('{CellFault.Quote(cell.Trim())}' in row {before + i + 1}): if they are codes, declare it a category");
                _sign = sign;
            }
            else if (isNumber || _isDeclared || refusesGaps)
            {
                return i;
            }
            else
            {
                values[i] = double.NaN;
                Count(KindOf(cell), cell, before + i);
            }
        }

        _counts[(int)CellKind.Number] += numbers;
        return values.Length;
    }

    private int AppendDates(CellBlock block, int column, int before, int from, Span<double> values)
    {
        for (int i = from; i < values.Length; i++)
        {
            ReadOnlySpan<char> cell = block[i, column];
            if (format.TryParseDate(cell, out values[i]))
                Count(CellKind.Date, cell, before + i);
            else if (!format.Missing.Contains(cell))
                Count(KindOf(cell), cell, before + i);
            else if (!AddGap(before + i, out values[i]))
                return i;
        }

        return values.Length;
    }

    private int AppendLevels(CellBlock block, int column, int before, int from, Span<double> values)
    {
        if (refusesGaps)
            return from;
        _levels ??= new LevelCollector();
        for (int i = from; i < values.Length; i++)
        {
            ReadOnlySpan<char> cell = block[i, column].Trim();
            if (_levels.TryGetCode(cell, out values[i]))
            {
                _counts[(int)_kinds[(int)values[i]]]++;
            }
            else if (format.Missing.Contains(cell))
            {
                if (!AddGap(before + i, out values[i]))
                    return i;
            }
            else
            {
                CellKind kind = _isDeclared ? CellKind.Text : KindOf(cell);
                Count(kind, cell, before + i);
                _kinds.Add(kind);
                values[i] = _levels.Add(cell);
            }
        }

        return values.Length;
    }

    private void Count(CellKind kind, ReadOnlySpan<char> cell, int row)
    {
        if (_counts[(int)kind]++ == 0)
            _first[(int)kind] = (cell.Trim().ToString(), row + 1L);
    }

    private (string Text, long Row) FirstBut(CellKind kind) =>
        Enumerable.Range(0, _counts.Length).Where(k => k != (int)kind && _counts[k] > 0).Select(k => _first[k]).MinBy(first => first.Row);

    private CsvDataException NoNumber(ReadOnlySpan<char> cell, long row)
    {
        if (format.TryParse(cell, out _, out char sign) && sign != _sign)
            return new(row, name, $"'{CellFault.Quote(cell.Trim())}' has {(sign == '\0' ? "no sign" : $"the sign {sign}")}, but the numbers before have {(_sign == '\0' ? "none" : $"the sign {_sign}")}: they would not be of one unit");
        string remedy = _isDeclared || refusesGaps ? "" : "; a category must be declared as one";
        string? dress = format.WhatDresses(cell);
        bool isSign = dress is not null && dress[0] is 't' && (dress.StartsWith("the sign", StringComparison.Ordinal) || dress.StartsWith("the minus", StringComparison.Ordinal)) || dress == "brackets";
        return dress is not null && !CellFault.HasDecimalComma(cell.Trim())
            ? new(row, name, $"'{CellFault.Quote(cell.Trim())}' is not a number as it stands: it has {dress}, which an option of reading takes off{remedy}")
            {
                Remedy = isSign ? CsvRemedy.TakeOffSigns : CsvRemedy.NameGroups,
            }
            : new(row, name, CellFault.NoNumber(cell) + remedy)
            {
                Remedy = CellFault.HasDecimalComma(cell.Trim()) ? EndsInGroup(cell.Trim()) ? CsvRemedy.NameDecimalOrGroups : CsvRemedy.NameDecimal : remedy.Length > 0 ? CsvRemedy.DeclareCategory : CsvRemedy.None,
            };
    }

    // 1,100 and not 1,5.
    private static bool EndsInGroup(ReadOnlySpan<char> text) => text is [.., ',', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9'];

    private bool AddGap(int row, out double value)
    {
        value = double.NaN;
        Gaps = new(Gaps.Count + 1, Gaps.Count == 0 ? row + 1 : Gaps.FirstRow);
        return !refusesGaps;
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
