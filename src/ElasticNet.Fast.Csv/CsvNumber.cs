using System.Globalization;
using csFastFloat;

namespace ElasticNet.Fast.Csv;

/// <summary>The one place where a cell becomes a number: culture-invariant, and the nearest double, as the framework has it.</summary>
internal static class CsvNumber
{
    // So many digits always fit 64 bits.
    private const int MostDigits = 19;
    private const ulong LargestExact = 1UL << 53;

    private static ReadOnlySpan<double> ExactPowers =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    /// <summary>
    /// Parses a cell; blanks around the number are allowed, digit grouping is not. False where the cell is no number or
    /// none that is finite.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out double value)
    {
        ReadOnlySpan<char> text = TrimBlanks(cell);
        int at = 0;
        bool negative = false;
        if (text.Length > 0 && text[0] is '-' or '+')
            negative = text[at++] == '-';

        ulong digits = 0;
        int first = at;
        at = AddDigits(text, at, ref digits);
        int count = at - first;
        int exponent = 0;
        if (at < text.Length && text[at] == '.')
        {
            int point = ++at;
            at = AddDigits(text, at, ref digits);
            exponent = point - at;
            count -= exponent;
        }
        if (count == 0 || (at < text.Length && !TryAddExponent(text, at, ref exponent)))
            return TryParseSlowly(cell, out value);
        if (count > MostDigits && count - LeadingZeros(text[first..]) > MostDigits)
            return TryParseSlowly(cell, out value);

        // Both factors are exact, so that one operation rounds once.
        if (digits <= LargestExact && exponent is >= -22 and <= 22)
        {
            value = exponent < 0 ? digits / ExactPowers[-exponent] : digits * ExactPowers[exponent];
            value = negative ? -value : value;
            return true;
        }
        return FastDoubleParser.TryParseDouble(text, out value) && double.IsFinite(value);
    }

    // Digits beyond the 64 bits wrap; who counts them throws the result away.
    private static int AddDigits(ReadOnlySpan<char> text, int at, ref ulong digits)
    {
        ulong sum = digits;
        while (at < text.Length)
        {
            uint digit = (uint)text[at] - '0';
            if (digit > 9)
                break;
            sum = unchecked((sum * 10) + digit);
            at++;
        }
        digits = sum;
        return at;
    }

    private static bool TryAddExponent(ReadOnlySpan<char> text, int at, ref int exponent)
    {
        if (text[at++] is not ('e' or 'E') || at == text.Length)
            return false;
        bool negative = false;
        if (text[at] is '-' or '+')
            negative = text[at++] == '-';
        // More digits than any double needs are left to the framework.
        if (text.Length - at is 0 or > 4)
            return false;
        ulong power = 0;
        if (AddDigits(text, at, ref power) < text.Length)
            return false;
        exponent += negative ? -(int)power : (int)power;
        return true;
    }

    private static int LeadingZeros(ReadOnlySpan<char> digits)
    {
        int zeros = 0;
        foreach (char c in digits)
        {
            if (c == '0')
                zeros++;
            else if (c != '.')
                break;
        }
        return zeros;
    }

    private static ReadOnlySpan<char> TrimBlanks(ReadOnlySpan<char> cell) =>
        cell.Length > 0 && (cell[0] <= ' ' || cell[^1] <= ' ') ? cell.Trim(" \t") : cell;

    private static bool TryParseSlowly(ReadOnlySpan<char> cell, out double value) =>
        // The framework ignores null characters after a number: damage that must not pass for data.
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && !cell.Contains('\0');
}
