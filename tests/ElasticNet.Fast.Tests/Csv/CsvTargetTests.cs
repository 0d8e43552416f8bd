using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>A table that is read with its target: no feature, and rows without it left out.</summary>
public class CsvTargetTests
{
    private const string Csv = "area,price,district\n10,20,east\n20,140,north\n30,260,south\n40,80,east\n50,200,north\n60,320,south\n70,,south\n";

    [Fact]
    public void The_target_is_no_feature()
    {
        CsvTable table = Read(Csv, "price");
        Assert.Equal(["area", "district"], table.FeatureNames);
        Assert.Equal("price", table.TargetName);
        Assert.Equal((6, 1), (table.Rows, table.RowsWithoutTarget));
        Assert.Equal([20, 140, 260, 80, 200, 320], table.Target.Values.ToArray());
        using ElasticNetModel model = ElasticNetEstimator.Fit(table.Table, table.Target, 0);
        Assert.Equal("price", model.TargetName);
        CsvTable fresh = Read("district,area\nsouth,100\nnorth,50\n");
        Assert.Equal([400, 200], Array.ConvertAll(model.Predict(fresh.Table), value => Math.Round(value, 9)));
    }

    [Fact]
    public void A_file_is_read_with_its_target()
    {
        using Models.TemporaryDirectory directory = new();
        File.WriteAllText(directory.File("sold.csv"), Csv);
        Assert.Equal(["area", "district"], CsvTable.Read(directory.File("sold.csv"), target: "price").FeatureNames);
    }

    /// <summary>A table without one: the column is a feature, and a target of that name is refused.</summary>
    [Fact]
    public void A_target_that_was_left_among_the_features_is_refused()
    {
        CsvTable table = Read(Csv.Replace("70,,south\n", "", StringComparison.Ordinal));
        double[] y = table.Column("price").ToArray();
        Assert.Contains("'x' must not hold the target", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(table.Table, y, 0.1, options: new() { TargetName = "price" })).Message, StringComparison.Ordinal);
        Assert.Contains("column 'district' is a category", Assert.Throws<InvalidOperationException>(() => table.Features.Rows).Message, StringComparison.Ordinal);
        Assert.Contains("'TargetName' must be known", Assert.Throws<InvalidOperationException>(() => table.Target.Length).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_targets()
    {
        Assert.Contains("there is no column 'cost'", Assert.Throws<CsvDataException>(() => Read(Csv, "cost")).Message, StringComparison.Ordinal);
        Assert.Contains("'price', the target, is missing in all 2 rows", Assert.Throws<CsvDataException>(() => Read("a,price\n1,\n2,NA\n", "price")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CsvTable.Read(new StringReader(Csv), new() { Target = "price", Skip = ["price"] }));
    }

    /// <summary>Gaps bear the numbers of the rows in the file, whatever was left out.</summary>
    [Fact]
    public void Gaps_are_counted_in_the_rows_that_stay()
    {
        CsvTable table = Read("a,y\n,\n,1\n3,2\n", "y");
        Assert.Equal(new ColumnGaps(1, 2), table.Gaps("a"));
        Assert.Equal(1, table.WithoutIncompleteRows().Rows);
    }

    private static CsvTable Read(string text, string? target = null) => CsvTable.Read(new StringReader(text), new() { Target = target });
}
