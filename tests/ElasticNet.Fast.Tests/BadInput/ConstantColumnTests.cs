using Xunit;

namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>A column that is constant up to rounding is constant: coefficient 0, and named.</summary>
public class ConstantColumnTests
{
    /// <summary>0.1/b·b is 0.1 or its neighbour. Without the column: least squares and lasso on the other one.</summary>
    [Theory]
    [InlineData(12, 0, 0.457808)]
    [InlineData(12, 0.1, 0.370224)]
    [InlineData(20, 0, 0.733703)]
    [InlineData(60, 0.001, 0.876307)]
    [InlineData(5000, 0.1, 0.871783)]
    public void A_unit_converted_there_and_back(int n, double lambda, double expected)
    {
        double[] x = new double[2 * n], y = new double[n];
        for (int i = 0; i < n; i++)
        {
            double b = i + 1;
            x[i] = Math.Sin(i + 1.0);
            x[n + i] = 0.1 / b * b;
            y[i] = x[i] + Math.Cos(5.0 * i) + (x[n + i] != 0.1 ? 2 : 0);
        }

        Assert.Contains(x[n..], value => value != 0.1);
        MatrixView<double> both = MatrixView.ColumnMajor<double>(x, n, 2), first = MatrixView.ColumnMajor<double>(x.AsSpan(0, n), n, 1);
        ElasticNetModel model = ElasticNetEstimator.Fit(both, y, lambda, 0.5);
        Assert.Equal(expected, model.Coefficients[0], 1e-6);
        Assert.Equal(0, model.Coefficients[1]);
        Assert.Equal([1], model.Fit.Trace.ConstantColumns.ToArray());
        Assert.Contains("column 1 (counted from 0) held at 0", model.Fit.Trace.ToString(), StringComparison.Ordinal);
        Assert.Equal(ElasticNetEstimator.Fit(first, y, lambda, 0.5).Coefficients[0], model.Coefficients[0], 1e-15);

        foreach (PathPoint point in ElasticNetEstimator.Path(both, y, 0.5))
            Assert.Equal((0.0, 1), (point.Coefficients.ToArray()[1], point.Trace.ConstantColumns.Length));
        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(both, y, new() { Folds = 4 }), without = ElasticNetEstimator.CrossValidate(first, y, new() { Folds = 4 });
        Assert.Equal([1], cv.Model.Fit.Trace.ConstantColumns.ToArray());
        Assert.Equal(without.LambdaMin, cv.LambdaMin, 1e-12);
        for (int k = 0; k < cv.Best.Points.Count; k++)
            Assert.Equal(without.Best.Points[k].Mean, cv.Best.Points[k].Mean, 1e-12);
    }

    /// <summary>16ε of the largest value and not more: a ten-thousandth of a second among seconds since 1970 is an ordinary column.</summary>
    [Theory]
    [InlineData(1, 16, true)]
    [InlineData(1, 40, false)]
    [InlineData(-3e8, 10, true)]
    [InlineData(-3e8, 40, false)]
    [InlineData(1e-200, 8, true)]
    [InlineData(1e200, 40, false)]
    public void How_far_rounding_goes(double value, double spread, bool isConstant)
    {
        int n = 40;
        double[] x = new double[n], y = new double[n];
        double step = Math.ScaleB(1, -52) * Math.ScaleB(1, Math.ILogB(Math.Abs(value)));
        for (int i = 0; i < n; i++)
        {
            x[i] = value + step * (i % 2 * spread);
            y[i] = Math.Sin(i) + i % 2;
        }

        ElasticNetFit fit = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, 1), y, 0.01).Fit;
        Assert.Equal(isConstant ? 0 : 1, fit.NonZeroCount);
        Assert.Equal(isConstant ? 1 : 0, fit.Trace.ConstantColumns.Length);
    }

    /// <summary>The rows that count decide: one that does not may differ.</summary>
    [Fact]
    public void Rows_of_weight_0_do_not_make_a_column_vary()
    {
        double[] x = [1, 1, 1 + 1e-15, 7, 1, 2, -1, 3, 5, 4], y = [1, 2, 0, 4, 1];
        ElasticNetModel model = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, 5, 2), y, 0.01, 1, new() { Weights = new double[] { 1, 1, 1, 0, 1 } });
        Assert.Equal([0], model.Fit.Trace.ConstantColumns.ToArray());
        Assert.Equal(0, model.Coefficients[0]);
    }

    /// <summary>A fold whose training rows hold one value up to rounding: the same model as on these rows alone.</summary>
    [Theory]
    [InlineData(60, 3)]
    [InlineData(60, 50)]
    public void Constant_in_the_training_rows_of_a_fold(int n, int p)
    {
        double[] x = new double[n * p], y = new double[n];
        int[] folds = [.. Enumerable.Range(0, n).Select(i => i % 3)];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++)
                x[j * n + i] = j == 1 ? 1 + (folds[i] == 2 ? 60 * Math.ScaleB(i, -52) : i % 4 * Math.ScaleB(1, -52)) : Math.Sin((i + 1.0) * (j + 1.3));
            y[i] = x[i] + 0.3 * Math.Cos(3.0 * i) + i % 4;
        }

        double[] lambdas = [0.2, 0.02];
        ElasticNetOptions options = new() { FoldPlan = FoldPlan.Given(folds), Lambdas = lambdas };
        double[] held = new double[n];
        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(MatrixView.ColumnMajor<double>(x, n, p), y, options);
        Assert.True(cv.Model.Fit.Trace.ConstantColumns.IsEmpty);
        for (int k = 0; k < lambdas.Length; k++)
        {
            double[] weights = Array.ConvertAll(folds, fold => fold == 2 ? 0.0 : 1);
            ElasticNetModel training = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, p), y, lambdas[k], 1, new() { Weights = weights });
            Assert.Equal([1], training.Fit.Trace.ConstantColumns.ToArray());
            training.Predict(MatrixView.ColumnMajor<double>(x, n, p), held);
            double error = Enumerable.Range(0, n).Where(i => folds[i] == 2).Average(i => (y[i] - held[i]) * (y[i] - held[i]));
            Assert.Equal(error, cv.Best.FoldErrors.Span[2, k], 1e-12);
        }
    }

    /// <summary>
    /// The user brings the intercept as a column of ones and asks for none: the minimum of that objective, from long double and
    /// scikit-learn.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void Without_intercept_and_standardisation_a_column_of_ones_is_a_feature(int copies)
    {
        double[] a = [0.35877340800391416, 1.686613508665752, -0.802956718390362, 0.8338841795521574, -1.6948083917690129, 0.96888536545666, -1.0243913350545566, 0.21482492767891934];
        double[] y = [3.8281251143939126, 6.489593132020135, 5.016022845525724, 5.36311819592192, 5.277504266222003, 3.9995689258677922, 2.8958725434230876, 6.408419463236068];
        int m = a.Length, n = copies * m;
        double[] x = new double[2 * n], target = new double[n];
        for (int i = 0; i < n; i++)
            (x[i], x[n + i], target[i]) = (1, a[i % m], y[i % m]);

        // Both coefficients are positive: (1 ā; ā a²) β = (ȳ, ay) − λ.
        const double lambda = 0.1;
        double mean = a.Average(), square = a.Average(v => v * v), c0 = y.Average() - lambda, c1 = a.Zip(y, (u, v) => u * v).Average() - lambda;
        double determinant = square - mean * mean, one = (square * c0 - mean * c1) / determinant, slope = (c1 - mean * c0) / determinant;
        Assert.True(one > 0 && slope > 0);
        ElasticNetOptions options = new() { Intercept = false, Standardize = false };
        ElasticNetModel model = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, 2), target, lambda, 1, options);
        Assert.Equal(one, model.Coefficients[0], 1e-13);
        Assert.Equal(slope, model.Coefficients[1], 1e-13);
        Assert.True(model.Fit.Trace.ConstantColumns.IsEmpty);
        RegularizationPath path = ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(x, n, 2), target, 1, options with { Lambdas = new[] { 1, lambda } });
        Assert.Equal(one, path[1].Coefficients.ToArray()[0], 1e-13);

        // In cross-validation, too: the training rows of both folds are all rows, half as often.
        if (copies > 1)
        {
            int[] folds = [.. Enumerable.Range(0, n).Select(i => i / m % 2)];
            double error = Enumerable.Range(0, m).Average(i => (y[i] - one - slope * a[i]) * (y[i] - one - slope * a[i]));
            CrossValidationResult cv = ElasticNetEstimator.CrossValidate(
                MatrixView.ColumnMajor<double>(x, n, 2), target, options with { FoldPlan = FoldPlan.Given(folds), Lambdas = new[] { lambda } });
            Assert.Equal(error, cv.Best.Points[0].Mean, 1e-12);
        }

        // Standardised it has no deviation to be divided by.
        ElasticNetModel standardized = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, 2), target, lambda, 1, new() { Intercept = false });
        Assert.Equal((0.0, 1), (standardized.Coefficients[0], standardized.Fit.Trace.ConstantColumns.Length));
    }

    /// <summary>What is left of y less offset and mean is rounding: nothing to explain.</summary>
    [Fact]
    public void A_target_that_is_constant_up_to_rounding()
    {
        int n = 30;
        double[] x = new double[n], y = new double[n], offset = new double[n];
        for (int i = 0; i < n; i++)
        {
            x[i] = Math.Sin(i);
            offset[i] = 10 * Math.Cos(i);
            y[i] = 0.1 / (i + 1.0) * (i + 1.0);
        }

        ElasticNetModel model = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, 1), y, 0);
        Assert.Equal((0.0, 0.0, 0.0), (model.Coefficients[0], model.Fit.DevianceRatio, model.Fit.RelativeGap));
        Assert.Equal(0.1, model.Intercept, 1e-16);
        for (int i = 0; i < n; i++)
            y[i] = offset[i] + 0.3;
        model = ElasticNetEstimator.Fit(MatrixView.ColumnMajor<double>(x, n, 1), y, 0, 1, new() { Offset = offset });
        Assert.Equal((0.0, 0.0), (model.Coefficients[0], model.Fit.DevianceRatio));
        Assert.Equal(0.3, model.Intercept, 1e-15);
    }
}
