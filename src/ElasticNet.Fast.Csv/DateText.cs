using System.Globalization;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// The one place where a cell becomes a date: 2024-03-01, 2024/03/01 or 01.03.2024, perhaps with a time of day (12:30, 12:30:05.25) after a
/// blank or a T, and after that a Z or the distance from Greenwich, +05:00, which is left out: the time is that of the place. 3/1/2024 is no date here: whether it is in March or in January it does not say.
/// </summary>
internal static class DateText
{
    /// <summary>Days since 1970-01-01, with the time of day as a fraction.</summary>
    public static bool TryParse(ReadOnlySpan<char> cell, out double days)
    {
        ReadOnlySpan<char> text = cell.Trim();
        days = double.NaN;
        if (text.Length < 8 || !char.IsAsciiDigit(text[0]))
            return false;
        char first = text[text.IndexOfAnyExceptInRange('0', '9') is var at and > 0 ? at : 0];
        if (first is not ('-' or '/' or '.'))
            return false;
        int end = text.IndexOfAny(' ', 'T');
        ReadOnlySpan<char> date = end < 0 ? text : text[..end];
        Span<Range> parts = stackalloc Range[4];
        if (date.Split(parts, first) != 3
            || !int.TryParse(date[parts[0]], NumberStyles.None, CultureInfo.InvariantCulture, out int one)
            || !int.TryParse(date[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out int month)
            || !int.TryParse(date[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out int three))
            return false;
        (int year, int day) = first == '.' ? (three, one) : (one, three);
        if (date[first == '.' ? parts[2] : parts[0]].Length != 4 || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        TimeSpan time = TimeSpan.Zero;
        if (end >= 0 && !TryParseTime(text[(end + 1)..], out time))
            return false;
        days = DateParts.Days(new(year, month, day, 0, 0, 0, DateTimeKind.Unspecified)) + time.TotalDays;
        return true;
    }

    // How far the clock is ahead of Greenwich does not change what it shows.
    private static bool IsOffset(ReadOnlySpan<char> text) =>
        text.Length is 2 or 4 or 5 && (text.Length != 5 || text[2] == ':') && !text[..2].ContainsAnyExceptInRange('0', '9') && !text[^2..].ContainsAnyExceptInRange('0', '9');

    private static bool TryParseTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        if (text is [.., 'Z'])
            text = text[..^1];
        else if (text.LastIndexOfAny('+', '-') is > 0 and var sign && IsOffset(text[(sign + 1)..]))
            text = text[..sign].TrimEnd();
        return TimeSpan.TryParseExact(text, [@"h\:mm", @"hh\:mm", @"h\:mm\:ss", @"hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF"], CultureInfo.InvariantCulture, out time);
    }
}
