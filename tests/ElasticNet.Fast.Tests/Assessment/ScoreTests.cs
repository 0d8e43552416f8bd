using ElasticNet.Fast.Tests.Families;

namespace ElasticNet.Fast.Tests.Assessment;

/// <summary>The score of held-out rows, against its formulas and against what a fit says of its own rows.</summary>
public class ScoreTests
{
    private static readonly double[,] s_x = { { 1, 2 }, { 2, 1 }, { 3, 4 }, { 4, 3 }, { 5, 5 }, { 6, 2 } };
    private static readonly double[] s_y = [3.1, 3.9, 8.2, 8.8, 11.1, 9.7];

    [Fact]
    public void Squared_error_is_scored_by_the_textbook()
    {
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_x, s_y, 0.1);
        double[,] x = { { 2, 2 }, { 5, 1 }, { 3, 3 } };
        double[] y = [5, 7, 6.5], predicted = model.Predict(x);
        ModelAssessment score = model.Score(x, y);
        double mean = y.Average(), squared = 0, absolute = 0, around = 0;
        for (int i = 0; i < 3; i++)
        {
            squared += (y[i] - predicted[i]) * (y[i] - predicted[i]) / 3;
            absolute += Math.Abs(y[i] - predicted[i]) / 3;
            around += (y[i] - mean) * (y[i] - mean) / 3;
        }

        Assert.Equal(3, score.Rows);
        Assert.Equal(1 - squared / around, score.RSquared, 12);
        Assert.Equal(score.RSquared, score.DevianceExplained, 14);
        Assert.Equal(Math.Sqrt(squared), score.RootMeanSquaredError, 12);
        Assert.Equal(absolute, score.MeanAbsoluteError, 12);
        Assert.Equal(score.MeanAbsoluteError, score[Measure.MeanAbsoluteError]);
        Assert.Equal(score.MeanSquaredError, score[Measure.MeanSquaredError]);
        Assert.Contains("'measure' (area under the ROC curve) must be a measure of the family gaussian", Assert.Throws<ArgumentOutOfRangeException>(() => score[Measure.Auc]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_counts_as_so_many_rows_and_a_row_of_weight_0_may_hold_anything()
    {
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_x, s_y, 0.1);
        double[,] once = { { 2, 2 }, { 5, 1 }, { 3, 3 }, { double.NaN, double.PositiveInfinity } }, repeated = { { 2, 2 }, { 5, 1 }, { 5, 1 }, { 5, 1 }, { 3, 3 } };
        ModelAssessment weighted = model.Score(once, new Target([5, 7, 6.5, double.NaN]) { Weights = [1e200, 3e200, 1e200, 0] });
        ModelAssessment plain = model.Score(repeated, [5, 7, 7, 7, 6.5]);
        Assert.Equal(3, weighted.Rows);
        Assert.Equal(plain.RSquared, weighted.RSquared, 12);
        Assert.Equal(plain.RootMeanSquaredError, weighted.RootMeanSquaredError, 12);
        Assert.Equal(plain.MeanAbsoluteError, weighted.MeanAbsoluteError, 12);
    }

    public static TheoryData<string> Families => [.. FamilySample.Curved.Append(Family.Gaussian).Append(Family.Huber(0.4)).Select(family => family.ToString())];

    /// <summary>On the rows of the fit, weighted and with an offset, the score is the fit's own.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Of_the_training_rows_the_score_is_the_deviance_ratio_of_the_fit(string name)
    {
        Family family = FamilySample.Curved.Append(Family.Gaussian).Append(Family.Huber(0.4)).First(family => family.ToString() == name);
        (double[,] x, double[] y) = FamilySample.Of(family, 60, 4, seed: 3);
        Random random = new(8);
        double[] weights = [.. y.Select((_, i) => i % 9 == 0 ? 0 : 0.5 + random.NextDouble())], offset = [.. y.Select(_ => random.NextDouble() - 0.5)];
        Target target = new(y) { Weights = weights, Offset = offset };
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, target, 0.01, 0.8, new() { Family = family });
        ModelAssessment score = model.Score(x, target);
        Assert.Equal(weights.Count(weight => weight > 0), score.Rows);
        Assert.InRange(model.Fit.DevianceRatio, 0.02, 1);
        Assert.Equal(model.Fit.DevianceRatio, score.DevianceExplained, 9);
        double[] predicted = model.Predict(x, offset: offset);
        double squared = y.Select((value, i) => weights[i] * (value - predicted[i]) * (value - predicted[i])).Sum() / weights.Sum();
        Assert.Equal(squared, score.MeanSquaredError, 10);
        // What cross-validation measures, by the code that measures there.
        double[] counted = [.. weights.Where(weight => weight > 0)], response = [.. y.Where((_, i) => weights[i] > 0)];
        double[] linear = [.. model.OnLinkScale.Predict(x, offset: offset).Where((_, i) => weights[i] > 0)];
        Assert.All(family.Measures, measure => Assert.Equal(HeldOutMeasure.Of(measure, family).Add(0, response, counted, [.. linear]) / counted.Sum(), score[measure], 10));
        Assert.InRange(score.RSquared, 0.01, 1);
    }

    [Fact]
    public void Classes_are_the_models_in_either_order()
    {
        double[,] x = { { 1 }, { 2 }, { 3 }, { 4 }, { 5 }, { 6 } };
        string[] labels = ["no", "no", "yes", "no", "yes", "yes"];
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, Target.Labels(labels, positive: "no"), 0.05, options: new() { Family = Family.Binomial });
        ModelAssessment score = model.Score(x, Target.Labels(labels, positive: "no")), turned = model.Score(x, Target.Labels(labels));
        Assert.Equal(8.0 / 9, score[Measure.Auc], 12);
        Assert.Equal(score.ToString(), turned.ToString());
        Assert.Contains("must have the model's classes 'yes' and 'no', but has 'false' and 'true'", Message(() => model.Score(x, new[] { true, false, true, false, true, true })), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_one_class_are_scored_too()
    {
        double[,] x = { { 1 }, { 2 }, { 3 }, { 4 }, { 5 }, { 6 } };
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, [0, 0, 1, 0, 1, 1], 0.05, options: new() { Family = Family.Binomial });
        ModelAssessment score = model.Score(new double[,] { { 4 }, { 7 } }, [1, 1]);
        Assert.True(double.IsNaN(score.DevianceExplained) && double.IsNaN(score.RSquared) && double.IsNaN(score[Measure.Auc]));
        Assert.Equal(0, score[Measure.Misclassification]);
        Assert.InRange(score[Measure.Deviance], 0.01, 2);
    }

    [Fact]
    public void Columns_of_a_table_are_found_by_name_and_what_it_lacks_is_counted()
    {
        FeatureTable table = new([InputColumn.Category("district", ["east", "north", "south"]), InputColumn.Number("area")],
            (double[])[1, 2, 1, 2, 0, 0, 60, 80, 70, 90, 55, 65], 6);
        double[] price = [220, 310, 260, 335, 150, 175];
        using ElasticNetModel model = ElasticNetEstimator.Fit(table, price, 0.1);
        FeatureTable other = new([InputColumn.Number("area"), InputColumn.Category("district", ["south", "west"])], (double[])[75, 75, 0, 1], 2);
        InputTally tally = new();
        ModelAssessment score = model.Score(other, [300, 250], tally);
        double[] predicted = model.Predict(other);
        Assert.Equal((Math.Abs(300 - predicted[0]) + Math.Abs(250 - predicted[1])) / 2, score.MeanAbsoluteError, 10);
        Assert.Contains("'west'", tally.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_scored_is_refused()
    {
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_x, s_y, 0.1), counts = ElasticNetEstimator.Fit(s_x, [3, 4, 8, 9, 11, 10], 0.1, options: new() { Family = Family.Poisson });
        double[,] x = { { 2, 2 }, { 5, 1 } };
        Assert.Contains("'y' (length 3) must have one value for each of the 2 rows", Message(() => model.Score(x, [1, 2, 3])), StringComparison.Ordinal);
        Assert.Contains("row 1 (counted from 0) is NaN", Message(() => model.Score(x, [1, double.NaN])), StringComparison.Ordinal);
        Assert.Contains("Row 0 (counted from 0) has no prediction (linear predictor NaN)", Message(() => model.Score(new double[,] { { double.NaN, 1 }, { 1, 1 } }, [1, 2])), StringComparison.Ordinal);
        Assert.Contains("Row 1 (counted from 0) has no prediction (linear predictor ", Message(() => counts.Score(new double[,] { { 1, 1 }, { 1e6, 1 } }, [1, 2])), StringComparison.Ordinal);
        Assert.Contains("'Weights'", Message(() => model.Score(x, new Target([1, 2]) { Weights = [1] })), StringComparison.Ordinal);
        Assert.Contains("must have a row of positive weight", Message(() => model.Score(x, new Target([1, 2]) { Weights = [0, 0] })), StringComparison.Ordinal);
        Assert.Contains("'offset'", Message(() => model.Score(x, new Target([1, 2]) { Offset = [1, 2] })), StringComparison.Ordinal);
        Assert.Contains("'y' (-1 in row 1", Message(() => counts.Score(x, [1, -1])), StringComparison.Ordinal);
        Assert.Contains("the Gaussian family has none", Message(() => model.Score(x, new[] { true, false })), StringComparison.Ordinal);
        Assert.Contains("must have a row of positive weight", Message(() => model.Score(new double[0, 2], [])), StringComparison.Ordinal);
    }

    private static string Message(Func<object> action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
