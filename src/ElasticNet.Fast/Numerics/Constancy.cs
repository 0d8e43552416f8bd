namespace ElasticNet.Fast.Numerics;

/// <summary>Where a difference stops being one.</summary>
internal static class Constancy
{
    /// <summary>
    /// Values whose spread is at most this share of the largest are one value up to rounding: 16ε, as a sum of many shares or a
    /// unit converted there and back leaves it. ε is that of double, also for columns of float, whose values are taken as exact.
    /// </summary>
    public const double Span = 16 * 2.220446049250313e-16;
}
