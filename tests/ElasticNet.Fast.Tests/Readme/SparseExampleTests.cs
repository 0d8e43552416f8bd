namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The README's sparse example runs, and says what the dense table says.</summary>
public class SparseExampleTests
{
    [Fact]
    public void The_example_runs_and_is_the_dense_one()
    {
        // The page shows from here
        (int, double)[][] rows = [[(0, 1), (3, 2)], [(1, 1)], [(0, 2), (2, 1)], [(3, 1)], [(1, 2), (3, 3)], []];
        double[] counts = [7, 2, 8, 4, 11, 1];
        var sparse = SparseMatrix.FromRows(4, rows);   // or FromCsc, FromCsr, FromTriplets

        using var fitted = ElasticNetEstimator.Fit(sparse, counts, lambda: 0.1);
        var folds = ElasticNetEstimator.CrossValidate(sparse, counts, new() { Folds = 3 });
        Console.WriteLine($"{fitted.Predict([0, 3], [1, 2])} at λ = 0.1; chosen: {folds.LambdaMin}");
        // to here.

        double[,] dense = sparse.ToDense();
        using ElasticNetModel twin = ElasticNetEstimator.Fit(dense, counts, lambda: 0.1);
        Assert.Equal(twin.Values.ToArray(), fitted.Values.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-10);
        Assert.Equal(twin.Predict([1, 0, 0, 2]), fitted.Predict([0, 3], [1, 2]), 1e-10);
        Assert.Equal(ElasticNetEstimator.CrossValidate(dense, counts, new() { Folds = 3 }).LambdaMin, folds.LambdaMin, 1e-10);
    }
}
