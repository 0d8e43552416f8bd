namespace ElasticNet.Fast.Adversary;

/// <summary>Chance, as the generators of problems want it.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>An integer of [least, most].</summary>
    public int Int(int least, int most) => _random.Next(least, most + 1);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public double Uniform(double least = 0, double most = 1) => least + (most - least) * _random.NextDouble();

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>10 to a power of [least, most].</summary>
    public double Power(double least, double most) => Math.Pow(10, Uniform(least, most));

    public int Sign() => Chance(0.5) ? 1 : -1;

    public T Pick<T>(params ReadOnlySpan<T> values) => values[_random.Next(values.Length)];

    public void Shuffle(Span<int> values) => _random.Shuffle(values);

    public static double[] Many(int count, Func<double> value)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = value();
        return values;
    }
}
