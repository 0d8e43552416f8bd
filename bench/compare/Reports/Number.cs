namespace ElasticNet.Fast.Compare.Reports;

/// <summary>Numbers as the tables print them.</summary>
internal static class Number
{
    /// <summary>Seconds to three significant digits, never in exponents.</summary>
    public static string Seconds(double value) => value switch
    {
        >= 100 => value.ToString("0"),
        >= 10 => value.ToString("0.0"),
        >= 1 => value.ToString("0.00"),
        >= 0.1 => value.ToString("0.000"),
        _ => value.ToString("0.0000"),
    };

    /// <summary>A factor.</summary>
    public static string Ratio(double value) => value >= 9.95 ? value.ToString("0") : value.ToString("0.0#");

    /// <summary>Bytes as megabytes.</summary>
    public static string Megabytes(long? bytes) => bytes is { } count ? (count / 1e6).ToString(count >= 1e7 ? "0" : "0.0") : "–";

    /// <summary>A gap, one digit after the point.</summary>
    public static string Gap(double value) => value == 0 ? "0" : value.ToString("0.0e+0");
}
