using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Adversary;

/// <summary>A number of about 31 digits: the unevaluated sum of two doubles (Dekker 1971), by error-free sums and products.</summary>
internal readonly struct DoubleDouble
{
    public readonly double High;
    public readonly double Low;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleDouble(double high, double low)
    {
        High = high;
        Low = low;
    }

    public bool IsZero => High == 0;

    /// <summary>a + b without an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Sum(double a, double b)
    {
        double s = a + b, t = s - a;
        return new(s, (a - (s - t)) + (b - t));
    }

    /// <summary>a·b without an error.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble Product(double a, double b)
    {
        double p = a * b;
        return new(p, Math.FusedMultiplyAdd(a, b, -p));
    }

    public static DoubleDouble Abs(DoubleDouble a) => a.High < 0 ? -a : a;

    public static DoubleDouble Min(DoubleDouble a, DoubleDouble b) => a < b ? a : b;

    public static DoubleDouble Max(DoubleDouble a, DoubleDouble b) => a > b ? a : b;

    /// <summary>√a: that of the double, and one step of Newton's.</summary>
    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        if (a.High <= 0)
            return default;
        double inverse = 1 / Math.Sqrt(a.High), root = a.High * inverse;
        return Sum(root, (a - Product(root, root)).High * inverse * 0.5);
    }

    /// <summary>a·2ⁿ.</summary>
    public static DoubleDouble Scale(DoubleDouble a, int exponent) => new(Math.ScaleB(a.High, exponent), Math.ScaleB(a.Low, exponent));

    /// <summary>a·2ⁿ for a ≥ 0; below <paramref name="least"/> 0, and <paramref name="most"/> above that.</summary>
    public static DoubleDouble Scale(DoubleDouble a, int exponent, double least, double most)
    {
        DoubleDouble scaled = Scale(a, exponent);
        return scaled.High < least ? default : scaled.High > most ? most : scaled;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator DoubleDouble(double a) => new(a, 0);

    public static explicit operator double(DoubleDouble a) => a.High;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble high = Sum(a.High, b.High), low = Sum(a.Low, b.Low);
        high = Renormalize(high.High, high.Low + low.High);
        return Renormalize(high.High, high.Low + low.Low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        DoubleDouble p = Product(a.High, b.High);
        return Renormalize(p.High, p.Low + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double first = a.High / b.High;
        DoubleDouble rest = a - b * first;
        double second = rest.High / b.High;
        rest -= b * second;
        return Sum(first, second) + rest.High / b.High;
    }

    public static bool operator <(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low < b.Low);

    public static bool operator >(DoubleDouble a, DoubleDouble b) => b < a;

    public static bool operator <=(DoubleDouble a, DoubleDouble b) => a.High < b.High || (a.High == b.High && a.Low <= b.Low);

    public static bool operator >=(DoubleDouble a, DoubleDouble b) => b <= a;

    /// <summary>Σ aᵢbᵢ.</summary>
    public static DoubleDouble Dot(ReadOnlySpan<DoubleDouble> a, ReadOnlySpan<DoubleDouble> b)
    {
        double sum = 0, rest = 0;
        for (int i = 0; i < a.Length; i++)
        {
            DoubleDouble p = Product(a[i].High, b[i].High), s = Sum(sum, p.High);
            sum = s.High;
            rest += s.Low + (p.Low + (a[i].High * b[i].Low + a[i].Low * b[i].High));
        }

        return Sum(sum, rest);
    }

    /// <summary>y ← y + scale·x.</summary>
    public static void Add(Span<DoubleDouble> y, DoubleDouble scale, ReadOnlySpan<DoubleDouble> x)
    {
        for (int i = 0; i < y.Length; i++)
            y[i] += scale * x[i];
    }

    public override string ToString() => $"{High:r} + {Low:r}";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static DoubleDouble Renormalize(double a, double b)
    {
        double s = a + b;
        return new(s, b - (s - a));
    }
}
