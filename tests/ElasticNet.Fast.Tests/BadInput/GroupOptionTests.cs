namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>Groups of features that are none are refused by name.</summary>
public class GroupOptionTests
{
    [Fact]
    public void Columns_out_of_range()
    {
        Refused(options => options with { FeatureGroups = [new([0, 1]), new([2, 4])] }, "FeatureGroups", "[0, 4)", "group 1", "4");
        Refused(options => options with { FeatureGroups = [new([0, -1]) { Name = "size" }] }, "FeatureGroups", "group 'size'", "-1");
    }

    [Fact]
    public void Groups_that_overlap()
    {
        Refused(options => options with { FeatureGroups = [new([0, 1]) { Name = "a" }, new([1, 2]) { Name = "b" }] }, "FeatureGroups", "column 1", "group 'a'", "group 'b'");
        Refused(options => options with { FeatureGroups = [new([3, 3])] }, "FeatureGroups", "column 3", "again");
    }

    [Fact]
    public void Groups_that_hold_nothing() => Refused(options => options with { FeatureGroups = [new([0]), new([])] }, "FeatureGroups", "group 1", "none");

    [Fact]
    public void A_group_that_is_null()
    {
        Problem problem = Sample.With(options => options with { FeatureGroups = [null!] });
        Refusal.Of<ArgumentNullException>(() => problem.Fit(0.1, 0.5), "FeatureGroups", "group 0");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Factors_that_are_none(double factor) =>
        Refused(options => options with { FeatureGroups = [new([0, 1]) { Factor = factor }] }, "FeatureGroups", "group 0", Throw.Invariant($"{factor}"));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Mixing_outside_zero_to_one(double mixing) =>
        Refused(options => options with { FeatureGroups = [new([0, 1])], GroupMixing = mixing }, "GroupMixing", Throw.Invariant($"{mixing}"), "[0, 1]");

    [Fact]
    public void Bounds()
    {
        Refused(options => options with { FeatureGroups = [new([0, 1])], LowerBounds = [0] }, "LowerBounds", "FeatureGroups");
        Refused(options => options with { FeatureGroups = [new([0, 1])], UpperBounds = [1, double.PositiveInfinity, 2, 3] }, "UpperBounds", "FeatureGroups");
        _ = Sample.With(options => options with { FeatureGroups = [new([0, 1])], LowerBounds = [double.NegativeInfinity] }).Fit(0.1, 1);
    }

    [Fact]
    public void Levels_of_features() => Refused(options => options with { GroupLevels = true }, "GroupLevels", "FeatureGroups");

    private static void Refused(Func<ElasticNetOptions, ElasticNetOptions> change, params string[] parts)
    {
        foreach (Action call in Sample.Calls(Sample.With(change)))
            Refusal.OfArgument(call, parts);
    }
}
