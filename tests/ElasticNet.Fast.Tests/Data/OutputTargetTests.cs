using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Tests.Data;

/// <summary>Targets of several classes and of several responses: what they hold, and what is refused.</summary>
public class OutputTargetTests
{
    private static readonly string[] s_species = ["setosa", "versicolor", "virginica"];

    [Fact]
    public void Labels_of_more_than_two_classes_are_sorted_and_none_is_the_event()
    {
        Target target = Target.Labels(["b", "c", null, "a", "B", "b"]);
        Assert.Equal(["B", "a", "b", "c"], target.ClassNames!);
        Assert.Equal([2, 3, double.NaN, 1, 0, 2], target.Values.ToArray());
        Assert.Equal((6, 1), (target.Length, target.Responses));
        Says("'positive' ('a') must be named of two labels only, of 'a', 'b' and 'c' none is the event", () => Target.Labels(["a", "b", "c"], "a"));
        Says("'positive' ('d') must be one of the labels 'a', 'b' and 'c'", () => Target.Labels(["a", "b", "c"], "d"));
    }

    [Fact]
    public void Codes_keep_the_order_of_their_names()
    {
        Target target = Target.Classes([2, 0, 1, -1], s_species);
        Assert.Equal(s_species, target.ClassNames!);
        Assert.Equal([2, 0, 1, double.NaN], target.Values.ToArray());
        Target two = Target.Classes([1, 0], ["yes", "no"]);
        Assert.Equal(["yes", "no"], two.ClassNames!);
        Says("'codes' must be in [0, 3), the places of the 3 names, or -1 for missing, but row 1 (counted from 0) has 3", () => Target.Classes([0, 3], s_species));
        Says("but row 0 (counted from 0) has -2", () => Target.Classes([-2], s_species));
        Says("'names' (length 1) must name two classes or more", () => Target.Classes([0], ["one"]));
        Says("'names' must differ, but two are 'a'", () => Target.Classes([0], ["a", "b", "a"]));
        Says("'names' must not be null", () => Target.Classes([0], ["a", null!]));
    }

    [Fact]
    public void Every_class_needs_a_row_that_counts()
    {
        ClassLabels.Check([0, 1, 2, double.NaN], s_species, [1, 1, 1, 0]);
        Says("must have a row that counts for each of its 3 classes, but of 2 rows none is 'virginica'", () => ClassLabels.Check([0, 1, 2], s_species, [1, 1, 0]));
        Says("but of 1 rows none is 'setosa' and 'virginica': nothing can be learnt about them", () => ClassLabels.Check([1], s_species, default));
        Says("row 1 (counted from 0) has none", () => ClassLabels.Check([0, double.NaN, 1, 2], s_species, default));
    }

    [Fact]
    public void Responses_stand_one_after_another()
    {
        double[,] y = { { 1, 10 }, { 2, 20 }, { 3, 30 } };
        Target target = Target.Columns(y);
        Assert.Equal([1, 2, 3, 10, 20, 30], target.Values.ToArray());
        Assert.Equal((3, 2), (target.Length, target.Responses));
        Assert.Equal(["y0", "y1"], target.ResponseNames!);
        double[] columns = [1, 2, 3, 99, 10, 20, 30, 99];
        Assert.Equal(target.Values.ToArray(), Target.Columns(MatrixView.ColumnMajor<double>(columns, 3, 2, 4), ["a", "b"]).Values.ToArray());
        Assert.Equal(1, new Target([1, 2]).Responses);
        Says("'y' (3 rows × 1 columns) must have two responses or more; a single one is a target of Family.Gaussian", () => Target.Columns(new double[3, 1]));
        Says("'y' (3 rows × 0 columns)", () => Target.Columns(new double[3, 0]));
        Says("'names' (length 1) must have one name for each of the 2 columns", () => Target.Columns(y, ["a"]));
        Says("'names' must differ, but two are 'a'", () => Target.Columns(y, ["a", "a"]));
    }

    [Fact]
    public void A_target_must_be_of_the_family()
    {
        double[,] x = { { 1 }, { 2 }, { 3 } };
        double[,] y = { { 1, 10 }, { 2, 20 }, { 3, 30 } };
        Says("'y' must be classes for multinomial: Target.Labels(labels) or Target.Classes(codes, names)", () => Fit(x, new double[] { 0, 1, 2 }, Family.Multinomial));
        Says("'y' must have two responses or more for multigaussian: Target.Columns(y); a single one is a target of gaussian", () => Fit(x, new double[] { 0, 1, 2 }, Family.MultiGaussian));
        Says("'Family' (Gaussian) must be multigaussian for a target of 2 responses", () => Fit(x, Target.Columns(y), Family.Gaussian));
        Says("'Family' (multi-response Gaussian) must be binomial for a target of two classes ('a' and 'b')", () => Fit(x, Target.Labels(["a", "b", "a"]), Family.MultiGaussian));
        Says("'Offset' (length 3) must be empty for the 3 outputs of multinomial, each of which has one: 'Offsets'", () => Fit(x, Target.Labels(["a", "b", "c"]) with { Offset = [1, 2, 3] }, Family.Multinomial));
        Says("'Offsets' (3 rows × 2 columns) must have a row for each of the 3 rows and a column for each of the 3 classes", () => Fit(x, Target.Labels(["a", "b", "c"]) with { Offsets = y }, Family.Multinomial));
        Says("'Offsets' (3 rows × 2 columns) must be empty for gaussian, which has one output: 'Offset'", () => Fit(x, new Target([1, 2, 3]) { Offsets = y }, Family.Gaussian));

        static void Fit(double[,] x, Target y, Family family) => ElasticNetEstimator.Fit(x, y, 0.1, 1, new() { Family = family });
    }

    private static void Says(string message, Action action) => Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);

    private static void Says(string message, MakesTarget make)
    {
        string found = "nothing";
        try
        {
            _ = make();
        }
        catch (ArgumentException refused)
        {
            found = refused.Message;
        }

        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    private delegate Target MakesTarget();
}
