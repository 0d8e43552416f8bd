using ElasticNet.Fast.DataFrames;
using ElasticNet.Fast.DataViews;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace ElasticNet.Fast.Tests.TypedTables;

/// <summary>Tables of .NET's own data frames and of ML.NET's views.</summary>
public class FrameTests
{
    [Fact]
    public void A_frame_is_the_table_of_its_columns()
    {
        TrainingTable expected = Arrow.ArrowTable.From(TypedFiles.Batch(SoldFlats.Columns, 0, SoldFlats.Rows), new() { Target = "price" });
        TrainingTable found = DataFrameTable.From(Frame(SoldFlats.Columns), target: "price");
        Assert.Equal((58, 2), (found.Rows, found.RowsWithoutTarget));
        Assert.Equal(expected.Columns, found.Columns);
        Assert.Equal(expected.Table.Values.ToArray(), found.Table.Values.ToArray());
        Assert.Equal(expected.Table.Format, found.Table.Format);
    }

    [Fact]
    public void What_was_fitted_to_a_frame_predicts_one()
    {
        TrainingTable table = DataFrameTable.From(Frame(SoldFlats.Columns), target: "price", new() { Skip = ["sold"] });
        using ElasticNetModel model = ElasticNetEstimator.Fit(table.Table, table.Target, 0.1, options: new() { Preparation = new() { Imputation = ImputationMethod.Median } });
        double[] turned = model.Predict(DataFrameTable.From(Frame([.. SoldFlats.Columns.Reverse()])).Table);
        Assert.Equal(model.Predict(DataFrameTable.From(Frame(SoldFlats.Columns)).Table), turned);
        Assert.Equal(SoldFlats.Rows, turned.Length);
        Assert.DoesNotContain(double.NaN, turned);
    }

    [Fact]
    public void Other_columns_of_frames()
    {
        DataFrame frame = new(
            new PrimitiveDataFrameColumn<char>("letter", [(char?)'b', null, 'a']), new PrimitiveDataFrameColumn<ulong>("big", [(ulong?)ulong.MaxValue, null, 0]),
            new VBufferDataFrameColumn<float>("vector", [new VBuffer<float>(1, [1f]), new VBuffer<float>(1, [1f]), new VBuffer<float>(1, [1f])]));
        Assert.Contains("column 'vector' is of the type vector", Assert.Throws<ArgumentException>(() => DataFrameTable.From(frame)).Message, StringComparison.Ordinal);
        TrainingTable table = DataFrameTable.From(frame, options: new() { Skip = ["vector"] });
        Assert.Equal([1, double.NaN, 0], table.Column("letter").ToArray());
        Assert.Equal([18446744073709551615.0, double.NaN, 0], table.Column("big").ToArray());
        Assert.Contains("(Target 'prize')", Assert.Throws<ArgumentException>(() => DataFrameTable.From(frame, target: "prize")).Message, StringComparison.Ordinal);
        Assert.Equal(0, DataFrameTable.From(new DataFrame(new DoubleDataFrameColumn("a"))).Rows);
    }

    [Fact]
    public void A_view_is_the_table_of_its_columns()
    {
        MLContext context = new(seed: 1);
        Flat[] flats = [.. Enumerable.Range(0, 2500).Select(i => new Flat
        {
            Area = i % 7 == 3 ? float.NaN : i % 90, Rooms = i % 5, Lift = i % 2 == 0, District = i % 11 == 4 ? "" : i % 3 == 0 ? "north" : " south ",
            Sold = new DateTime(2024, 1, 1).AddHours(i), Sizes = [i, 2 * i, -i], Price = i % 100 == 99 ? double.NaN : i,
        })];
        IDataView view = context.Data.LoadFromEnumerable(flats);
        TrainingTable table = DataViewTable.From(view, target: "Price");
        Assert.Equal((2475, 25), (table.Rows, table.RowsWithoutTarget));
        Assert.Equal(["Area", "Rooms", "Lift", "District", "Sold", "Sizes[0]", "Sizes[1]", "Sizes[2]"], table.Table.Columns.Select(column => column.Name));
        Assert.Equal(["north", "south"], table.Levels("District"));
        Assert.Equal(["false", "true"], table.Levels("Lift"));
        Flat[] known = [.. flats.Where(flat => !double.IsNaN(flat.Price))];
        Assert.Equal(known.Select(flat => (double)flat.Area), table.Column("Area").ToArray());
        Assert.Equal(known.Select(flat => (double)flat.Sizes[1]), table.Column("Sizes[1]").ToArray());
        Assert.Equal(known.Select(flat => flat.District.Trim().Length == 0 ? double.NaN : flat.District.Trim() == "north" ? 0 : 1), table.Column("District").ToArray());
        Assert.Equal(known.Select(flat => (flat.Sold - DateTime.UnixEpoch).TotalDays), table.Column("Sold").ToArray().Select(days => days), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(known.Select(flat => flat.Price), table.Target.Values.ToArray());

        using ElasticNetModel model = ElasticNetEstimator.Fit(table.Table, table.Target, 0.1, options: new() { Preparation = new() { Imputation = ImputationMethod.Median } });
        double[] predictions = model.Predict(DataViewTable.From(context.Data.TakeRows(view, 10)).Table);
        Assert.Equal(model.Predict(table.Table)[..10], predictions);
    }

    [Fact]
    public void Keys_are_the_names_that_they_stand_for()
    {
        MLContext context = new(seed: 1);
        IDataView view = context.Data.LoadFromEnumerable(new[] { new Flat { District = "b" }, new Flat { District = "a" }, new Flat { District = "b" } });
        IDataView keyed = context.Transforms.Conversion.MapValueToKey("Key", "District").Fit(view).Transform(view);
        TrainingTable table = DataViewTable.From(keyed, options: new() { Only = ["Key"] });
        Assert.Equal(["a", "b"], table.Levels("Key"));
        Assert.Equal([1, 0, 1], table.Column("Key").ToArray());
        IDataView numbered = context.Transforms.Conversion.MapValueToKey("Key", "Rooms").Fit(view).Transform(view);
        Assert.Contains("column 'Key' is of the type Key", Assert.Throws<ArgumentException>(() => DataViewTable.From(numbered, options: new() { Only = ["Key"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_is_named_by_its_slots_and_left_out_as_a_whole()
    {
        MLContext context = new(seed: 1);
        IDataView view = context.Data.LoadFromEnumerable(new[] { new Flat { Area = 3, Rooms = 2 }, new Flat { Area = 5, Rooms = 1 } });
        IDataView joined = context.Transforms.Conversion.ConvertType("Rooms", outputKind: DataKind.Single).Append(context.Transforms.Concatenate("Features", "Area", "Rooms")).Fit(view).Transform(view);
        TrainingTable table = DataViewTable.From(joined, options: new() { Only = ["Features"] });
        Assert.Equal(["Features.Area", "Features.Rooms"], table.Columns.Select(column => column.Name));
        Assert.Equal([3, 5, 2, 1], table.Table.Values.ToArray());
        Assert.Equal([5], DataViewTable.From(joined, options: new() { Only = ["Features.Area"] }).Table.Values.ToArray()[1..]);
        Assert.Equal(["Area", "Rooms"], DataViewTable.From(joined, options: new() { Skip = ["Features", "Sizes", "District", "Lift", "Sold", "Price"] }).Columns.Select(column => column.Name));
        IDataView tokens = context.Transforms.Text.TokenizeIntoWords("Words", "District").Fit(view).Transform(view);
        Assert.Contains("column 'Words' is of the type Vector", Assert.Throws<ArgumentException>(() => DataViewTable.From(tokens)).Message, StringComparison.Ordinal);
    }

    private static DataFrame Frame((string Name, Array Values)[] columns) => new(columns.Select<(string Name, Array Values), DataFrameColumn>(column => column.Values switch
    {
        double?[] values => new DoubleDataFrameColumn(column.Name, values),
        float?[] values => new SingleDataFrameColumn(column.Name, values),
        int?[] values => new Int32DataFrameColumn(column.Name, values),
        long?[] values => new Int64DataFrameColumn(column.Name, values),
        byte?[] values => new ByteDataFrameColumn(column.Name, values),
        decimal?[] values => new DecimalDataFrameColumn(column.Name, values),
        DateTime?[] values => new DateTimeDataFrameColumn(column.Name, values),
        bool?[] values => new BooleanDataFrameColumn(column.Name, values),
        _ => new StringDataFrameColumn(column.Name, (string?[])column.Values),
    }));

    private sealed class Flat
    {
        public float Area { get; set; }

        public int Rooms { get; set; }

        public bool Lift { get; set; }

        public string District { get; set; } = "";

        public DateTime Sold { get; set; }

        [VectorType(3)]
        public int[] Sizes { get; set; } = new int[3];

        public double Price { get; set; }
    }
}
