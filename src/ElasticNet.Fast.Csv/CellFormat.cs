using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>How cells become values, by a <see cref="TextFormat"/>. Immutable; asking allocates nothing.</summary>
internal sealed class CellFormat(TextFormat format, bool readsDates)
{
    private const int LongestNumber = 64;

    private readonly bool _isPlain = format is { DecimalSeparator: '.', GroupSeparator: null };

    /// <summary>Which cells are missing values.</summary>
    public MissingTokens Missing { get; } = new(format.MissingTokens, format);

    /// <summary>Parses a number; its sign, if it may wear one, is taken off.</summary>
    /// <param name="cell">The cell; blanks around it are allowed.</param>
    /// <param name="value">The number, finite.</param>
    /// <param name="sign">The currency or percent sign; 0 for none.</param>
    public bool TryParse(ReadOnlySpan<char> cell, out double value, out char sign)
    {
        sign = '\0';
        if (_isPlain && CsvNumber.TryParse(cell, out value))
            return true;
        if (!format.Signs)
        {
            value = double.NaN;
            return !_isPlain && TryParseWritten(cell.Trim(), out value);
        }

        ReadOnlySpan<char> text = Undressed(cell, out sign, out bool negative);
        bool isNumber = _isPlain ? CsvNumber.TryParse(text, out value) : TryParseWritten(text, out value);
        value = negative ? -value : value;
        return isNumber;
    }

    /// <summary>Parses a date, where dates are wanted.</summary>
    public bool TryParseDate(ReadOnlySpan<char> cell, out double days)
    {
        days = double.NaN;
        return readsDates && DateText.TryParse(cell, out days);
    }

    /// <summary>Whether a cell is a number that this format does not read, such as 1,5 or $ 5 or 1 234 or 1e999; such text is a level only where somebody says so.</summary>
    public bool IsNearlyNumber(ReadOnlySpan<char> cell) => CellFault.IsNearlyNumber(cell) || WhatDresses(cell) is not null;

    /// <summary>What keeps a cell from being a number, and what would have it read; null where it is none in clothes.</summary>
    public string? WhatDresses(ReadOnlySpan<char> cell)
    {
        ReadOnlySpan<char> text = Undressed(cell, out char sign, out bool negative);
        bool isDressed = sign != '\0' || negative;
        if (text.Length == 0)
            return null;
        if (isDressed && (CsvNumber.TryParse(text, out _) || TryParseWritten(text, out _) || HasGroups(text) || CellFault.IsNearlyNumber(text)))
            return sign != '\0' ? $"the sign {sign}" : cell.Trim() is ['(', ..] ? "brackets" : "the minus sign −";
        return HasGroups(text) ? "thousands that are set apart" : null;
    }

    /// <summary>The text without what a number may wear.</summary>
    private static ReadOnlySpan<char> Undressed(ReadOnlySpan<char> cell, out char sign, out bool negative)
    {
        ReadOnlySpan<char> text = cell.Trim();
        sign = '\0';
        negative = text is ['(', .., ')'];
        if (negative)
            text = text[1..^1].Trim();
        if (text is ['−', ..] or ['-', _, ..] && (text[0] == '−' || IsSign(text[1])))
        {
            negative = !negative;
            text = text[1..].TrimStart();
        }

        if (text.Length > 1 && IsSign(text[0]))
        {
            sign = text[0];
            return text[1..].TrimStart();
        }

        if (text.Length <= 1 || !IsSign(text[^1]))
            return text;
        sign = text[^1];
        return text[..^1].TrimEnd();
    }

    // 1 234 or 1.234.567,5 and the like: groups of three, whatever stands between them and whatever is decimal.
    private static bool HasGroups(ReadOnlySpan<char> text)
    {
        int digits = 0, groups = 0;
        if (text is ['-' or '+', ..])
            text = text[1..];
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c))
                digits++;
            else if ((c is ' ' or '\'' or '_' or '.' or ',' or '\u00A0' or '\u202F' or '\u2009') && digits is > 0 and <= 3 && (groups == 0 || digits == 3))
                (groups, digits) = (groups + 1, 0);
            else
                return false;
        }

        return groups > 0 && digits > 0;
    }

    private bool TryParseWritten(ReadOnlySpan<char> text, out double value)
    {
        value = double.NaN;
        if (text.Length is 0 or > LongestNumber)
            return false;
        Span<char> plain = stackalloc char[text.Length];
        int length = 0, sinceGroup = -1, whole = 0;
        bool inWhole = true;
        foreach (char c in text)
        {
            if (inWhole && IsGroup(c))
            {
                if (whole == 0 || whole > 3 && sinceGroup < 0 || sinceGroup is >= 0 and not 3)
                    return false;
                sinceGroup = 0;
                continue;
            }

            if (char.IsAsciiDigit(c) && inWhole)
            {
                whole++;
                if (sinceGroup >= 0)
                    sinceGroup++;
            }
            else if (inWhole && c is not ('+' or '-'))
            {
                if (sinceGroup is >= 0 and not 3)
                    return false;
                inWhole = false;
            }

            if (c == format.DecimalSeparator)
                plain[length++] = '.';
            else if (c is '.' or ',')
                return false;
            else
                plain[length++] = c;
        }

        return (!inWhole || sinceGroup is < 0 or 3) && CsvNumber.TryParse(plain[..length], out value);
    }

    private bool IsGroup(char c) => format.GroupSeparator is { } group
        && (c == group || (group == ' ' && c is '\u00A0' or '\u202F' or '\u2009') || (group == '\'' && c == '’'));

    private static bool IsSign(char c) => c is '%' or '‰' || char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol;
}
