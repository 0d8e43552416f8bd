using System.Globalization;

namespace ElasticNet.Fast.Data;

/// <summary>A date as the numbers and levels that columns of dates are made of.</summary>
internal static class DateParts
{
    /// <summary>Days since 1970-01-01, with the time of day as a fraction: whole days first, so that a day alone is a whole number.</summary>
    public static double Days(DateTime date) => (date.Date - DateTime.UnixEpoch).Days + date.TimeOfDay.TotalDays;

    /// <summary>The level of a part that is a category, as <see cref="TextPart"/> says; of a number its text.</summary>
    public static string Level(DateTime date, TextPart part) => part switch
    {
        TextPart.Quarter => Throw.Invariant($"{(date.Month + 2) / 3}"),
        TextPart.Month => Throw.Invariant($"{date.Month:00}"),
        TextPart.Weekday => Throw.Invariant($"{((int)date.DayOfWeek + 6) % 7 + 1} {CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(date.DayOfWeek)}"),
        TextPart.Hour => Throw.Invariant($"{date.Hour:00}"),
        _ => Throw.Invariant($"{Number(date, part)}"),
    };

    /// <summary>The value of a part that is a number.</summary>
    public static double Number(DateTime date, TextPart part) => part == TextPart.Year ? date.Year : Days(date);
}
