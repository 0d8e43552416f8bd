namespace ElasticNet.Fast.Tests.Families;

/// <summary>Targets of two classes: which is the event, what is refused, and how folds are dealt.</summary>
public class LabelTests
{
    private static readonly string[] s_labels = ["yes", "no", "no", "yes"];

    [Fact]
    public void The_second_label_in_ordinal_order_is_the_event_unless_another_is_named()
    {
        Target target = Target.Labels(s_labels);
        Assert.Equal([1, 0, 0, 1], target.Values.ToArray());
        Assert.Equal(["no", "yes"], target.ClassNames);
        target = Target.Labels(s_labels, positive: "no");
        Assert.Equal([0, 1, 1, 0], target.Values.ToArray());
        Assert.Equal(["yes", "no"], target.ClassNames);
        target = new[] { true, false };
        Assert.Equal([1, 0], target.Values.ToArray());
        Assert.Equal(["false", "true"], target.ClassNames);
        double[] weights = [1, 2, 3, 4];
        Assert.Equal(weights, (Target.Labels(s_labels) with { Weights = weights }).Weights.ToArray());
    }

    [Fact]
    public void What_is_no_pair_of_labels_is_refused()
    {
        Says("all are 'a': nothing can be learnt", ["a", "a"], null);
        Says("holds none", [null, null], null);
        Says("'positive' ('maybe') must be one of the labels 'no' and 'yes'", s_labels, "maybe");

        static void Says(string message, string?[] labels, string? positive) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => Target.Labels(labels, positive)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_than_two_labels_are_refused_where_one_is_the_event()
    {
        Says("must hold two different labels for binomial, but holds 3: 'a', 'b' and 'c'; the multinomial family takes more", Family.Binomial, "a", "b", "c");
        Says("must hold two different labels for binomial (probit), but holds 7: '0', '1', '2', '3', '4', …", Family.Probit, "0", "1", "2", "3", "4", "5", "6");
        Says("'Family' (Gaussian) must be multinomial for a target of 3 classes ('a', 'b' and 'c')", Family.Gaussian, "a", "b", "c");

        static void Says(string message, Family family, params string[] labels)
        {
            double[,] x = new double[labels.Length, 1];
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(x, Target.Labels(labels), 0.1, 1, new() { Family = family })).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Labels_are_no_amounts_and_a_gap_may_lie_in_a_row_that_does_not_count()
    {
        double[,] x = { { 1 }, { 2 }, { 3 }, { 4 }, { 5 } };
        string?[] labels = ["a", "b", "a", "b", null];
        Assert.Contains("must be binomial for a target of two classes ('a' and 'b')", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(x, Target.Labels(labels), 0.1)).Message, StringComparison.Ordinal);
        using Workspace workspace = new();
        Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(x, Target.Labels(labels), 0.1, 1, new(), workspace, new double[1]));
        ElasticNetOptions options = new() { Family = Family.Binomial };
        Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(x, Target.Labels(labels), 0.1, 1, options));
        double[] weights = [1, 1, 1, 1, 0];
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, Target.Labels(labels) with { Weights = weights }, 0.1, 1, options);
        Assert.Equal(["a", "b"], model.Classes);
    }

    [Fact]
    public void Swapping_the_event_turns_every_probability_around()
    {
        (double[,] x, double[] y) = FamilySample.Of(Family.Binomial, 80, 3, 1);
        string[] labels = Array.ConvertAll(y, value => value == 1 ? "up" : "down");
        ElasticNetOptions options = new() { Family = Family.Binomial };
        using ElasticNetModel up = ElasticNetEstimator.Fit(x, Target.Labels(labels), 0.02, 1, options);
        using ElasticNetModel down = ElasticNetEstimator.Fit(x, Target.Labels(labels, "down"), 0.02, 1, options);
        Assert.Equal(("up", "down"), (up.PositiveClass, down.PositiveClass));
        for (int i = 0; i < 80; i++)
            Assert.Equal(1 - up.Predict([x[i, 0], x[i, 1], x[i, 2]]), down.Predict([x[i, 0], x[i, 1], x[i, 2]]), 1e-9);
    }

    [Fact]
    public void Folds_are_stratified_unless_there_are_proportions()
    {
        (double[,] x, double[] y) = FamilySample.Of(Family.Binomial, 90, 3, 2);
        ElasticNetOptions options = new() { Family = Family.Binomial, Folds = 5, Seed = 3, LambdaCount = 10 };
        CrossValidationResult dealt = ElasticNetEstimator.CrossValidate(x, y, options);
        CrossValidationResult planned = ElasticNetEstimator.CrossValidate(
            x, new Target(y) { Folds = FoldPlan.Stratified(Array.ConvertAll(y, value => (int)value), 5, seed: 3) }, options);
        Assert.Equal(planned.FoldIdsOf(0).ToArray(), dealt.FoldIdsOf(0).ToArray());
        y[0] = 0.5;
        CrossValidationResult proportions = ElasticNetEstimator.CrossValidate(x, y, options);
        CrossValidationResult random = ElasticNetEstimator.CrossValidate(x, new Target(y) { Folds = FoldPlan.Random(5, seed: 3) }, options);
        Assert.Equal(random.FoldIdsOf(0).ToArray(), proportions.FoldIdsOf(0).ToArray());
    }
}
