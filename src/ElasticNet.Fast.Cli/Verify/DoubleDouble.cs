namespace ElasticNet.Fast.Cli.Verify;

/// <summary>A sum of two doubles that do not overlap: about 106 bits. Each operation is off by at most 2⁻¹⁰⁰ of its result, a sum of both signs by that of its larger part.</summary>
internal readonly struct DoubleDouble(double high, double low)
{
    public double Value => high + low;

    private double High => high;

    private double Low => low;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        (double sum, double lost) = TwoSum(a.High, b.High);
        (double low, double lower) = TwoSum(a.Low, b.Low);
        (sum, lost) = FastTwoSum(sum, lost + low);
        return Of(FastTwoSum(sum, lost + lower));
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        return Of(FastTwoSum(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High)));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble first = a.High / b.High;
        DoubleDouble second = first + (a - first * b).High / b.High;
        return second + (a - second * b).High / b.High;
    }

    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        if (!(a.High > 0))
            return 0;
        DoubleDouble root = Math.Sqrt(a.High);
        return root + (a - root * root) / (root + root);
    }

    public static DoubleDouble Abs(DoubleDouble a) => a.Value < 0 ? -a : a;

    private static DoubleDouble Of((double High, double Low) parts) => new(parts.High, parts.Low);

    private static (double Sum, double Lost) TwoSum(double a, double b)
    {
        double sum = a + b, part = sum - a;
        return (sum, (a - (sum - part)) + (b - part));
    }

    private static (double Sum, double Lost) FastTwoSum(double a, double b)
    {
        double sum = a + b;
        return (sum, b - (sum - a));
    }
}
