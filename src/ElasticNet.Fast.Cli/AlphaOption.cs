using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>
/// The option that is refused: alpha is the strength of the penalty in scikit-learn and its mixing in glmnet, and a
/// guess between them would be wrong half of the time without anybody noticing.
/// </summary>
internal static class AlphaOption
{
    private const string Name = "--alpha";

    /// <summary>Throws where the command line contains the option, with a sentence that says what was probably meant.</summary>
    /// <exception cref="UsageException">It does.</exception>
    public static void Refuse(ReadOnlySpan<string> args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            if (arg.Equals(Name, StringComparison.OrdinalIgnoreCase))
                throw new UsageException(Explain(i + 1 < args.Length ? args[i + 1] : ""));
            if (arg.StartsWith(Name + "=", StringComparison.OrdinalIgnoreCase))
                throw new UsageException(Explain(arg[(Name.Length + 1)..]));
        }
    }

    private static string Explain(string value)
    {
        const string Rule = "--alpha is ambiguous and not accepted: glmnet calls the mixing so (here --l1-ratio), scikit-learn the strength (here --lambda). ";
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return Rule + "Use --l1-ratio or --lambda.";
        return number is >= 0 and <= 1
            ? Rule + $"With a value in [0, 1] you probably mean the mixing: --l1-ratio {value}. If you mean the strength: --lambda {value}."
            : Rule + $"With a value outside [0, 1] you probably mean the strength: --lambda {value}.";
    }
}
