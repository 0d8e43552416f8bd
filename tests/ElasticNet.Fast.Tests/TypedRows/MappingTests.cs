using ElasticNet.Fast.TypedRows;

namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>Members find their inputs, and values their places.</summary>
public class MappingTests
{
    private static readonly FeatureMember[] s_members = [new("a", InputKind.Number), new("b", InputKind.Category), new("c", InputKind.Number)];

    /// <summary>Two routes to one answer: what a table says of a row, and what is predicted from.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_row_for_prediction_is_that_row_of_the_table(int seed)
    {
        Random random = new(seed);
        House[] houses = [.. Enumerable.Range(0, 200).Select(_ => House.Any(random))];
        FeatureTable table = FeatureTable.From<House>(houses);

        // A model may want its inputs in any order, and not all of them.
        int[] wanted = [.. Enumerable.Range(0, table.Columns.Count).OrderBy(_ => random.Next()).Take(5)];
        MemberTarget[] targets = MemberMap.Of([.. wanted.Select(column => table.Columns[column])], Members<House>(), nameof(House));
        for (int i = 0; i < houses.Length; i++)
            Assert.Equal(wanted.Select(column => table.Column(column)[i]), RawRow.Of(houses[i], targets, wanted.Length));
    }

    [Fact]
    public void Levels_that_the_model_does_not_know_have_the_code_for_that()
    {
        InputColumn[] inputs = [InputColumn.Category("heating", ["Oil"]), InputColumn.Category("district", ["south"])];
        MemberTarget[] targets = MemberMap.Of(inputs, Members<House>(), nameof(House));
        Assert.Equal([0, 0], RawRow.Of(new House { Heating = Heating.Oil, District = "south" }, targets, 2));
        Assert.Equal([InputColumn.UnknownLevel, InputColumn.UnknownLevel], RawRow.Of(new House { Heating = Heating.Gas, District = "South" }, targets, 2));
        Assert.Equal([InputColumn.UnknownLevel, double.NaN], RawRow.Of(new House { Heating = (Heating)7 }, targets, 2));
    }

    [Fact]
    public void What_the_type_lacks_is_named()
    {
        InputColumn[] inputs = [InputColumn.Number("A"), InputColumn.Number("a"), InputColumn.Category("d", ["x"])];
        Refused(inputs, s_members, "Row must have all 3 inputs of the model, but lacks 'A' (number), 'd' (category); it has 'a', 'b', 'c'. [FeatureName(\"…\")] gives a member the name of an input.");
        inputs = [.. Enumerable.Range(0, 25).Select(j => InputColumn.Number($"x{j}"))];
        Refused(inputs, s_members, "Row must have all 25 inputs of the model, but lacks 'x0' (number), 'x1' (number), 'x2' (number), 'x3' (number), 'x4' (number), 'x5' (number), 'x6' (number), 'x7' (number), 'x8' (number), 'x9' (number) and 15 more; it has 'a', 'b', 'c'.");
    }

    [Fact]
    public void Kinds_must_agree()
    {
        Refused([InputColumn.Number("b")], s_members, "'b' must be a number for this model, but is a category in Row.");
        Refused([InputColumn.Number("c"), InputColumn.Category("a", ["x"])], s_members, "'a' must be a category for this model, but is a number in Row.");
    }

    [Fact]
    public void Inputs_must_differ() =>
        Refused([InputColumn.Number("a"), InputColumn.Number("c"), InputColumn.Number("a")], s_members, "'model' must have inputs of different names to be read from members of Row, but inputs 0 and 2 of 3 are both 'a'.");

    [Fact]
    public void Members_must_differ()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => MemberMap.Of([InputColumn.Number("a")], [.. s_members, new("a", InputKind.Number)], "Row"));
        Assert.Equal("'Row' must hand over each of its members once and in their order: members 0 and 3 of 4 are both 'a'.", exception.Message);
    }

    private static void Refused(InputColumn[] inputs, FeatureMember[] members, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => MemberMap.Of(inputs, members, "Row"));
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal("model", exception.ParamName);
    }

    private static IReadOnlyList<FeatureMember> Members<TRow>()
        where TRow : IElasticNetFeatures<TRow> => TRow.Members;
}
