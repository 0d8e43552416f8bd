namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>
/// Tall data of many rows are centred and scaled by a guess from a sample of rows (eight groups of eight, evenly spaced) that
/// their moments then correct. Whatever the sample misses, the solution is that of the problem.
/// </summary>
public class GuessedScalesTests
{
    private const int Rows = 5000;
    private const int Columns = 8;

    private static readonly HashSet<int> Sample =
        [.. Enumerable.Range(0, 8).SelectMany(group => Enumerable.Range((Rows - 8) * group / 7, 8))];

    /// <summary>The last column by row and a draw: what a sample of rows may be wrong about.</summary>
    private static readonly Dictionary<string, Func<int, double, double>> Kinds = new()
    {
        ["like the others"] = (_, z) => z,
        ["far from zero"] = (_, z) => 1e3 + z, // farther off the intercept itself has too few digits for the checks below
        ["a trend"] = (i, z) => i + z,
        ["constant"] = (_, _) => 3.7,
        ["constant in the sample"] = (i, z) => Sample.Contains(i) || i % 50 != 0 ? 0 : z,
        ["wild outside the sample"] = (i, z) => Sample.Contains(i) || i % 100 != 0 ? z : 1e9 * z,
        ["elsewhere in the sample"] = (i, z) => Sample.Contains(i) ? 1e6 + z : z,
        ["large"] = (_, z) => 1e145 * z,
        ["small"] = (_, z) => 1e-145 * z,
    };

    public static TheoryData<string> KindNames => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(KindNames))]
    public void The_solution_is_optimal_whatever_the_sample_shows(string kind) => CheckAll(Make(kind, _ => 1));

    /// <summary>Rows of hardly any weight say nothing about the others: the guess is found wrong and the columns are measured.</summary>
    [Theory]
    [MemberData(nameof(KindNames))]
    public void A_sample_of_hardly_any_weight_costs_no_digits(string kind) => CheckAll(Make(kind, i => Sample.Contains(i) ? 1e-13 : 1));

    [Theory]
    [MemberData(nameof(KindNames))]
    public void A_sample_of_no_weight_is_none(string kind) => CheckAll(Make(kind, i => Sample.Contains(i) ? 0 : 1));

    [Theory]
    [InlineData(0, double.NaN)]
    [InlineData(4321, double.NaN)]
    [InlineData(4321, double.PositiveInfinity)]
    public void What_is_not_finite_is_named_wherever_it_is(int row, double value)
    {
        Problem problem = Make("like the others", _ => 1);
        problem.X[row, 3] = value;
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => problem.Path(1));
        Assert.Contains($"row {row}, column 3", refusal.Message, StringComparison.Ordinal);
    }

    private static void CheckAll(Problem problem)
    {
        foreach (double l1Ratio in (double[])[1, 0.5])
        {
            double most = new ScaledProblem(problem.X, problem.Y, problem.Options, 0, l1Ratio).NullLambda(l1Ratio);
            foreach (double share in (double[])[0.3, 0.01])
            {
                Optimality check = problem.Fit(share * most, l1Ratio).Check();
                Assert.InRange(check.RelativeGap, 0, 1e-12);
                Assert.InRange(check.KktResidual, 0, 1e-12);
            }
        }
    }

    private static Problem Make(string kind, Func<int, double> weight)
    {
        Random random = new(7);
        Func<int, double, double> last = Kinds[kind];
        double[,] x = new double[Rows, Columns];
        double[] y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            double Draw() => random.NextDouble() + random.NextDouble() - random.NextDouble() - random.NextDouble();
            y[i] = 2 + Draw();
            for (int j = 0; j < Columns; j++)
            {
                double z = Draw();
                x[i, j] = j < Columns - 1 ? z : last(i, z);
                y[i] += j % 3 == 1 ? z : 0;
            }
        }

        double[] weights = [.. Enumerable.Range(0, Rows).Select(weight)];
        return new(x, y, new ElasticNetOptions { Weights = weights });
    }
}
