using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// The one place where a cell becomes a date: 2024-03-01, 2024/03/01 or 01.03.2024, perhaps with a time of day (12:30, 12:30:05.25) after a
/// blank or a T. 3/1/2024 is no date here: whether it is in March or in January it does not say.
/// </summary>
internal static class DateText
{
    private static readonly double s_epoch = new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).Ticks / (double)TimeSpan.TicksPerDay;
    private static readonly string[] s_weekdays = ["1 Monday", "2 Tuesday", "3 Wednesday", "4 Thursday", "5 Friday", "6 Saturday", "7 Sunday"];

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
        // Whole days, then the fraction: a day alone is a whole number.
        days = (new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified).Ticks / (double)TimeSpan.TicksPerDay) - s_epoch + time.TotalDays;
        return true;
    }

    /// <summary>The name of a part beside the name of its column.</summary>
    public static string Name(string column, TextPart part) => part == TextPart.Days ? column : $"{column} ({Word(part)})";

    /// <summary>What a part is called.</summary>
    public static string Word(TextPart part) => part switch
    {
        TextPart.Year => "year",
        TextPart.Quarter => "quarter",
        TextPart.Month => "month",
        TextPart.Weekday => "weekday",
        TextPart.Hour => "hour",
        _ => "days",
    };

    /// <summary>The levels of a part that is a category; none for a number.</summary>
    public static string[] Levels(TextPart part) => part switch
    {
        TextPart.Quarter => ["1", "2", "3", "4"],
        TextPart.Month => [.. Enumerable.Range(1, 12).Select(month => month.ToString("00", CultureInfo.InvariantCulture))],
        TextPart.Weekday => s_weekdays,
        TextPart.Hour => [.. Enumerable.Range(0, 24).Select(hour => hour.ToString("00", CultureInfo.InvariantCulture))],
        _ => [],
    };

    /// <summary>A part of a date: a number, or the position among <see cref="Levels"/>.</summary>
    public static double Of(double days, TextPart part)
    {
        if (double.IsNaN(days) || part == TextPart.Days)
            return days;
        DateTime date = new((long)Math.Round((days + s_epoch) * TimeSpan.TicksPerDay / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified);
        return part switch
        {
            TextPart.Year => date.Year,
            TextPart.Quarter => (date.Month - 1) / 3,
            TextPart.Month => date.Month - 1,
            TextPart.Weekday => ((int)date.DayOfWeek + 6) % 7,
            _ => date.Hour,
        };
    }

    private static bool TryParseTime(ReadOnlySpan<char> text, out TimeSpan time)
    {
        if (text is [.., 'Z'])
            text = text[..^1];
        return TimeSpan.TryParseExact(text, [@"h\:mm", @"hh\:mm", @"h\:mm\:ss", @"hh\:mm\:ss", @"hh\:mm\:ss\.FFFFFFF"], CultureInfo.InvariantCulture, out time);
    }
}
