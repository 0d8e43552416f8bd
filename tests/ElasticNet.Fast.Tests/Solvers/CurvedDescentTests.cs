using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>Other losses than squared error where a working set would be too large, reached on small problems by lower limits: the same solutions, certified.</summary>
public class CurvedDescentTests
{
    private const int Rows = 60;
    private const int Columns = 90;

    private static readonly SolverLimits s_descent = new(Members: 0, DualRows: 0, SpareSupport: 0, SparseMembers: 0);

    private static readonly Dictionary<string, (Family Family, Func<double, double, double> Response)> s_families = new()
    {
        ["binomial"] = (Family.Binomial, (signal, chance) => chance < 1 / (1 + Math.Exp(-2 * signal)) ? 1 : 0),
        ["poisson"] = (Family.Poisson, (signal, chance) => Math.Floor(4 * chance * Math.Exp(signal))),
        ["gamma"] = (Family.Gamma, (signal, chance) => (0.1 + chance) * Math.Exp(signal)),
        ["huber"] = (Family.Huber(0.4), (signal, chance) => signal + (chance < 0.1 ? 10 : chance)),
    };

    private static readonly Dictionary<string, Func<ElasticNetOptions, ElasticNetOptions>> s_change = new()
    {
        ["plain"] = options => options,
        ["no intercept"] = options => options with { Intercept = false },
        ["raw scale"] = options => options with { Standardize = false },
        ["factors"] = options => options with { PenaltyFactors = Some(Columns, j => 0.5 + j % 4) },
        ["bounds"] = options => options with { LowerBounds = Some(Columns, j => j % 3 == 0 ? 0 : -0.05), UpperBounds = Some(Columns, j => j % 4 == 0 ? 0.03 : double.PositiveInfinity) },
        ["exclusions"] = options => options with { ExcludedFeatures = Enumerable.Range(0, Columns / 2).Select(j => 2 * j).ToArray() },
    };

    public static TheoryData<string, string> Variants
    {
        get
        {
            TheoryData<string, string> variants = [];
            foreach (string family in s_families.Keys)
            {
                foreach (string change in s_change.Keys)
                    variants.Add(family, change);
            }

            return variants;
        }
    }

    [Theory]
    [MemberData(nameof(Variants))]
    public void It_finds_what_the_working_set_finds(string family, string change)
    {
        (double[] x, double[] response) = Make(family);
        Target y = change == "plain" ? new(response) { Weights = Some(Rows, i => i % 7 == 0 ? 0 : 0.5 + i % 3), Offset = Some(Rows, i => 0.1 * Math.Sin(i)) } : new(response);
        SparseMatrix<double> sparse = SparseMatrix.FromRows(Columns, Enumerable.Range(0, Rows).Select(i => Enumerable.Range(0, Columns).Where(j => x[j * Rows + i] != 0).Select(j => (j, x[j * Rows + i]))));
        ElasticNetOptions options = s_change[change](new() { Family = s_families[family].Family });
        foreach (double l1Ratio in new[] { 0.05, 0.5, 1 })
        {
            double largest = ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(x, Rows, Columns), y, l1Ratio, options)[0].Lambda;
            options = options with { Lambdas = new[] { largest, largest / 2, largest / 4, largest / 12 } };
            RegularizationPath reference = ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(x, Rows, Columns), y, l1Ratio, options);
            foreach (bool isSparse in new[] { false, true })
            {
                using Workspace workspace = new(s_descent);
                Features features = isSparse ? sparse : MatrixView.ColumnMajor<double>(x, Rows, Columns);
                RegularizationPath path = ElasticNetEstimator.Path(features, y, l1Ratio, options, workspace);
                Assert.Equal(reference.Count, path.Count);
                double size = reference.Max(point => point.Coefficients.ToArray().Max(Math.Abs));
                for (int k = 0; k < path.Count; k++)
                {
                    Assert.True(k == 0 || path[k].Trace.Finisher == FinishMethod.CoordinateDescent);
                    Assert.InRange(path[k].RelativeGap, 0, 1e-11);
                    Assert.Equal(reference[k].Fit.DevianceRatio, path[k].Fit.DevianceRatio, 1e-6);
                    foreach ((double expected, double actual) in reference[k].Coefficients.ToArray().Zip(path[k].Coefficients.ToArray()))
                        Assert.Equal(expected, actual, 1e-5 * size);
                }
            }

            options = options with { Lambdas = default };
        }
    }

    /// <summary>Sparse columns are descended on early; where they are all but the same, that leads nowhere, and the working set takes over for good.</summary>
    [Fact]
    public void Columns_too_correlated_for_it_go_back_to_the_working_set()
    {
        Random random = new(5);
        double[][] rows = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble()).Select(common => (double[])[.. Enumerable.Range(0, 10).Select(j => common + 1e-3 * random.NextDouble())])];
        double[] y = [.. rows.Select(row => random.NextDouble() < row[0] + 4e2 * (row[1] - row[2]) ? 1.0 : 0)];
        SparseMatrix<double> x = SparseMatrix.FromRows(10, rows.Select(row => row.Select((value, j) => (j, value))));
        ElasticNetOptions options = new() { Family = Family.Binomial, Lambdas = new[] { 1e-2, 1e-5 } };
        using Workspace workspace = new(SolverLimits.Default with { SparseMembers = 0, DualRows = 0 });
        RegularizationPath path = ElasticNetEstimator.Path(x, y, 1, options, workspace);
        Assert.Equal(FinishMethod.ActiveSet, path[^1].Trace.Finisher);
        Assert.True(path[^1].IsExact);
    }

    [Fact]
    public void What_it_cannot_take_is_refused_by_name()
    {
        (double[] x, double[] y) = Make("binomial");
        ElasticNetOptions options = new() { Family = Family.Binomial };
        Refuse("takes a penalty on every column", options with { PenaltyFactors = Some(Columns, j => j == 3 ? 0 : 1), Lambdas = new[] { 0.05 } }, y);
        Refuse("a loss that is a sum over rows alone can take", options with { Family = Family.Cox, Lambdas = new[] { 0.01 } }, Target.Survival(Some(Rows, i => 1 + i), [.. Enumerable.Repeat(true, Rows)]));

        void Refuse(string words, ElasticNetOptions options, Target target)
        {
            using Workspace workspace = new(s_descent);
            try
            {
                ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(x, Rows, Columns), target, 1, options, workspace);
            }
            catch (ArgumentException refused)
            {
                Assert.Contains(words, refused.Message);
                return;
            }

            Assert.Fail("nothing was refused");
        }
    }

    /// <summary>Half of the elements are 0.</summary>
    private static (double[] X, double[] Y) Make(string family)
    {
        Random random = new(11);
        double[] x = new double[Rows * Columns], y = new double[Rows];
        for (int k = 0; k < x.Length; k++)
            x[k] = random.Next(2) == 0 ? 0 : 1 + random.NextDouble() - 0.5 * random.NextDouble();
        for (int i = 0; i < Rows; i++)
            y[i] = s_families[family].Response(x[i] - x[Rows + i] + 0.5 * x[2 * Rows + i] - 0.2, random.NextDouble());
        return (x, y);
    }

    private static double[] Some(int count, Func<int, double> value) => [.. Enumerable.Range(0, count).Select(value)];
}
