using ElasticNet.Fast.Tests.BadInput;
using ElasticNet.Fast.Tests.Properties;

namespace ElasticNet.Fast.Tests.Selection;

public class FoldPlanTests
{
    private const int Rows = 90;

    private static readonly double[] s_y = [.. Enumerable.Range(0, Rows).Select(i => Math.Sin(i) + 0.01 * i)];

    private static double[,] X
    {
        get
        {
            double[,] x = new double[Rows, 4];
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < 4; j++)
                    x[i, j] = Math.Cos((j + 1) * i) + (j == 0 ? s_y[i] : 0);
            }

            return x;
        }
    }

    [Fact]
    public void A_random_plan_is_what_the_settings_say()
    {
        ElasticNetOptions options = new() { Folds = 7, Repeats = 2, Seed = 5 };
        CrossValidationResult settings = ElasticNetEstimator.CrossValidate(X, s_y, options);
        CrossValidationResult plan = ElasticNetEstimator.CrossValidate(X, new Target(s_y) { Folds = FoldPlan.Random(7, 2, 5) });
        Assert.Equal(2, plan.Repeats);
        for (int repeat = 0; repeat < 2; repeat++)
            Assert.Equal(settings.FoldIdsOf(repeat).ToArray(), plan.FoldIdsOf(repeat).ToArray());
        Assert.Equal(settings.Best.Points, plan.Best.Points);
        Assert.Equal(5UL, plan.Model.Provenance.Seed);
    }

    [Fact]
    public void Given_folds_are_taken()
    {
        int[] ids = [.. Enumerable.Range(0, Rows).Select(i => 10 * (i % 3) - 7)];
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(X, new Target(s_y) { Folds = FoldPlan.Given(ids) });
        Assert.Equal(ids.Select(id => (id + 7) / 10), result.FoldIdsOf(0).ToArray());
        Assert.Equal(1, result.Repeats);
        Assert.Null(result.Model.Provenance.Seed);
    }

    [Fact]
    public void Groups_stay_together_in_folds_of_like_size()
    {
        int[] groups = [.. Enumerable.Range(0, Rows).Select(i => i * i % 13)];
        CrossValidationResult result = ElasticNetEstimator.CrossValidate(X, new Target(s_y) { Folds = FoldPlan.Groups(groups, 3, 2, 9) });
        for (int repeat = 0; repeat < 2; repeat++)
        {
            int[] foldOf = result.FoldIdsOf(repeat).ToArray();
            foreach (IGrouping<int, int> group in Enumerable.Range(0, Rows).GroupBy(i => groups[i]))
                Assert.Single(group.Select(i => foldOf[i]).Distinct());
            int largest = groups.CountBy(g => g).Max(pair => pair.Value);
            int[] sizes = [.. foldOf.CountBy(fold => fold).Select(pair => pair.Value)];
            Assert.Equal(3, sizes.Length);
            Assert.InRange(sizes.Max() - sizes.Min(), 0, largest);
        }

        Assert.NotEqual(result.FoldIdsOf(0).ToArray(), result.FoldIdsOf(1).ToArray());
    }

    [Fact]
    public void Every_fold_has_its_part_of_each_class()
    {
        int[] classes = [.. Enumerable.Range(0, Rows).Select(i => i % 9 == 0 ? 1 : i % 2 == 0 ? -3 : 8)];
        int[] foldOf = ElasticNetEstimator.CrossValidate(X, new Target(s_y) { Folds = FoldPlan.Stratified(classes, 5, seed: 3) }).FoldIdsOf(0).ToArray();
        foreach (int own in new[] { 1, -3, 8 })
        {
            int[] sizes = [.. Enumerable.Range(0, 5).Select(fold => Enumerable.Range(0, Rows).Count(i => foldOf[i] == fold && classes[i] == own))];
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        }

        int[] all = [.. Enumerable.Range(0, 5).Select(fold => foldOf.Count(own => own == fold))];
        Assert.InRange(all.Max() - all.Min(), 0, 1);
    }

    [Fact]
    public void Nested_cross_validation_keeps_groups_together_on_both_levels()
    {
        int[] groups = [.. Enumerable.Range(0, Rows).Select(i => i / 3)];
        NestedCrossValidationResult nested = ElasticNetEstimator.NestedCrossValidate(X, new Target(s_y) { Folds = FoldPlan.Groups(groups, 4) }, 5);
        int[] foldOf = nested.FoldIds.ToArray();
        for (int i = 0; i < Rows; i++)
            Assert.Equal(foldOf[i / 3 * 3], foldOf[i]);
    }

    [Fact]
    public void Plans_that_do_not_fit_are_refused()
    {
        Refusal.OfArgument(() => FoldPlan.Random(1), "folds", "1");
        Refusal.OfArgument(() => FoldPlan.Random(5, 0), "repeats", "0");
        Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(X, new Target(s_y) { Folds = FoldPlan.Groups([1, 2, 3], 3) }), "Folds", "3", "90");
        Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(X, new Target(s_y) { Folds = FoldPlan.Groups(new int[Rows], 3) }), "groups", "3", "1");
        Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(X, new Target(s_y) { Folds = FoldPlan.Random(91) }), "Folds", "91", "90");
        Refusal.OfArgument(() => ElasticNetEstimator.CrossValidate(X, new Target(s_y) { Folds = FoldPlan.Given([1, 2]) }), "Folds", "2", "90");
    }

    /// <summary>What the rows of a fold are trained without must not come back with the target's weights.</summary>
    [Fact]
    public void Folds_select_without_the_rows_that_are_held_out()
    {
        double[,] x = X;
        // One row makes the last column matter: only the fold that lacks it leaves it out.
        double[] y = [.. s_y];
        x[7, 3] = 60;
        y[7] += 60;
        double[] ones = new double[Rows];
        Array.Fill(ones, 1);
        FoldPlan plan = FoldPlan.Given([.. Enumerable.Range(0, Rows).Select(i => i % 3)]);
        FeatureSelection plain = ElasticNetEstimator.Select(x, new Target(y) { Folds = plan });
        FeatureSelection weighted = ElasticNetEstimator.Select(x, new Target(y) { Folds = plan, Weights = ones });
        Assert.InRange(plain.FoldFrequencies.Span[3], 0.5, 0.9);
        Assert.Equal(plain.FoldFrequencies.ToArray(), weighted.FoldFrequencies.ToArray());
    }

    [Fact]
    public void Weights_and_offset_are_the_targets()
    {
        double[] weights = [.. Enumerable.Range(0, Rows).Select(i => i % 4 + 0.5)], offset = [.. Enumerable.Range(0, Rows).Select(i => 0.1 * i)];
        Target y = new(s_y) { Weights = weights, Offset = offset };
        ElasticNetModel model = ElasticNetEstimator.Fit(X, y, 0.05);
        double[] coefficients = new double[4];
        using Workspace workspace = new();
        ElasticNetFit fit = ElasticNetEstimator.Fit(X, y, 0.05, 1, ElasticNetOptions.Default, workspace, coefficients);
        Assert.Equal(model.Coefficients.ToArray(), coefficients);
        Assert.Equal(model.Intercept, fit.Intercept);
        Assert.True(model.Provenance.HasWeights && model.Provenance.HasOffset);
        Agreement.Certified(new Solution(new Problem(X, s_y, new() { Weights = weights, Offset = offset }), fit, coefficients));
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(X, new Target(s_y) { Weights = new double[3] }, 1), "Weights", "3", "90");
        Refusal.OfArgument(() => ElasticNetEstimator.Fit(X, new Target(s_y) { Offset = new double[4] }, 1), "Offset", "4", "90");
    }
}
