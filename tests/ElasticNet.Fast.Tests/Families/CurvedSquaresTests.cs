using ElasticNet.Fast.Tests.Properties;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>Newton's loop on squared error: with a curvature of 1 it takes one turn, with any other it ends where the weighted problem does.</summary>
public class CurvedSquaresTests
{
    public static TheoryData<int, int, double, bool> Problems => new()
    {
        { 30, 30, 1, true }, { 30, 30, 0.3, true }, { 30, 30, 0, true }, { 25, 120, 1, true }, { 25, 120, 0.5, true }, { 25, 120, 0, true },
        { 30, 30, 1, false }, { 25, 120, 0.5, false },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void A_curvature_of_one_gives_the_gaussian_path(int rows, int columns, double l1Ratio, bool intercept)
    {
        Problem problem = Make(rows, columns, intercept);
        double[] lambdas = Lambdas(problem, l1Ratio);
        (ElasticNetFit[] plain, double[] expected) = Path(problem, l1Ratio, lambdas, null);
        (ElasticNetFit[] curved, double[] actual) = Path(problem, l1Ratio, lambdas, new CurvedSquares(null));
        Assert.All(curved, fit => Assert.InRange(fit.RelativeGap, 0, 1e-12));
        Assert.All(curved.Zip(plain), pair => Assert.Equal(pair.Second.NonZeroCount, pair.First.NonZeroCount));
        Agree(expected, actual, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public void Other_curvatures_give_the_path_of_weights(int rows, int columns, double l1Ratio, bool intercept)
    {
        Problem problem = Make(rows, columns, intercept);
        Random random = new(7);
        double[] curvature = [.. problem.Y.Select(_ => Math.Exp(2 * random.NextDouble() - 1))], weights = [.. problem.Y.Select(_ => 0.5 + random.NextDouble())];
        double total = weights.Zip(curvature, (w, h) => w * h).Sum() / weights.Sum();
        double[] lambdas = Lambdas(problem, l1Ratio);
        Problem weighted = problem with { Options = problem.Options with { Weights = weights } };
        Problem product = problem with { Options = problem.Options with { Weights = weights.Zip(curvature, (w, h) => w * h).ToArray() } };
        (_, double[] expected) = Path(product, l1Ratio, [.. lambdas.Select(lambda => lambda / total)], null);
        (ElasticNetFit[] curved, double[] actual) = Path(weighted, l1Ratio, lambdas, new CurvedSquares(curvature));
        Assert.All(curved, fit => Assert.InRange(fit.RelativeGap, 0, 1e-12));
        Agree(expected, actual, 1e-10);
    }

    private static void Agree(double[] expected, double[] actual, double tolerance)
    {
        double largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(actual[i] - expected[i]) <= tolerance * largest, $"coefficient {i}: {actual[i]:r} instead of {expected[i]:r}");
    }

    private static double[] Lambdas(Problem problem, double l1Ratio)
    {
        double most = new ScaledProblem(problem.X, problem.Y, problem.Options, 0, l1Ratio).NullLambda(l1Ratio);
        return [.. Enumerable.Range(0, 12).Select(k => most * Math.Pow(0.7, k + 1))];
    }

    private static (ElasticNetFit[] Fits, double[] Coefficients) Path(Problem problem, double l1Ratio, double[] lambdas, CurvedSquares? squares)
    {
        using Workspace workspace = new();
        workspace.Context.Curved = squares;
        ElasticNetFit[] fits = new ElasticNetFit[lambdas.Length];
        double[] coefficients = new double[lambdas.Length * problem.Columns];
        ElasticNetEstimator.Path(problem.X, problem.Y, l1Ratio, problem.Options with { Lambdas = lambdas }, workspace, fits, coefficients);
        return (fits, coefficients);
    }

    private static Problem Make(int rows, int columns, bool intercept)
    {
        Problem problem = ProblemFactory.Create(new ProblemSpec { Seed = 12, Rows = rows, Columns = columns, L1Ratio = 1, LambdaFraction = 1 }).Problem;
        double[,] x = new double[rows, columns];
        for (int j = 0; j < columns; j++)
        {
            double size = Enumerable.Range(0, rows).Max(i => Math.Abs(problem.X[i, j]));
            for (int i = 0; i < rows; i++)
                x[i, j] = problem.X[i, j] / size;
        }

        return problem with { X = x, Options = problem.Options with { Standardize = false, Intercept = intercept } };
    }
}
