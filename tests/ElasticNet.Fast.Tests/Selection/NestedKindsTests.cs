using ElasticNet.Fast.Tests.Inference;

namespace ElasticNet.Fast.Tests.Selection;

/// <summary>Nested cross-validation of survival and of several outputs: each outer fold by hand.</summary>
public class NestedKindsTests
{
    private const int Rows = 60, Columns = 4;
    private static readonly (double[,] X, double[] Y) s_data = RandomData.Linear(Rows, Columns, seed: 4);

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Classes_and_responses_are_judged_by_the_model_that_did_not_see_them(bool hasClasses, bool hasOffsets)
    {
        (double[,] x, double[] y) = s_data;
        int outputs = hasClasses ? 3 : 2;
        int[] codes = [.. y.Select((value, i) => value < 1 ? 0 : i % 4 == 0 ? 2 : value < 5 ? 1 : 2)];
        double[,] responses = new double[Rows, 2], offsets = new double[Rows, outputs];
        for (int i = 0; i < Rows; i++)
        {
            (responses[i, 0], responses[i, 1]) = (y[i], -y[i] + (i % 5));
            for (int k = 0; k < outputs && hasOffsets; k++)
                offsets[i, k] = (i * (k + 1) % 7 - 3) / 5.0;
        }

        double[] weights = [.. Enumerable.Range(0, Rows).Select(i => i == 11 ? 0.0 : 1 + i % 2)];
        Target Given(double[] w) => (hasClasses ? Target.Classes(codes, ["a", "b", "c"]) : Target.Columns(responses)) with { Weights = w, Offsets = hasOffsets ? offsets : default(MatrixView<double>) };
        ElasticNetOptions options = new() { Family = hasClasses ? Family.Multinomial : Family.MultiGaussian, Folds = 4, LambdaCount = 15, MaxDegreeOfParallelism = 1 };
        NestedCrossValidationResult result = ElasticNetEstimator.NestedCrossValidate(x, Given(weights), 3, options);
        int[] foldOf = result.FoldIds.ToArray();
        Assert.Equal(-1, foldOf[11]);
        double mean = 0, total = 0, nullError = 0;
        for (int fold = 0; fold < 3; fold++)
        {
            double[] training = [.. weights.Select((weight, i) => foldOf[i] == fold ? 0 : weight)];
            using ElasticNetModel model = ElasticNetEstimator.CrossValidate(x, Given(training), options).Model;
            using ElasticNetModel none = ElasticNetEstimator.Fit(x, Given(training), 1e6, 1, options);
            Assert.Equal(1, model.Fit.Lambda / result.Folds[fold].Lambda, 1e-9);
            double error = 0, plain = 0, weight = 0;
            for (int i = 0; i < Rows; i++)
            {
                if (foldOf[i] != fold)
                    continue;
                double[] row = [.. Enumerable.Range(0, Columns).Select(j => x[i, j])], offset = hasOffsets ? [.. Enumerable.Range(0, outputs).Select(k => offsets[i, k])] : [];
                double[] predicted = new double[outputs], without = new double[outputs];
                model.Predict(row, predicted, offset);
                none.Predict(row, without, offset);
                Assert.Equal(predicted, result.Predictions.Slice(i * outputs, outputs).ToArray());
                error += weights[i] * Error(predicted, i);
                plain += weights[i] * Error(without, i);
                weight += weights[i];
            }

            Assert.Equal(error / weight, result.Folds[fold].Error, 1e-9);
            Assert.Equal(weight, result.Folds[fold].Weight, 1e-12);
            (mean, nullError, total) = (mean + error, nullError + plain, total + weight);
        }

        Assert.Equal(mean / total, result.Mean, 1e-9);
        Assert.Equal(1 - mean / nullError, result.RSquared, 1e-6);

        double Error(double[] predicted, int i) => hasClasses ? -2 * Math.Log(predicted[codes[i]]) : Enumerable.Range(0, 2).Sum(k => Math.Pow(responses[i, k] - predicted[k], 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Survival_is_judged_by_its_partial_likelihood_or_order(bool byOrder)
    {
        (double[,] x, double[] y) = s_data;
        double[] time = [.. y.Select((value, i) => Math.Ceiling(4 * Math.Exp(-0.3 * value) * (1 + i % 3)))], plain = new double[Rows];
        bool[] events = [.. Enumerable.Range(0, Rows).Select(i => i % 4 != 0)];
        ElasticNetOptions options = new() { Family = Family.CoxBreslow, Folds = 4, LambdaCount = 15, Measure = byOrder ? Measure.Concordance : null, MaxDegreeOfParallelism = 1 };
        NestedCrossValidationResult result = ElasticNetEstimator.NestedCrossValidate(x, Target.Survival(time, events), 3, options);
        int[] foldOf = result.FoldIds.ToArray();
        double nullError = 0, total = 0;
        for (int fold = 0; fold < 3; fold++)
        {
            double[] training = [.. foldOf.Select(one => one == fold ? 0.0 : 1)];
            using ElasticNetModel model = ElasticNetEstimator.CrossValidate(x, Target.Survival(time, events) with { Weights = training }, options).Model;
            double[] eta = [.. Enumerable.Range(0, Rows).Select(i => model.OnLinkScale.Predict([.. Enumerable.Range(0, Columns).Select(j => x[i, j])]))];
            int held = Enumerable.Range(0, Rows).Count(i => foldOf[i] == fold && (byOrder || events[i]));
            Assert.Equal(held, result.Folds[fold].Weight);
            // All rows less those that were trained on, per event held out.
            double Deviance(double[] of) => 2 * (Loss(of, _ => true) - Loss(of, i => foldOf[i] != fold)) / held;
            double expected = byOrder ? Concordance(eta, i => foldOf[i] == fold) : Deviance(eta);
            Assert.Equal(expected, result.Folds[fold].Error, 1e-9);
            (nullError, total) = (nullError + (held * Deviance(plain)), total + held);
            Assert.All(Enumerable.Range(0, Rows).Where(i => foldOf[i] == fold), i => Assert.Equal(Math.Exp(eta[i]), result.Predictions.Span[i], 1e-9));
        }

        if (!byOrder)
            Assert.Equal(1 - result.Mean / (nullError / total), result.RSquared, 1e-9);

        double Loss(double[] of, Func<int, bool> counts)
        {
            int[] rows = [.. Enumerable.Range(0, Rows).Where(counts)];
            return rows.Where(i => events[i]).Sum(i => Math.Log(rows.Where(k => time[k] >= time[i]).Sum(k => Math.Exp(of[k]))) - of[i]) - Ties(rows);
        }

        // The deviance is above that of a model that foresees each event.
        double Ties(int[] rows) => rows.Where(i => events[i]).GroupBy(i => time[i]).Sum(tie => tie.Count() * Math.Log(tie.Count()));

        double Concordance(double[] of, Func<int, bool> counts)
        {
            (double agree, double pairs) = (0, 0);
            int[] rows = [.. Enumerable.Range(0, Rows).Where(counts)];
            foreach (int i in rows.Where(i => events[i]))
            {
                foreach (int k in rows.Where(k => time[k] > time[i] || (time[k] == time[i] && !events[k])))
                {
                    pairs++;
                    agree += of[i] > of[k] ? 1 : of[i] == of[k] ? 0.5 : 0;
                }
            }

            return agree / pairs;
        }
    }

    [Fact]
    public void A_class_that_an_outer_fold_takes_away_is_named()
    {
        (double[,] x, _) = s_data;
        int[] codes = [.. Enumerable.Range(0, Rows).Select(i => i == 9 ? 2 : i % 2)];
        BadInput.Refusal.OfArgument(() => ElasticNetEstimator.NestedCrossValidate(x, Target.Classes(codes, ["a", "b", "rare"]), 3, new() { Family = Family.Multinomial, Folds = 4 }), "without class 'rare'", "1 row");
    }
}
