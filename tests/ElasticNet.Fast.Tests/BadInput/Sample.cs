namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>A small good problem that the tests then spoil.</summary>
internal static class Sample
{
    public const int Rows = 12;
    public const int Columns = 4;

    public static Problem Good(int rows = Rows, int columns = Columns)
    {
        Random random = new(7);
        double[,] x = new double[rows, columns];
        double[] y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                x[i, j] = random.NextDouble();
            y[i] = random.NextDouble() + (columns > 0 ? x[i, 0] : 0);
        }

        return new Problem(x, y, new ElasticNetOptions { MaxDegreeOfParallelism = 1 });
    }

    public static Problem With(Func<ElasticNetOptions, ElasticNetOptions> change) =>
        Good() is var good ? good with { Options = change(good.Options) } : null!;

    /// <summary>All the ways to hand a problem over, so that each validates.</summary>
    public static IEnumerable<Action> Calls(Problem problem)
    {
        Problem single = problem.AsSingle();
        yield return () => problem.Fit(0.1, 0.5);
        yield return () => single.Fit(0.1, 0.5);
        yield return () => problem.Path(0.5);
        yield return () => single.Path(0.5);
        yield return () => problem.CrossValidate();
        yield return () => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 0.5, problem.Options);
        yield return () => ElasticNetEstimator.Path(problem.X, problem.Y, 0.5, problem.Options, new Workspace(), new ElasticNetFit[200], new double[200 * problem.Columns]);
    }
}
