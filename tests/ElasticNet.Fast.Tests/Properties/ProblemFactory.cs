namespace ElasticNet.Fast.Tests.Properties;

/// <summary>Makes the problem that a recipe stands for; the same recipe always makes the same one.</summary>
internal static class ProblemFactory
{
    public static (Problem Problem, double Lambda) Create(ProblemSpec spec)
    {
        Random random = new(spec.Seed);
        (int n, int p) = (spec.Rows, spec.Columns);
        double[,] x = new double[n, p];
        double[] unit = new double[p];
        double[] y = [.. Enumerable.Range(0, n).Select(_ => 3 + Normal(random))];
        for (int j = 0; j < p; j++)
        {
            Fill(x, j, spec, random);
            unit[j] = Math.ScaleB(1, spec.ExtremeScales && random.Next(3) == 0
                ? (random.Next(2) * 2 - 1) * Extreme(spec)
                : random.Next(-7, 8));
            double effect = random.Next(3) == 0 ? 2 * Normal(random) : 0;
            for (int i = 0; i < n; i++)
            {
                y[i] += effect * x[i, j];
                x[i, j] *= unit[j];
                if (spec.IsSingle)
                    x[i, j] = (float)x[i, j];
            }
        }

        Problem problem = new(x, y, Options(spec, unit, random)) { Layout = spec.Layout, IsSingle = spec.IsSingle };
        double lambda = spec.LambdaFraction * new ScaledProblem(x, y, problem.Options, 0, spec.L1Ratio).NullLambda(spec.L1Ratio);
        // λ = 0 where everything is held or nothing correlates is least squares and tested as such; here it is not meant.
        return (problem, lambda > 0 ? lambda : 1);
    }

    /// <summary>
    /// Binary exponent of an extreme scale: 1e150, where squares just hold. Where the penalty acts on raw coefficients
    /// λs² must hold too; floats end at 1e38.
    /// </summary>
    private static int Extreme(ProblemSpec spec) => spec.IsSingle ? 50 : spec.Standardize ? 498 : 200;

    private static void Fill(double[,] x, int j, ProblemSpec spec, Random random)
    {
        int n = spec.Rows;
        int kind = spec.Degenerate && j > 0 ? random.Next(8) : 8;
        (int a, int b) = (random.Next(Math.Max(j, 1)), random.Next(Math.Max(j, 1)));
        // Multiples of 2⁻¹⁰ add exactly, in float too: a dependent column then is one, not nearly one.
        double Value() => spec.Degenerate ? Math.Round(1024 * Normal(random)) / 1024 : Normal(random);
        double constant = random.Next(-1, 2) * 0.125;
        double shift = random.Next(3) == 0 ? 3 * Value() : 0;
        int scaleA = ILog(x, a), scaleB = ILog(x, b);
        for (int i = 0; i < n; i++)
        {
            x[i, j] = kind switch
            {
                0 => constant,
                1 => Math.ScaleB(x[i, a], -scaleA),
                2 => -Math.ScaleB(x[i, a], 1 - scaleA),
                3 => Math.ScaleB(x[i, a], -scaleA) + Math.ScaleB(x[i, b], -scaleB),
                4 => random.Next(2),
                _ when spec.Layout == Layout.Sparse && random.Next(10) < 7 => 0,
                _ => shift + Value(),
            };
        }
    }

    /// <summary>Exponent of the largest entry: columns are copied and added at a scale of 1, and get their own scale afterwards.</summary>
    private static int ILog(double[,] x, int j)
    {
        double largest = 0;
        for (int i = 0; i < x.GetLength(0); i++)
            largest = Math.Max(largest, Math.Abs(x[i, j]));
        return largest == 0 ? 0 : Math.ILogB(largest);
    }

    private static ElasticNetOptions Options(ProblemSpec spec, double[] unit, Random random)
    {
        double[] weights = [.. Enumerable.Range(0, spec.Rows).Select(_ => 0.2 + random.NextDouble())];
        if (spec.ZeroWeights)
        {
            for (int i = 1; i < spec.Rows; i++)
                weights[i] *= random.Next(4) == 0 ? 0 : 1;
        }

        double[] factors = [.. unit.Select(_ => random.Next(4) == 0 && spec.ZeroFactors ? 0 : 0.3 + random.NextDouble())];
        return new ElasticNetOptions
        {
            Intercept = spec.Intercept,
            Standardize = spec.Standardize,
            Weights = spec.Weights ? weights : default,
            Offset = spec.Offset ? [.. weights.Select(_ => Normal(random))] : default(double[]),
            PenaltyFactors = spec.Factors ? factors : default,
            LowerBounds = spec.Bounds ? [.. unit.Select(u => random.Next(3) switch { 0 => 0, 1 => -0.3 * random.NextDouble() / u, _ => double.NegativeInfinity })] : default(double[]),
            UpperBounds = spec.Bounds ? [.. unit.Select(u => random.Next(3) switch { 0 => 0.5 * random.NextDouble() / u, _ => double.PositiveInfinity })] : default(double[]),
            ExcludedFeatures = spec.Exclusions ? [.. Enumerable.Range(0, unit.Length).Where(_ => random.Next(5) == 0)] : default(int[]),
            MaxDegreeOfParallelism = 1,
        };
    }

    /// <summary>A standard normal number (Box and Muller).</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
