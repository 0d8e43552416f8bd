using ElasticNet.Fast.Cli.Verify;
namespace ElasticNet.Fast.Tests.Families;

/// <summary>A problem of a family in plain arrays: columns, weights and penalty of <see cref="ScaledProblem"/>, response and offset of its rows, the null model.</summary>
internal sealed class FamilyProblem
{
    public FamilyProblem(double[,] x, double[] y, ElasticNetOptions options, double lambda, double l1Ratio)
    {
        Columns = new ScaledProblem(x, y, options, lambda, l1Ratio);
        Loss = PlainLoss.Of(options.Family);
        int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => options.Weights.IsEmpty || options.Weights.Span[i] > 0)];
        Response = [.. rows.Select(i => y[i])];
        Offset = [.. rows.Select(i => options.Offset.IsEmpty ? 0 : options.Offset.Span[i])];
        NullIntercept = options.Intercept ? BestIntercept() : 0;
        double[] eta = [.. Offset.Select(offset => offset + NullIntercept)];
        NullResidual = ResidualAt(eta);
        NullNorm = Math.Sqrt(Columns.Dot(NullResidual, NullResidual));
        double[] rounding = [.. eta.Select((value, i) => Loss.Curvature(Response[i], value) * (1 + Math.Abs(value)))];
        // What rounding of η makes of rows that are fitted exactly is nothing to explain.
        bool isFitted = NullNorm <= 1e-14 * Math.Sqrt(Columns.Dot(rounding, rounding));
        (NullLoss, NullNorm) = isFitted ? (0, 0) : (LossAt(eta), NullNorm);
    }

    public ScaledProblem Columns { get; }

    public PlainLoss Loss { get; }

    public double[] Response { get; }

    public double[] Offset { get; }

    public double NullIntercept { get; }

    /// <summary>Σ w (ℓ − min ℓ) with intercept and offset only.</summary>
    public double NullLoss { get; }

    /// <summary>−ℓ′ there.</summary>
    public double[] NullResidual { get; }

    public double NullNorm { get; }

    public int Rows => Response.Length;

    public double LossAt(double[] eta)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < eta.Length; i++)
            sum.AddProduct(Columns.Weights[i], Loss.Above(Response[i], eta[i]));
        return sum.Value;
    }

    public double[] ResidualAt(double[] eta) => [.. eta.Select((value, i) => -Loss.Slope(Response[i], value))];

    /// <summary>The linear predictors of coefficients of the scaled columns.</summary>
    public double[] Eta(double intercept, double[] beta)
    {
        double[] eta = new double[Rows];
        for (int i = 0; i < eta.Length; i++)
        {
            CompensatedSum sum = default;
            sum.Add(Offset[i]);
            sum.Add(intercept);
            for (int j = 0; j < beta.Length; j++)
                sum.AddProduct(Columns.Columns[j][i], beta[j]);
            eta[i] = sum.Value;
        }

        return eta;
    }

    /// <summary>The least λ that zeroes every coefficient where nothing is unpenalised; the scale of λ for a test.</summary>
    public double NullLambda(double l1Ratio)
    {
        double largest = 0;
        for (int j = 0; j < Columns.Columns.Length; j++)
        {
            if (!Columns.Held[j] && Columns.Unit[j] > 0)
                largest = Math.Max(largest, Math.Abs(Columns.Dot(Columns.Columns[j], NullResidual)) / (Math.Max(l1Ratio, 1e-3) * Columns.Unit[j]));
        }

        return largest;
    }

    /// <summary>The zero of the intercept's condition, which rises with it, by halving.</summary>
    private double BestIntercept()
    {
        double Balance(double intercept)
        {
            CompensatedSum sum = default;
            for (int i = 0; i < Rows; i++)
                sum.AddProduct(Columns.Weights[i], Loss.Slope(Response[i], Offset[i] + intercept));
            return sum.Value;
        }

        (double low, double high) = (-Offset.Max() - 800, -Offset.Min() + 800);
        for (int step = 0; step < 200; step++)
        {
            double middle = low + (high - low) / 2;
            (low, high) = Balance(middle) < 0 ? (middle, high) : (low, middle);
        }

        return low + (high - low) / 2;
    }
}
