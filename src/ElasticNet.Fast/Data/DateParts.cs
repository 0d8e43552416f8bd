using System.Globalization;

namespace ElasticNet.Fast.Data;

/// <summary>A date as the numbers and levels that columns of dates are made of.</summary>
internal static class DateParts
{
    private static readonly string[] s_weekdays = ["1 Monday", "2 Tuesday", "3 Wednesday", "4 Thursday", "5 Friday", "6 Saturday", "7 Sunday"];

    /// <summary>Days since 1970-01-01, with the time of day as a fraction: whole days first, so that a day alone is a whole number.</summary>
    public static double Days(DateTime date) => (date.Date - DateTime.UnixEpoch).Days + date.TimeOfDay.TotalDays;

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
        DateTime date = Date(days);
        return part switch
        {
            TextPart.Year => date.Year,
            TextPart.Quarter => (date.Month - 1) / 3,
            TextPart.Month => date.Month - 1,
            TextPart.Weekday => ((int)date.DayOfWeek + 6) % 7,
            _ => date.Hour,
        };
    }

    /// <summary>What a part is called that is a level; of a number its digits.</summary>
    public static string Level(double days, TextPart part) =>
        Levels(part) is { Length: > 0 } levels ? levels[(int)Of(days, part)] : Throw.Invariant($"{Of(days, part)}");

    /// <summary>2024-03-01, with the time of day where there is one.</summary>
    public static string Text(double days) =>
        Date(days).ToString(days == Math.Floor(days) ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>To the second.</summary>
    private static DateTime Date(double days) => new(
        DateTime.UnixEpoch.Ticks + (long)Math.Round(days * TimeSpan.TicksPerDay / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond, DateTimeKind.Unspecified);
}
