namespace ElasticNet.Fast.Tests.Solvers;

/// <summary>Ridge fits of other losses with far more columns than rows: as many unknowns as rows, and the same solution.</summary>
public class KernelRidgeTests
{
    public static TheoryData<string, bool, bool, bool> Cases
    {
        get
        {
            TheoryData<string, bool, bool, bool> cases = [];
            foreach (string family in (string[])["binomial", "poisson", "gamma", "huber"])
            {
                cases.Add(family, true, true, false);
                cases.Add(family, false, true, true);
            }

            cases.Add("binomial", true, false, true);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_solution_of_the_working_set(string name, bool intercept, bool standardize, bool isWeighted)
    {
        const int Rows = 40, Columns = 700;
        Random random = new(name.Length + (intercept ? 1 : 0));
        double[] x = [.. Enumerable.Range(0, Rows * Columns).Select(k => (1 + k / Rows % 3) * (random.NextDouble() - 0.4))], y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            double eta = Enumerable.Range(0, 10).Sum(j => x[j * Rows + i]) - 0.5;
            y[i] = name switch
            {
                "binomial" => random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0,
                "poisson" => Math.Floor(Math.Exp(0.3 * eta) + random.NextDouble()),
                "gamma" => Math.Exp(0.3 * eta) * (0.5 + random.NextDouble()),
                _ => eta + (random.Next(8) == 0 ? 20 : random.NextDouble()),
            };
        }

        Family family = name switch { "binomial" => Family.Binomial, "poisson" => Family.Poisson, "gamma" => Family.Gamma, _ => Family.Huber(1) };
        ElasticNetOptions options = new()
        {
            Family = family,
            Intercept = intercept,
            Standardize = standardize,
            LambdaCount = 12,
            LambdaMinRatio = 1e-5,
            DegreesOfFreedom = true,
            PenaltyFactors = Enumerable.Range(0, Columns).Select(j => 1 + j % 2.0).ToArray(),
            Weights = isWeighted ? Enumerable.Range(0, Rows).Select(i => i % 7 == 0 ? 0.0 : 1 + i % 3).ToArray() : default,
        };
        MatrixView<double> view = MatrixView.ColumnMajor<double>(x, Rows, Columns);
        RegularizationPath kernel = ElasticNetEstimator.Path(view, y, 0, options);
        // A bound that nothing comes near keeps the working set.
        RegularizationPath plain = ElasticNetEstimator.Path(view, y, 0, options with { LowerBounds = new[] { -1e6 } });
        Assert.Equal(FinishMethod.DualNewton, kernel[^1].Fit.Trace.Finisher);
        Assert.Equal(FinishMethod.ActiveSet, plain[^1].Fit.Trace.Finisher);
        for (int k = 0; k < plain.Count; k++)
        {
            Assert.InRange(kernel[k].RelativeGap, 0, 1e-10);
            Assert.InRange(kernel[k].Fit.KktResidual, 0, 1e-11);
            Assert.Equal(plain[k].Fit.DevianceRatio, kernel[k].Fit.DevianceRatio, 1e-9);
            Assert.Equal(plain[k].Fit.Intercept, kernel[k].Fit.Intercept, 1e-7 * (1 + Math.Abs(plain[k].Fit.Intercept)));
            Assert.Equal(plain[k].Fit.DegreesOfFreedom, kernel[k].Fit.DegreesOfFreedom, 1e-6 * Rows);
            double[] a = plain[k].Coefficients.ToArray(), b = kernel[k].Coefficients.ToArray();
            double size = a.Max(Math.Abs);
            for (int j = 0; j < a.Length; j++)
                Assert.Equal(a[j], b[j], 1e-7 * size);
        }
    }

    /// <summary>One small λ from nothing, where an exponential of the first guess overflows; and a path that ends without a penalty.</summary>
    [Fact]
    public void A_cold_start_and_an_end_without_a_penalty_are_no_hindrance()
    {
        const int Rows = 100, Columns = 3000;
        Random random = new(4);
        double[] x = [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.NextDouble() - 0.5)];
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => Math.Floor(Math.Exp(2 * x[i]) + 3 * random.NextDouble()))];
        MatrixView<double> view = MatrixView.ColumnMajor<double>(x, Rows, Columns);
        ElasticNetOptions options = new() { Family = Family.Poisson };
        ElasticNetModel model = ElasticNetEstimator.Fit(view, y, 1e-3, 0, options);
        Assert.InRange(model.Fit.RelativeGap, 0, 1e-8);
        Assert.Equal(Columns, model.Fit.NonZeroCount);
        RegularizationPath path = ElasticNetEstimator.Path(view, y, 0, options with { Lambdas = new[] { 1, 0.1, 0 } });
        Assert.Equal(FinishMethod.DualNewton, path[1].Fit.Trace.Finisher);
        // Every count is fitted; that of a row with 0 as far as exponentials go.
        Assert.InRange(path[2].Fit.DevianceRatio, 0.999, 1);
        Assert.InRange(path[2].RelativeGap, 0, 1e-3);
    }

    /// <summary>Beyond what a working set can hold, one λ from nothing, and cross-validated.</summary>
    [Fact]
    public void Twenty_thousand_columns_are_no_hindrance()
    {
        const int Rows = 120, Columns = 20_000;
        Random random = new(3);
        double[] x = [.. Enumerable.Range(0, Rows * Columns).Select(_ => random.NextDouble() - 0.5)];
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => x[i] + x[Rows + i] > 0.2 * (random.NextDouble() - 0.5) ? 1.0 : 0)];
        MatrixView<double> view = MatrixView.ColumnMajor<double>(x, Rows, Columns);
        ElasticNetOptions options = new() { Family = Family.Binomial };
        ElasticNetModel model = ElasticNetEstimator.Fit(view, y, 1e-3, 0, options);
        Assert.InRange(model.Fit.RelativeGap, 0, 1e-9);
        Assert.Equal(Columns, model.Fit.NonZeroCount);
        CrossValidationResult folds = ElasticNetEstimator.CrossValidate(view, y, options with { L1Ratios = new[] { 0.0 }, LambdaCount = 10, Folds = 4 });
        Assert.InRange(folds.Model.Fit.RelativeGap, 0, 1e-9);
    }
}
