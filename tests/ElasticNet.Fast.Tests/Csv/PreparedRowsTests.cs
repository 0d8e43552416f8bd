using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>Rows for models that were fitted from raw columns.</summary>
public class PreparedRowsTests
{
    private const string Training = "id,age,district,junk,y\n1,20,north,5,1.5\n2,30,south,5,2.5\n3,,north,5,3\n4,50,NA,5,4.5\n5,60,south,5,6\n";

    [Fact]
    public void Raw_columns_are_matched_by_name_and_gaps_are_filled()
    {
        using ElasticNetModel model = Fit(new() { Imputation = ImputationMethod.Mean });
        using var reader = new CsvFeatureReader(new StringReader("district,more,age\nsouth,x,41\n?,x,?\nwest,x,-1\n"), model, new() { MissingTokens = ["?"] });
        Assert.True(reader.Read());
        Assert.Equal([41, 1, 0], reader.Row.ToArray());
        Assert.True(reader.Read());
        Assert.Equal([double.NaN, double.NaN, 0], reader.Row.ToArray());
        Assert.True(reader.Read());
        Assert.Equal([-1, InputColumn.UnknownLevel, 0], reader.Row.ToArray());
        Assert.False(reader.Read());
    }

    [Fact]
    public void Predictions_are_those_of_the_library()
    {
        using ElasticNetModel model = Fit(new() { Imputation = ImputationMethod.Median, MissingIndicators = true });
        double[] expected = [model.Predict([41, 1, 5]), model.Predict([double.NaN, double.NaN, 5]), model.Predict([7.5, -1, 5])];
        string[] lines = Write(model, "age,district,junk\n41,south,5\n,,\n7.5,west,no number\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["prediction", .. expected.Select(value => FormattableString.Invariant($"{value}"))], lines);
    }

    [Theory]
    [InlineData("age,district\n20,north\n,north\n", "row 2, column 'age': the value is missing, and the model has nothing to put in its place")]
    [InlineData("age,district\n20,north\n20,\n", "row 2, column 'district': the value is missing, and the model has nothing to put in its place")]
    [InlineData("age,district\n20,west\n", "row 1, column 'district': 'west' is a level that the model does not know")]
    [InlineData("age,district\n20,north\nold,north\n", "row 2, column 'age': 'old' is not a number")]
    [InlineData("age\n20\n", "the model needs a column that the CSV lacks: 'district'")]
    public void A_row_that_cannot_be_predicted_is_refused_by_row_and_column(string rows, string expected)
    {
        using ElasticNetModel model = Fit(new() { Imputation = ImputationMethod.DropRows, UnknownLevels = UnknownLevelRule.Refuse });
        Assert.StartsWith(expected, Assert.Throws<CsvDataException>(() => Write(model, rows)).Message, StringComparison.Ordinal);
    }

    private static ElasticNetModel Fit(PreparationOptions preparation)
    {
        CsvTable table = CsvTable.Read(new StringReader(Training), new() { Apart = ["y"], Skip = ["id"] });
        return ElasticNetEstimator.Fit(table.Table, table.Column("y").Span, 0.01, 0.5, new() { Preparation = preparation });
    }

    private static string Write(ElasticNetModel model, string rows)
    {
        using var output = new MemoryStream();
        PredictionWriter.Write(model, new StringReader(rows), output);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }
}
