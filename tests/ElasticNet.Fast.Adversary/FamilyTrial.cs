using ElasticNet.Fast.Cli.Verify;

namespace ElasticNet.Fast.Adversary;

/// <summary>What is found about a claim.</summary>
internal enum Outcome
{
    /// <summary>The plain proof gives a gap no larger than the claim.</summary>
    Proven,

    /// <summary>A better point is known than the claim admits.</summary>
    False,

    /// <summary>Neither.</summary>
    Undecided,

    /// <summary>A number is NaN or infinite.</summary>
    NotFinite,

    /// <summary>The proof does not take numbers of this size.</summary>
    Beyond,
}

/// <summary>A solution's claim, and what the plain proof says.</summary>
internal sealed record FamilyClaim(double Lambda, double Gap, double Objective, double Proven, double HalfNull)
{
    public Outcome Outcome { get; set; }

    /// <summary>How far a better point lies below, in units of the null loss.</summary>
    public double Above { get; set; }
}

/// <summary>The columns of a hostile problem with a target of a family: solved along a path, from cold and by other storage, each claim held against the plain proof and the others.</summary>
internal sealed class FamilyTrial(HostileProblem problem, FamilyKind kind)
{
    private const double Tolerance = 1e-12;

    public Exception? Exception { get; private set; }

    public List<FamilyClaim> Claims { get; } = [];

    public void Run()
    {
        int n = problem.Rows, p = problem.Columns;
        Random random = new(problem.Index);
        FamilyTarget target = new(problem, kind.Family, random);
        ElasticNetOptions options = problem.Options() with { Family = kind.Family, Lambdas = default, LambdaCount = 6 };
        double l1Ratio = problem.L1Ratio;
        if (kind.IsGrouped)
        {
            options = options with { LowerBounds = [], UpperBounds = [], GroupOutputs = kind.Family.HasOutputs };
            if (!kind.Family.HasOutputs)
                options = options with { FeatureGroups = Groups(p, random), GroupMixing = random.Next(2) == 0 ? 0 : random.NextDouble() };
        }

        MatrixView<double> x = MatrixView.ColumnMajor<double>(problem.X, n, p);
        try
        {
            RegularizationPath path = ElasticNetEstimator.Path(x, target.Target, l1Ratio, options);
            List<Solution> found = [.. path.Select(point => new Solution(point.Fit, Dense(point.Coefficients), point.Fit.Intercepts.IsEmpty ? [point.Fit.Intercept] : [.. point.Fit.Intercepts.Span]))];
            SparseMatrix<double> sparse = SparseMatrix.FromCsc<double>(n, p, [.. Enumerable.Range(0, p + 1).Select(j => (long)j * n)], [.. Enumerable.Range(0, n * p).Select(k => k % n)], problem.X);
            foreach (int k in new[] { path.Count / 2, path.Count - 1 }.Distinct())
            {
                foreach (bool isSparse in (bool[])[false, true])
                {
                    using ElasticNetModel model = isSparse
                        ? ElasticNetEstimator.Fit(sparse, target.Target, path[k].Lambda, l1Ratio, options)
                        : ElasticNetEstimator.Fit(x, target.Target, path[k].Lambda, l1Ratio, options);
                    found.Add(new(model.Fit, Dense(model.Coefficients), [.. model.Intercepts]));
                }
            }

            Judge(found, target, options);
        }
#pragma warning disable CA1031 // whatever it is, it is counted
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Exception = exception;
        }
    }

    // A coefficient for each feature, of several outputs those of a feature side by side.
    private static double[] Dense(SparseCoefficients coefficients)
    {
        double[] dense = new double[coefficients.FeatureCount * coefficients.Outputs];
        for (int k = 0; k < coefficients.Indices.Length; k++)
            coefficients.Values.Slice(k * coefficients.Outputs, coefficients.Outputs).CopyTo(dense.AsSpan(coefficients.Indices[k] * coefficients.Outputs));
        return dense;
    }

    private static ListOf<FeatureGroup> Groups(int p, Random random)
    {
        int[] order = [.. Enumerable.Range(0, p)];
        random.Shuffle(order);
        List<FeatureGroup> groups = [];
        for (int at = 0, size; at < p - random.Next(2); at += size)
        {
            size = Math.Min(random.Next(1, 6), p - at);
            groups.Add(new([.. order[at..(at + size)]]) { Factor = random.Next(4) == 0 ? Math.Pow(10, random.Next(-2, 3)) : null });
        }

        return [.. groups];
    }

    private void Judge(List<Solution> found, FamilyTarget target, ElasticNetOptions options)
    {
        IPlainProof? proof = target.Proof();
        foreach (Solution one in found)
        {
            if (!one.Intercepts.All(double.IsFinite) || !one.Coefficients.All(double.IsFinite) || double.IsNaN(one.Fit.RelativeGap))
                Claims.Add(new(one.Fit.Lambda, one.Fit.RelativeGap, 0, 0, 0) { Outcome = Outcome.NotFinite });
            else if (proof is null)
                Claims.Add(new(one.Fit.Lambda, one.Fit.RelativeGap, 0, 0, 0) { Outcome = Outcome.Beyond });
            else
                Claims.Add(Examine(proof, one, options));
        }

        // Whoever is not proven is compared with the best of the same λ.
        foreach (FamilyClaim claim in Claims.Where(claim => claim.Outcome == Outcome.Undecided))
        {
            double best = Claims.Where(other => other.Lambda == claim.Lambda && other.HalfNull > 0).Select(other => other.Objective).DefaultIfEmpty(claim.Objective).Min();
            claim.Above = claim.HalfNull > 0 ? (claim.Objective - best) / claim.HalfNull : 0;
            if (claim.Above > claim.Gap + Tolerance)
                claim.Outcome = Outcome.False;
        }
    }

    private FamilyClaim Examine(IPlainProof proof, Solution one, ElasticNetOptions options)
    {
        int p = problem.Columns;
        ElasticNetFit fit = one.Fit;
        PlainPenalty penalty = new(fit.Lambda, problem.L1Ratio)
        {
            Standardize = problem.Standardize,
            Factors = problem.Factors.Length == 0 ? null : problem.Factors,
            Lower = options.LowerBounds.IsEmpty ? null : [.. Enumerable.Range(0, p).Select(problem.LowerBound)],
            Upper = options.UpperBounds.IsEmpty ? null : [.. Enumerable.Range(0, p).Select(problem.UpperBound)],
            Excluded = problem.Excluded,
            Groups = [.. options.FeatureGroups.Select(group => new PlainGroup([.. group.Columns], (1 - options.GroupMixing) * (group.Factor ?? Math.Sqrt(group.Columns.Count)), options.GroupMixing))],
            GroupsOutputs = options.GroupOutputs,
        };
        PlainVerdict verdict = proof.Judge(one.Coefficients, one.Intercepts, penalty, fit.RelativeGap + Tolerance / 1000);
        return new(fit.Lambda, fit.RelativeGap, verdict.Objective, verdict.RelativeGap, verdict.HalfNull)
        {
            Outcome = verdict.RelativeGap <= fit.RelativeGap + Tolerance ? Outcome.Proven : Outcome.Undecided,
        };
    }

    private sealed record Solution(ElasticNetFit Fit, double[] Coefficients, double[] Intercepts);
}
