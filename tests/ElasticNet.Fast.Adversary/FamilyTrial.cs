using ElasticNet.Fast.Cli.Verify;
using ElasticNet.Fast.Tests.Families;

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
internal sealed class FamilyTrial(HostileProblem problem, Family family)
{
    private const double Tolerance = 1e-12;

    public Exception? Exception { get; private set; }

    public List<FamilyClaim> Claims { get; } = [];

    public void Run()
    {
        int n = problem.Rows;
        Random random = new(problem.Index);
        bool inside = random.Next(2) == 0;
        double mean = problem.Y.Where(double.IsFinite).DefaultIfEmpty(0).Average(), spread = Math.Sqrt(problem.Y.Where(double.IsFinite).Select(y => (y - mean) * (y - mean)).DefaultIfEmpty(1).Average());
        double[] y = [.. problem.Y.Select(value => FamilyDraws.Draw(family, double.IsFinite(value) && spread > 0 && double.IsFinite(spread) ? Math.Clamp(2 * (value - mean) / spread, -8, 8) : 0, inside, random))];
        double[] offset = problem.Offset.Length == 0 ? [] : [.. problem.Offset.Select(value => double.IsFinite(value) ? Math.Clamp(value, -3, 3) : 0)];
        ElasticNetOptions options = problem.Options() with { Family = family, Lambdas = default, LambdaCount = 6 };
        MatrixView<double> x = MatrixView.ColumnMajor<double>(problem.X, n, problem.Columns);
        try
        {
            Target target = new(y) { Weights = problem.Weights, Offset = offset };
            RegularizationPath path = ElasticNetEstimator.Path(x, target, problem.L1Ratio, options);
            List<(ElasticNetFit Fit, double[] Coefficients)> found = [.. path.Select(point => (point.Fit, point.Coefficients.ToArray()))];
            foreach (int k in new[] { path.Count / 2, path.Count - 1 }.Distinct())
            {
                double[] coefficients = new double[problem.Columns];
                using Workspace workspace = new();
                found.Add((ElasticNetEstimator.Fit(x, target, path[k].Lambda, problem.L1Ratio, options, workspace, coefficients), coefficients));
                SparseMatrix<double> sparse = SparseMatrix.FromCsc<double>(n, problem.Columns, [.. Enumerable.Range(0, problem.Columns + 1).Select(j => (long)j * n)], [.. Enumerable.Range(0, n * problem.Columns).Select(k => k % n)], problem.X);
                double[] others = new double[problem.Columns];
                found.Add((ElasticNetEstimator.Fit(sparse, target, path[k].Lambda, problem.L1Ratio, options, workspace, others), others));
            }

            Judge(found, y, offset);
        }
#pragma warning disable CA1031 // whatever it is, it is counted
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Exception = exception;
        }
    }

    private void Judge(List<(ElasticNetFit Fit, double[] Coefficients)> found, double[] y, double[] offset)
    {
        int n = problem.Rows, p = problem.Columns;
        int[] rows = [.. Enumerable.Range(0, n).Where(i => problem.Weight(i) > 0)];
        double[][] columns = [.. Enumerable.Range(0, p).Select(j => Array.ConvertAll(rows, i => problem.X[j * n + i]))];
        double[] Of(double[] values) => Array.ConvertAll(rows, i => values[i]);
        bool isBeyond = columns.Any(column => column.Max(Math.Abs) is > 1e100 or (< 1e-100 and > 0)) || rows.Any(i => problem.Weight(i) is > 1e100 or < 1e-100);
        PlainProof? proof = isBeyond ? null : new(columns, Of(y), offset.Length == 0 ? null : Of(offset), Array.ConvertAll(rows, problem.Weight), problem.Intercept, PlainLoss.Of(family));
        foreach ((ElasticNetFit fit, double[] coefficients) in found)
        {
            if (!double.IsFinite(fit.Intercept) || !coefficients.All(double.IsFinite) || double.IsNaN(fit.RelativeGap))
                Claims.Add(new(fit.Lambda, fit.RelativeGap, 0, 0, 0) { Outcome = Outcome.NotFinite });
            else if (proof is null)
                Claims.Add(new(fit.Lambda, fit.RelativeGap, 0, 0, 0) { Outcome = Outcome.Beyond });
            else
                Claims.Add(Examine(proof, fit, coefficients));
        }

        // Whoever is not proven is compared with the best of the same λ.
        foreach (FamilyClaim claim in Claims.Where(claim => claim.Outcome == Outcome.Undecided))
        {
            double best = Claims.Where(other => other.Lambda == claim.Lambda && other.HalfNull > 0).Min(other => other.Objective);
            claim.Above = (claim.Objective - best) / claim.HalfNull;
            if (claim.Above > claim.Gap + Tolerance)
                claim.Outcome = Outcome.False;
        }
    }

    private FamilyClaim Examine(PlainProof proof, ElasticNetFit fit, double[] coefficients)
    {
        PlainPenalty penalty = new(fit.Lambda, problem.L1Ratio)
        {
            Standardize = problem.Standardize,
            Factors = problem.Factors.Length == 0 ? null : problem.Factors,
            Lower = problem.Lower.Length == 0 ? null : [.. coefficients.Select((_, j) => problem.LowerBound(j))],
            Upper = problem.Upper.Length == 0 ? null : [.. coefficients.Select((_, j) => problem.UpperBound(j))],
            Excluded = problem.Excluded,
        };
        PlainVerdict verdict = proof.Judge(coefficients, fit.Intercept, penalty, fit.RelativeGap + Tolerance / 1000);
        return new(fit.Lambda, fit.RelativeGap, verdict.Objective, verdict.RelativeGap, verdict.HalfNull)
        {
            Outcome = verdict.RelativeGap <= fit.RelativeGap + Tolerance ? Outcome.Proven : Outcome.Undecided,
        };
    }
}
