namespace ElasticNet.Fast.Tests;

/// <summary>
/// The problem as the definition has it, in plain arrays: rows of weight 0 are gone, weights sum to 1, the offset is
/// subtracted, and each column is multiplied by a power of two so that no square over- or underflows (which is exact).
/// </summary>
internal sealed class ScaledProblem
{
    private const double NoBound = double.PositiveInfinity;

    /// <summary>A column whose spread is at most this share of its largest value is constant.</summary>
    private const double Rounding = 16 * 2.220446049250313e-16;

    public ScaledProblem(double[,] x, double[] y, ElasticNetOptions options, double lambda, double l1Ratio)
    {
        int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => options.Weights.IsEmpty || options.Weights.Span[i] > 0)];
        int p = x.GetLength(1);
        double total = rows.Sum(i => options.Weights.IsEmpty ? 1 : options.Weights.Span[i]);
        Intercept = options.Intercept;
        Weights = [.. rows.Select(i => (options.Weights.IsEmpty ? 1 : options.Weights.Span[i]) / total)];
        Target = [.. rows.Select(i => y[i] - (options.Offset.IsEmpty ? 0 : options.Offset.Span[i]))];
        NullNorm = Math.Sqrt(CenteredSquare(Target, Intercept));
        Columns = new double[p][];
        (Exponent, Sd, Unit, L1, L2) = (new int[p], new double[p], new double[p], new double[p], new double[p]);
        (Lower, Upper, Norm, Held) = (new double[p], new double[p], new double[p], new bool[p]);
        for (int j = 0; j < p; j++)
        {
            double[] raw = [.. rows.Select(i => x[i, j])];
            double largest = raw.Length == 0 ? 0 : raw.Max(Math.Abs);
            Exponent[j] = largest == 0 ? 0 : Math.ILogB(largest);
            int e = Exponent[j];
            Columns[j] = [.. raw.Select(value => Math.ScaleB(value, -e))];
            Sd[j] = Math.Sqrt(CenteredSquare(Columns[j], true));
            Norm[j] = Math.Sqrt(CenteredSquare(Columns[j], Intercept));
            double unit = options.Standardize ? Sd[j] : Math.ScaleB(1, -e);
            double factor = options.PenaltyFactors.IsEmpty ? 1 : options.PenaltyFactors.Span[j];
            L1[j] = lambda * l1Ratio * factor * unit;
            L2[j] = lambda * (1 - l1Ratio) * factor * unit * unit;
            Lower[j] = Math.ScaleB(Bound(options.LowerBounds, j, -NoBound), e);
            Upper[j] = Math.ScaleB(Bound(options.UpperBounds, j, NoBound), e);
            Held[j] = options.ExcludedFeatures.Span.Contains(j) || largest == 0
                || ((Intercept || options.Standardize) && raw.Max() - raw.Min() <= Rounding * largest);
            Unit[j] = unit * factor;
        }
    }

    public bool Intercept { get; }
    public double[] Weights { get; }
    public double[] Target { get; }

    /// <summary>√ of the null deviance, weights summing to 1.</summary>
    public double NullNorm { get; }
    public double[][] Columns { get; }

    /// <summary>Column j is 2^−Exponent of the original, its coefficient 2^Exponent of the original.</summary>
    public int[] Exponent { get; }
    public double[] Sd { get; }

    /// <summary>sⱼvⱼ.</summary>
    public double[] Unit { get; }

    /// <summary>Norm of the column as the residual sees it: centred where there is an intercept.</summary>
    public double[] Norm { get; }
    public double[] L1 { get; }
    public double[] L2 { get; }
    public double[] Lower { get; }
    public double[] Upper { get; }

    /// <summary>Excluded and constant columns, where the intercept stands for these or they are to be divided by their deviation: their coefficient is 0 by definition.</summary>
    public bool[] Held { get; }

    public double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b) => CompensatedSum.Dot(Weights, a, b);

    public double Sum(double[] a)
    {
        CompensatedSum sum = default;
        for (int i = 0; i < a.Length; i++)
            sum.AddProduct(Weights[i], a[i]);
        return sum.Value;
    }

    /// <summary>The least λ that zeroes every coefficient where nothing is unpenalised; the scale of λ for a test.</summary>
    public double NullLambda(double l1Ratio)
    {
        double[] residual = Intercept ? Centered(Target) : Target;
        double largest = 0;
        for (int j = 0; j < Columns.Length; j++)
        {
            if (!Held[j] && Unit[j] > 0)
                largest = Math.Max(largest, Math.Abs(Dot(Columns[j], residual)) / (Math.Max(l1Ratio, 1e-3) * Unit[j]));
        }

        return largest;
    }

    public double[] Centered(double[] a) => Minus(a, Sum(a));

    private double CenteredSquare(double[] a, bool center)
    {
        double[] centered = center ? Centered(a) : a;
        return Dot(centered, centered);
    }

    private static double[] Minus(double[] a, double shift) => [.. a.Select(value => value - shift)];

    private static double Bound(ListOf<double> bounds, int j, double none) =>
        bounds.Count switch { 0 => none, 1 => bounds.Span[0], _ => bounds.Span[j] };
}
