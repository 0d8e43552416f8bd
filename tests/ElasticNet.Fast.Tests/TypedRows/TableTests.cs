namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>Typed rows as a table to learn from.</summary>
public class TableTests
{
    private static readonly House[] s_houses =
    [
        new(100, 4, "south", Heating.Oil, true, 'B', default),
        new(50, null, null, null, false, 'A', default),
        new(70.5f, 3, "", Heating.HeatPump, false, 'B', default),
        new(float.NaN, 2, "Ärger", Heating.Oil, true, 'G', default),
    ];

    [Fact]
    public void Columns_are_the_features_in_order()
    {
        FeatureTable table = FeatureTable.From<House>(s_houses);
        Assert.Equal(4, table.Rows);
        Assert.Equal(["area", "rooms", "district", "heating", "garden", "class", "area per room"], table.Columns.Select(column => column.Name));
        Assert.Equal([100, 50, 70.5, double.NaN], table.Column(0).ToArray());
        Assert.Equal([4, double.NaN, 3, 2], table.Column(1).ToArray());
        Assert.Equal([1, 0, 0, 1], table.Column(4).ToArray());
        Assert.Equal([25, double.NaN, 23.5, double.NaN], table.Column(6).ToArray());
    }

    [Fact]
    public void Levels_are_those_that_occur_in_ordinal_order()
    {
        FeatureTable table = FeatureTable.From<House>(s_houses);
        Assert.Equal(["", "south", "Ärger"], table.Columns[2].Levels);
        Assert.Equal([1, double.NaN, 0, 2], table.Column(2).ToArray());
        Assert.Equal(["Oil", "heat pump"], table.Columns[3].Levels);
        Assert.Equal([0, double.NaN, 1, 0], table.Column(3).ToArray());
        Assert.Equal(["A", "B", "G"], table.Columns[5].Levels);
        Assert.Equal([1, 0, 1, 2], table.Column(5).ToArray());
    }

    [Fact]
    public void No_rows_are_a_table_too()
    {
        FeatureTable table = FeatureTable.From<House>([]);
        Assert.Equal(0, table.Rows);
        Assert.Equal(7, table.Columns.Count);
        Assert.Empty(table.Columns[2].Levels);
    }

    [Fact]
    public void A_value_without_a_name_is_refused_with_its_row()
    {
        House[] houses = [s_houses[0], s_houses[1] with { Heating = (Heating)7 }];
        var exception = Assert.Throws<ArgumentException>(() => FeatureTable.From<House>(houses));
        Assert.StartsWith("'rows' must hold values with a name, but 'heating' of row 1 (of 2) is none of its enumeration.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_no_array_holds_is_refused_before_it_is_made()
    {
        var exception = Assert.Throws<ArgumentException>(() => FeatureTable.From<WideRow>(new WideRow[1_500_000]));
        Assert.StartsWith("'rows' (length 1500000) must be at most 1431655 for 1500 features", exception.Message, StringComparison.Ordinal);
    }
}
