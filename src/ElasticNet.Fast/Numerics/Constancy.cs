namespace ElasticNet.Fast.Numerics;

/// <summary>Where a difference stops being one.</summary>
internal static class Constancy
{
    /// <summary>u: half the distance from 1 to the next double, the most that rounding does to a number, relatively.</summary>
    public const double Unit = 1.1102230246251565e-16;

    /// <summary>
    /// Values whose spread is at most this share of the largest are one value up to rounding: 16ε, as a sum of many shares or a
    /// unit converted there and back leaves it. ε is that of double, also for columns of float, whose values are taken as exact.
    /// </summary>
    public const double Span = 32 * Unit;
}
