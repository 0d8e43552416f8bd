using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Numerics;

/// <summary>
/// A number of some 31 decimal digits as the unevaluated sum of two doubles (Dekker 1971), in the range of a double. For the few
/// places where a double cannot tell: rank, refinement and proof.
/// </summary>
/// <param name="High">The number, rounded to double.</param>
/// <param name="Low">What rounding took from it.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>a + b, with nothing lost.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        double sum = a + b, part = sum - a;
        return new(sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>a·b, with nothing lost.</summary>
    public static DoubleDouble Product(double a, double b)
    {
        double product = a * b;
        return new(product, ErrorFree.ProductError(a, b, product));
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = Sum(a.High, b.High), low = Sum(a.Low, b.Low);
        high = Normal(high.High, high.Low + low.High);
        return Normal(high.High, high.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble product = Product(a.High, b.High);
        return Normal(product.High, product.Low + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a - b * first;
        double second = rest.High / b.High;
        rest -= b * second;
        return Normal(first, second) + rest.High / b.High;
    }

    public static bool operator <(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low < b.Low);

    public static bool operator >(DoubleDouble a, DoubleDouble b) => b < a;

    /// <summary>√a of a number that is not negative.</summary>
    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        if (!(a.High > 0))
            return 0;
        double root = Math.Sqrt(a.High);
        return Sum(root, (a - Product(root, root)).High / (2 * root));
    }

    /// <summary>|a|.</summary>
    public static DoubleDouble Abs(DoubleDouble a) => a.High < 0 ? -a : a;

    /// <summary>a·2^exponent.</summary>
    public static DoubleDouble ScaleB(DoubleDouble a, int exponent) => new(Math.ScaleB(a.High, exponent), Math.ScaleB(a.Low, exponent));

    /// <summary>The same sum with the first number as near to it as a double can be; |high| is not below |low|.</summary>
    private static DoubleDouble Normal(double high, double low)
    {
        double sum = high + low;
        return new(sum, low - (sum - high));
    }
}
