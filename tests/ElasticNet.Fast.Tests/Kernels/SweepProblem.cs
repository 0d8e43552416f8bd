namespace ElasticNet.Fast.Tests.Kernels;

/// <summary>Penalties and bounds of the sweeps, so drawn that every branch of a coordinate step is taken: to zero, free, at either bound, frozen.</summary>
internal sealed class SweepProblem
{
    public SweepProblem(int count, int seed)
    {
        var random = new Random(seed);
        L1 = Draw(() => random.Next(4) == 0 ? 0 : 0.3 * random.NextDouble());
        L2 = Draw(() => random.Next(2) == 0 ? 0 : random.NextDouble());
        Lower = Draw(() => random.Next(3) switch { 0 => 0, 1 => -0.1 * random.NextDouble(), _ => double.NegativeInfinity });
        Upper = Draw(() => random.Next(3) switch { 0 => 0, 1 => 0.1 * random.NextDouble(), _ => double.PositiveInfinity });
        Beta = Draw(random.NextDouble);
        for (int j = 0; j < count; j++)
            Beta[j] = Math.Clamp(Beta[j] - 0.5, Lower[j], Upper[j]);

        double[] Draw(Func<double> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
    }

    public double[] L1 { get; }

    public double[] L2 { get; }

    public double[] Lower { get; }

    public double[] Upper { get; }

    public double[] Beta { get; }

    /// <summary>The minimiser of ½ curvature β² − zβ + l1|β| within the bounds of j, by cases.</summary>
    public double Step(int j, double z, double curvature)
    {
        double free = z > L1[j] ? (z - L1[j]) / curvature : z < -L1[j] ? (z + L1[j]) / curvature : 0;
        return free < Lower[j] ? Lower[j] : free > Upper[j] ? Upper[j] : free;
    }
}
