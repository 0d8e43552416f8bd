using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>The functions that losses with exponentials are made of.</summary>
internal static class Entropy
{
    /// <summary>Below this the difference would lose digits, and a few terms of the series have all of them.</summary>
    private const double Small = 0.02;

    private const double Hair = 4e-15;

    /// <summary>log(1 + t), t ≥ 0, to nearly all digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec LogOnePlus(Vec t)
    {
        // What rounding does to 1 + t it does to both.
        Vec one = Vec.One, sum = one + t, rounded = sum - one;
        return Vector512.ConditionalSelect(Vector512.Equals(rounded, Vec.Zero), t, Vector512.Log(sum) * (t / rounded));
    }

    /// <summary>φ(t) = (1 + t) log(1 + t) − t ≥ 0 for t ≥ −1, to nearly all digits; infinite below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Phi(Vec t)
    {
        // Σ (−t)ᵏ/(k(k−1)) from k = 2.
        Vec series = Vector512.Create(1 / 90.0);
        series = Vector512.Create(1 / 72.0) - t * series;
        series = Vector512.Create(1 / 56.0) - t * series;
        series = Vector512.Create(1 / 42.0) - t * series;
        series = Vector512.Create(1 / 30.0) - t * series;
        series = Vector512.Create(1 / 20.0) - t * series;
        series = Vector512.Create(1 / 12.0) - t * series;
        series = Vector512.Create(1 / 6.0) - t * series;
        series = (Vector512.Create(0.5) - t * series) * t * t;
        Vec one = Vec.One, sum = one + t;
        // A hair below −1 is rounding of what was divided and multiplied.
        sum = Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(sum), Vector512.Create(Hair)), Vector512.Max(sum, Vec.Zero), sum);
        Vec direct = sum * Vector512.Log(sum) - t;
        direct = Vector512.ConditionalSelect(Vector512.Equals(sum, Vec.Zero), one, direct);
        direct = Vector512.ConditionalSelect(Vector512.LessThan(sum, Vec.Zero), Vector512.Create(double.PositiveInfinity), direct);
        return Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(t), Vector512.Create(Small)), series, direct);
    }

    /// <summary>m φ(d/m) ≥ 0, the divergence of the mass m + d from m = s exp x; 0 at d = 0 and finite for d > 0, also where m underflows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vec Divergence(Vec mass, Vec change, Vec scale, Vec exponent)
    {
        Vec ratio = change / mass, value = mass * Phi(ratio);
        Vec near = Vector512.LessThan(Vector512.Abs(ratio), Vector512.Create(1e300));
        return Vector512.EqualsAll(near.AsInt64(), Vector512<long>.AllBitsSet) ? value : Vector512.ConditionalSelect(near, value, FromNothing(change, Vector512.Log(scale) + exponent));
    }

    /// <summary>The divergence of a mass from one that is next to nothing and known by its logarithm.</summary>
    private static Vec FromNothing(Vec mass, Vec logarithm)
    {
        Vec value = mass * (Vector512.Log(mass) - logarithm - Vec.One);
        value = Vector512.ConditionalSelect(Vector512.LessThan(mass, Vec.Zero), Vector512.Create(double.PositiveInfinity), value);
        return Vector512.ConditionalSelect(Vector512.Equals(mass, Vec.Zero), Vec.Zero, value);
    }
}
