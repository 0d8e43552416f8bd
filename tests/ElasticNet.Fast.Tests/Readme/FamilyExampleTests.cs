namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The README's example of classes and counts runs.</summary>
public class FamilyExampleTests
{
    [Fact]
    public void The_example_runs_and_predicts_classes_and_counts()
    {
        // The page shows from here
        double[,] usage = { { 1, 9 }, { 8, 2 }, { 2, 7 }, { 7, 1 }, { 6, 6 }, { 3, 8 }, { 9, 3 }, { 4, 2 }, { 5, 5 }, { 2, 3 } };
        string[] churned = ["yes", "no", "yes", "no", "no", "yes", "no", "yes", "yes", "no"];
        var binomial = new ElasticNetOptions { Family = Family.Binomial };

        using var churn = ElasticNetEstimator.Fit(usage, Target.Labels(churned), lambda: 0.05, options: binomial);
        Console.WriteLine($"{churn.Predict([3, 6]):0.00} is the probability of '{churn.PositiveClass}': {churn.PredictClass([3, 6])}");
        Console.WriteLine($"log odds {churn.OnLinkScale.Predict([3, 6]):0.00}");
        Console.WriteLine(ModelAssessment.Of(churn, usage, churn.Labels(churned)));   // better rows it has not seen

        double[] visits = [4, 1, 3, 0, 2, 5, 1, 1, 2, 2], years = [2, 1, 2, 1, 1, 3, 1, 1, 2, 1];
        var counts = new Target(visits) { Offset = Array.ConvertAll(years, Math.Log) };
        using var rate = ElasticNetEstimator.Fit(usage, counts, lambda: 0.05, options: new() { Family = Family.Poisson });
        Console.WriteLine($"{rate.Predict([3, 6], offset: Math.Log(2)):0.0} visits in two years");
        // to here.

        Assert.Equal("yes", churn.PositiveClass);
        Assert.InRange(churn.Predict([1, 9]), 0.5, 1);
        Assert.Equal("no", churn.PredictClass([8, 2]));
        Assert.Equal(2 * rate.Predict([3, 6], 0), rate.Predict([3, 6], Math.Log(2)), 1e-12);
        Assert.InRange(churn.Fit.RelativeGap, 0, 1e-9);
    }
}
