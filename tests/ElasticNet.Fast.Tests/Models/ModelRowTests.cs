using System.Text.Json;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>A row given by names predicts the bits of the same row in a table.</summary>
public class ModelRowTests
{
    private const string Csv = """
        area,zip,garden,sold,price
        60.5,6170,true,2024-03-01,220
        80,80,false,2024-05-02 12:00,310
        55,6170,true,2024-02-29,150
        70,80,false,2024-11-30,260
        90,6170,true,1969-12-31,235
        65,80,true,2024-06-15,265
        """;

    private static ElasticNetModel Fit()
    {
        CsvTable table = CsvTable.Read(new StringReader(Csv), new() { Target = "price", Categories = ["zip"], Dates = [TextPart.Days, TextPart.Weekday, TextPart.Year] });
        return ElasticNetEstimator.Fit(table.Table, table.Target, 1e-3, 0.5, new() { Preparation = new() { Imputation = ImputationMethod.Mean } });
    }

    private static double OfCsv(ElasticNetModel model, string row)
    {
        using CsvFeatureReader reader = new(new StringReader("area,zip,garden,sold\n" + row + "\n"), model);
        Assert.True(reader.Read());
        return model.Predict(reader.Row);
    }

    [Fact]
    public void It_predicts_what_a_csv_of_it_predicts()
    {
        using ElasticNetModel model = Fit();
        ModelRow row = model.CreateRow();
        row["area"] = 75;
        row["zip"] = "6170";
        row["garden"] = true;
        row["sold"] = new DateTime(2024, 4, 7, 6, 0, 0);
        Assert.Equal(OfCsv(model, "75,6170,true,2024-04-07 06:00"), row.Predict());
        row["zip"] = 80;
        row["garden"] = false;
        row["sold"] = default;
        Assert.Equal(OfCsv(model, "75,80,false,"), row.Predict());
        row["zip"] = "1234";
        row["area"] = (double?)null;
        Assert.Equal(OfCsv(model, ",1234,false,"), row.Predict());
        row.Clear();
        Assert.Equal(OfCsv(model, ",,,"), row.Predict());
        row["area".AsSpan()] = 75m;
        Assert.Equal(model.Predict(row.Values), row.Predict());
        Assert.Equal("area = 75", row.ToString());
    }

    [Fact]
    public void Dictionaries_and_json_fill_it()
    {
        using ElasticNetModel model = Fit();
        ModelRow row = model.CreateRow();
        double expected = OfCsv(model, "75,80,true,2024-04-07 06:00");
        row.Fill(new Dictionary<string, object?> { ["area"] = 75, ["zip"] = "80", ["garden"] = true, ["sold"] = new DateTime(2024, 4, 7, 6, 0, 0) });
        Assert.Equal(expected, row.Predict());
        row["area"] = 1;
        using JsonDocument json = JsonDocument.Parse("""{"area": 75.0, "zip": 80, "garden": true, "sold": "2024-04-07T06:00:00"}""");
        row.Fill(json.RootElement);
        Assert.Equal(expected, row.Predict());
        row.Fill(JsonSerializer.Deserialize<Dictionary<string, object?>>("""{"garden": "true", "zip": null}""")!);
        Assert.Equal(OfCsv(model, ",,true,"), row.Predict());
        Assert.Contains("must be an object", Message(() => row.Fill(JsonDocument.Parse("[1]").RootElement)), StringComparison.Ordinal);
        Assert.Contains("'area' must be a number, truth value, string or null, but is of the kind Array", Message(() => row.Fill(JsonDocument.Parse("""{"area": [1]}""").RootElement)), StringComparison.Ordinal);
        Assert.Contains("'area' must be a number, truth value, text or date, but is of the type Guid", Message(() => row.Fill(new Dictionary<string, object?> { ["area"] = Guid.Empty })), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_set_can_be_read()
    {
        using ElasticNetModel model = Fit();
        ModelRow row = model.CreateRow();
        Assert.True(row["zip"].IsMissing);
        row["zip"] = " 6170 ";
        row["area"] = 75.5f;
        Assert.Equal("6170", row["zip"].Text.ToString());
        Assert.Equal(75.5, row["area"].Number);
        Assert.Equal(["area", "zip", "garden", "sold", "sold (weekday)", "sold (year)"], row.Names);
    }

    [Fact]
    public void A_date_and_an_unknown_level_are_read_as_they_were_set()
    {
        using ElasticNetModel model = Fit();
        ModelRow row = model.CreateRow();
        Assert.True(row["sold"].IsMissing);
        DateTime date = new(2024, 4, 7, 6, 0, 0);
        row["sold"] = date;
        Assert.Equal(date, row["sold"].Date);
        Assert.Equal("2024-04-07 06:00:00", row["sold"].ToString());
        Assert.Equal("7 Sunday", row["sold (weekday)"].Text.ToString());
        row["sold (weekday)"] = "5 Friday";
        Assert.Null(row["sold"].Date);
        row["sold"] = date;
        row["sold"] = default;
        Assert.True(row["sold"].IsMissing && row["sold (year)"].IsMissing);
        row["zip"] = " 1234";
        Assert.Equal("1234", row["zip"].Text.ToString());
        row["zip"] = 99;
        Assert.Equal("zip = 99", row.ToString());
        row["zip"] = 80;
        Assert.Equal("80", row["zip"].ToString());
        row["sold"] = date;
        row.Clear();
        Assert.True(row["sold"].IsMissing && row["zip"].IsMissing);

        // Only its parts are inputs.
        CsvTable table = CsvTable.Read(new StringReader(Csv), new() { Target = "price", Dates = [TextPart.Year] });
        using ElasticNetModel parts = ElasticNetEstimator.Fit(table.Table, table.Target, 1e-3);
        ModelRow other = parts.CreateRow();
        Assert.True(other["sold"].IsMissing);
        other["sold"] = date;
        Assert.Equal(date, other["sold"].Date);
    }

    [Fact]
    public void What_the_model_fills_is_not_lacking()
    {
        FeatureTable table = FeatureTable.FromColumns(("area", (double[])[1, 2, 3, 4, 5, 6]), ("zone", (string[])["a", "b", "a", "b", "a", "b"]));
        ElasticNetOptions options = new() { Preparation = new() { Imputation = ImputationMethod.Mean, UnknownLevels = UnknownLevelRule.Refuse } };
        using ElasticNetModel model = ElasticNetEstimator.Fit(table, (double[])[2, 3, 5, 4, 7, 9], 0.01, options: options);
        ModelRow row = model.CreateRow();
        row["zone"] = "c";
        Assert.Equal("'row' must have levels that the model knows, as it was told to refuse others, but has another of 'zone'. (Parameter 'row')", Message(() => row.Predict()));
        row["zone"] = default;
        string lacking = Message(() => row.Predict());
        Assert.Contains("lacks 'zone'.", lacking, StringComparison.Ordinal);
        row["zone"] = "a";
        Assert.True(double.IsFinite(row.Predict()));
    }

    [Fact]
    public void Unknown_names_are_refused_with_the_nearest()
    {
        using ElasticNetModel model = Fit();
        ModelRow row = model.CreateRow();
        Assert.StartsWith("'name' (Area) must be one of the 6 inputs of the model (did you mean 'area'?).", Message(() => row["Area"] = 100), StringComparison.Ordinal);
        Assert.Contains("(did you mean 'garden'?)", Message(() => row["gardne"] = true), StringComparison.Ordinal);
        Assert.Contains("'area' must be a number for this model, but is the text 'large'.", Message(() => row["area"] = "large"), StringComparison.Ordinal);
        Assert.Contains("'zip' must be a level for this model, but is a date", Message(() => row["zip"] = new DateTime(2024, 3, 1)), StringComparison.Ordinal);
        Assert.Contains("(did you mean 'zip'?)", Message(() => row.Fill(JsonDocument.Parse("""{"ZIP": 80}""").RootElement)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_lacking_and_not_filled_is_named_instead_of_predicting_nothing()
    {
        double[,] x = { { 1, 2 }, { 2, 1 }, { 3, 4 }, { 4, 3 }, { 5, 5 }, { 6, 2 } };
        double[] y = [3.1, 3.9, 8.2, 8.8, 11.1, 9.7];
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, new Target(y) { Offset = [1, 2, 3, 1, 2, 3] }, 0.01, options: new() { FeatureNames = ["area", "rooms"] });
        ModelRow row = model.CreateRow();
        row["area"] = 3;
        Assert.Equal("'row' must have what the model needs and nothing fills, but lacks 'rooms'. (Parameter 'row')", Message(() => row.Predict(1)));
        row["rooms"] = 2;
        Assert.Equal(model.Predict([3, 2], 1), row.Predict(1));
        Assert.Contains("'offset' must be given", Message(() => row.Predict()), StringComparison.Ordinal);
        using ElasticNetModel nameless = ElasticNetEstimator.Fit(x, y, 0.01);
        Assert.Contains("must know the names of its 2 features", Message(() => nameless.CreateRow()), StringComparison.Ordinal);
    }

    private static string Message(Action action) => Assert.Throws<ArgumentException>(action).Message;
}
