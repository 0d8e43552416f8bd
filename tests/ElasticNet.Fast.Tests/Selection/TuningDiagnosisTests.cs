namespace ElasticNet.Fast.Tests.Selection;

/// <summary>Remarks on a choice of λ: each kind where it belongs, with the right numbers, and not where it does not.</summary>
public class TuningDiagnosisTests
{
    [Fact]
    public void A_grid_without_features_has_no_skill_and_is_tied()
    {
        CrossValidationResult result = CrossValidate(Signal(60, 3, 1), new() { Lambdas = new[] { 1e6, 2e6, 4e6 } });
        Assert.Equal([TuningFindingKind.NoSkill, TuningFindingKind.Tied, TuningFindingKind.Flat], Kinds(result.Diagnosis));
        Assert.Equal("2 smaller λ have exactly the least error; the largest λ, 4e+06, counts as the best.", Text(result.Diagnosis, TuningFindingKind.Tied));
        Assert.Contains("3 of 3 λ", Text(result.Diagnosis, TuningFindingKind.Flat), StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_is_the_same_everywhere_is_said_to_be()
    {
        Problem problem = Signal(30, 3, 1);
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(problem.X, Enumerable.Repeat(3.0, 30).ToArray());
        Assert.Equal("The target is the same in every row that counts: there is nothing to explain.", Assert.Single(result.Diagnosis).Text);
    }

    [Fact]
    public void A_grid_that_stops_too_early_should_go_down()
    {
        CrossValidationResult result = CrossValidate(Signal(80, 3, 1e-6), new());
        Assert.Equal(result.Best.Points[^1].Lambda, result.LambdaMin);
        Assert.Contains("extend the grid downwards", Text(result.Diagnosis, TuningFindingKind.AtSmallestLambda), StringComparison.Ordinal);
        Assert.DoesNotContain(TuningFindingKind.AtLargestLambda, Kinds(result.Diagnosis));
        Assert.DoesNotContain(TuningFindingKind.NoSkill, Kinds(result.Diagnosis));

        result = CrossValidate(Signal(80, 3, 1e-6), new() { Lambdas = new[] { 0.1, 0 } });
        Assert.Contains("least squares", Text(result.Diagnosis, TuningFindingKind.AtSmallestLambda), StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_that_starts_too_late_should_go_up()
    {
        CrossValidationResult result = CrossValidate(Signal(40, 30, 20), new() { L1Ratios = new[] { 0.0 }, Lambdas = new[] { 1e-2, 1e-3 } });
        Assert.Equal(1e-2, result.LambdaMin);
        Assert.Contains("extend the grid upwards", Text(result.Diagnosis, TuningFindingKind.AtLargestLambda), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plateau_is_counted_and_mixings_that_tie_are_named()
    {
        CrossValidationResult result = CrossValidate(Signal(60, 4, 2), new() { L1Ratios = new[] { 0.5, 1 } });
        CrossValidationPoint least = result.Best.Points.MinBy(point => point.Mean);
        int within = result.Best.Points.Count(point => point.Mean <= least.Mean + least.StandardError);
        Assert.True(within >= 25);
        Assert.Contains(FormattableString.Invariant($"flat: {within} of 100 λ, between {result.Lambda1Se:g6} ("), Text(result.Diagnosis, TuningFindingKind.Flat), StringComparison.Ordinal);
        string other = result.L1Ratio == 1 ? "0.5" : "1";
        Assert.StartsWith($"ρ = {other} reaches", Text(result.Diagnosis, TuningFindingKind.FlatMixing), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sharp_choice_inside_the_grid_needs_no_remark()
    {
        Problem problem = Signal(400, 30, 3);
        double[] lambdas = [.. CrossValidate(problem, new()).Best.Points.Select(point => point.Lambda)];
        CrossValidationResult result = CrossValidate(problem, new() { Lambdas = new[] { lambdas[0], lambdas[10], lambdas[45], 0 } });
        Assert.All(result.Diagnosis, finding => Assert.Equal(TuningFindingKind.Flat, finding.Kind));
    }

    [Fact]
    public void Criteria_say_when_they_are_saturated()
    {
        PathCriteria criteria = Criteria(Signal(20, 40, 5));
        int best = criteria.Best(Criterion.Aic);
        Assert.True(2 * criteria.Points[best].DegreesOfFreedom >= 20);
        Assert.Contains("on 20 rows: AIC misleads", Text(criteria.Diagnosis(Criterion.Aic), TuningFindingKind.Saturated), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Criterion.Aicc)]
    [InlineData(Criterion.Alo)]
    public void Criteria_count_their_plateau(Criterion criterion)
    {
        PathCriteria criteria = Criteria(Signal(60, 4, 2));
        double least = criteria.Points.Min(point => point[criterion]);
        int within = criteria.Points.Count(point => criterion == Criterion.Alo
            ? 60 * Math.Log(point.Alo / least) <= 2
            : point.Aicc <= least + 2);
        Assert.True(within >= 25);
        Assert.Contains($"flat: {within} of 100", Text(criteria.Diagnosis(criterion), TuningFindingKind.Flat), StringComparison.Ordinal);
        Assert.DoesNotContain(TuningFindingKind.Saturated, Kinds(criteria.Diagnosis(criterion)));
    }

    /// <summary>The first three features, plus noise.</summary>
    private static Problem Signal(int rows, int columns, double noise)
    {
        Random random = new(11);
        double[,] x = new double[rows, columns];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                x[i, j] = random.NextDouble() - random.NextDouble();
            y[i] = 3 * x[i, 0] + 2 * x[i, 1] - x[i, 2] + noise * (random.NextDouble() - random.NextDouble());
        }

        return new(x, y, new());
    }

    private static CrossValidationResult CrossValidate(Problem problem, ElasticNetOptions options) =>
        ElasticNetEstimator.CrossValidate(new Table<double>(problem.X, problem.Layout).Features, problem.Y, options with { MaxDegreeOfParallelism = 1 });

    private static PathCriteria Criteria(Problem problem) =>
        ElasticNetEstimator.Criteria(new Table<double>(problem.X, problem.Layout).Features, problem.Y);

    private static IEnumerable<TuningFindingKind> Kinds(IEnumerable<TuningFinding> findings) => findings.Select(finding => finding.Kind);

    private static string Text(IEnumerable<TuningFinding> findings, TuningFindingKind kind) => findings.Single(finding => finding.Kind == kind).Text;
}
