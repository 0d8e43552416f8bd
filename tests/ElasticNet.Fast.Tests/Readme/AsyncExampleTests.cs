namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The README's fit beside other work runs.</summary>
public class AsyncExampleTests
{
    [Fact]
    public async Task The_example_runs()
    {
        double[,] x = { { 3, 1 }, { 5, 0 }, { 2, 2 }, { 8, 1 }, { 6, 3 }, { 7, 0 }, { 4, 1 }, { 9, 2 } };
        double[] y = [160, 250, 110, 390, 280, 340, 200, 430];
        using MemoryStream response = new();
        using CancellationTokenSource source = new();
        CancellationToken token = source.Token;
        // The page shows from here
        var options = new ElasticNetOptions { Folds = 4, CancellationToken = token };   // stops within the fit, too
        CrossValidationResult found = await Task.Run(() => ElasticNetEstimator.CrossValidate(x, y, options), token);
        await found.Model.SaveAsync(response, token);
        // to here.

        Assert.Equal(found.Model.ToArray(), response.ToArray());
        Assert.Equal(ElasticNetEstimator.CrossValidate(x, y, options).Model.ToArray(), response.ToArray());
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.Run(() => ElasticNetEstimator.CrossValidate(x, y, options), CancellationToken.None));
    }
}
