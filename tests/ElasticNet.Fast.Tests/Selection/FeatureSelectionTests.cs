using ElasticNet.Fast.Selection;
using ElasticNet.Fast.Tests.Inference;

namespace ElasticNet.Fast.Tests.Selection;

/// <summary>What each rule selects, and how the folds agree, against the pieces put together by hand.</summary>
public class FeatureSelectionTests
{
    private const int Rows = 60;
    private const int Features = 8;

    [Fact]
    public void Sets_are_those_of_the_paths_and_of_fits_without_each_fold()
    {
        (double[] x, double[] y) = Data();
        ElasticNetOptions options = new() { Folds = 5, Repeats = 2, Seed = 4, L1Ratios = new[] { 0.5, 1 } };
        FeatureSelection selection = ElasticNetEstimator.Select(View(x), y, options);
        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(View(x), y, options);
        PathCriteria criteria = ElasticNetEstimator.Criteria(View(x), y, cv.L1Ratio, options);
        Assert.Equal(["min", "1se", "aic", "aicc", "bic", "ebic", "gcv", "alo"], selection.Sets.Select(set => set.Rule));
        Assert.Equal((cv.LambdaMin, cv.Lambda1Se), (selection.By("min").Lambda, selection.By("1se").Lambda));
        Assert.Equal(cv.Model.Indices.ToArray(), selection.By("min").Features.ToArray());
        Assert.Equal(criteria.Model(Criterion.Bic).Indices.ToArray(), selection.By("bic").Features.ToArray());

        List<int[]> sets = [];
        for (int repeat = 0; repeat < 2; repeat++)
        {
            for (int fold = 0; fold < 5; fold++)
            {
                int[] kept = [.. Enumerable.Range(0, Rows).Where(i => cv.FoldIdsOf(repeat).Span[i] != fold)];
                double[] part = [.. Enumerable.Range(0, Features).SelectMany(j => kept.Select(i => x[j * Rows + i]))];
                using ElasticNetModel model = ElasticNetEstimator.Fit(
                    MatrixView.ColumnMajor(part.AsSpan(), kept.Length, Features), [.. kept.Select(i => y[i])], cv.LambdaMin, cv.L1Ratio);
                sets.Add(model.Indices.ToArray());
            }
        }

        Assert.Equal(10, selection.Folds);
        for (int j = 0; j < Features; j++)
            Assert.Equal(sets.Count(set => set.Contains(j)) / 10.0, selection.FoldFrequencies.Span[j], 1e-12);
        Assert.Equal(SetAgreement.Jaccard(sets), selection.MeanJaccard, 1e-12);
        Assert.InRange(selection.Agreement, 0.1, 1);
    }

    /// <summary>Of wide data the folds go together, and another measure leaves the criteria a path of their own.</summary>
    [Theory]
    [InlineData("mse")]
    [InlineData("mae")]
    public void Fold_sets_of_wide_data_are_those_of_fits_without_each_fold(string name)
    {
        (double[,] x, double[] y) = RandomData.Linear(40, 90, seed: 6);
        ElasticNetOptions options = new() { Folds = 4, Measure = Family.Gaussian.Measures.Single(measure => measure.Name == name) };
        FeatureSelection selection = ElasticNetEstimator.Select(x, y, options);
        CrossValidationResult cv = selection.CrossValidation;
        PathCriteria criteria = ElasticNetEstimator.Criteria(x, y, 1, options);
        Assert.Equal(criteria.Points.Select(point => point.Bic), selection.Criteria.Points.Select(point => point.Bic), (a, b) => Math.Abs(a - b) <= 1e-8 * Math.Abs(a));
        double[] frequencies = new double[90];
        for (int fold = 0; fold < 4; fold++)
        {
            double[] weights = [.. cv.FoldIds.ToArray().Select(id => id == fold ? 0.0 : 1)];
            using ElasticNetModel model = ElasticNetEstimator.Fit(x, new Target(y) { Weights = weights }, cv.LambdaMin);
            foreach (int j in model.Indices)
                frequencies[j] += 0.25;
        }

        Assert.Equal(frequencies, selection.FoldFrequencies.ToArray());
    }

    [Fact]
    public void Agreement_and_jaccard_by_hand()
    {
        Assert.Equal((1.0 / 3 + 0 + 1.0 / 2) / 3, SetAgreement.Jaccard([[0, 1], [1, 2], [0]]), 1e-15);
        Assert.Equal(1, SetAgreement.Jaccard([[], []]));
        Assert.True(double.IsNaN(SetAgreement.Jaccard([[1]])));
        // Two sets {0}, {0} of three features agree; {0}, {1} agree less than by chance: 1 − (2·½·½·2/3)/(1/3·2/3).
        Assert.Equal(1, SetAgreement.Nogueira([1, 0, 0], 2));
        Assert.Equal(1 - (2 * 0.25 * 2 / 3) / (2.0 / 9), SetAgreement.Nogueira([0.5, 0.5, 0], 2), 1e-14);
        Assert.True(double.IsNaN(SetAgreement.Nogueira([1, 1], 4)));
    }

    [Fact]
    public void A_refit_is_least_squares_on_its_features()
    {
        (double[] x, double[] y) = Data();
        using ElasticNetModel refit = ElasticNetEstimator.Refit(View(x), y, [0, 2, 5]);
        InferenceResult expected = new ElasticNetInference(View(x), y).Refit([0, 2, 5], chosenBySameData: true);
        Assert.Equal([0, 2, 5], refit.Indices.ToArray());
        Assert.Equal(expected.Coefficients[0].Estimate, refit.Intercept, 1e-10);
        for (int k = 0; k < 3; k++)
            Assert.Equal(expected.Coefficients[k + 1].Estimate, refit.Values[k], 1e-10);
        using ElasticNetModel nothing = ElasticNetEstimator.Refit(View(x), y, []), without = ElasticNetEstimator.Refit(View(x), y, [0, 2, 5], new() { ExcludedFeatures = new[] { 2 } });
        Assert.Equal((0, y.Average()), (nothing.Indices.Length, Math.Round(nothing.Intercept, 12)), Close);
        Assert.Equal([0, 5], without.Indices.ToArray());
        Assert.Contains("'features' (8) must be features in [0, 8)", Assert.Throws<ArgumentOutOfRangeException>(() => ElasticNetEstimator.Refit(View(x), y, [8])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_with_gaps_and_categories_are_selected_from_and_refitted()
    {
        (double[] x, double[] y) = Data();
        double[] values = [.. x[..(3 * Rows)], .. Enumerable.Range(0, Rows).Select(i => (double)(i % 3))];
        for (int i = 0; i < Rows; i++)
            y[i] += i % 3 == 1 ? 5 : 0;
        values[7] = double.NaN;
        FeatureTable table = new([InputColumn.Number("a"), InputColumn.Number("b"), InputColumn.Number("c"), InputColumn.Category("where", ["x", "y", "z"])], values, Rows);
        ElasticNetOptions options = new() { Preparation = new() { Imputation = ImputationMethod.Mean } };
        FeatureSelection selection = ElasticNetEstimator.Select(table, y, options);
        Assert.Equal(6, selection.FeatureNames.Count);
        int level = selection.FeatureNames.Index().Single(item => item.Item == "where=y").Index;
        Assert.Contains(level, selection.By("1se").Features.ToArray());
        using ElasticNetModel refit = ElasticNetEstimator.Refit(table, y, [level], options);
        // On one indicator, least squares is a difference of means.
        double ones = Enumerable.Range(0, Rows).Where(i => i % 3 == 1).Average(i => y[i]), zeros = Enumerable.Range(0, Rows).Where(i => i % 3 != 1).Average(i => y[i]);
        Assert.Equal(ones - zeros, refit.Coefficients[level], 1e-10);
        Assert.Equal(ones, refit.Predict([double.NaN, 0, 0, 1]), 1e-10);
    }

    [Fact]
    public void What_has_no_meaning_is_refused()
    {
        (double[] x, double[] y) = Data();
        FeatureSelection selection = ElasticNetEstimator.Select(View(x), y);
        Assert.Contains("'rule' (best) must be one of min, 1se, aic", Assert.Throws<ArgumentException>(() => selection.By("best")).Message, StringComparison.Ordinal);
        Assert.Contains("be another method for selections", Assert.ThrowsAny<ArgumentException>(() => ElasticNetEstimator.Select(
            View(x), y, new() { Preparation = new() { Imputation = ImputationMethod.Multiple } })).Message, StringComparison.Ordinal);
        Assert.Contains("'Folds' (10) must be from 2 to the 3 rows", Assert.ThrowsAny<ArgumentException>(() => ElasticNetEstimator.Select(MatrixView.ColumnMajor(x.AsSpan(0, 3), 3, 1), y.AsSpan(0, 3))).Message, StringComparison.Ordinal);
    }

    private static bool Close((int, double) a, (int, double) b) => a.Item1 == b.Item1 && Math.Abs(a.Item2 - b.Item2) < 1e-10;

    private static MatrixView<double> View(double[] x) => MatrixView.ColumnMajor(x.AsSpan(), Rows, Features);

    private static (double[] X, double[] Y) Data()
    {
        Random random = new(3);
        double[] x = [.. Enumerable.Range(0, Rows * Features).Select(_ => random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => 4 * x[i] - 3 * x[2 * Rows + i] + x[5 * Rows + i] + random.NextDouble())];
        return (x, y);
    }
}
