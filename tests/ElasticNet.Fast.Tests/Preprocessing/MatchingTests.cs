using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Tests.Models;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>Predictive mean matching: what is put into a gap was observed, in a row that is predicted about the same.</summary>
[Reproducible]
public class MatchingTests
{
    [Property]
    public void The_middle_of_the_nearest_is_that_of_a_plain_search(int seed)
    {
        Random random = new(seed);
        (double Prediction, double Value)[] donors = [.. Enumerable.Range(0, 1 + random.Next(30)).Select(_ => (random.Next(40) / 4.0, (double)random.Next(10)))];
        MatchTable table = MatchTable.Of(donors).Collapsed();
        (double Prediction, double Value)[] groups = [.. donors.GroupBy(donor => donor.Prediction)
            .Select(group => (group.Key, group.Select(donor => donor.Value).Order().ElementAt((group.Count() - 1) / 2))).OrderBy(group => group.Key)];
        Assert.Equal(groups.Select(group => group.Prediction), table.Predictions.ToArray());
        for (int trial = 0; trial < 20; trial++)
        {
            double prediction = random.Next(-8, 90) / 8.0;
            int count = 1 + random.Next(8);
            double[] nearest = [.. groups.OrderBy(group => Math.Abs(group.Prediction - prediction)).ThenBy(group => group.Prediction).Take(count).Select(group => group.Value).Order()];
            Assert.Equal(nearest[(nearest.Length - 1) / 2], table.Middle(prediction, count));
        }
    }

    [Fact]
    public void Draws_take_each_of_the_nearest_alike_and_any_of_those_that_tie_for_last()
    {
        // Predicted 5: the nearest is 5, then 4 and 6 tie, the second and third of which donors are one; of three all.
        MatchTable table = MatchTable.Of([(5, 50), (4, 40), (6, 60), (6, 61), (9, 90)]);
        Deviates random = new(3, 0);
        int[] counts = new int[100];
        for (int k = 0; k < 40_000; k++)
            counts[(int)table.Any(5, 2, ref random)]++;
        Assert.InRange(counts[50], 19_500, 20_500);
        foreach (int tied in new[] { 40, 60, 61 })
            Assert.InRange(counts[tied], 6_300, 7_030);
        Assert.Equal(0, counts[90]);
        Assert.Equal(90, MatchTable.Of([(9, 90)]).Any(-1e300, 5, ref random));
        Assert.Equal(7, MatchTable.Empty.Any(7, 5, ref random));
        Assert.Equal(7, MatchTable.Empty.Middle(7, 5));
        Assert.True(double.IsNaN(table.Middle(double.NaN, 3)));
    }

    [Theory]
    [InlineData(ImputationRegression.BayesianRidge)]
    [InlineData(ImputationRegression.ElasticNet)]
    public void Every_value_put_in_was_observed(ImputationRegression regression)
    {
        FeatureTable table = Counts(out _);
        Preparation preparation = Preparation.Learn(table, Options(5, regression));
        double[] filled = Fill(preparation, table);
        for (int j = 0; j < 3; j++)
        {
            HashSet<double> observed = [.. table.Column(j).ToArray().Where(value => !double.IsNaN(value))];
            Assert.All(Enumerable.Range(0, table.Rows), i => Assert.Contains(filled[j * table.Rows + i], observed));
        }
    }

    [Fact]
    public void The_nearest_donor_of_one_is_the_row_that_is_alike()
    {
        // b = 10a and c = −a: a row without b is predicted like the rows of the same a.
        double[] a = [1, 2, 3, 4, 5, 6, 7, 3], b = [10, 20, 30, 40, 50, 60, 70, double.NaN], c = [-1, -2, -3, -4, -5, -6, -7, -3];
        Preparation preparation = Preparation.Learn(new FeatureTable([.. "abc".Select(name => InputColumn.Number($"{name}"))], (double[])[.. a, .. b, .. c], 8), Options(1));
        double[] features = new double[3];
        preparation.Transform([3, double.NaN, -3], features);
        Assert.Equal([3, 30, -3], features);
        preparation.Transform([100, double.NaN, -100], features);
        Assert.Equal(70, features[1]);
    }

    [Fact]
    public void A_row_alone_and_a_loaded_model_fill_the_same()
    {
        FeatureTable table = Counts(out double[] y);
        ElasticNetOptions options = new() { Preparation = Options(5) };
        using ElasticNetModel model = ElasticNetEstimator.Fit(table, y, 0.01, 1, options), loaded = ElasticNetModel.Load(SampleModels.Bytes(model));
        double[] all = new double[table.Rows], again = new double[table.Rows];
        model.Predict(table.View, all);
        loaded.Predict(table.View, again);
        Assert.Equal(all, again);
        for (int i = 0; i < table.Rows; i++)
            Assert.Equal(all[i], loaded.Predict([.. Enumerable.Range(0, 3).Select(j => table.Column(j)[i])]));
        Assert.Equal(5, loaded.Preparation!.Options.Iterative.Matching);
        Assert.Equal(SampleModels.Bytes(model), SampleModels.Bytes(loaded));
    }

    [Fact]
    public void Draws_are_observed_values_and_repeat_by_the_seed()
    {
        FeatureTable table = Counts(out double[] y);
        FeatureTable[] drawn = MultipleImputation.Draw(table, y, new() { Imputations = 4, Seed = 9 }, new() { Matching = 5 });
        FeatureTable[] again = MultipleImputation.Draw(table, y, new() { Imputations = 4, Seed = 9 }, new() { Matching = 5 }, maxDegreeOfParallelism: 1);
        for (int k = 0; k < 4; k++)
        {
            Assert.Equal(drawn[k].Values.ToArray(), again[k].Values.ToArray());
            Assert.All(Enumerable.Range(0, 3), j => Assert.Subset(new HashSet<double>(table.Column(j).ToArray().Where(value => !double.IsNaN(value))), new HashSet<double>(drawn[k].Column(j).ToArray())));
        }

        Assert.NotEqual(drawn[0].Values.ToArray(), drawn[1].Values.ToArray());
        using ElasticNetModel stacked = ElasticNetEstimator.Fit(table, y, 0.01, 1, new() { Preparation = Options(5) with { Imputation = ImputationMethod.Multiple } });
        Assert.True(double.IsFinite(stacked.Predict([1, double.NaN, 3])));
    }

    [Fact]
    public void Values_outside_the_limits_are_no_donors()
    {
        FeatureTable table = Counts(out _);
        Preparation preparation = Preparation.Learn(table, Options(3) with { Iterative = new() { Matching = 3, Minimum = 2, Maximum = 6 } });
        double[] filled = Fill(preparation, table);
        for (int k = 0; k < filled.Length; k++)
        {
            if (double.IsNaN(table.Values.Span[k]))
                Assert.InRange(filled[k], 2, 6);
        }
    }

    [Fact]
    public void A_column_alone_and_a_column_never_observed_in_a_fold_are_filled_as_without()
    {
        double[] values = [1, 2, double.NaN, 5];
        double[] filled = Fill(Preparation.Learn(new FeatureTable([InputColumn.Number("a")], values, 4), Options(5)), new FeatureTable([InputColumn.Number("a")], values, 4));
        Assert.Equal(8.0 / 3, filled[2], 1e-15);
        double[] rare = [1, 2, 3, 4, 5, 6, double.NaN, double.NaN, 9, double.NaN, double.NaN, double.NaN];
        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(
            new FeatureTable([InputColumn.Number("a"), InputColumn.Number("b")], rare, 6), [1, 2, 3, 4, 5, 7], new() { Folds = 3, Preparation = Options(2) });
        Assert.All(cv.Best.Points, point => Assert.True(double.IsFinite(point.Mean)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(65)]
    public void Absurd_numbers_of_donors_are_refused(int matching) => Assert.Contains(
        $"'Matching' ({matching}) must be in [0, 64]",
        Assert.Throws<ArgumentOutOfRangeException>(() => Preparation.Learn(Counts(out _), Options(matching))).Message, StringComparison.Ordinal);

    private static PreparationOptions Options(int matching, ImputationRegression regression = ImputationRegression.BayesianRidge) =>
        new() { Imputation = ImputationMethod.Iterative, Iterative = new() { Matching = matching, Regression = regression, MaxRounds = 4 } };

    private static double[] Fill(Preparation preparation, FeatureTable table)
    {
        double[] features = new double[table.Values.Length];
        preparation.Transform(table, features);
        return features;
    }

    // Skewed counts: a prediction is neither whole nor always above 0, a match is.
    private static FeatureTable Counts(out double[] y)
    {
        const int rows = 60;
        Random random = new(4);
        double[] values = new double[3 * rows];
        y = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            double size = -Math.Log(random.NextDouble());
            for (int j = 0; j < 3; j++)
            {
                values[j * rows + i] = Math.Floor(3 * size * random.NextDouble());
                y[i] += values[j * rows + i];
            }

            y[i] += random.NextDouble();
            if (random.Next(3) == 0)
                values[random.Next(3) * rows + i] = double.NaN;
        }

        return new([.. Enumerable.Range(0, 3).Select(j => InputColumn.Number($"n{j}"))], values, rows);
    }
}
