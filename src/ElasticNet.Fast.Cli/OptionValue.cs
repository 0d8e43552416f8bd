using System.Globalization;
using System.Numerics;

namespace ElasticNet.Fast.Cli;

/// <summary>Reads the values of options: culture-invariant, and refused with the option's name and rule.</summary>
internal static class OptionValue
{
    /// <summary>A finite number in a range.</summary>
    public static double Number(string option, string text, double least, double most, string rule) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= least && value <= most
            ? value
            : throw Refused(option, text, rule);

    /// <summary>A whole number in a range.</summary>
    public static T Integer<T>(string option, string text, T least, T most, string rule)
        where T : IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T? value) && value >= least && value <= most
            ? value
            : throw Refused(option, text, rule);

    /// <summary>Entries separated by commas, none of them empty.</summary>
    public static string[] List(string option, string text)
    {
        string[] entries = text.Split(',');
        return entries.Any(string.IsNullOrWhiteSpace)
            ? throw Refused(option, text, "not have empty entries")
            : entries;
    }

    /// <summary>The seed of whatever a command draws; 1 where none is given.</summary>
    public static ulong Seed(string? text) => text is null ? 1 : Integer("--seed", text, 0UL, ulong.MaxValue, "be a whole number ≥ 0");

    /// <summary>The mixing of a command that takes one only, and not 0; 1 where none is given.</summary>
    public static double OneL1Ratio(string? text) => text is null ? 1 : Number("--l1-ratio", text, double.Epsilon, 1, "be one number in (0, 1]");

    /// <summary>The exception for a value that breaks its rule.</summary>
    public static UsageException Refused(string option, string text, string rule) => new($"{option} ({text}) must {rule}");
}
