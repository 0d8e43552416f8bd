using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Tests.BadInput;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>What is not exact is said in one sentence, or is an error where it must not be.</summary>
[Collection(nameof(CommandLineTests))]
public class ExactnessTests
{
    private static readonly string Diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");

    [Fact]
    public void Of_exact_solutions_nothing_is_said()
    {
        string[] args = ["fit", Diabetes, "--target", "progression"];
        EnetRun plain = EnetRun.Of(args), strict = EnetRun.Of([.. args, "--strict"]);
        Assert.Equal((0, 0), (plain.ExitCode, strict.ExitCode));
        Assert.DoesNotContain("exact", plain.Output + plain.Error, StringComparison.Ordinal);
        Assert.Equal(0, EnetRun.Of("select", Diabetes, "--target", "progression", "--strict").ExitCode);
        Assert.Contains("\"isExact\": true", EnetRun.Of([.. args, "--json"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_that_fell_short_is_told_by_its_worst()
    {
        Problem problem = Sample.Good();
        using ElasticNetModel model = ElasticNetEstimator.Fit(new Table<double>(problem.X, problem.Layout).Features, problem.Y, 0.1, 1);
        RegularizationPath path = WithGaps(0, 3e-7, 2e-4, double.NaN);
        Assert.Null(Exactness.Sentence(model, WithGaps(0, 1e-9)));
        Assert.Null(Exactness.Sentence(model, null));
        string sentence = Exactness.Sentence(model, WithGaps(0, 3e-7, 2e-4))!;
        Assert.StartsWith("2 of 3 λ of the path did not end exact, the worst at λ = 0.25, not exact: a relative duality gap of 2.0e-4 is left, more than 1e-9, for ", sentence, StringComparison.Ordinal);
        Assert.StartsWith("3 of 4 λ", Exactness.Sentence(model, path), StringComparison.Ordinal);

        using var error = new MemoryStream();
        using (var terminal = new Terminal(new MemoryStream(), new MemoryStream(), error, false))
        {
            Exactness.Check(terminal, model, WithGaps(0, 0), isStrict: true);
            InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => Exactness.Check(terminal, model, path, isStrict: true));
            Assert.Contains("3 of 4 λ", refused.Message, StringComparison.Ordinal);
            Assert.Equal(0, error.Length);
            Exactness.Check(terminal, model, path, isStrict: false);
        }

        Assert.StartsWith("enet: warning: 3 of 4 λ", System.Text.Encoding.UTF8.GetString(error.ToArray()), StringComparison.Ordinal);
    }

    private static RegularizationPath WithGaps(params double[] gaps)
    {
        PathPoint[] points = [.. gaps.Select((gap, k) => new PathPoint(
            new() { Lambda = Math.Pow(0.5, k), RelativeGap = gap, Trace = new SolveTrace { Finisher = FinishMethod.ActiveSet }.Certified(gap) },
            new(1, [], [])))];
        return new(points, 1, 1, 10, [1], null, null);
    }
}
