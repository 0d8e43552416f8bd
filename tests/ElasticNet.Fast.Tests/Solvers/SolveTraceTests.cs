using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Tests.BadInput;

namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>The trace says in words what was chosen and why; each choice is provoked.</summary>
public class SolveTraceTests
{
    [Fact]
    public void Tall_data_are_reduced_to_moments()
    {
        SolveTrace trace = Sample.Good(rows: 60, columns: 4).Path(1, 0.1, 0.01)[1].Trace;
        Assert.True(trace.UsesMoments);
        Assert.StartsWith("moments of all columns", trace.ToString());
        Assert.Contains($"{trace.Solves} exact solves on the support", trace.ToString());
    }

    [Fact]
    public void Wide_data_are_passed_over()
    {
        SolveTrace trace = Sample.Good(rows: 20, columns: 300).Path(1, 0.1, 0.01)[1].Trace;
        Assert.False(trace.UsesMoments);
        Assert.StartsWith($"{trace.FullPasses} passes over X and {trace.ColumnsRead} columns read singly", trace.ToString());
    }

    [Fact]
    public void A_cold_start_is_found_roughly_first()
    {
        SolveTrace trace = Sample.Good(rows: 200, columns: 150).Fit(0.001, 1).Fit.Trace;
        Assert.True(trace.Sweeps > 0);
        Assert.Contains($"{trace.Sweeps} sweeps of coordinate descent", trace.ToString());
    }

    [Fact]
    public void An_earlier_factor_serves_where_the_ridge_term_changes()
    {
        Problem problem = Sample.Good(rows: 200, columns: 150);
        SolveTrace[] traces = [.. problem.Path(0.5).Select(point => point.Trace)];
        SolveTrace served = traces.First(trace => trace.ConjugateSteps > 0);
        Assert.Contains($"{served.ConjugateSteps} steps of conjugate gradients", served.ToString());
        SolveTrace renewed = traces.First(trace => trace.Factorizations > 0);
        Assert.Contains($"{renewed.Factorizations} factors made anew", renewed.ToString());
    }

    [Fact]
    public void What_outgrows_the_support_says_so()
    {
        Problem problem = Sample.Good(rows: 20, columns: 100);
        Assert.Contains("Newton's method on the dual", Of(problem, new(Members: 12_000, DualRows: 8_000, SpareSupport: -41)));
        Assert.Contains("too large to factor", Of(problem, new(Members: 0, DualRows: 0, SpareSupport: 0)));

        static string Of(Problem problem, SolverLimits limits)
        {
            using Workspace workspace = new(limits);
            return ElasticNetEstimator.Fit(
                new Table<double>(problem.X, problem.Layout).Features, problem.Y, 0.01, 0.5, problem.Options, workspace, new double[problem.Columns]).Trace.ToString();
        }
    }

    [Theory]
    [InlineData(1e9, "nothing penalised to solve for")]
    [InlineData(0, "least squares")]
    public void The_ends_of_a_path(double lambda, string words) =>
        Assert.Contains(words, Sample.Good().Fit(lambda, 1).Fit.Trace.ToString());

    [Theory]
    [InlineData(1e-9, null)]
    [InlineData(0, null)]
    [InlineData(3.14e-6, "not exact: a relative duality gap of 3.1e-6 is left, more than 1e-9, for ")]
    [InlineData(double.NaN, "not exact: a relative duality gap of NaN is left")]
    public void What_did_not_end_exact_says_so(double gap, string? words)
    {
        foreach (FinishMethod finisher in Enum.GetValues<FinishMethod>())
        {
            SolveTrace trace = new SolveTrace { Finisher = finisher }.Certified(gap);
            Assert.Equal(words is null, new ElasticNetFit { RelativeGap = gap }.IsExact);
            Assert.Equal(words is null, trace.Shortfall is null);
            if (words is null)
                continue;
            Assert.StartsWith(words, trace.Shortfall);
            Assert.EndsWith("; " + trace.Shortfall, trace.ToString());
        }
    }

    [Fact]
    public void Monotone_steps_are_explained() =>
        Assert.Contains("7 monotone steps, for moving many", new SolveTrace { MonotoneSteps = 7 }.ToString());
}
