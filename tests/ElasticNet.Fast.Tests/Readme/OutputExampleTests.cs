namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The README's example of several classes and responses runs.</summary>
public class OutputExampleTests
{
    [Fact]
    public void The_example_runs_and_predicts_all_classes_and_responses()
    {
        // The page shows from here
        double[,] petals = { { 1.4, 0.2 }, { 4.7, 1.4 }, { 6.0, 2.5 }, { 1.3, 0.3 }, { 4.5, 1.5 }, { 5.1, 1.9 }, { 1.5, 0.1 }, { 4.0, 1.3 }, { 5.8, 2.2 } };
        string[] species = ["setosa", "versicolor", "virginica", "setosa", "versicolor", "virginica", "setosa", "versicolor", "virginica"];

        using var iris = ElasticNetEstimator.Fit(petals, Target.Labels(species), lambda: 0.02, options: new() { Family = Family.Multinomial });
        double[] chances = new double[iris.Outputs];
        iris.Predict([4.9, 1.6], chances);
        Console.WriteLine($"{iris.PredictClass([4.9, 1.6])}, of {string.Join(", ", iris.OutputNames!)}: {string.Join(", ", chances)}");

        double[,] sepals = { { 5.1, 3.5 }, { 7.0, 3.2 }, { 6.3, 3.3 }, { 4.7, 3.2 }, { 6.4, 3.2 }, { 5.8, 2.7 }, { 4.9, 3.1 }, { 5.5, 2.3 }, { 6.5, 3.0 } };
        var grouped = new ElasticNetOptions { Family = Family.MultiGaussian, GroupOutputs = true };   // a petal in or out for both
        using var both = ElasticNetEstimator.Fit(petals, Target.Columns(sepals, ["length", "width"]), lambda: 0.1, options: grouped);
        Console.WriteLine($"{both.Coefficients[0, 1]} a unit of petal length for the width, proved to {both.Fit.RelativeGap:0e+0}");
        // to here.

        Assert.Equal(1, chances.Sum(), 1e-14);
        Assert.Equal("versicolor", iris.PredictClass([4.6, 1.4]));
        Assert.Equal("setosa", iris.PredictClass([1.4, 0.2]));
        Assert.InRange(iris.Fit.RelativeGap, 0, 1e-9);
        Assert.InRange(both.Fit.RelativeGap, 0, 1e-9);
        Assert.Equal(both.Coefficients[0, 0] == 0, both.Coefficients[0, 1] == 0);
    }
}
