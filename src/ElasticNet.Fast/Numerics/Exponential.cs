namespace ElasticNet.Fast.Numerics;

/// <summary>
/// exp of separate multiplications and additions in a fixed order: the same bits on every processor, which those of the runtime are not.
/// At most 1 unit in the last place off.
/// </summary>
internal static class Exponential
{
    /// <summary>exp of more is infinite,</summary>
    private const double Largest = 709.782712893384;

    /// <summary>of less 0.</summary>
    private const double Least = -745.1332191019412;

    /// <summary>½ log 2: the series is for no more.</summary>
    private const double Reduced = 0.34657359027997264;

    /// <summary>1 / log 2.</summary>
    private const double PerDoubling = 1.4426950408889634;

    /// <summary>log 2 in two parts, the first of so few digits that its multiples are exact.</summary>
    private const double DoublingHigh = 0.6931471803691238, DoublingLow = 1.9082149292705877e-10;

    /// <summary>eˣ.</summary>
    public static double Exp(double x)
    {
        if (!(x <= Largest))
            return x > Largest ? double.PositiveInfinity : x;
        if (x < Least)
            return 0;
        double doublings = Math.Round(x * PerDoubling);
        double high = x - doublings * DoublingHigh, low = doublings * DoublingLow, r = high - low;
        // What rounding took from r counts as much as it is.
        double lost = high - r - low;
        double value = 1 + (r + (Tail(r) * (r * r) + lost));
        return Math.ScaleB(value, (int)doublings);
    }

    /// <summary>eˣ − 1.</summary>
    public static double MinusOne(double x) => Math.Abs(x) < Reduced ? x + x * x * Tail(x) : Exp(x) - 1;

    /// <summary>eˣ − 1 − x ≥ 0.</summary>
    public static double MinusLine(double x) => Math.Abs(x) < Reduced ? x * x * Tail(x) : Exp(x) - 1 - x;

    /// <summary>(eʳ − 1 − r)/r² of |r| ≤ ½ log 2 by its series, whose next term is below the last digit.</summary>
    private static double Tail(double r)
    {
        double tail = 1 / 6227020800.0;
        tail = tail * r + 1 / 479001600.0;
        tail = tail * r + 1 / 39916800.0;
        tail = tail * r + 1 / 3628800.0;
        tail = tail * r + 1 / 362880.0;
        tail = tail * r + 1 / 40320.0;
        tail = tail * r + 1 / 5040.0;
        tail = tail * r + 1 / 720.0;
        tail = tail * r + 1 / 120.0;
        tail = tail * r + 1 / 24.0;
        tail = tail * r + 1 / 6.0;
        return tail * r + 0.5;
    }
}
