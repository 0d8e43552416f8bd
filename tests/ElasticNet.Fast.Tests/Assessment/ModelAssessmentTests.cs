using ElasticNet.Fast.Tests.Families;
using ElasticNet.Fast.Tests.Inference;

namespace ElasticNet.Fast.Tests.Assessment;

/// <summary>Assessments against plain loops: ties, weights, one class, groups, and what is refused.</summary>
public class ModelAssessmentTests
{
    private static ModelAssessment OfClasses(double scale, string[] classes)
    {
        double[] eta = [.. Enumerable.Range(0, 40).Select(i => (i % 8 - 4) / 2.0)], y = [.. Enumerable.Range(0, 40).Select(i => (double)(i * 7 % 5 < 2 ? 1 : 0))];
        double[] weights = [.. Enumerable.Range(0, 40).Select(_ => scale)];
        return ModelAssessment.Of(Family.Binomial, eta, new Target(y) { Weights = weights }, classes: classes);
    }

    [Fact]
    public void Errors_of_a_calibration_do_not_know_the_unit_of_weights()
    {
        IReadOnlyList<CalibrationBin> ones = OfClasses(1, ["a", "b"]).Classes!.Calibration.Bins, shares = OfClasses(1 / 40.0, ["a", "b"]).Classes!.Calibration.Bins;
        for (int k = 0; k < ones.Count; k++)
        {
            Assert.Equal(Math.Sqrt(ones[k].EventRate * (1 - ones[k].EventRate) / ones[k].Rows), ones[k].StandardError, 1e-12);
            Assert.Equal(ones[k].StandardError, shares[k].StandardError, 1e-12);
        }
    }

    [Fact]
    public void Names_of_classes_are_its_own_and_wide_ones_stand_below_each_other()
    {
        string[] classes = ["いいえ", "はい"];
        ModelAssessment assessment = OfClasses(1, classes);
        classes[0] = "no";
        Assert.Equal("いいえ", assessment.ClassNames![0]);
        string[] lines = [.. assessment.ToString().Split('\n').SkipWhile(line => !line.Contains("called", StringComparison.Ordinal)).Take(3)];
        Assert.Single(lines.Select(FeatureName.Width).Distinct());
        Assert.Equal(["はい", "いいえ"], lines[1..].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    /// <summary>Probabilities of few values, so that most are tied; weights of 0 on rows that hold nothing.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Classes_agree_with_plain_loops(int seed)
    {
        (double[] eta, double[] y, double[] weights) = Tied(seed, 120);
        ClassAssessment found = ModelAssessment.Of(Family.Binomial, eta, new Target(y) { Weights = weights }, 0.4).Classes!;
        int[] rows = [.. Enumerable.Range(0, y.Length).Where(i => weights[i] > 0)];
        double[] p = Array.ConvertAll(eta, value => 1 / (1 + Math.Exp(-value)));

        double tp = rows.Where(i => p[i] >= 0.4 && y[i] == 1).Sum(i => weights[i]), fp = rows.Where(i => p[i] >= 0.4 && y[i] == 0).Sum(i => weights[i]);
        double fn = rows.Where(i => p[i] < 0.4 && y[i] == 1).Sum(i => weights[i]), tn = rows.Where(i => p[i] < 0.4 && y[i] == 0).Sum(i => weights[i]);
        Assert.Equal(new ConfusionTable(0.4, tp, fp, fn, tn), found.Confusion);
        Near(tp / (tp + fn), found.Confusion.Sensitivity);
        Near(tn / (tn + fp), found.Confusion.Specificity);
        Near(fp / (tn + fp), found.Confusion.FalsePositiveRate);
        Near(tp / (tp + fp), found.Confusion.Precision);
        Near(tn / (tn + fn), found.Confusion.NegativePredictiveValue);
        Near((tp + tn) / (tp + tn + fp + fn), found.Confusion.Accuracy);
        Near(0.5 * (tp / (tp + fn) + tn / (tn + fp)), found.Confusion.BalancedAccuracy);
        double precision = tp / (tp + fp), recall = tp / (tp + fn);
        Near(2 * precision * recall / (precision + recall), found.Confusion.F1);

        double right = 0, pairs = 0;
        foreach (int i in rows.Where(i => y[i] == 1))
        {
            foreach (int j in rows.Where(j => y[j] == 0))
            {
                pairs += weights[i] * weights[j];
                right += weights[i] * weights[j] * (eta[i] > eta[j] ? 1 : eta[i] == eta[j] ? 0.5 : 0);
            }
        }

        Near(right / pairs, found.Auc);
        double average = 0, before = 0;
        foreach (double threshold in rows.Select(i => eta[i]).Distinct().OrderDescending())
        {
            double hits = rows.Where(i => eta[i] >= threshold && y[i] == 1).Sum(i => weights[i]), called = rows.Where(i => eta[i] >= threshold).Sum(i => weights[i]);
            average += (hits - before) / (tp + fn) * (hits / called);
            before = hits;
        }

        Near(average, found.AveragePrecision);
        Assert.Equal(rows.Select(i => eta[i]).Distinct().Count() + 1, found.Curve.Count);
        Assert.Equal((0.0, 0.0), (found.Curve[0].Sensitivity, found.Curve[0].FalsePositiveRate));
        Assert.Equal((1.0, 1.0), (found.Curve[^1].Sensitivity, found.Curve[^1].FalsePositiveRate));
        foreach (ConfusionTable point in found.Curve.Skip(1))
            Near(point.TruePositives, found.At(point.Threshold).TruePositives);

        double total = rows.Sum(i => weights[i]), rate = (tp + fn) / total;
        Near(-rows.Sum(i => weights[i] * (y[i] == 1 ? Math.Log(p[i]) : Math.Log(1 - p[i]))) / total, found.LogLoss);
        Near(rate, found.EventRate);
        Calibration calibration = found.Calibration;
        Near(rows.Sum(i => weights[i] * Math.Pow(y[i] - p[i], 2)) / total, calibration.Brier);
        Near(rate * (1 - rate), calibration.Uncertainty);
        Assert.Equal(rows.Length, calibration.Bins.Sum(bin => bin.Rows));
        double reliability = 0, resolution = 0, last = -1;
        foreach (CalibrationBin bin in calibration.Bins)
        {
            int[] own = [.. rows.Where(i => p[i] >= bin.Lowest - 1e-15 && p[i] <= bin.Highest + 1e-15)];
            double weight = own.Sum(i => weights[i]), events = own.Sum(i => weights[i] * y[i]) / weight, predicted = own.Sum(i => weights[i] * p[i]) / weight;
            Assert.Equal(own.Length, bin.Rows);
            Near(weight, bin.Weight);
            Near(events, bin.EventRate);
            Near(predicted, bin.Prediction);
            Assert.True(bin.Lowest > last);
            last = bin.Highest;
            reliability += weight / total * Math.Pow(events - predicted, 2);
            resolution += weight / total * Math.Pow(events - rate, 2);
        }

        Near(reliability, calibration.Reliability);
        Near(resolution, calibration.Resolution);
        Near(calibration.Brier, calibration.Reliability - calibration.Resolution + calibration.Uncertainty + calibration.Within);

        double[,] column = new double[y.Length, 1];
        for (int i = 0; i < y.Length; i++)
            column[i, 0] = weights[i] > 0 ? eta[i] : 0;
        PlainTable slope = new(Family.Binomial, column, [.. y.Select((value, i) => weights[i] > 0 ? value : 0)], weights, new double[y.Length], intercept: true, robust: false);
        Assert.Equal(slope.Estimates[1], calibration.Slope, 1e-7);
        Assert.Equal(slope.Estimates[0], calibration.Intercept, 1e-7);
        double balance = rows.Sum(i => weights[i] * (y[i] - 1 / (1 + Math.Exp(-eta[i] - calibration.InTheLarge))));
        Assert.Equal(0, balance, 1e-8);
        Assert.Null(calibration.Note);
    }

    /// <summary>Every family, on a model's own predictions, with weights and an offset.</summary>
    [Fact]
    public void Errors_and_residuals_of_every_family_agree_with_plain_loops()
    {
        foreach (Family family in FamilySample.Curved.Prepend(Family.Gaussian))
        {
            (double[,] x, double[] y) = FamilySample.Of(family, 70, 3, 11);
            double[] weights = [.. Enumerable.Range(0, 70).Select(i => (double)(i % 3))], offset = [.. Enumerable.Range(0, 70).Select(i => 0.2 * (i % 2))];
            Target target = new(y) { Weights = weights, Offset = offset };
            using ElasticNetModel model = ElasticNetEstimator.Fit(x, target, 0.05, options: new() { Family = family });
            double[] mean = new double[70];
            model.Predict(x, mean, offset);
            ModelAssessment found = ModelAssessment.Of(model, x, target);
            double total = weights.Sum();
            Near(Sum(i => PlainTable.UnitDeviance(family, y[i], mean[i])) / total, found.Deviance);
            Near(Sum(i => Math.Pow(y[i] - mean[i], 2)) / total, found.MeanSquaredError);
            Near(Math.Sqrt(found.MeanSquaredError), found.RootMeanSquaredError);
            Near(Sum(i => Math.Abs(y[i] - mean[i])) / total, found.MeanAbsoluteError);
            Near(Sum(i => y[i]) / total, found.ResponseMean);
            Near(Sum(i => mean[i]) / total, found.PredictionMean);
            // The rows are those of the fit.
            Assert.Equal(model.Fit.DevianceRatio, found.DevianceExplained, 1e-9);
            Assert.Equal((weights.Count(weight => weight > 0), total), (found.Rows, found.Weight));
            double[] deviance = found.DevianceResiduals(), pearson = found.PearsonResiduals(), predictions = found.Predictions();
            for (int i = 0; i < 70; i++)
            {
                if (weights[i] == 0)
                {
                    Assert.True(double.IsNaN(deviance[i]) && double.IsNaN(pearson[i]) && double.IsNaN(predictions[i]));
                    continue;
                }

                Assert.Equal(Math.Sign(y[i] - mean[i]) * Math.Sqrt(weights[i] * PlainTable.UnitDeviance(family, y[i], mean[i])), deviance[i], 1e-7);
                Assert.Equal(Math.Sqrt(weights[i]) * (y[i] - mean[i]) / Math.Sqrt(PlainTable.Variance(family, mean[i])), pearson[i], 1e-9);
                Near(mean[i], predictions[i]);
            }

            double[] sorted = [.. pearson.Where(value => !double.IsNaN(value)).Order()];
            Near(sorted[0], found.PearsonSummary.Least);
            Near(sorted[^1], found.PearsonSummary.Largest);
            double place = 0.25 * (sorted.Length - 1);
            Near(sorted[(int)place] + (place - (int)place) * (sorted[(int)place + 1] - sorted[(int)place]), found.PearsonSummary.FirstQuartile);
            Assert.Equal(family.HasClasses, found.Classes is not null);

            double Sum(Func<int, double> value) => Enumerable.Range(0, 70).Where(i => weights[i] > 0).Sum(i => weights[i] * value(i));
        }
    }

    [Fact]
    public void A_proportion_is_so_many_rows_of_both_classes()
    {
        double[] eta = [-1, 0.3, 0.3, 2, -0.4], shares = [0.25, 0.5, 1, 0.75, 0], trials = [4, 2, 3, 4, 5];
        List<double> each = [], events = [];
        for (int i = 0; i < 5; i++)
        {
            for (int k = 0; k < trials[i]; k++)
            {
                each.Add(eta[i]);
                events.Add(k < shares[i] * trials[i] ? 1 : 0);
            }
        }

        ClassAssessment grouped = ModelAssessment.Of(Family.Binomial, eta, new Target(shares) { Weights = trials }).Classes!;
        ClassAssessment single = ModelAssessment.Of(Family.Binomial, each.ToArray(), events.ToArray()).Classes!;
        Assert.Equal(single.Confusion, grouped.Confusion);
        Near(single.Auc, grouped.Auc);
        Near(single.AveragePrecision, grouped.AveragePrecision);
        Near(single.LogLoss, grouped.LogLoss);
        Assert.Equal(single.Calibration.Slope, grouped.Calibration.Slope, 1e-9);
    }

    [Fact]
    public void Of_one_class_what_needs_both_is_not_defined()
    {
        double[] eta = [-1, 0, 2], y = [1, 1, 1];
        ModelAssessment found = ModelAssessment.Of(Family.Binomial, eta, y);
        Assert.Equal(0, found.NullDeviance);
        Assert.True(double.IsNaN(found.DevianceExplained) && double.IsNaN(found.Classes!.Auc) && double.IsNaN(found.Classes.Confusion.Specificity));
        Near(2.0 / 3, found.Classes.Confusion.Sensitivity);
        Near(1, found.Classes.AveragePrecision);
        Assert.Equal("the rows are of one class", found.Classes.Calibration.Note);
        Assert.Contains("AUC not defined", found.ToString(), StringComparison.Ordinal);
        Assert.Contains("not defined, because a constant is perfect", found.ToString(), StringComparison.Ordinal);
        double[] none = [0, 0, 0];
        Assert.Equal(0, ModelAssessment.Of(Family.Poisson, eta, none).NullDeviance);
    }

    [Fact]
    public void Where_no_recalibration_fits_best_the_reason_is_said()
    {
        double[] y = [0, 0, 1, 1], apart = [-2, -1, 1, 2], same = [0.5, 0.5, 0.5, 0.5], sure = [-1, 900, 1, -2];
        Calibration found = Of(apart, Family.Binomial);
        Assert.StartsWith("a threshold tells the classes apart", found.Note, StringComparison.Ordinal);
        Assert.True(double.IsNaN(found.Slope) && Math.Abs(found.InTheLarge) < 1e-12);
        Assert.Equal("all probabilities are the same", Of(same, Family.Binomial).Note);
        Assert.Equal(-0.5, Of(same, Family.Binomial).InTheLarge, 1e-12);
        Assert.Equal("a probability is 0 or 1 to the last digit", Of(sure, Family.Probit).Note);
        Assert.Null(Of([-1, 1, -0.5, 2], Family.Probit).Note);

        Calibration Of(double[] eta, Family family) => ModelAssessment.Of(family, eta, y).Classes!.Calibration;
    }

    [Fact]
    public void Groups_are_assessed_as_if_alone()
    {
        (double[] eta, double[] y, double[] weights) = Tied(3, 90);
        string?[] groups = [.. Enumerable.Range(0, 90).Select(i => i % 4 == 0 ? null : i % 4 == 1 ? "b" : i % 4 == 2 ? "a" : "z")];
        for (int i = 3; i < 90; i += 4)
            weights[i] = 0;
        ModelAssessment whole = ModelAssessment.Of(Family.Binomial, eta, new Target(y) { Weights = weights }, 0.3);
        IReadOnlyList<(string Name, ModelAssessment Assessment)> found = whole.By(groups);
        Assert.Equal(["(missing)", "a", "b", "z"], found.Select(group => group.Name));
        foreach ((string name, ModelAssessment of) in found.SkipLast(1))
        {
            int[] own = [.. Enumerable.Range(0, 90).Where(i => (groups[i] ?? "(missing)") == name)];
            ModelAssessment alone = ModelAssessment.Of(Family.Binomial, Pick(eta), new Target(Pick(y)) { Weights = Pick(weights) }, 0.3);
            Assert.Equal(alone.ToString(), of.ToString());

            double[] Pick(double[] all) => Array.ConvertAll(own, i => all[i]);
        }

        ModelAssessment empty = found[^1].Assessment;
        Assert.Equal(0, empty.Rows);
        Assert.True(empty.Classes is null && double.IsNaN(empty.Deviance) && double.IsNaN(empty.DevianceExplained) && double.IsNaN(empty.PearsonSummary.Median));
        Assert.NotEqual("", empty.ToString());
        Assert.Equal(whole.Rows, found.Sum(group => group.Assessment.Rows));
        Assert.Throws<ArgumentException>(() => whole.By(["a"]));
    }

    [Fact]
    public void Labels_are_matched_to_those_of_the_model()
    {
        (double[,] x, double[] y) = FamilySample.Of(Family.Binomial, 60, 2, 2);
        string[] labels = Array.ConvertAll(y, value => value == 1 ? "stays" : "goes");
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, Target.Labels(labels, "goes"), 0.02, options: new() { Family = Family.Binomial });
        string same = ModelAssessment.Of(model, x, model.Labels(labels)).ToString();
        Assert.Equal(same, ModelAssessment.Of(model, x, Target.Labels(labels)).ToString());
        Assert.Equal(same, ModelAssessment.Of(model, x, Target.Labels(labels, "goes")).ToString());
        Assert.Contains("called goes", same, StringComparison.Ordinal);
        Assert.True(ModelAssessment.Of(model, x, model.Labels([.. Enumerable.Repeat("stays", 60)])).Classes!.EventRate == 0);
        Assert.Contains("row 1 (counted from 0) is 'perhaps'", Assert.Throws<ArgumentException>(() => { model.Labels(["goes", "perhaps"]); }).Message, StringComparison.Ordinal);
        string[] others = Array.ConvertAll(y, value => value == 1 ? "a" : "b");
        Assert.Contains("but has 'a' and 'b'", Assert.Throws<ArgumentException>(() => ModelAssessment.Of(model, x, Target.Labels(others))).Message, StringComparison.Ordinal);
        Assert.Contains("has none", Assert.Throws<ArgumentException>(() => ModelAssessment.Of(Family.Gaussian, new double[60], Target.Labels(labels))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_assessed_is_refused()
    {
        double[] y = [0, 1, 1], eta = [0, 1, 2];
        Refused("length 2", () => ModelAssessment.Of(Family.Binomial, [0, 1], y));
        Refused("row 1 (counted from 0) has no prediction", () => ModelAssessment.Of(Family.Binomial, [0, double.NaN, 1], y));
        Refused("row 2 (counted from 0) is NaN", () => ModelAssessment.Of(Family.Binomial, eta, [0, 1, double.NaN]));
        Refused("row 0 (counted from 0) is 3", () => ModelAssessment.Of(Family.Binomial, eta, [3, 1, 0]));
        Refused("that of row 2 (counted from 0) is -1", () => ModelAssessment.Of(Family.Binomial, eta, new Target(y) { Weights = [1, 1, -1] }));
        Refused("a row of positive weight", () => ModelAssessment.Of(Family.Binomial, eta, new Target(y) { Weights = [0, 0, 0] }));
        Assert.ThrowsAny<ArgumentException>(() => ModelAssessment.Of(Family.Poisson, eta, [-1, 1, 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ModelAssessment.Of(Family.Binomial, eta, y, 1.5));
        Assert.Equal(2, ModelAssessment.Of(Family.Binomial, [double.NaN, 1, 2], new Target([double.NaN, 1, 0]) { Weights = [0, 1, 1] }).Rows);

        static void Refused(string words, Action assess) => Assert.Contains(words, Assert.Throws<ArgumentException>(assess).Message, StringComparison.OrdinalIgnoreCase);
    }

    private static (double[] Eta, double[] Y, double[] Weights) Tied(int seed, int n)
    {
        Random random = new(seed);
        double[] eta = new double[n], y = new double[n], weights = new double[n];
        for (int i = 0; i < n; i++)
        {
            eta[i] = random.Next(-9, 10) / 4.0;
            y[i] = random.NextDouble() < 1 / (1 + Math.Exp(-0.7 * eta[i] - 0.2)) ? 1 : 0;
            weights[i] = random.Next(4);
            if (weights[i] == 0)
                (eta[i], y[i]) = (double.NaN, double.NaN);
        }

        return (eta, y, weights);
    }

    private static void Near(double expected, double actual) => Assert.True(Math.Abs(expected - actual) <= 1e-12 * Math.Max(1, Math.Abs(expected)), $"{actual:r} is not {expected:r}");
}
