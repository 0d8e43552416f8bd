using ElasticNet.Fast.Tests.Inference;

namespace ElasticNet.Fast.Tests.Selection;

public class NestedCrossValidationTests
{
    /// <summary>Cancelled within the fourth outer fold, the first three are handed over; within the second, one is no error to speak of.</summary>
    [Fact]
    public void Cancelled_it_hands_over_what_is_finished()
    {
        (double[,] x, double[] y) = RandomData.Linear(60, 4, seed: 2);
        ElasticNetOptions options = new() { Folds = 3, LambdaCount = 10, MaxDegreeOfParallelism = 1 };
        NestedCrossValidationResult whole = ElasticNetEstimator.NestedCrossValidate(x, y, 5, options);
        UnfinishedException<NestedCrossValidationResult> thrown = Cancelled(3.5);
        Assert.Equal((3, 5), (thrown.Finished, thrown.Total));
        Assert.Equal(whole.Folds.Take(3), thrown.Result!.Folds);
        for (int i = 0; i < 60; i++)
            Assert.Equal(whole.FoldIds.Span[i] < 3 ? whole.Predictions.Span[i] : double.NaN, thrown.Result.Predictions.Span[i]);
        Assert.Null(Cancelled(1.5).Result);

        UnfinishedException<NestedCrossValidationResult> Cancelled(double folds)
        {
            using CancellationTokenSource source = new();
            return Assert.Throws<UnfinishedException<NestedCrossValidationResult>>(() => ElasticNetEstimator.NestedCrossValidate(
                x, y, 5, options with { CancellationToken = source.Token, Progress = new Steps(step => { if (step.Completed > folds / 5 * step.Total) source.Cancel(); }) }));
        }
    }

    /// <summary>Each outer fold by hand: the rows taken out of the table, cross-validated with the same seed, predicted.</summary>
    [Fact]
    public void Each_fold_is_a_cross_validation_without_it()
    {
        (double[,] x, double[] y) = RandomData.Linear(50, 6, seed: 1);
        ElasticNetOptions options = new() { Folds = 4, Seed = 3, LambdaCount = 20, L1Ratios = new[] { 0.5, 1 } };
        NestedCrossValidationResult result = ElasticNetEstimator.NestedCrossValidate(x, y, 5, options);
        int[] foldOf = result.FoldIds.ToArray();
        Assert.Equal(5, result.Folds.Count);
        double mean = 0;
        for (int fold = 0; fold < 5; fold++)
        {
            int[] kept = [.. Enumerable.Range(0, 50).Where(i => foldOf[i] != fold)], left = [.. Enumerable.Range(0, 50).Where(i => foldOf[i] == fold)];
            double[,] part = new double[kept.Length, 6];
            for (int i = 0; i < kept.Length; i++)
            {
                for (int j = 0; j < 6; j++)
                    part[i, j] = x[kept[i], j];
            }

            // Rows of weight 0 are dealt to no fold, so the seed deals the same folds to the rows that are left.
            CrossValidationResult inner = ElasticNetEstimator.CrossValidate(part, Array.ConvertAll(kept, i => y[i]), options);
            Assert.Equal(inner.L1Ratio, result.Folds[fold].L1Ratio);
            Assert.Equal(1, inner.LambdaMin / result.Folds[fold].Lambda, 1e-9);
            double error = left.Average(i => Math.Pow(y[i] - inner.Model.Predict([.. Enumerable.Range(0, 6).Select(j => x[i, j])]), 2));
            Assert.Equal(error, result.Folds[fold].Error, 1e-9);
            Assert.All(left, i => Assert.Equal(inner.Model.Predict([.. Enumerable.Range(0, 6).Select(j => x[i, j])]), result.Predictions.Span[i], 1e-9));
            mean += error / 5;
        }

        Assert.Equal(mean, result.Mean, 1e-9);
        Assert.Equal(Math.Sqrt(result.Folds.Average(f => Math.Pow(f.Error - mean, 2)) / 4), result.StandardError, 1e-9);
        Assert.InRange(result.RSquared, 0.2, 1);
    }

    /// <summary>No held-out target reaches the choice: whatever is written into a fold, its prediction stays.</summary>
    [Fact]
    public void A_held_out_target_is_not_seen()
    {
        (double[,] x, double[] y) = RandomData.Linear(40, 4, seed: 2);
        ElasticNetOptions options = new() { Folds = 4, LambdaCount = 10, Measure = Measure.MeanAbsoluteError };
        NestedCrossValidationResult before = ElasticNetEstimator.NestedCrossValidate(x, y, 4, options);
        double[] changed = [.. y.Select((value, i) => before.FoldIds.Span[i] == 2 ? 1e3 * value + i : value)];
        NestedCrossValidationResult after = ElasticNetEstimator.NestedCrossValidate(x, changed, 4, options);
        Assert.All(Enumerable.Range(0, 40).Where(i => before.FoldIds.Span[i] == 2), i => Assert.Equal(before.Predictions.Span[i], after.Predictions.Span[i]));
        Assert.True(after.Folds[2].Error > 100 * before.Folds[2].Error);
    }

    [Fact]
    public void Raw_columns_weights_and_offset()
    {
        double[] a = [.. Enumerable.Range(0, 48).Select(i => i % 7 == 0 ? double.NaN : Math.Sin(i))];
        FeatureTable table = new([InputColumn.Number("a")], a, 48);
        double[] y = [.. Enumerable.Range(0, 48).Select(i => Math.Sin(i) + 5 + 0.1 * Math.Cos(3 * i))];
        NestedCrossValidationResult result = ElasticNetEstimator.NestedCrossValidate(table, y, 3, new()
        {
            Folds = 3,
            Weights = Enumerable.Range(0, 48).Select(i => (double)(i % 3)).ToArray(),
            Offset = Enumerable.Repeat(5.0, 48).ToArray(),
            Preparation = new() { Imputation = ImputationMethod.Mean },
        });
        Assert.InRange(result.RSquared, 0.7, 1);
        Assert.All(Enumerable.Range(0, 48), i => Assert.Equal(i % 3 == 0, double.IsNaN(result.Predictions.Span[i])));
    }

    [Fact]
    public void Bad_input_is_refused()
    {
        (double[,] x, double[] y) = RandomData.Linear(20, 3, seed: 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => ElasticNetEstimator.NestedCrossValidate(x, y, 1));
        Assert.Contains("Folds", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.NestedCrossValidate(x, new Target(y) { Folds = FoldPlan.Given(new int[20]) }, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("20 rows", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.NestedCrossValidate(x, y.AsSpan(1), 3)).Message, StringComparison.Ordinal);
    }
}
