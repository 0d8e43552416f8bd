namespace ElasticNet.Fast.Tests.Outputs;

/// <summary>What several classes and responses refuse, by name.</summary>
public class OutputBadInputTests
{
    private static readonly double[,] s_x = { { 1, 2 }, { 2, 1 }, { 3, 5 }, { 4, 3 }, { 5, 8 }, { 6, 6 }, { 7, 9 }, { 8, 1 }, { 9, 4 } };

    private static readonly int[] s_codes = [0, 1, 2, 0, 1, 2, 0, 1, 2];

    private static readonly string[] s_names = ["a", "b", "c"];

    private static readonly ElasticNetOptions s_classes = new() { Family = Family.Multinomial };

    private static readonly ElasticNetOptions s_responses = new() { Family = Family.MultiGaussian };

    [Fact]
    public void A_class_without_rows_that_count_is_named()
    {
        Refuses(() => ElasticNetEstimator.Path(s_x, Target.Classes([0, 0, 0, 0, 1, 1, 1, 1, 1], s_names), 1, s_classes), "class 2");
        double[] weights = [1, 1, 0, 1, 1, 0, 1, 1, 0];
        Refuses(() => ElasticNetEstimator.CrossValidate(s_x, Target.Classes(s_codes, s_names) with { Weights = weights }, s_classes with { Folds = 2 }), "class 'c'");
    }

    [Fact]
    public void A_class_that_a_fold_lacks_is_named_with_its_rows()
    {
        int[] codes = [0, 1, 2, 0, 1, 0, 0, 1, 1];
        Refuses(() => ElasticNetEstimator.CrossValidate(s_x, Target.Classes(codes, s_names), s_classes with { Folds = 3 }), "class 'c', which has 1 row");
        // On all rows it is fitted.
        Assert.InRange(ElasticNetEstimator.Path(s_x, Target.Classes(codes, s_names), 1, s_classes).Max(point => point.RelativeGap), 0, 1e-10);
    }

    [Fact]
    public void One_response_and_one_class_are_for_other_families()
    {
        Refuses(() => Target.Columns(new double[9, 1]), "response");
        Refuses(() => Target.Classes(s_codes, ["a"]), "names");
        Refuses(() => ElasticNetEstimator.Path(s_x, new double[9], 1, s_responses), "Target.Columns");
        Refuses(() => ElasticNetEstimator.Path(s_x, new double[9], 1, s_classes), "Target.Labels");
        Refuses(() => ElasticNetEstimator.Path(s_x, Target.Columns(new double[9, 2]), 1, new()), "responses");
    }

    [Fact]
    public void Groups_of_outputs_have_neither_bounds_nor_groups_of_features_nor_one_output()
    {
        Target y = Target.Classes(s_codes, s_names);
        Refuses(() => ElasticNetEstimator.Path(s_x, Target.Classes(s_codes, s_names), 1, s_classes with { GroupOutputs = true, LowerBounds = [0] }), "LowerBounds");
        Refuses(() => ElasticNetEstimator.Path(s_x, Target.Classes(s_codes, s_names), 1, s_classes with { FeatureGroups = [new([0, 1])] }), "FeatureGroups");
        Refuses(() => ElasticNetEstimator.Path(s_x, new double[] { 1, 2, 3, 4, 5, 6, 7, 8, 0 }, 1, new() { GroupOutputs = true }), "GroupOutputs");
        Assert.Equal(9, y.Length);
    }

    [Fact]
    public void Sizes_and_numbers_that_make_no_problem_are_named()
    {
        double[,] y = new double[9, 2];
        for (int i = 0; i < 9; i++)
            (y[i, 0], y[i, 1]) = (i, i * i);
        Refuses(() => ElasticNetEstimator.Path(s_x, Target.Columns(new double[8, 2]), 1, s_responses), "9 rows");
        Refuses(() => ElasticNetEstimator.Path(s_x, Target.Columns(y) with { Offset = new double[9] }, 1, s_responses), "Offsets");
        Refuses(() => ElasticNetEstimator.Path(s_x, Target.Columns(y) with { Offsets = new double[9, 3] }, 1, s_responses), "2");
        y[4, 1] = double.NaN;
        Refuses(() => ElasticNetEstimator.Path(s_x, Target.Columns(y), 1, s_responses), "row 4");
        // Where the row does not count it may hold anything.
        RegularizationPath path = ElasticNetEstimator.Path(s_x, Target.Columns(y) with { Weights = (double[])[1, 1, 1, 1, 0, 1, 1, 1, 1] }, 1, s_responses);
        Assert.InRange(path.Max(point => point.RelativeGap), 0, 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Collinear_and_constant_responses_are_fitted(bool isGrouped)
    {
        double[,] y = new double[9, 3];
        for (int i = 0; i < 9; i++)
            (y[i, 0], y[i, 1], y[i, 2]) = (s_x[i, 1], -2 * s_x[i, 1], 4);
        RegularizationPath path = ElasticNetEstimator.Path(s_x, Target.Columns(y), 1, s_responses with { GroupOutputs = isGrouped });
        Assert.InRange(path.Max(point => point.RelativeGap), 0, 1e-11);
        PathPoint last = path[path.Count - 1];
        Assert.Equal(-2 * last.Coefficients[1, 0], last.Coefficients[1, 1], isGrouped ? 1e-9 : 1e-3);
        Assert.Equal(0, last.Coefficients[1, 2]);
        Assert.Equal(4, last.Intercepts.Span[2], 1e-12);
    }

    [Theory]
    [InlineData(1e-170, false)]
    [InlineData(1e-170, true)]
    [InlineData(1e170, false)]
    [InlineData(1e170, true)]
    public void Responses_of_any_size_have_the_proof_of_others(double scale, bool isGrouped)
    {
        double[,] y = new double[9, 2], scaled = new double[9, 2];
        for (int i = 0; i < 9; i++)
        {
            (y[i, 0], y[i, 1]) = (s_x[i, 1] + i % 3, s_x[i, 0] - i % 2);
            (scaled[i, 0], scaled[i, 1]) = (scale * y[i, 0], scale * y[i, 1]);
        }

        RegularizationPath usual = ElasticNetEstimator.Path(s_x, Target.Columns(y), 1, s_responses with { GroupOutputs = isGrouped });
        RegularizationPath path = ElasticNetEstimator.Path(s_x, Target.Columns(scaled), 1, s_responses with { GroupOutputs = isGrouped });
        Assert.Equal(usual.Count, path.Count);
        for (int l = 0; l < path.Count; l++)
        {
            Assert.InRange(path[l].RelativeGap, double.Epsilon, 1e-11);
            Assert.Equal(usual[l].Fit.DevianceRatio, path[l].Fit.DevianceRatio, 1e-9);
            Assert.Equal(usual[l].Coefficients[0, 1], path[l].Coefficients[0, 1] / scale, 1e-9);
        }
    }

    [Fact]
    public void Copied_columns_without_a_penalty_are_exact_in_groups_too()
    {
        double[,] x = new double[9, 3], y = new double[9, 2];
        for (int i = 0; i < 9; i++)
        {
            (x[i, 0], x[i, 1], x[i, 2]) = (s_x[i, 0], s_x[i, 1], s_x[i, 1]);
            (y[i, 0], y[i, 1]) = (s_x[i, 1] + i % 3, s_x[i, 0] - i % 2);
        }

        using ElasticNetModel model = ElasticNetEstimator.Fit(x, Target.Columns(y), 0, 1, s_responses with { GroupOutputs = true });
        Assert.InRange(model.Fit.RelativeGap, 0, 1e-12);
        Assert.Equal(model.Coefficients[1, 0], model.Coefficients[2, 0], 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void More_classes_than_some_have_rows_for_and_classes_that_are_separated_are_fitted(bool isGrouped)
    {
        string[] names = [.. Enumerable.Range(0, 9).Select(k => $"class {k}")];
        RegularizationPath alone = ElasticNetEstimator.Path(s_x, Target.Classes([.. Enumerable.Range(0, 9)], names), 1, s_classes with { GroupOutputs = isGrouped, LambdaMinRatio = 1e-3 });
        Assert.InRange(alone.Max(point => point.RelativeGap), 0, 1e-9);
        RegularizationPath separated = ElasticNetEstimator.Path(s_x, Target.Classes([0, 0, 0, 1, 1, 1, 2, 2, 2], s_names), 1, s_classes with { GroupOutputs = isGrouped, LambdaMinRatio = 1e-4 });
        Assert.InRange(separated.Max(point => point.RelativeGap), 0, 1e-9);
        Assert.InRange(separated[^1].Fit.DevianceRatio, 0.9, 1);
    }

    [Fact]
    public void Without_a_penalty_separated_classes_are_refused() =>
        Refuses(() => ElasticNetEstimator.Fit(s_x, Target.Classes([0, 0, 0, 1, 1, 1, 2, 2, 2], s_names), 0, 1, s_classes), "separated");

    [Fact]
    public void What_has_no_form_for_several_outputs_says_so()
    {
        foreach (Action verb in (Action[])[
            () => ElasticNetEstimator.Stability(s_x, Target.Classes(s_codes, s_names), new(), s_classes),
            () => ElasticNetEstimator.NestedCrossValidate(s_x, Target.Classes(s_codes, s_names), 3, s_classes)])
            Assert.Contains("multinomial", Assert.Throws<NotSupportedException>(verb).Message, StringComparison.Ordinal);
    }

    private static void Refuses(Action action, string word) =>
        Assert.Contains(word, Assert.ThrowsAny<ArgumentException>(action).Message, StringComparison.Ordinal);
}
