namespace ElasticNet.Fast;

/// <summary>Numbers as tables and sentences have them.</summary>
internal static class Digits
{
    /// <summary>A share or a coefficient to four decimals; what rounds to 0 has no sign.</summary>
    public static string Four(double value) => Throw.Invariant($"{0 + Math.Round(value, 4):0.0000}");
}
