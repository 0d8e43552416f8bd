namespace ElasticNet.Fast.Numerics;

/// <summary>Random numbers of the distributions that draws are made of, from a <see cref="Xoshiro256"/>: a seed means the same draws for ever.</summary>
internal struct Deviates
{
    private Xoshiro256 _bits;
    private double _spare;

    /// <param name="seed">The user's seed.</param>
    /// <param name="stream">Keeps apart what shares a seed: the seed of the stream is the stream's number from the seed's own sequence.</param>
    public Deviates(ulong seed, int stream)
    {
        Xoshiro256 seeds = new(seed);
        for (int k = 0; k < stream; k++)
            seeds.Next();
        _bits = new Xoshiro256(seeds.Next());
        _spare = double.NaN;
    }

    /// <summary>U(0, 1): 53 random bits, neither end reached.</summary>
    public double Uniform() => ((_bits.Next() >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>N(0, 1), by Marsaglia's polar method.</summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            double spare = _spare;
            _spare = double.NaN;
            return spare;
        }

        while (true)
        {
            double u = 2 * Uniform() - 1, v = 2 * Uniform() - 1, square = u * u + v * v;
            if (square is >= 1 or 0)
                continue;
            double scale = Math.Sqrt(-2 * Math.Log(square) / square);
            _spare = v * scale;
            return u * scale;
        }
    }

    /// <summary>Gamma of mean and variance <paramref name="shape"/> > 0, by Marsaglia and Tsang (2000).</summary>
    public double Gamma(double shape)
    {
        if (shape < 1)
            return Gamma(shape + 1) * Math.Pow(Uniform(), 1 / shape);
        double d = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = Normal(), v = 1 + c * x;
            v = v * v * v;
            if (v > 0 && Math.Log(Uniform()) < 0.5 * x * x + d * (1 - v + Math.Log(v)))
                return d * v;
        }
    }
}
