namespace ElasticNet.Fast.Tests.Golden;

/// <summary>A golden file as a problem of ours: glmnet's (λ, α) become our (λ′, ρ′), the rest is options.</summary>
internal sealed class GoldenCase
{
    public GoldenCase(string name)
    {
        File = GoldenFile.Read(name);
        double[,] x = CsvTable.Read(Path.Combine(GoldenFile.Folder, File.Data.X));
        double[] y = CsvTable.ReadColumn(Path.Combine(GoldenFile.Folder, File.Data.Y));
        IsGlmnet = File.Tool == "glmnet";
        IsExact = File.Tool.StartsWith("numpy", StringComparison.Ordinal);
        Problem = new Problem(File.ScaledFirst ? Standardized(x) : x, y, Translate(File));
        (Scale, L1Ratio) = Mixing(Problem);
        Lambdas = [.. File.LambdaPath.Select(lambda => lambda * Scale)];
        Sd = new ScaledProblem(Problem.X, y, ElasticNetOptions.Default, 0, 1) is var plain
            ? [.. plain.Sd.Select((sd, j) => Math.ScaleB(sd, plain.Exponent[j]))]
            : [];
    }

    public GoldenFile File { get; }

    public bool IsGlmnet { get; }

    /// <summary>Whether solved to the last digit, in long double.</summary>
    public bool IsExact { get; }

    public Problem Problem { get; }

    /// <summary>Our λ′ / the tool's λ.</summary>
    public double Scale { get; }

    public double L1Ratio { get; }

    public double[] Lambdas { get; }

    /// <summary>Unweighted 1/n standard deviations of the columns, the unit of the rule of agreement.</summary>
    public double[] Sd { get; }

    /// <summary>The rule of agreement: 1e-6 for glmnet, 1e-9 for scikit-learn, 1e-8 for solutions in long double, whose problems are harder.</summary>
    public double Tolerance => IsGlmnet ? 1e-6 : IsExact ? 1e-8 : 1e-9;

    /// <summary>
    /// What a reported gap may be. The dual of a row beyond δ lies at the end of its range, so that what rounding leaves of the gradients costs
    /// Huber's loss its first power over λ, where it costs the others its square.
    /// </summary>
    public double Claim => Problem.Options.Family.Name == "huber" ? 1e-10 : 1e-12;

    /// <summary>
    /// λ′/λ and ρ′ of these rows. For squared error glmnet scales y by its standard deviation (around 0 without an intercept), which
    /// divides the ridge term; for other families, and in other tools, nothing does.
    /// </summary>
    public (double Scale, double L1Ratio) Mixing(Problem problem)
    {
        double ridge = IsGlmnet && problem.Options.Family == Family.Gaussian ? 1 / new ScaledProblem(problem.X, problem.Y, problem.Options, 0, 1).NullNorm : 1;
        double scale = File.Alpha + (1 - File.Alpha) * ridge;
        return (scale, File.Alpha / scale);
    }

    /// <summary>The curve of cv.glmnet; where the golden one is inexact (see NOTICE.md), with the recomputed means and errors.</summary>
    public GoldenCurve? Curve(string measure)
    {
        GoldenCurve? curve = File.CvPart<GoldenCurve>(measure);
        string recomputed = Path.Combine(GoldenFile.Folder, "recomputed", File.Id + ".cv.csv");
        if (curve is null || measure != "mse" || !System.IO.File.Exists(recomputed))
            return curve;
        double[,] table = CsvTable.Read(recomputed);
        int[] rows = [.. Enumerable.Range(0, table.GetLength(0))];
        Assert.All(rows, k => Assert.Equal(1, table[k, 0] / curve.Lambda[k], 1e-12));
        return curve with { Cvm = [.. rows.Select(k => table[k, 1])], Cvsd = [.. rows.Select(k => table[k, 2])] };
    }

    /// <summary>max |Δβⱼ|sⱼ / max |βⱼ|sⱼ.</summary>
    public double Difference(ReadOnlySpan<double> ours, ReadOnlySpan<double> golden)
    {
        (double difference, double largest) = (0, 0);
        for (int j = 0; j < golden.Length; j++)
        {
            difference = Math.Max(difference, Math.Abs(ours[j] - golden[j]) * Sd[j]);
            largest = Math.Max(largest, Math.Abs(golden[j]) * Sd[j]);
        }

        return difference == 0 ? 0 : difference / largest;
    }

    private static ElasticNetOptions Translate(GoldenFile file) => new()
    {
        Family = FamilyOf(file),
        Standardize = file.Standardize,
        Intercept = file.Intercept,
        Weights = file.Weights,
        Offset = file.Offset,
        PenaltyFactors = file.Pf,
        LowerBounds = file.Positive ? [0] : file.Lower,
        UpperBounds = file.Upper,
        ExcludedFeatures = file.Exclude,
        MaxDegreeOfParallelism = 1,
    };

    private static Family FamilyOf(GoldenFile file) => (file.Family ?? "gaussian", file.Link) switch
    {
        ("binomial", "probit") => Family.Probit,
        ("binomial", "cloglog") => Family.ComplementaryLogLog,
        ("tweedie", _) => Family.Tweedie(file.TweediePower!.Value),
        ("negbin", _) => Family.NegativeBinomial(file.Size!.Value),
        ("huber", _) => Family.Huber(file.Delta!.Value),
        (string name, _) => Family.All.First(family => family.Name == name),
    };

    private static double[,] Standardized(double[,] x)
    {
        ScaledProblem plain = new(x, new double[x.GetLength(0)], ElasticNetOptions.Default, 0, 1);
        double[,] result = new double[x.GetLength(0), x.GetLength(1)];
        for (int j = 0; j < x.GetLength(1); j++)
        {
            double mean = plain.Sum(plain.Columns[j]);
            for (int i = 0; i < x.GetLength(0); i++)
                result[i, j] = (plain.Columns[j][i] - mean) / plain.Sd[j];
        }

        return result;
    }
}
