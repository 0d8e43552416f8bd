namespace ElasticNet.Fast.Cli.Verify;

/// <summary>A sum of two doubles that do not overlap: about 106 bits. Each operation is off by at most 2⁻¹⁰² of its result, a sum of both signs by that of its larger part.</summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public double Value => High + Low;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = TwoSum(a.High, b.High), low = TwoSum(a.Low, b.Low), sum = FastTwoSum(high.High, high.Low + low.High);
        return FastTwoSum(sum.High, sum.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        return FastTwoSum(product, Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble first = a.High / b.High;
        DoubleDouble second = first + (a - first * b).High / b.High;
        return second + (a - second * b).High / b.High;
    }

    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        DoubleDouble root = Math.Sqrt(Math.Max(a.High, 0));
        return root.High == 0 ? 0 : root + (a - root * root) / (root + root);
    }

    public static DoubleDouble Abs(DoubleDouble a) => a.Value < 0 ? -a : a;

    private static DoubleDouble TwoSum(double a, double b)
    {
        double sum = a + b, part = sum - a;
        return new(sum, (a - (sum - part)) + (b - part));
    }

    private static DoubleDouble FastTwoSum(double a, double b)
    {
        double sum = a + b;
        return new(sum, b - (sum - a));
    }
}
