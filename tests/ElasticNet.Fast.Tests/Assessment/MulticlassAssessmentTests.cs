using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Tests.Assessment;

/// <summary>Assessments of several classes beside sums that are written out, and of two beside the assessment of an event.</summary>
public class MulticlassAssessmentTests
{
    private static readonly string[] s_names = ["a", "b", "c"];

    [Fact]
    public void Measures_are_those_of_their_definitions()
    {
        const int n = 60;
        Random random = new(3);
        double[] eta = [.. Enumerable.Range(0, 3 * n).Select(_ => 3 * random.NextDouble())], weights = [.. Enumerable.Range(0, n).Select(i => i % 7 == 0 ? 0 : 0.5 + random.NextDouble())];
        int[] codes = [.. Enumerable.Range(0, n).Select(i => i == 7 ? -1 : random.Next(3))];
        eta[3 * 14] = double.NaN; // weight 0
        MulticlassAssessment found = MulticlassAssessment.Of(eta, Target.Classes(codes, s_names) with { Weights = weights });
        double total = weights.Sum(), loss = 0, brier = 0, right = 0;
        double[,] confusion = new double[3, 3];
        int[] counted = [.. Enumerable.Range(0, n).Where(i => weights[i] > 0)];
        double[][] p = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, 3).Select(k => Math.Exp(eta[3 * i + k]) / Enumerable.Range(0, 3).Sum(m => Math.Exp(eta[3 * i + m]))).ToArray())];
        foreach (int i in counted)
        {
            int called = Array.IndexOf(p[i], p[i].Max());
            loss -= weights[i] * Math.Log(p[i][codes[i]]);
            brier += weights[i] * Enumerable.Range(0, 3).Sum(k => Math.Pow(p[i][k] - (k == codes[i] ? 1 : 0), 2));
            right += called == codes[i] ? weights[i] : 0;
            confusion[codes[i], called] += weights[i];
        }

        Assert.Equal(counted.Length, found.Rows);
        Near(total, found.Weight);
        Near(loss / total, found.LogLoss);
        Near(2 * loss / total, found.Deviance);
        Near(brier / total, found.Brier);
        Near(right / total, found.Accuracy);
        double entropy = 0;
        for (int k = 0; k < 3; k++)
        {
            int own = k;
            double share = counted.Where(i => codes[i] == own).Sum(i => weights[i]), called = Enumerable.Range(0, 3).Sum(actual => confusion[actual, own]);
            entropy -= share / total * Math.Log(share / total);
            for (int other = 0; other < 3; other++)
                Near(confusion[k, other], found[k, other]);
            ClassScore score = found.Classes[k];
            Near(share, score.Weight);
            Near(confusion[k, k] / share, score.Recall);
            Near(confusion[k, k] / called, score.Precision);
            Near(2 / (1 / score.Recall + 1 / score.Precision), score.F1);
            double pairs = 0, won = 0;
            foreach (int i in counted.Where(i => codes[i] == own))
            {
                foreach (int j in counted.Where(j => codes[j] != own))
                {
                    pairs += weights[i] * weights[j];
                    won += weights[i] * weights[j] * (p[i][own] > p[j][own] ? 1 : p[i][own] == p[j][own] ? 0.5 : 0);
                }
            }

            Near(won / pairs, score.Auc);
        }

        Near(2 * entropy, found.NullDeviance);
        Near(1 - loss / total / entropy, found.DevianceExplained);
        Near(found.Classes.Average(score => score.Recall), found.MacroRecall);
        Near(found.Classes.Sum(score => score.Weight * score.Auc) / total, found.WeightedAuc);
        Near(found.Classes.Sum(score => score.Weight * score.F1) / total, found.WeightedF1);
        string text = found.ToString();
        Assert.Contains("is \\ called", text, StringComparison.Ordinal);
        Assert.Equal(5 + 2 + 3 + 2 + 3 + 1, text.Split('\n').Length);
    }

    [Fact]
    public void Two_classes_are_an_event_and_none()
    {
        Random random = new(5);
        double[] eta = [.. Enumerable.Range(0, 80).Select(_ => 4 * random.NextDouble() - 2)], two = [.. eta.SelectMany(one => new[] { 0, one })];
        int[] codes = [.. eta.Select(one => random.NextDouble() < 1 / (1 + Math.Exp(-one)) ? 1 : 0)];
        MulticlassAssessment found = MulticlassAssessment.Of(two, Target.Classes(codes, ["no", "yes"]));
        ModelAssessment one = ModelAssessment.Of(Family.Binomial, eta, Target.Classes(codes, ["no", "yes"]));
        Near(one.Deviance, found.Deviance);
        Near(one.NullDeviance, found.NullDeviance);
        Near(one.Classes!.LogLoss, found.LogLoss);
        Near(one.Classes.Auc, found.Classes[1].Auc);
        Near(one.Classes.Auc, found.Classes[0].Auc);
        Near(2 * one.MeanSquaredError, found.Brier);
        Near(one.Classes.Confusion.TruePositives, found[1, 1]);
        Near(one.Classes.Confusion.Precision, found.Classes[1].Precision);
        Near(one.Classes.Confusion.F1, found.Classes[1].F1);
        Near(one.Classes.Confusion.BalancedAccuracy, found.MacroRecall);
    }

    [Fact]
    public void A_model_is_assessed_by_its_classes_in_any_order()
    {
        using ElasticNetModel model = new(SampleOutputs.Content(Family.Multinomial, 3, 4, 3) with { OutputNames = s_names });
        Random random = new(2);
        double[,] x = new double[20, 4];
        for (int i = 0; i < x.Length; i++)
            x[i / 4, i % 4] = 4 * random.NextDouble() - 2;
        string[] labels = [.. Enumerable.Range(0, 20).Select(i => s_names[i % 3])];
        double[] eta = new double[60];
        model.OnLinkScale.Predict(x, eta);
        MulticlassAssessment found = MulticlassAssessment.Of(model, x, model.Labels(labels));
        Assert.Equal(found.ToString(), MulticlassAssessment.Of(eta, Target.Labels(labels), s_names).ToString());
        Assert.Equal(found.ToString(), MulticlassAssessment.Of(model, x, Target.Classes([.. labels.Select(label => 'c' - label[0])], ["c", "b", "a"])).ToString());
        Assert.Equal(20, Enumerable.Range(0, 9).Sum(k => found[k / 3, k % 3]));
        Assert.Contains("ModelAssessment (but MulticlassAssessment) is not offered for the family multinomial", Assert.Throws<NotSupportedException>(() => model.Score(x, model.Labels(labels))).Message, StringComparison.Ordinal);
        using ElasticNetModel offset = new(SampleOutputs.Content(Family.Multinomial, 3, 4, 3, offset: true) with { OutputNames = s_names });
        double[,] offsets = new double[20, 3];
        offsets[0, 1] = 5;
        MulticlassAssessment moved = MulticlassAssessment.Of(offset, x, model.Labels(labels) with { Offsets = offsets });
        Assert.True(double.IsNaN(moved.NullDeviance) && double.IsNaN(moved.DevianceExplained) && double.IsFinite(moved.LogLoss));
    }

    [Fact]
    public void What_cannot_be_assessed_is_refused_and_what_is_not_defined_is_NaN()
    {
        using ElasticNetModel model = new(SampleOutputs.Content(Family.Multinomial, 3, 4, 3) with { OutputNames = s_names });
        Says("must have the model's classes 'a', 'b' and 'c', but has 'd'", () => MulticlassAssessment.Of(new double[6], Target.Labels(["a", "d"]), s_names));
        Says("'linearPredictors' (length 5) must have one value for each of 2 rows × 3 classes", () => MulticlassAssessment.Of(new double[5], Target.Labels(["a", "b"]), s_names));
        Says("'y' must be classes", () => MulticlassAssessment.Of(new double[6], new double[] { 0, 1 }, s_names));
        Says("row 1 (counted from 0) has none", () => MulticlassAssessment.Of(new double[6], Target.Classes([0, -1], s_names)));
        Says("'y' (2 rows) must have a row of positive weight", () => MulticlassAssessment.Of(new double[6], Target.Classes([0, 1], s_names) with { Weights = new double[2] }));
        Says("Row 0 (counted from 0) has no prediction (linear predictor NaN)", () => MulticlassAssessment.Of([double.NaN, 0, 0, 0, 0, 0], Target.Classes([0, 1], s_names)));
        Says("'Weights' must be finite and not negative", () => MulticlassAssessment.Of(new double[6], Target.Classes([0, 1], s_names) with { Weights = [1, -1] }));
        using ElasticNetModel responses = new(SampleOutputs.Content(Family.MultiGaussian, 3, 4, 3));
        Assert.Contains("for the families of one output", Assert.Throws<NotSupportedException>(() => MulticlassAssessment.Of(responses, new double[1, 4], Target.Classes([0], s_names))).Message, StringComparison.Ordinal);

        // Only one class came, and a third is never called; a probability of 0 has a loss all the same.
        MulticlassAssessment one = MulticlassAssessment.Of([0, 1000, 0, 0, 1000, 0], Target.Classes([0, 0], s_names));
        Assert.Equal((1000, 0), (one.LogLoss, one.Accuracy));
        Assert.True(double.IsNaN(one.DevianceExplained) && double.IsNaN(one.MacroRecall) && double.IsNaN(one.MacroAuc) && double.IsNaN(one.Classes[2].F1));
        Assert.Equal((0, 0, 2), (one.Classes[0].Recall, one.Classes[1].Precision, one[0, 1]));
        Assert.Contains("not defined", one.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => one[0, 3]);

        static void Says(string message, Func<MulticlassAssessment> action) => Assert.Contains(message, Assert.Throws<ArgumentException>(() => action()).Message, StringComparison.Ordinal);
    }

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-12 * Math.Max(1, Math.Abs(expected)));
}
