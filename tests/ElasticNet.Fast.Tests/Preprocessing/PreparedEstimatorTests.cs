using ElasticNet.Fast.Tests.BadInput;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>Options of a fit beside a preparation: given per raw column, given per row, and the edges of their units.</summary>
public class PreparedEstimatorTests
{
    private static readonly InputColumn[] s_columns = [InputColumn.Number("size"), InputColumn.Category("kind", ["a", "b", "c"]), InputColumn.Number("age")];
    private static readonly PreparationOptions s_mean = new() { Imputation = ImputationMethod.Mean, MissingIndicators = true };

    [Fact]
    public void What_is_given_per_column_holds_for_all_its_features()
    {
        (FeatureTable table, double[] y) = Problem();
        ElasticNetOptions options = new() { Preparation = s_mean };
        using ElasticNetModel excluded = ElasticNetEstimator.Fit(table, y, 0.01, options: options with { ExcludedFeatures = new[] { 1 } });
        Assert.Equal(["size", "size (missing)", "age"], Selected(excluded));
        Assert.Equal([0, 2], excluded.UsedInputs.ToArray());

        using ElasticNetModel kept = ElasticNetEstimator.Fit(table, y, 1e6, options: options with { PenaltyFactors = new double[] { 0, 1, 1 } });
        Assert.Equal(["size", "size (missing)"], Selected(kept));

        using ElasticNetModel bounded = ElasticNetEstimator.Fit(table, y, 0.01, options: options with
        {
            LowerBounds = new[] { double.NegativeInfinity, 0, 0 },
            UpperBounds = new[] { double.PositiveInfinity, 0.25, 0 },
        });
        double[] beta = Coefficients(bounded);
        Assert.All(Features(bounded, "kind"), k => Assert.InRange(beta[k], 0, 0.25));
        Assert.Contains(0.25, Features(bounded, "kind").Select(k => beta[k]));
        Assert.All(Features(bounded, "age"), k => Assert.Equal(0, beta[k]));
        Assert.True(bounded.Fit.RelativeGap < 1e-12);
    }

    [Fact]
    public void What_is_given_per_column_has_the_length_of_the_raw_table()
    {
        (FeatureTable table, double[] y) = Problem();
        ElasticNetOptions options = new() { Preparation = s_mean };
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(table, y, 0.1, options: options with { PenaltyFactors = new double[6] }), "PenaltyFactors", "3 columns");
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(table, y, 0.1, options: options with { ExcludedFeatures = new[] { 3 } }), "ExcludedFeatures", "[0, 3)");
    }

    [Fact]
    public void An_offset_is_a_part_of_the_target()
    {
        (FeatureTable table, double[] y) = Problem();
        double[] offset = [.. Enumerable.Range(0, y.Length).Select(i => Math.Cos(i))], rest = [.. y.Zip(offset, (value, known) => value - known)];
        foreach (PreparationOptions preparation in new[] { s_mean, s_mean with { Imputation = ImputationMethod.DropRows, MissingIndicators = false } })
        {
            ElasticNetOptions options = new() { Preparation = preparation, Folds = 4 };
            CrossValidationResult with = ElasticNetEstimator.CrossValidate(table, y, options with { Offset = offset });
            CrossValidationResult without = ElasticNetEstimator.CrossValidate(table, rest, options);
            Assert.Equal(without.LambdaMin, with.LambdaMin, 1e-9);
            Assert.Equal(without.Best.Points.Select(point => point.Mean), with.Best.Points.Select(point => point.Mean), (one, other) => Math.Abs(one - other) < 1e-9);
            double[] row = [double.NaN, 1, 2.5];
            if (preparation.Imputation != ImputationMethod.DropRows)
                Assert.Equal(without.Model.Predict(row) + 7, with.Model.Predict(row, 7), 1e-9);
        }
    }

    /// <summary>Without an intercept a unit is a unit all the same: the center has no part in it.</summary>
    [Theory]
    [InlineData(ScalingMethod.Standard)]
    [InlineData(ScalingMethod.MinMax)]
    [InlineData(ScalingMethod.Robust)]
    public void Without_an_intercept_features_are_only_divided_by_their_units(ScalingMethod scaling)
    {
        (FeatureTable table, double[] y) = Problem();
        ElasticNetOptions options = new() { Preparation = s_mean with { Scaling = scaling }, Intercept = false };
        using ElasticNetModel model = ElasticNetEstimator.Fit(table, y, 0.05, 0.5, options);
        Assert.Equal(0, model.Intercept);
        Preparation preparation = model.Preparation!;
        double[] features = new double[table.Rows * preparation.FeatureCount];
        preparation.Transform(table, features);
        for (int k = 0; k < features.Length; k++)
            features[k] /= preparation.Scales.Span[k / table.Rows];
        using ElasticNetModel expected = ElasticNetEstimator.Fit(
            MatrixView.ColumnMajor<double>(features, table.Rows, preparation.FeatureCount), y, 0.05, 0.5, new() { Standardize = false, Intercept = false });
        double[] beta = Coefficients(model), other = Coefficients(expected);
        for (int k = 0; k < beta.Length; k++)
            Assert.Equal(other[k], beta[k] * preparation.Scales.Span[k], 1e-9);
    }

    [Fact]
    public void Without_standardisation_and_scaling_the_unit_is_the_column()
    {
        (FeatureTable table, double[] y) = Problem();
        using ElasticNetModel plain = ElasticNetEstimator.Fit(table, y, 0.05, 0.5, new() { Preparation = s_mean, Standardize = false });
        using ElasticNetModel none = ElasticNetEstimator.Fit(table, y, 0.05, 0.5, new() { Preparation = s_mean with { Scaling = ScalingMethod.None } });
        Assert.Equal(Coefficients(plain), Coefficients(none), (one, other) => Math.Abs(one - other) < 1e-10);
    }

    /// <summary>A number that has one value and gaps is constant after imputation, in whatever weights, and so has no coefficient.</summary>
    [Theory]
    [InlineData(ImputationMethod.Mean)]
    [InlineData(ImputationMethod.Median)]
    [InlineData(ImputationMethod.MostFrequent)]
    [InlineData(ImputationMethod.NearestNeighbors)]
    [InlineData(ImputationMethod.Iterative)]
    public void A_filled_constant_is_a_constant(ImputationMethod method)
    {
        const int rows = 301;
        InputColumn[] columns = [InputColumn.Number("one"), InputColumn.Number("wave")];
        double[] values = new double[2 * rows], y = new double[rows], weights = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            values[i] = i % 3 == 0 ? double.NaN : 0.1;
            values[rows + i] = Math.Sin(i);
            y[i] = (i % 3) + (i % 7);
            weights[i] = 0.1 + (i % 5 / 3.0);
        }

        foreach (ScalingMethod? scaling in (ScalingMethod?[])[null, .. Enum.GetValues<ScalingMethod>()])
        {
            ElasticNetOptions options = new() { Preparation = new() { Imputation = method, Scaling = scaling }, Weights = weights, Folds = 3 };
            using ElasticNetModel model = ElasticNetEstimator.CrossValidate(new FeatureTable(columns, values, rows), y, options).Model;
            Assert.DoesNotContain("one", Selected(model));
            using ElasticNetModel single = ElasticNetEstimator.Fit(new FeatureTable(columns, values, rows), y, 0, options: options);
            Assert.DoesNotContain("one", Selected(single));
        }
    }

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-150)]
    public void Units_do_not_matter_however_far_from_one(double unit)
    {
        (FeatureTable table, double[] y) = Problem();
        double[] values = table.Values.ToArray();
        for (int i = 0; i < table.Rows; i++)
            values[i] *= unit;
        foreach (ImputationMethod method in new[] { ImputationMethod.Mean, ImputationMethod.Median, ImputationMethod.NearestNeighbors })
        {
            foreach (ScalingMethod? scaling in new ScalingMethod?[] { null, ScalingMethod.StandardSample, ScalingMethod.MinMax, ScalingMethod.Robust, ScalingMethod.MaxAbs })
            {
                ElasticNetOptions options = new() { Preparation = new() { Imputation = method, Scaling = scaling } };
                // Only one column of numbers has gaps; its own unit does not enter the distances that fill it.
                using ElasticNetModel one = ElasticNetEstimator.Fit(table, y, 0.1, options: options);
                using ElasticNetModel other = ElasticNetEstimator.Fit(new FeatureTable(s_columns, values, table.Rows), y, 0.1, options: options);
                Assert.Equal(one.Fit.DevianceRatio, other.Fit.DevianceRatio, 1e-9);
                Assert.Equal(Coefficients(one)[0], Coefficients(other)[0] * unit, 1e-9);
            }
        }
    }

    // 40 rows: y = size + effect of kind + age, size with gaps that matter.
    private static (FeatureTable Table, double[] Target) Problem()
    {
        const int rows = 40;
        Random random = new(3);
        double[] values = new double[3 * rows], y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double size = 5 + (3 * random.NextDouble()), age = 10 * random.NextDouble();
            int kind = random.Next(3);
            bool isMissing = i % 4 == 1;
            (values[i], values[rows + i], values[2 * rows + i]) = (isMissing ? double.NaN : size, kind, age);
            y[i] = size + (2 * kind) - (0.5 * age) + (isMissing ? 3 : 0) + (0.1 * random.NextDouble());
        }

        return (new(s_columns, values, rows), y);
    }

    private static double[] Coefficients(ElasticNetModel model)
    {
        double[] dense = new double[model.FeatureCount];
        for (int k = 0; k < model.Indices.Length; k++)
            dense[model.Indices[k]] = model.Values[k];
        return dense;
    }

    private static string[] Selected(ElasticNetModel model) => [.. model.Indices.ToArray().Select(k => model.FeatureNames![k])];

    private static int[] Features(ElasticNetModel model, string column) =>
        [.. Enumerable.Range(0, model.FeatureCount).Where(k => model.FeatureNames![k].StartsWith(column, StringComparison.Ordinal))];
}
