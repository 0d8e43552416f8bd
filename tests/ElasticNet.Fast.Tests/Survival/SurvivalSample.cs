namespace ElasticNet.Fast.Tests.Survival;

/// <summary>Random rows of survival with whatever a target can have.</summary>
internal sealed record SurvivalSample
{
    public required double[,] X { get; init; }

    public required double[] Time { get; init; }

    public required bool[] Events { get; init; }

    /// <summary>−1 for rows from the beginning: no event is so early.</summary>
    public required double[] Start { get; init; }

    public required int[] Strata { get; init; }

    public required double[] Weights { get; init; }

    public required double[] Offset { get; init; }

    public required ElasticNetOptions Options { get; init; }

    public double L1Ratio { get; init; }

    public bool IsEfron => Options.Family == Family.Cox;

    public bool HasStarts => Start.Any(start => start > 0);

    public Target Target => Fast.Target.Survival(Time, Events, HasStarts ? [.. Start.Select(start => Math.Max(start, 0))] : [], Strata) with { Weights = Weights, Offset = Offset };

    public static SurvivalSample Draw(int seed)
    {
        Random random = new(seed);
        int n = random.Next(8, 60), p = random.Next(1, 25), strata = random.Next(4) == 0 ? random.Next(2, 4) : 1;
        bool ties = random.Next(2) == 0, starts = random.Next(3) == 0, weighted = random.Next(3) == 0, offsets = random.Next(4) == 0;
        double[,] x = new double[n, p];
        double[] effect = [.. Enumerable.Range(0, p).Select(_ => random.Next(3) == 0 ? 2 * random.NextDouble() - 1 : 0)];
        double[] eta = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++)
            {
                x[i, j] = j % 5 == 4 ? random.Next(2) : Normal(random) + 0.3 * (j > 0 ? x[i, j - 1] : 0);
                eta[i] += effect[j] * x[i, j];
            }
        }

        double[] time = [.. eta.Select(one => -Math.Log(1 - random.NextDouble()) * Math.Exp(-one) + 1e-3)];
        bool[] events = [.. time.Select(_ => random.Next(4) > 0)];
        events[random.Next(n)] = true;
        if (ties)
            time = [.. time.Select(one => Math.Ceiling(3 * one))];
        double[] factors = random.Next(3) == 0 ? [.. Enumerable.Range(0, p).Select(_ => 0.5 + random.NextDouble())] : [];
        return new SurvivalSample
        {
            X = x,
            Time = time,
            Events = events,
            Start = [.. time.Select(end => starts && random.Next(2) == 0 ? (ties ? Math.Floor(end * random.NextDouble() * 0.99) : end * random.NextDouble()) : -1)],
            Strata = [.. time.Select(_ => random.Next(strata))],
            Weights = [.. time.Select(_ => weighted ? (random.Next(6) == 0 ? 0 : 0.2 + random.NextDouble()) : 1)],
            Offset = [.. time.Select(_ => offsets ? Normal(random) : 0)],
            Options = new()
            {
                Family = random.Next(2) == 0 ? Family.Cox : Family.CoxBreslow,
                Standardize = random.Next(3) > 0,
                PenaltyFactors = factors,
                LowerBounds = random.Next(4) == 0 ? [-0.2] : [],
                UpperBounds = random.Next(4) == 0 ? [0.3] : [],
                LambdaCount = 12,
                LambdaMinRatio = 0.01,
                MaxDegreeOfParallelism = 1,
            },
            L1Ratio = new[] { 1, 0.5, 0.05, 0 }[random.Next(4)],
        }.WithAnEvent();
    }

    public double[] Eta(ReadOnlySpan<double> coefficients)
    {
        double[] eta = [.. Offset];
        for (int i = 0; i < eta.Length; i++)
        {
            for (int j = 0; j < coefficients.Length; j++)
                eta[i] += X[i, j] * coefficients[j];
        }

        return eta;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private SurvivalSample WithAnEvent()
    {
        int row = Array.FindIndex(Weights, weight => weight > 0);
        if (row >= 0)
            Events[row] = true;
        else
            Array.Fill(Weights, 1);
        Events[Math.Max(row, 0)] = true;
        return this;
    }
}
