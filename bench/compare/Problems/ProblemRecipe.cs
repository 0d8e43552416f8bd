namespace ElasticNet.Fast.Compare.Problems;

/// <summary>One line of the catalog: everything about a problem but the seed.</summary>
/// <param name="Name">What the user types.</param>
/// <param name="Rows">n.</param>
/// <param name="Columns">p.</param>
/// <param name="Design">How X comes about.</param>
/// <param name="SupportSize">k, the number of columns that act on y.</param>
/// <param name="SignalToNoise">Variance of the signal over that of the noise.</param>
/// <param name="LambdaRatio">Smallest over largest λ of the whole grid.</param>
/// <param name="PathLength">How many of the 100 λ are solved, from the largest.</param>
/// <param name="Loss">What is minimised; null for least squares.</param>
internal sealed record ProblemRecipe(
    string Name, int Rows, int Columns, DesignRecipe Design, int SupportSize, double SignalToNoise, double LambdaRatio, int PathLength = 100,
    Family? Loss = null)
{
    /// <summary>Makes the problem of a seed.</summary>
    public Problem Generate(ulong seed)
    {
        // The name picks the stream, so that a problem does not depend on which others were asked for.
        ulong stream = 14695981039346656037;
        foreach (char c in Name)
            stream = (stream ^ c) * 1099511628211;
        NormalSource random = new(seed, stream);
        SparseDesign? thin = Design as SparseDesign;
        DesignMatrix<double> x = new(thin is null ? new double[checked(Rows * Columns)] : [], Rows, Columns);
        if (Design is DenseRecipe dense)
        {
            dense.Fill(x, random);
            for (int j = 0; j < Columns; j++)
                Standardization.Apply(x.Column(j));
        }
        Problem problem = new()
        {
            Name = Name,
            X = x,
            Sparse = thin?.Make(Rows, Columns, random),
            Family = Loss ?? Family.Gaussian,
            Intercept = thin is not { IsScaled: false },
            Y = new double[Rows],
            LambdaRatio = LambdaRatio,
            PathLength = PathLength,
            FoldIds = new int[Rows],
        };
        Respond(problem, random);
        AssignFolds(problem.FoldIds, random);
        return problem;
    }

    /// <summary>
    /// f = X_S b with |bⱼ| ~ U(0.5, 1.5) and random signs, standardised; y = √SNR·f + ε, standardised, or 1 with the
    /// probability σ(1.5 f), or Poisson(exp(0.5 + 0.5 f)).
    /// </summary>
    private void Respond(Problem problem, NormalSource random)
    {
        // Of sparse columns the fullest act: the others have next to no rows.
        int[] order = [.. Enumerable.Range(0, problem.Sparse is null ? Columns : Math.Min(Columns, 2_000))];
        random.Shuffle(order);
        double[] y = problem.Y;
        foreach (int j in order.AsSpan(0, SupportSize))
        {
            double b = random.NextUniform(0.5, 1.5) * (random.NextUniform() < 0.5 ? -1 : 1);
            problem.Add(j, b, y);
        }
        Standardization.Apply(y);
        double amplitude = Math.Sqrt(SignalToNoise);
        foreach (ref double value in y.AsSpan())
        {
            value = Loss == Family.Binomial ? (random.NextUniform() * (1 + Math.Exp(-1.5 * value)) < 1 ? 1 : 0)
                : Loss == Family.Poisson ? Count(Math.Exp(0.5 + 0.5 * value), random)
                : amplitude * value + random.NextNormal();
        }
        if (problem.Family == Family.Gaussian)
            Standardization.Apply(y);
    }

    /// <summary>A Poisson count by Knuth's product of uniform numbers; the means are small.</summary>
    private static int Count(double mean, NormalSource random)
    {
        double floor = Math.Exp(-mean), product = random.NextUniform();
        int count = 0;
        for (; product > floor; count++)
            product *= random.NextUniform();
        return count;
    }

    private static void AssignFolds(int[] folds, NormalSource random)
    {
        for (int i = 0; i < folds.Length; i++)
            folds[i] = i % Problem.FoldCount + 1;
        random.Shuffle(folds);
    }
}
