namespace ElasticNet.Fast.Tests.Inference;

/// <summary>What a method cannot do, it refuses with the reason and what would work.</summary>
public class InferenceBadInputTests
{
    private static readonly (double[,] X, double[] Y) s_data = RandomData.Linear(30, 5, seed: 1);

    private static ElasticNetInference Good => new(s_data.X, s_data.Y);

    [Fact]
    public void Nothing_selected()
    {
        Assert.Contains("smaller λ", Assert.Throws<InvalidOperationException>(() => Good.PostSelection(1e6)).Message);
        Assert.Contains("Nothing was selected", Assert.Throws<InvalidOperationException>(() => Good.Refit([], chosenBySameData: true)).Message);
        Assert.Contains("Nothing was selected", Assert.Throws<InvalidOperationException>(
            () => Good.Refit(ElasticNetEstimator.Fit(s_data.X, s_data.Y, 1e6), null)).Message);
    }

    [Fact]
    public void No_more_rows_than_coefficients()
    {
        (double[,] x, double[] y) = RandomData.Linear(5, 8, seed: 1);
        string message = Assert.Throws<InvalidOperationException>(() => new ElasticNetInference(x, y).Refit([0, 1, 2, 3], chosenBySameData: false)).Message;
        Assert.Contains("5 rows for 5", message);
        Assert.Contains("debiased", message);
    }

    [Fact]
    public void Too_few_rows_for_folds_or_splits()
    {
        (double[,] x, double[] y) = RandomData.Linear(8, 3, seed: 1);
        ElasticNetInference few = new(x, y);
        Assert.Contains("8 rows for 10 folds", Assert.Throws<InvalidOperationException>(() => few.Debiased()).Message);
        Assert.Contains("at least 20 rows", Assert.Throws<InvalidOperationException>(() => few.MultiSplit()).Message);
    }

    [Fact]
    public void A_perfect_fit_leaves_no_noise()
    {
        double[] y = [.. Enumerable.Range(0, 30).Select(i => 2 + 3 * s_data.X[i, 0])];
        ElasticNetInference perfect = new(s_data.X, y);
        foreach (Action method in (Action[])[
            () => perfect.Refit([0, 1], chosenBySameData: false),
            () => perfect.PostSelection(0.1),
            () => perfect.MultiSplit(new() { Splits = 1 }),
            () => perfect.Bootstrap(new() { Bootstrap = BootstrapKind.Residual, Lambda = 1e-14 })])
            Assert.Contains("perfect fit", Assert.Throws<InvalidOperationException>(method).Message);
        Assert.True(double.IsFinite(perfect.PostSelection(0.1, new() { NoiseDeviation = 1 }).Coefficients[0].PValue));
    }

    [Fact]
    public void Dependent_features()
    {
        double[,] x = (double[,])s_data.X.Clone();
        for (int i = 0; i < 30; i++)
            x[i, 3] = x[i, 0] + x[i, 1];
        Assert.Contains("'x0', 'x1' and 'x3' depend", Assert.Throws<InvalidOperationException>(
            () => new ElasticNetInference(x, s_data.Y).Refit([0, 1, 3], chosenBySameData: false)).Message);
    }

    [Fact]
    public void A_constant_feature_is_told_apart()
    {
        double[,] x = (double[,])s_data.X.Clone();
        for (int i = 0; i < 30; i++)
            x[i, 4] = 0.1;
        CoefficientInference found = new ElasticNetInference(x, s_data.Y).Debiased().Coefficients[4];
        Assert.True(double.IsNaN(found.PValue) && double.IsInfinity(found.Upper));
        Assert.DoesNotContain(new ElasticNetInference(x, s_data.Y).PostSelection(0.1).Coefficients, coefficient => double.IsNaN(coefficient.PValue));
    }

    [Fact]
    public void Bounds_have_no_selection_event() =>
        Assert.Contains("bootstrap", Assert.Throws<InvalidOperationException>(
            () => new ElasticNetInference(s_data.X, s_data.Y, new() { LowerBounds = new[] { 0.0 } }).PostSelection(0.1)).Message);

    [Theory]
    [InlineData("Level", 1.0)]
    [InlineData("L1Ratio", 0.0)]
    [InlineData("Lambda", -1.0)]
    [InlineData("NoiseDeviation", double.NaN)]
    [InlineData("NodeLambda", 0.0)]
    [InlineData("Splits", 0.0)]
    [InlineData("Resamples", 5.0)]
    public void Options_outside_their_range(string name, double value)
    {
        InferenceOptions options = name switch
        {
            "Level" => new() { Level = value },
            "L1Ratio" => new() { L1Ratio = value },
            "Lambda" => new() { Lambda = value },
            "NoiseDeviation" => new() { NoiseDeviation = value },
            "NodeLambda" => new() { NodeLambda = value },
            "Splits" => new() { Splits = (int)value },
            _ => new() { Resamples = (int)value },
        };
        Assert.Contains($"'{name}'", Assert.Throws<ArgumentOutOfRangeException>(() => Good.Debiased(options)).Message);
    }

    [Fact]
    public void Values_that_are_not_finite()
    {
        double[,] x = (double[,])s_data.X.Clone();
        x[2, 1] = double.NaN;
        Assert.Contains("(2, 1)", Assert.Throws<ArgumentException>(() => new ElasticNetInference(x, s_data.Y)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Good.Refit([7], chosenBySameData: false));
        Assert.Throws<ArgumentOutOfRangeException>(() => Good.Refit([1, 1], chosenBySameData: false));
    }

    [Fact]
    public void Cancellation()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        ElasticNetInference cancelled = new(s_data.X, s_data.Y, new() { CancellationToken = source.Token });
        foreach (Action method in (Action[])[() => cancelled.Debiased(), () => cancelled.MultiSplit(), () => cancelled.Bootstrap()])
            Assert.ThrowsAny<OperationCanceledException>(method);
    }
}
