namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The example of a table without a penalty runs.</summary>
public class LeastSquaresExampleTests
{
    [Fact]
    public void The_example_runs()
    {
        (double[,] x, double[] y) = ExampleData.Diabetes();
        // The page shows from here
        ClassicalTable table = LeastSquares.Fit(x, y, errors: StandardErrors.HC3);   // rows of any variance; or Classical
        Console.WriteLine(table);
        Console.WriteLine($"F = {table.F:0.0} on {table.Tested} and {table.ResidualDegreesOfFreedom}, p = {table.FPValue:g3}");
        // to here.

        Assert.Equal(11, table.Coefficients.Count);
        Assert.Equal((10, 431), (table.Tested, table.ResidualDegreesOfFreedom));
    }
}
