using System.Numerics;

namespace ElasticNet.Fast.Compare.Problems;

/// <summary>
/// Random numbers of the problems: xoshiro256** (Blackman and Vigna 2018), seeded through SplitMix64, so that a seed
/// means the same problem everywhere and for ever. Normals by Marsaglia's polar method.
/// </summary>
internal sealed class NormalSource
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spare = double.NaN;

    /// <param name="seed">The user's seed.</param>
    /// <param name="stream">Keeps apart what shares a seed: each problem has its own.</param>
    public NormalSource(ulong seed, ulong stream)
    {
        ulong state = seed * 0xD1342543DE82EF95 + stream;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>U(0, 1): 53 random bits, 1 never reached.</summary>
    public double NextUniform() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>U(<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double NextUniform(double low, double high) => low + (high - low) * NextUniform();

    /// <summary>N(0, 1).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spare))
        {
            double spare = _spare;
            _spare = double.NaN;
            return spare;
        }
        double u, v, s;
        do
        {
            u = 2 * NextUniform() - 1;
            v = 2 * NextUniform() - 1;
            s = u * u + v * v;
        }
        while (s is >= 1 or 0);
        double scale = Math.Sqrt(-2 * Math.Log(s) / s);
        _spare = v * scale;
        return u * scale;
    }

    /// <summary>Fills with independent N(0, 1).</summary>
    public void FillNormal(Span<double> destination)
    {
        foreach (ref double value in destination)
            value = NextNormal();
    }

    /// <summary>Uniform on 0 … <paramref name="count"/> − 1. The bias of the product is below 2⁻³² here and of no interest.</summary>
    public int NextInt32(int count) => (int)(((NextBits() >> 32) * (ulong)count) >> 32);

    /// <summary>Fisher–Yates.</summary>
    public void Shuffle(Span<int> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
