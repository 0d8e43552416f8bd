namespace ElasticNet.Fast.Compare.Problems;

/// <summary>Classes, several responses and survival, on the shapes of the catalog.</summary>
internal static class OutputProblems
{
    /// <summary>Classes, and responses.</summary>
    public const int Outputs = 4;

    /// <summary>Every problem there is.</summary>
    public static string[] Names { get; } = ["multinomial-wide", "multinomial-grouped-wide", "responses-grouped-wide", "cox-wide", "cox-tall-10k"];

    /// <summary>Makes the problem of a seed.</summary>
    /// <remarks>
    /// For each class or response f = X_S b over 20 columns (50 of 1000), standardised: the class is the largest of 1.5 f + Gumbel noise, a response
    /// √3·f + ε, a time exponential with hazard exp(f), the first 70 % of a second such time of hazard ½ being seen.
    /// </remarks>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static Problem Make(string name, ulong seed)
    {
        if (!Names.Contains(name))
            throw new ArgumentException($"'problems' ({name}) must be among {string.Join(", ", Names)}.");
        bool isTall = name.EndsWith("tall-10k", StringComparison.Ordinal);
        (int rows, int columns, int support) = isTall ? (10_000, 1_000, 50) : (500, 20_000, 20);
        ulong stream = 14695981039346656037;
        foreach (char c in name)
            stream = (stream ^ c) * 1099511628211;
        NormalSource random = new(seed, stream);
        DesignMatrix<double> x = new(new double[rows * columns], rows, columns);
        new AutoregressiveDesign(isTall ? 0.5 : 0).Fill(x, random);
        for (int j = 0; j < columns; j++)
            Standardization.Apply(x.Column(j));
        Family family = name.StartsWith("multi", StringComparison.Ordinal) ? Family.Multinomial : name.StartsWith("cox", StringComparison.Ordinal) ? Family.CoxBreslow : Family.MultiGaussian;
        double[][] signals = [.. Enumerable.Range(0, family.IsSurvival ? 1 : Outputs).Select(_ => Signal(x, support, random))];
        int[] folds = [.. Enumerable.Range(0, rows).Select(i => i % Problem.FoldCount + 1)];
        random.Shuffle(folds);
        return new()
        {
            Name = name,
            X = x,
            Family = family,
            Outputs = family.IsSurvival ? 1 : Outputs,
            IsGrouped = name.Contains("grouped", StringComparison.Ordinal),
            Y = family.IsSurvival ? Times(signals[0], random) : family.HasClasses ? Classes(signals, random) : Responses(signals, random),
            LambdaRatio = isTall ? 1e-3 : 0.05,
            PathLength = 100,
            FoldIds = folds,
        };
    }

    /// <summary>Nothing to learn: 20 × 20 standard normal numbers, as they are, and three classes at random.</summary>
    public static Problem Noise(ulong seed)
    {
        const int size = 20, classes = 3;
        NormalSource random = new(seed, 20);
        DesignMatrix<double> x = new(new double[size * size], size, size);
        for (int j = 0; j < size; j++)
        {
            Span<double> column = x.Column(j);
            for (int i = 0; i < size; i++)
                column[i] = random.NextNormal();
        }

        return new()
        {
            Name = "noise",
            X = x,
            Family = Family.Multinomial,
            Outputs = classes,
            Y = [.. Enumerable.Range(0, size).Select(i => i < classes ? i : Math.Min(classes - 1, Math.Floor(classes * random.NextUniform())))],
            LambdaRatio = 1e-3,
            PathLength = 100,
            FoldIds = new int[size],
        };
    }

    private static double[] Signal(DesignMatrix<double> x, int support, NormalSource random)
    {
        double[] signal = new double[x.Rows];
        int[] order = [.. Enumerable.Range(0, x.Columns)];
        random.Shuffle(order);
        foreach (int j in order.AsSpan(0, support))
        {
            double b = random.NextUniform(0.5, 1.5) * (random.NextUniform() < 0.5 ? -1 : 1);
            ReadOnlySpan<double> column = x.Column(j);
            for (int i = 0; i < signal.Length; i++)
                signal[i] += b * column[i];
        }

        Standardization.Apply(signal);
        return signal;
    }

    private static double[] Classes(double[][] signals, NormalSource random) => [.. Enumerable.Range(0, signals[0].Length).Select(i =>
    {
        double[] noisy = Array.ConvertAll(signals, signal => 1.5 * signal[i] - Math.Log(-Math.Log(random.NextUniform())));
        return (double)Array.IndexOf(noisy, noisy.Max());
    })];

    private static double[] Responses(double[][] signals, NormalSource random)
    {
        List<double> all = [];
        foreach (double[] signal in signals)
        {
            double[] y = Array.ConvertAll(signal, value => Math.Sqrt(3) * value + random.NextNormal());
            Standardization.Apply(y);
            all.AddRange(y);
        }

        return [.. all];
    }

    /// <summary>Times, then whether they are events.</summary>
    private static double[] Times(double[] signal, NormalSource random)
    {
        double[] y = new double[2 * signal.Length];
        for (int i = 0; i < signal.Length; i++)
        {
            double time = -Math.Log(random.NextUniform()) * Math.Exp(-signal[i]), end = -Math.Log(random.NextUniform()) * 2;
            (y[i], y[signal.Length + i]) = (Math.Min(time, end), time <= end ? 1 : 0);
        }

        return y;
    }
}
