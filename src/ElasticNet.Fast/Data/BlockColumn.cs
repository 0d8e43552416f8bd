using System.Globalization;

namespace ElasticNet.Fast.Data;

/// <summary>What a column of a typed table holds.</summary>
internal enum BlockKind
{
    /// <summary>Numbers of any type.</summary>
    Number,

    /// <summary>Days since 1970-01-01.</summary>
    Date,

    /// <summary>Truth values: 1 for true, 0 for false.</summary>
    Truth,

    /// <summary>Text: codes of levels.</summary>
    Text,

    /// <summary>What is none of these: lists, structures, bytes.</summary>
    Other,
}

/// <summary>A column of a typed table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Type">What the type is called where the table is from, for messages.</param>
internal sealed record BlockColumn(string Name, BlockKind Kind, string Type)
{
    /// <summary>Room for the longest text of a value that is no text.</summary>
    public const int LongestText = 40;

    // From here on neighbouring whole numbers are one double.
    private const double Indistinct = 1L << 53;

    private static readonly double s_first = (DateTime.MinValue - DateTime.UnixEpoch).TotalDays, s_end = Math.Ceiling((DateTime.MaxValue - DateTime.UnixEpoch).TotalDays) - 1;

    /// <summary>Why it cannot be read.</summary>
    public string Refusal => $"column '{Name}' is of the type {Type}, neither number, text, date nor truth value; leave it out";

    /// <summary>Whether a value may be one of several that a double does not tell apart, so that it is no level.</summary>
    public bool IsIndistinct(double value) => Kind == BlockKind.Number && Math.Abs(value) >= Indistinct && Math.Floor(value) == value;

    /// <summary>A value that is no text, as text: numbers shortest, dates as 2024-03-01 with the time of day where there is one. Nothing for a missing one.</summary>
    /// <param name="value">The value.</param>
    /// <param name="destination">At least <see cref="LongestText"/> characters.</param>
    /// <returns>How many characters were written.</returns>
    public int Write(double value, Span<char> destination)
    {
        int written = 0;
        if (double.IsNaN(value))
            return 0;
        if (Kind == BlockKind.Truth)
        {
            (value == 0 ? "false" : "true").CopyTo(destination);
            return value == 0 ? 5 : 4;
        }

        // A calendar ends; numbers go on.
        if (Kind != BlockKind.Date || value < s_first || value >= s_end)
            value.TryFormat(destination, out written, default, CultureInfo.InvariantCulture);
        else
            DateOf(value).TryFormat(destination, out written, value == Math.Floor(value) ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture);
        return written;
    }

    // To the microsecond, which days of this century resolve: what it was made of.
    private static DateTime DateOf(double days)
    {
        double whole = Math.Floor(days);
        long microseconds = (long)Math.Round((days - whole) * TimeSpan.MicrosecondsPerDay);
        return DateTime.UnixEpoch.AddDays(whole).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
    }
}
