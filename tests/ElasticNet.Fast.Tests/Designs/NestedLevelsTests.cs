namespace ElasticNet.Fast.Tests.Designs;

/// <summary>
/// Towns within counties within states, thousands of levels, most of them in the end in the support, where many depend on each other: the
/// equations are solved as sparse ones, and the solutions are those of the same columns without a structure.
/// </summary>
public class NestedLevelsTests
{
    [Theory]
    [InlineData(1, 1.0, true, true)]
    [InlineData(2, 1.0, true, false)]
    [InlineData(3, 1.0, false, true)]
    [InlineData(6, 0.5, true, true)]
    [InlineData(7, 0.0, true, true)]
    public void A_path_is_that_of_sparse_columns_of_numbers(int seed, double l1Ratio, bool intercept, bool standardize)
    {
        (FeatureTable table, double[] y) = Make(seed, rows: 3000, towns: 1400, counties: 120, states: 9);
        ElasticNetOptions options = new() { Intercept = intercept, Standardize = standardize, LambdaCount = 12, LambdaMinRatio = standardize ? 1e-3 : 1e-5 };
        RegularizationPath nested = ElasticNetEstimator.Path(table, y, l1Ratio, options);
        RegularizationPath plain = ElasticNetEstimator.Path(Numbers(table, out Preparation preparation), y, l1Ratio, options with { FeatureNames = [.. preparation.FeatureNames] });
        AssertSame(plain, nested, 1e-11);
        // A dense factor is kept up to date without a ridge term, a sparse one is made anew: it was this one.
        if (l1Ratio == 1)
            Assert.True(nested.Sum(point => point.Fit.Trace.Factorizations) > plain.Sum(point => point.Fit.Trace.Factorizations) + 5);
    }

    /// <summary>The same of other losses, whose matrix changes with every step.</summary>
    [Theory]
    [InlineData(11, 1.0, true, true)]
    [InlineData(12, 0.3, true, true)]
    [InlineData(13, 1.0, false, false)]
    public void A_path_of_another_loss_is_that_of_sparse_columns_of_numbers(int seed, double l1Ratio, bool intercept, bool isBinomial)
    {
        (FeatureTable table, double[] y) = Make(seed, rows: 3500, towns: 1400, counties: 120, states: 9);
        Random random = new(seed);
        double mean = y.Average();
        for (int i = 0; i < y.Length; i++)
            y[i] = isBinomial ? random.NextDouble() < 1 / (1 + Math.Exp(mean - y[i])) ? 1 : 0 : Math.Floor(Math.Exp(0.3 * (y[i] - mean)) + random.NextDouble());
        ElasticNetOptions options = new() { Family = isBinomial ? Family.Binomial : Family.Poisson, Intercept = intercept, LambdaCount = 8, LambdaMinRatio = 3e-3 };
        RegularizationPath nested = ElasticNetEstimator.Path(table, y, l1Ratio, options);
        RegularizationPath plain = ElasticNetEstimator.Path(Numbers(table, out Preparation preparation), y, l1Ratio, options with { FeatureNames = [.. preparation.FeatureNames] });
        AssertSame(plain, nested, 1e-10);
    }

    /// <summary>One strength from nothing, where thousands enter.</summary>
    [Fact]
    public void A_cold_start_ends_where_the_path_does()
    {
        (FeatureTable table, double[] y) = Make(4, rows: 6000, towns: 3000, counties: 200, states: 12);
        RegularizationPath path = ElasticNetEstimator.Path(table, y, 1, new() { LambdaCount = 15, LambdaMinRatio = 1e-3 });
        ElasticNetModel model = ElasticNetEstimator.Fit(table, y, path[^1].Lambda, 1);
        Assert.InRange(model.Fit.RelativeGap, 0, 1e-11);
        Assert.Equal(path[^1].Fit.DevianceRatio, model.Fit.DevianceRatio, 1e-11);
        Assert.Equal(path[^1].Fit.NonZeroCount, model.Fit.NonZeroCount);
    }

    /// <summary>No penalty, and columns that depend on each other by the hundred: the fitted values are those of least squares.</summary>
    [Fact]
    public void Least_squares_fits_as_well_as_with_numbers()
    {
        (FeatureTable table, double[] y) = Make(8, rows: 2500, towns: 1100, counties: 60, states: 5);
        ElasticNetModel nested = ElasticNetEstimator.Fit(table, y, 0, 1), plain = ElasticNetEstimator.Fit(Numbers(table, out _), y, 0, 1);
        Assert.InRange(nested.Fit.RelativeGap, 0, 1e-10);
        Assert.Equal(plain.Fit.DevianceRatio, nested.Fit.DevianceRatio, 1e-10);
        Assert.Equal(plain.Fit.DegreesOfFreedom, nested.Fit.DegreesOfFreedom);
    }

    /// <summary>A path that ends without a ridge term has members that depend on each other from there on.</summary>
    [Fact]
    public void A_ridge_path_may_end_in_least_squares()
    {
        (FeatureTable table, double[] y) = Make(10, rows: 2500, towns: 1100, counties: 60, states: 5);
        ElasticNetOptions options = new() { Lambdas = new[] { 1, 0.01, 0 } };
        RegularizationPath nested = ElasticNetEstimator.Path(table, y, 0.5, options), plain = ElasticNetEstimator.Path(Numbers(table, out _), y, 0.5, options);
        for (int k = 0; k < plain.Count; k++)
        {
            Assert.InRange(nested[k].RelativeGap, 0, 1e-10);
            Assert.Equal(plain[k].Fit.DevianceRatio, nested[k].Fit.DevianceRatio, 1e-10);
            Assert.Equal(plain[k].Fit.DegreesOfFreedom, nested[k].Fit.DegreesOfFreedom, 1e-6 * 1200);
        }
    }

    /// <summary>Unpenalised levels beside penalised ones.</summary>
    [Fact]
    public void Columns_without_a_penalty_are_fitted_first()
    {
        (FeatureTable table, double[] y) = Make(9, rows: 3000, towns: 1300, counties: 60, states: 6);
        SparseMatrix<double> numbers = Numbers(table, out Preparation preparation);
        ElasticNetOptions options = new() { LambdaCount = 15, LambdaMinRatio = 1e-3 };
        double[] factors = [.. preparation.FeatureNames.Select(name => name.StartsWith("state", StringComparison.Ordinal) ? 0.0 : 1)];
        RegularizationPath nested = ElasticNetEstimator.Path(table, y, 1, options with { PenaltyFactors = new double[] { 1, 1, 1, 0 } });
        RegularizationPath plain = ElasticNetEstimator.Path(numbers, y, 1, options with { PenaltyFactors = factors });
        for (int k = 0; k < plain.Count; k++)
        {
            Assert.InRange(nested[k].RelativeGap, 0, 1e-9);
            Assert.Equal(plain[k].Fit.DevianceRatio, nested[k].Fit.DevianceRatio, 1e-10);
        }
    }

    [Fact]
    public void Folds_share_the_order_of_elimination_and_give_the_same_with_any_threads()
    {
        (FeatureTable table, double[] y) = Make(5, rows: 3000, towns: 1500, counties: 100, states: 8);
        ElasticNetOptions options = new() { LambdaCount = 20, LambdaMinRatio = 1e-3, Folds = 4, MaxDegreeOfParallelism = 1 };
        CrossValidationResult one = ElasticNetEstimator.CrossValidate(table, y, options);
        CrossValidationResult two = ElasticNetEstimator.CrossValidate(table, y, options with { MaxDegreeOfParallelism = 2 });
        for (int k = 0; k < one.Best.Points.Count; k++)
            Assert.Equal(one.Best.Points[k].Mean, two.Best.Points[k].Mean);
    }

    private static void AssertSame(RegularizationPath plain, RegularizationPath nested, double gap)
    {
        Assert.Equal(plain.Count, nested.Count);
        Assert.True(nested[^1].Fit.NonZeroCount > 1000, $"{nested[^1].Fit.NonZeroCount} of {nested.FeatureCount}");
        for (int k = 0; k < plain.Count; k++)
        {
            Assert.InRange(nested[k].RelativeGap, 0, gap);
            Assert.Equal(plain[k].Fit.DevianceRatio, nested[k].Fit.DevianceRatio, 1e-10);
            double expected = plain[k].Coefficients.ToArray().Sum(Math.Abs);
            Assert.Equal(expected, nested[k].Coefficients.ToArray().Sum(Math.Abs), 1e-7 * (1 + expected));
        }
    }

    /// <summary>The same features as numbers that happen to be 0 and 1 for the most part.</summary>
    private static SparseMatrix<double> Numbers(FeatureTable table, out Preparation preparation)
    {
        preparation = Preparation.Learn(table, new());
        int rows = table.Rows, count = preparation.FeatureCount;
        double[] features = new double[rows * count];
        preparation.Transform(table, features);
        return SparseMatrix.FromRows(count, Enumerable.Range(0, rows).Select(i =>
            Enumerable.Range(0, count).Where(j => features[j * rows + i] != 0).Select(j => (j, features[j * rows + i]))));
    }

    private static (FeatureTable Table, double[] Y) Make(int seed, int rows, int towns, int counties, int states)
    {
        Random random = new(seed);
        InputColumn[] columns =
        [
            InputColumn.Number("longitude"), InputColumn.Category("town", [.. Enumerable.Range(0, towns).Select(k => $"t{k}")]),
            InputColumn.Category("county", [.. Enumerable.Range(0, counties).Select(k => $"c{k}")]),
            InputColumn.Category("state", [.. Enumerable.Range(0, states).Select(k => $"s{k}")]),
        ];
        double[] values = new double[rows * columns.Length], y = new double[rows];
        double[] ofTowns = Effects(towns, 0.5), ofCounties = Effects(counties, 2), ofStates = Effects(states, 5);
        for (int i = 0; i < rows; i++)
        {
            int town = i < towns ? i : random.Next(towns);
            // A tenth of the towns share their name with one elsewhere.
            int county = random.Next(10) == 0 ? random.Next(counties) : town % counties, state = county % states;
            values[i] = random.NextDouble() + state;
            (values[rows + i], values[2 * rows + i], values[3 * rows + i]) = (town, county, state);
            y[i] = 0.3 * values[i] + ofTowns[town] + ofCounties[county] + ofStates[state] + 0.05 * random.NextDouble();
        }

        return (new FeatureTable(columns, values, rows), y);

        double[] Effects(int count, double size) => [.. Enumerable.Range(0, count).Select(_ => size * (random.NextDouble() - 0.5))];
    }
}
