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
internal sealed record ProblemRecipe(
    string Name, int Rows, int Columns, DesignRecipe Design, int SupportSize, double SignalToNoise, double LambdaRatio, int PathLength = 100)
{
    /// <summary>Makes the problem of a seed.</summary>
    public Problem Generate(ulong seed)
    {
        // The name picks the stream, so that a problem does not depend on which others were asked for.
        ulong stream = 14695981039346656037;
        foreach (char c in Name)
            stream = (stream ^ c) * 1099511628211;
        NormalSource random = new(seed, stream);
        DesignMatrix<double> x = new(new double[checked(Rows * Columns)], Rows, Columns);
        Design.Fill(x, random);
        for (int j = 0; j < Columns; j++)
            Standardization.Apply(x.Column(j));
        return new Problem
        {
            Name = Name,
            X = x,
            Y = Respond(x, random),
            LambdaRatio = LambdaRatio,
            PathLength = PathLength,
            FoldIds = AssignFolds(random),
        };
    }

    /// <summary>f = X_S b with |bⱼ| ~ U(0.5, 1.5) and random signs, standardised; y = √SNR·f + ε, standardised.</summary>
    private double[] Respond(DesignMatrix<double> x, NormalSource random)
    {
        int[] order = [.. Enumerable.Range(0, Columns)];
        random.Shuffle(order);
        double[] y = new double[Rows];
        foreach (int j in order.AsSpan(0, SupportSize))
        {
            double b = random.NextUniform(0.5, 1.5) * (random.NextUniform() < 0.5 ? -1 : 1);
            ReadOnlySpan<double> column = x.Column(j);
            for (int i = 0; i < y.Length; i++)
                y[i] += b * column[i];
        }
        Standardization.Apply(y);
        double amplitude = Math.Sqrt(SignalToNoise);
        foreach (ref double value in y.AsSpan())
            value = amplitude * value + random.NextNormal();
        Standardization.Apply(y);
        return y;
    }

    private int[] AssignFolds(NormalSource random)
    {
        int[] folds = [.. Enumerable.Range(0, Rows).Select(i => i % Problem.FoldCount + 1)];
        random.Shuffle(folds);
        return folds;
    }
}
