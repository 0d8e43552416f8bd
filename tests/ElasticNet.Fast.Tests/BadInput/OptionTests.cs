namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>Options outside their documented range are refused by name, value and rule.</summary>
public class OptionTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Repeats_below_one(int repeats) =>
        Refusal.OfArgument(() => Sample.With(options => options with { Repeats = repeats }).CrossValidate(), "Repeats", $"{repeats}");

    [Fact]
    public void Repeats_of_given_folds() =>
        Refusal.OfArgument(
            () => ElasticNetEstimator.CrossValidate(
                Sample.Good().X, new Target(Sample.Good().Y) { Folds = FoldPlan.Given([.. Enumerable.Range(0, Sample.Rows)]) }, new() { Repeats = 2 }),
            "Repeats", "2", "given");

    [Fact]
    public void A_repeat_beyond_the_last()
    {
        CrossValidationResult result = Sample.With(options => options with { Folds = 3, Repeats = 2, LambdaCount = 4 }).CrossValidate();
        Refusal.OfArgument(() => result.FoldIdsOf(2), "repeat", "2", "[0, 2)");
    }

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(-2)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Lambda_below_zero(double lambda)
    {
        string value = lambda.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Problem problem = Sample.Good();
        Refusal.OfArgument(() => problem.Fit(lambda, 0.5), "'lambda'", value);
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(problem.X, problem.Y, lambda), "'lambda'", value);
        Problem listed = Sample.With(options => options with { Lambdas = new[] { 1, lambda, 0.5 } });
        Refusal.OfArgument(() => listed.Path(0.5), "Lambdas", value);
        Refusal.OfArgument(() => listed.CrossValidate(), "Lambdas", value);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void L1_ratio_outside_zero_to_one(double ratio)
    {
        string value = ratio.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Problem problem = Sample.Good();
        Refusal.OfArgument(() => problem.Fit(0.1, ratio), "'l1Ratio'", value);
        Refusal.OfArgument(() => problem.Path(ratio), "'l1Ratio'", value);
        Problem listed = Sample.With(options => options with { L1Ratios = new[] { 1, ratio } });
        Refusal.OfArgument(() => listed.CrossValidate(), "L1Ratios", value);
    }

    [Fact]
    public void No_l1_ratios() =>
        Refusal.OfArgument(() => Sample.With(options => options with { L1Ratios = Array.Empty<double>() }).CrossValidate(), "L1Ratios");

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Lambda_count_below_one(int count)
    {
        Problem problem = Sample.With(options => options with { LambdaCount = count });
        Refusal.OfArgument(() => problem.Path(1), "LambdaCount", $"{count}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1.5)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Lambda_min_ratio_outside_zero_to_one(double ratio)
    {
        Problem problem = Sample.With(options => options with { LambdaMinRatio = ratio });
        Refusal.OfArgument(() => problem.Path(1), "LambdaMinRatio", ratio.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(Sample.Rows + 1)]
    public void Folds_below_two_or_above_the_rows(int folds)
    {
        string message = Refusal.OfArgument(() => Sample.With(options => options with { Folds = folds }).CrossValidate(), "Folds", $"{folds}");
        if (folds > Sample.Rows)
            Assert.Contains($"{Sample.Rows}", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_weight_zero_do_not_count_for_folds()
    {
        double[] weights = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Refusal.OfArgument(() => Sample.With(options => options with { Folds = 4, Weights = weights }).CrossValidate(), "Folds", "4", "3");
    }

    [Fact]
    public void One_fold_given() =>
        Refusal.OfArgument(() => Sample.With(options => options with { FoldPlan = FoldPlan.Given(new int[Sample.Rows]) }).CrossValidate(), "foldIds", "1");

    [Theory]
    [InlineData(Sample.Rows - 1)]
    [InlineData(Sample.Rows + 1)]
    public void Values_per_row_of_another_length(int length)
    {
        Each(options => options with { Weights = Ones(length) }, "Weights");
        Each(options => options with { Offset = Ones(length) }, "Offset");
        Refusal.OfArgument(
            () => Sample.With(options => options with { FoldPlan = FoldPlan.Given(new int[length]) }).CrossValidate(), "Folds", $"{length}", $"{Sample.Rows}");

        void Each(Func<ElasticNetOptions, ElasticNetOptions> change, string name)
        {
            foreach (Action call in Sample.Calls(Sample.With(change)))
                Refusal.OfArgument(call, name, $"{length}", $"{Sample.Rows}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(Sample.Columns + 1)]
    public void Values_per_column_of_another_length(int length)
    {
        Each(options => options with { PenaltyFactors = Ones(length) }, "PenaltyFactors");
        Each(options => options with { UpperBounds = Ones(length) }, "UpperBounds");
        Each(options => options with { LowerBounds = new double[length] }, "LowerBounds");
        Each(options => options with { FeatureNames = new string[length] }, "FeatureNames");

        void Each(Func<ElasticNetOptions, ElasticNetOptions> change, string name)
        {
            foreach (Action call in Sample.Calls(Sample.With(change)))
                Refusal.OfArgument(call, name, $"{length}", $"{Sample.Columns}");
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Penalty_factors_below_zero(double factor) =>
        Refused(options => options with { PenaltyFactors = new[] { 1, 1, factor, 1 } }, "PenaltyFactors", "2", factor);

    [Theory]
    [InlineData(0.1)]
    [InlineData(double.NaN)]
    public void Lower_bounds_above_zero(double bound)
    {
        Refused(options => options with { LowerBounds = new[] { -1, 0, -2, bound } }, "LowerBounds", "3", bound);
        Refused(options => options with { LowerBounds = new[] { bound } }, "LowerBounds", "", bound);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Upper_bounds_below_zero(double bound)
    {
        Refused(options => options with { UpperBounds = new[] { 1, bound, 2, 1 } }, "UpperBounds", "1", bound);
        Refused(options => options with { UpperBounds = new[] { bound } }, "UpperBounds", "", bound);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(Sample.Columns)]
    public void Excluded_features_outside_the_columns(int feature) =>
        Refused(options => options with { ExcludedFeatures = new[] { 0, feature } }, "ExcludedFeatures", $"{Sample.Columns}", feature);

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void Threads_below_one(int threads) =>
        Refused(options => options with { MaxDegreeOfParallelism = threads }, "MaxDegreeOfParallelism", "", threads);

    [Fact]
    public void Buffers_that_are_too_short()
    {
        Problem problem = Sample.With(options => options with { LambdaCount = 5 });
        using Workspace workspace = new();
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, problem.Options, workspace, new double[3]), "'coefficients'", "3", "4");
        Refusal.OfArgument(() => ElasticNetEstimator.Path(problem.X, problem.Y, 1, problem.Options, workspace, new ElasticNetFit[4], new double[20]), "'fits'", "4", "5");
        Refusal.OfArgument(() => ElasticNetEstimator.Path(problem.X, problem.Y, 1, problem.Options, workspace, new ElasticNetFit[5], new double[19]), "'coefficients'", "19", "5", "4");
    }

    private static void Refused(Func<ElasticNetOptions, ElasticNetOptions> change, string name, string part, double value)
    {
        foreach (Action call in Sample.Calls(Sample.With(change)))
            Refusal.OfArgument(call, name, part, value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    private static double[] Ones(int length) => [.. Enumerable.Repeat(1.0, length)];
}
