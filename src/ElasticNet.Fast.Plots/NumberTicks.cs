using System.Globalization;

namespace ElasticNet.Fast.Plots;

/// <summary>Marks of an axis at round numbers, the same in every culture.</summary>
internal static class NumberTicks
{
    /// <summary>About so many of them, at multiples of 1, 2 or 5 times a power of ten.</summary>
    public static List<(double At, string Text)> Between(double low, double high, int count)
    {
        double step = Step((high - low) / Math.Max(3, count));
        List<(double, string)> ticks = [];
        // By whole multiples: sums of the step would drift.
        for (double k = Math.Ceiling(low / step); k <= Math.Floor(high / step); k++)
            ticks.Add((k * step, Round(k == 0 ? 0 : k * step, step)));
        return ticks;
    }

    /// <summary>Marks of an axis on which x stands for 10⁻ˣ: powers of ten, with 2 and 5 between them where there is room.</summary>
    public static List<(double At, string Text)> Powers(double low, double high, int count)
    {
        double decades = high - low;
        int every = Math.Max(1, (int)Math.Ceiling(decades / Math.Max(1, count)));
        double[] factors = decades * 3 <= count ? [1, 2, 5] : [1];
        List<(double, string)> ticks = [];
        for (int power = (int)Math.Floor(-high); power <= Math.Ceiling(-low); power++)
        {
            if (power % every != 0)
                continue;
            foreach (double factor in factors)
            {
                double at = -power - Math.Log10(factor);
                if (at >= low && at <= high)
                    ticks.Add((at, (factor * Math.Pow(10, power)).ToString("g3", CultureInfo.InvariantCulture)));
            }
        }

        // A range without a power of ten in it is short: ordinary marks, said as λ.
        return ticks.Count > 0 ? ticks : [.. Between(low, high, Math.Min(count, 4)).Select(tick => (tick.At, Math.Pow(10, -tick.At).ToString("g3", CultureInfo.InvariantCulture)))];
    }

    private static double Step(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (double factor in (ReadOnlySpan<double>)[1, 2, 5])
        {
            if (factor * power >= least)
                return factor * power;
        }

        return 10 * power;
    }

    private static string Round(double value, double step)
    {
        int decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(step)), 0, 15);
        return Math.Abs(value) is >= 1e6 or (> 0 and < 1e-4)
            ? value.ToString("g3", CultureInfo.InvariantCulture)
            : value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
