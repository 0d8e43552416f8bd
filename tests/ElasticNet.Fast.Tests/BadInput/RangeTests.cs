using Xunit;

namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>At the ends of the range of double a problem is solved as in ordinary units, or refused by name.</summary>
public class RangeTests
{
    private static readonly double[] s_x = [1, 2, -1, 3, 0, 1, 0, 1, 0, 0, 1, 2], s_y = [1, 2, -1, 2.5, 0.5, 1];

    /// <summary>λ_max scales with y and 1/factor, and without standardisation with X; with it go all coefficients.</summary>
    [Theory]
    [InlineData(1, 1e190, 1)]
    [InlineData(1, 1e199, 1)]
    [InlineData(1, 1e200, 1)]
    [InlineData(1, 1e202, 1)]
    [InlineData(1, 1e300, 1)]
    [InlineData(1, 1e-200, 1)]
    [InlineData(1, 1e-290, 1)]
    [InlineData(1e-12, 1e185, 1)]
    [InlineData(1e-12, 1e190, 1)]
    [InlineData(1e-12, 1e290, 1)]
    [InlineData(1, 1e100, 1e100)]
    [InlineData(1, 1e102, 1e100)]
    [InlineData(1, 1, 1e-160)]
    [InlineData(1, 1, 1e-300)]
    [InlineData(1, 1, 1e300)]
    [InlineData(1, 1e150, 1e-150)]
    [InlineData(1, 1e-150, 1e150)]
    public void A_path_in_other_units(double factor, double unit, double scale)
    {
        foreach (bool intercept in new[] { true, false })
        {
            foreach (bool standardize in new[] { true, false })
            {
                ElasticNetOptions options = new() { LambdaCount = 5, Intercept = intercept, Standardize = standardize };
                RegularizationPath expected = ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(s_x, 6, 2), s_y, 1, options);
                double[] x = Array.ConvertAll(s_x, value => value * scale), y = Array.ConvertAll(s_y, value => value * unit);
                RegularizationPath path = ElasticNetEstimator.Path(
                    MatrixView.ColumnMajor<double>(x, 6, 2), y, 1, options with { PenaltyFactors = new[] { factor, factor } });
                Assert.Equal(5, path.Count);
                Assert.Equal(expected.LambdaMax, path.LambdaMax / unit * factor / (standardize ? 1 : scale), 1e-13);
                Assert.Empty(path[0].Coefficients);
                for (int k = 0; k < 5; k++)
                {
                    Assert.Equal(expected[k].Fit.DevianceRatio, path[k].Fit.DevianceRatio, 1e-13);
                    for (int j = 0; j < 2; j++)
                        Assert.Equal(expected[k].Coefficients[j], path[k].Coefficients[j] / unit * scale, 1e-13);
                }
            }
        }
    }

    [Theory]
    [InlineData(1, 1e-310, "'y'", "rescale")]
    [InlineData(1, 5e-323, "'y'", "rescale")]
    [InlineData(1e-310, 1, "'x' column 0", "rescale")]
    [InlineData(5e-323, 1, "'x' column 0", "rescale")]
    [InlineData(1e-10, 1e300, "'x' column 0", "1e310")]
    [InlineData(1e200, 1e-200, "'x' column 0", "1e-400")]
    public void Numbers_that_no_double_holds(double scale, double unit, string what, string rule)
    {
        double[] x = Array.ConvertAll(s_x[..6], value => value * scale), y = Array.ConvertAll(s_y, value => value * unit);
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, 6, 1), y, 0.01 * unit), what, rule);
    }

    [Fact]
    public void A_denormal_column_still_has_its_fit_where_double_holds_it()
    {
        double[] x = [1e-300, 2e-300, -1e-300, 3e-300, 0, 1e-300], y = [1, 2, -1, 3, 0, 1];
        ElasticNetModel model = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, 6, 1), y, 0.01);
        Assert.Equal(9.92254033307585e299, model.Coefficients[0], 1e286);
        Assert.Equal(0.99994, model.Fit.DevianceRatio, 1e-12);
    }

    [Fact]
    public void Penalties_beyond_the_range()
    {
        double[] y = Array.ConvertAll(s_y, value => value * 1e300);
        Refusal.OfArgument(() => ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(s_x, 6, 2), y, 1, new() { PenaltyFactors = new[] { 1e-12, 1 } }), "'x' column 0", "1E-12");
        double[] x = Array.ConvertAll(s_x, value => value * 1e-170);
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, 6, 2), s_y, 0.1, 0.5, new() { Standardize = false }), "'x' column 0", "standardised");
        Assert.Equal(2, ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, 6, 2), s_y, 0.1, 0.5).Fit.NonZeroCount);
        // A λ that nothing survives.
        foreach (double l1Ratio in new[] { 1, 0.5 })
            Assert.Equal(0, ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(s_x, 6, 2), s_y, 1.7e308, l1Ratio).Fit.NonZeroCount);
    }

    /// <summary>Only ratios count, also of weights whose sum no double holds, or that are denormal.</summary>
    [Theory]
    [InlineData(1e300)]
    [InlineData(1e307)]
    [InlineData(1e-310)]
    [InlineData(5e-324)]
    public void Weights_of_any_size(double weight)
    {
        (double[] x, double[] y) = Wave();
        ElasticNetOptions options = new() { Folds = 5 }, weighted = options with { Weights = Enumerable.Repeat(weight, y.Length).ToArray() };
        CrossValidationResult expected = ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, 30, 3), y, options);
        foreach (PreparationOptions? preparation in new[] { null, new PreparationOptions { Imputation = ImputationMethod.Mean, Scaling = ScalingMethod.Standard } })
        {
            CrossValidationResult result = ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, 30, 3), y, weighted with { Preparation = preparation });
            Assert.Equal(0.0279535369047512, result.LambdaMin, 1e-15);
            for (int k = 0; k < expected.Best.Points.Count; k++)
                Assert.Equal(expected.Best.Points[k].Mean, result.Best.Points[k].Mean, 1e-13);
        }
    }

    /// <summary>Squared errors of such a target are 0 or infinite; absolute ones are numbers.</summary>
    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void Errors_that_no_double_holds(double unit)
    {
        (double[] x, double[] y) = Wave();
        double[] other = Array.ConvertAll(y, value => value * unit);
        ElasticNetOptions absolute = new() { Folds = 5, Measure = Measure.MeanAbsoluteError };
        Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, 30, 3), other, new() { Folds = 5 }), "'y'", "rescale", "absolute");
        Refusal.OfArgument(() => ElasticNetEstimator.Criteria(MatrixView.ColumnMajor<double>(x, 30, 3), other), "'y'", "rescale");
        Refusal.OfArgument(() => _ = new ElasticNetInference(MatrixView.ColumnMajor<double>(x, 30, 3), other), "'y'", "rescale");
        CrossValidationResult expected = ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, 30, 3), y, absolute);
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, 30, 3), other, absolute);
        Assert.Equal(expected.LambdaMin, result.LambdaMin / unit, 1e-12);
        Assert.Equal(expected.Best.Points[50].Mean, result.Best.Points[50].Mean / unit, 1e-12);
    }

    [Fact]
    public void A_held_out_row_beyond_all_others_has_an_error_that_no_double_holds()
    {
        (double[] x, double[] y) = Wave();
        x[4] = 1e250;
        Refusal.OfArgument(
            () => ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, 30, 3), y, new() { Folds = 5, Lambdas = new[] { 0.01 } }), "'x'", "held-out");
    }

    /// <summary>Leverages of columns whose squares no double holds.</summary>
    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void Criteria_of_columns_in_other_units(double scale)
    {
        (double[] x, double[] y) = Wave();
        double[] other = Array.ConvertAll(x, value => value * scale);
        PathCriteria expected = ElasticNetEstimator.Criteria(MatrixView.ColumnMajor<double>(x, 30, 3), y), criteria = ElasticNetEstimator.Criteria(MatrixView.ColumnMajor<double>(other, 30, 3), y);
        for (int k = 0; k < expected.Points.Count; k++)
            Assert.Equal(expected.Points[k].Alo, criteria.Points[k].Alo, 1e-12);
    }

    /// <summary>Mean and deviation are those of the rows, wherever a far value of next to no weight stands.</summary>
    [Theory]
    [InlineData(1e16)]
    [InlineData(1e20)]
    [InlineData(1e24)]
    [InlineData(1e30)]
    [InlineData(1e100)]
    [InlineData(1e150)]
    public void A_light_outlier_anywhere(double far)
    {
        foreach (bool inTarget in new[] { false, true })
        {
            ElasticNetFit[] fits = new ElasticNetFit[2];
            double[][] coefficients = [new double[2], new double[2]];
            for (int at = 0; at < 2; at++)
            {
                int n = 30, place = 7 * at;
                double[] x = new double[2 * n], y = new double[n], w = new double[n];
                for (int i = 0; i < n; i++)
                {
                    // The same rows, the far one first or eighth.
                    int k = at == 0 ? i : i == 0 ? 7 : i == 7 ? 0 : i;
                    (x[i], x[n + i], w[i]) = (Math.Sin(k + 1.0), Math.Cos(2.2 * k), 1);
                    y[i] = x[i] + 0.3 * Math.Cos(5.0 * k);
                }

                (x[place], w[place]) = (far, 1 / (far * far));
                if (inTarget)
                    y[place] = far;
                using Workspace workspace = new();
                fits[at] = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, 2), y, 0.1, 1, new() { Weights = w }, workspace, coefficients[at]);
            }

            Assert.Equal(inTarget ? 0.852017 : 0.788798, coefficients[0][0], 1e-6);
            Assert.Equal(coefficients[1][0], coefficients[0][0], 1e-13);
            Assert.Equal(fits[1].Intercept, fits[0].Intercept, 1e-13);
            Assert.Equal(fits[1].DevianceRatio, fits[0].DevianceRatio, 1e-13);
        }
    }

    /// <summary>Twelve columns of rank 2: with the intercept 3 degrees of freedom at most, less l2 by l2 of what the ridge term takes.</summary>
    [Fact]
    public void Degrees_of_freedom_never_exceed_the_rank()
    {
        int n = 24, p = 12;
        double[] x = new double[n * p], y = new double[n];
        for (int j = 0; j < p; j++)
        {
            for (int i = 0; i < n; i++)
                x[j * n + i] = (i + j) % 3;
        }

        for (int i = 0; i < n; i++)
            y[i] = x[i] + 0.5 * Math.Sin(4.0 * i);
        double step = 1 - ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, p), y, 0.05, 1 - 1e-2).Fit.DegreesOfFreedom / 3;
        Assert.InRange(step, 1e-5, 1e-3);
        for (int k = 3; k <= 16; k++)
        {
            double l1Ratio = 1 - Math.Pow(10, -k), off = 1 - l1Ratio;
            double freedom = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, p), y, 0.05, l1Ratio).Fit.DegreesOfFreedom;
            Assert.InRange(freedom, 3 - 2 * 3 * step * off / 1e-2 - 1e-12, k > 6 ? 3 : 3 + 1e-10);
        }
    }

    private static (double[] X, double[] Y) Wave()
    {
        int n = 30;
        double[] x = new double[3 * n], y = new double[n];
        for (int j = 0; j < 3; j++)
        {
            for (int i = 0; i < n; i++)
                x[j * n + i] = Math.Sin(1.3 * (i + 1) * (j + 1) + j);
        }

        for (int i = 0; i < n; i++)
            y[i] = x[i] + 0.3 * Math.Cos(3.0 * i);
        return (x, y);
    }
}
