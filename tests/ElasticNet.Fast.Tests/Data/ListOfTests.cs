using System.Globalization;
using System.Reflection;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Plots;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Selection;
using ElasticNet.Fast.Tests.BadInput;

namespace ElasticNet.Fast.Tests.Data;

/// <summary>Lists in options: equal by content, copied once, and never null.</summary>
public class ListOfTests
{
    [Fact]
    public void Lists_of_equal_values_are_equal_however_they_were_made()
    {
        double[] values = [0.1, 0.5, double.NaN, -0.0];
        ListOf<double> expected = [0.1, 0.5, double.NaN, 0];
        ListOf<double>[] same = [values, (ReadOnlyMemory<double>)values, [.. values], [.. expected], ListOf.Create<double>(values)];
        foreach (ListOf<double> list in same)
        {
            Assert.Equal(expected, list);
            Assert.True(expected == list && !(expected != list) && expected.Equals((object)list));
            Assert.Equal(expected.GetHashCode(), list.GetHashCode());
        }

        ListOf<double>[] others = [[0.5, 0.1, double.NaN, 0], [0.1, 0.5, double.NaN], [0.1, 0.5, double.NaN, 0, 0], [0.1, 0.5, 1, 0], []];
        foreach (ListOf<double> list in others)
        {
            Assert.True(expected != list && !expected.Equals((object)list));
            Assert.NotEqual(expected.GetHashCode(), list.GetHashCode());
        }

        Assert.True(expected.Equals(values)); // an array becomes a list
        Assert.False(expected.Equals((object)values));
    }

    [Fact]
    public void No_values_are_one_list()
    {
        ListOf<string>[] none = [default, [], null, Array.Empty<string>(), ReadOnlyMemory<string>.Empty, new()];
        foreach (ListOf<string> list in none)
        {
            Assert.Equal(default, list);
            Assert.Equal(none[1].GetHashCode(), list.GetHashCode());
            Assert.True(list.IsEmpty && list.Span.IsEmpty && list.Count == 0);
            Assert.Empty(list);
            Assert.Empty(list.ToArray());
            Assert.Equal("[]", list.ToString());
        }

        Assert.Throws<IndexOutOfRangeException>(() => none[0][0]);
    }

    [Fact]
    public void Later_changes_of_what_it_was_made_from_or_gave_out_do_not_reach_it()
    {
        string[] names = ["a", "b"];
        ListOf<string> list = names, again = (ReadOnlyMemory<string>)names;
        names[0] = "changed";
        list.ToArray()[1] = "changed";
        Assert.Equal((ListOf<string>)["a", "b"], list);
        Assert.Equal(list, again);
    }

    [Fact]
    public void Every_way_through_it_meets_the_values_in_order()
    {
        ListOf<int> list = [3, 1, 2];
        List<int> met = [];
        foreach (int value in list)
            met.Add(value);
        Assert.Equal([3, 1, 2], met);
        Assert.Equal([3, 1, 2], list.Select(value => value));
        Assert.Equal([3, 1, 2], list.ToArray());
        Assert.Equal([0, 3, 1, 2, 4], (int[])[0, .. list, 4]);
        Assert.Equal((3, 1, 2), (list[0], list[1], ((IReadOnlyList<int>)list)[2]));
    }

    [Fact]
    public void It_reads_as_it_is_written_in_any_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("[0.1, 1]", ((ListOf<double>)[0.1, 1]).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Options_compare_by_content()
    {
        ElasticNetOptions options = Options();
        Same(options, Options());
        Same(options, options with { L1Ratios = new[] { 0.1, 0.5 } });
        Same(new(), new ElasticNetOptions { L1Ratios = [1], FeatureNames = null, Lambdas = default });
        Assert.Equal("[0.1, 0.5]", options.L1Ratios.ToString());
        ElasticNetOptions[] others =
        [
            options with { L1Ratios = [0.1, 0.6] }, options with { Lambdas = [2] }, options with { PenaltyFactors = [] },
            options with { LowerBounds = [-2] }, options with { UpperBounds = [1, 1] }, options with { ExcludedFeatures = [0] },
            options with { FeatureNames = ["a", "c"] },
        ];
        Assert.All(others, other => Assert.NotEqual(options, other));
        Assert.Equal(others.Length + 1, others.Append(options).Append(Options()).Distinct().Count());
    }

    [Fact]
    public void Preparations_and_spaces_compare_by_content()
    {
        Same(Inputs("north"), Inputs("north"));
        Assert.NotEqual(Inputs("north"), Inputs("south"));
        Assert.NotEqual(Inputs("north"), new PreparationOptions());
        Same(
            new SearchSpace { L1Ratios = [0.5], Preparations = [Inputs("north"), new()] },
            new SearchSpace { L1Ratios = new[] { 0.5 }, Preparations = new PreparationOptions[] { Inputs("north"), new() } });
        Assert.NotEqual(new SearchSpace { Preparations = [Inputs("north")] }, new SearchSpace { Preparations = [Inputs("south")] });
        Refusal.OfArgument(() => SearchPlan.Of(new() { Preparations = [Inputs("north"), Inputs("north")] }, new()), "space");
    }

    [Fact]
    public void What_is_said_of_a_text_compares_by_content()
    {
        Same(
            new CsvReadOptions { Apart = ["y"], Only = ["a", "b"], MissingTokens = ["?"], Dates = [TextPart.Year] },
            new CsvReadOptions { Apart = new[] { "y" }, Only = ["a", "b"], MissingTokens = ["?"], Dates = [TextPart.Year] });
        Assert.NotEqual(new CsvReadOptions { Apart = ["y"] }, new CsvReadOptions { Skip = ["y"] });
        Same(new CsvRowOptions { MissingTokens = ["?"] }, new CsvRowOptions { MissingTokens = ["?"] });
        Same(Format("%"), Format("%"));
        Assert.NotEqual(Format("%"), Format("$"));
    }

    [Fact]
    public void Columns_are_equal_where_their_values_mean_the_same()
    {
        InputColumn column = InputColumn.Category("district", ["north", "south"]);
        Same(column, InputColumn.Category("district", ["north", "south"]));
        Assert.NotEqual(column, InputColumn.Category("district", ["south", "north"]));
        Assert.NotEqual(column, InputColumn.Category("area", ["north", "south"]));
        Assert.NotEqual(InputColumn.Number("district"), InputColumn.Category("district", []));
        Assert.False(column.Equals(null));
        Assert.False(column.Equals("district"));
    }

    [Theory]
    [InlineData(typeof(ElasticNetOptions))]
    [InlineData(typeof(PreparationOptions))]
    [InlineData(typeof(IterativeImputationOptions))]
    [InlineData(typeof(MultipleImputationOptions))]
    [InlineData(typeof(ScalerOptions))]
    [InlineData(typeof(SearchSpace))]
    [InlineData(typeof(StabilityOptions))]
    [InlineData(typeof(InferenceOptions))]
    [InlineData(typeof(TextFormat))]
    [InlineData(typeof(CsvReadOptions))]
    [InlineData(typeof(CsvRowOptions))]
    [InlineData(typeof(SvmLightOptions))]
    [InlineData(typeof(PictureStyle))]
    public void No_public_option_is_a_list_that_compares_by_reference(Type options)
    {
        PropertyInfo[] lists = [.. options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => IsList(property.PropertyType))];
        Assert.DoesNotContain(lists, property => !IsListOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
    }

    private static bool IsList(Type type) =>
        type != typeof(string)
        && (typeof(System.Collections.IEnumerable).IsAssignableFrom(Nullable.GetUnderlyingType(type) ?? type)
            || type.IsGenericType && type.Name.Contains("Memory", StringComparison.Ordinal));

    private static bool IsListOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ListOf<>);

    private static ElasticNetOptions Options() => new()
    {
        L1Ratios = [0.1, 0.5],
        Lambdas = [1],
        PenaltyFactors = [1, 0],
        LowerBounds = [-1],
        UpperBounds = [1, 2],
        ExcludedFeatures = [1],
        FeatureNames = ["a", "b"],
    };

    private static TextFormat Format(string sign) => new() { MissingTokens = ["?"], Columns = [new("rate", "rate", TextPart.Number, sign)] };

    private static PreparationOptions Inputs(string level) => new() { Inputs = [InputColumn.Number("age"), InputColumn.Category("district", [level])] };

    private static void Same<T>(T a, T b)
        where T : notnull
    {
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }
}
