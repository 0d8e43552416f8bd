namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The example of inference runs.</summary>
public class InferenceExampleTests
{
    [Fact]
    public void The_example_runs()
    {
        (double[,] x, double[] y) = ExampleData.Diabetes();
        // The page shows from here
        var inference = new ElasticNetInference(x, y);
        InferenceResult result = inference.Debiased();
        Console.WriteLine(result);                        // the table, and what it takes for granted
        // to here.

        Assert.Equal(10, result.Coefficients.Count);
        Assert.Contains(result.Assumptions, result.ToString(), StringComparison.Ordinal);
    }
}
