using System.Numerics;

namespace ElasticNet.Fast.Tests.Kernels;

/// <summary>A number m·2^e, added and multiplied exactly: what double-double arithmetic is held against.</summary>
internal readonly record struct Dyadic(BigInteger Mantissa, int Exponent)
{
    public static implicit operator Dyadic(double value)
    {
        if (value == 0)
            return new(0, 0);
        int exponent = Math.ILogB(value) - 52;
        return new(new BigInteger(Math.ScaleB(value, -exponent)), exponent);
    }

    public static Dyadic operator +(Dyadic a, Dyadic b)
    {
        int exponent = Math.Min(a.Exponent, b.Exponent);
        return new((a.Mantissa << (a.Exponent - exponent)) + (b.Mantissa << (b.Exponent - exponent)), exponent);
    }

    public static Dyadic operator -(Dyadic a, Dyadic b) => a + new Dyadic(-b.Mantissa, b.Exponent);

    public static Dyadic operator *(Dyadic a, Dyadic b) => new(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent);

    /// <summary>Rounded to some double nearby.</summary>
    public double Approximately()
    {
        int extra = Math.Max((int)Mantissa.GetBitLength() - 60, 0);
        return Math.ScaleB((double)(Mantissa >> extra), Exponent + extra);
    }
}
