using System.Globalization;
using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Csv;

/// <summary>Rows and predictions as JSON, an object a line.</summary>
public class JsonRowTests
{
    private static readonly string[] Names = ["a", "b"];

    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"prediction":-2.25}""")]
    [InlineData("""  { "b" : 2.0e0 , "x" : [ {"a":7}, "}" ] , "\u0061" : "1" }  """, """{"prediction":-2.25}""")]
    [InlineData("""{"a":-0,"b":0}""", """{"prediction":0.5}""")]
    [InlineData("""{"a":4e-300,"b":0}""", """{"prediction":0.5}""")]
    [InlineData("""{"a":1e300,"b":0}""", """{"prediction":2.5E+299}""")]
    public void An_object_is_a_row(string row, string expected)
    {
        using var scope = new CultureScope("de-DE");
        Assert.Equal(expected + "\n", Write(row + "\n", new() { Json = true }));
        Assert.Equal(expected + "\n" + expected + "\n", Write("\uFEFF" + row + "\r\n" + row + "\r\n\r\n", new() { Json = true }));
        Assert.Equal(expected + "\n", Write(row, new() { Json = true }));
    }

    [Theory]
    [InlineData("""{"a":1,"b":2}""", """{"a":1,"b":2,"prediction":-2.25}""")]
    [InlineData("""{ "größe":"ö\n" , "a":1,"b":2 }""", """{ "größe":"ö\n" , "a":1,"b":2,"prediction":-2.25}""")]
    public void All_of_a_row_is_kept_as_it_stands(string row, string expected) => Assert.Equal(expected + "\n", Write(row, new() { Json = true, KeepsAll = true }));

    [Fact]
    public void Some_of_a_row_is_kept()
    {
        Assert.Equal("{\"id\":{\"k\": [1, \"}\"]},\"b\":2.0,\"prediction\":-2.25}\n", Write("""{"b":2.0,"id":{"k": [1, "}"]},"a":1}""", new() { Json = true, Keep = ["id", "b"] }));
        Assert.Equal("{\"grö\\\"ße\":null,\"prediction\":-2.25}\n", Write("""{"b":2.0,"grö\"ße":null,"a":1}""", new() { Json = true, Keep = ["grö\"ße"] }));
    }

    [Theory]
    [InlineData("[{\"a\":1}]", "row 1 is not one JSON object on one line")]
    [InlineData("a,b\n1,2\n", "row 1 is not one JSON object on one line")]
    [InlineData("{\"a\":1,\"b\":2}\n{\"a\":1,", "row 2 is not one JSON object on one line")]
    [InlineData("{\"a\":1,\"b\":2} {}", "row 1 is not one JSON object on one line")]
    [InlineData("{'a':1,'b':2}", "row 1 is not one JSON object on one line (at byte 1)")]
    [InlineData("{\"a\":1,\"b\":NaN}", "row 1 is not one JSON object on one line")]
    [InlineData("{\"a\":\"\\ud800\",\"b\":2}", "row 1 is not one JSON object on one line")]
    [InlineData("{\"a\":1,\"b\":2}\n\n{\"a\":1,\"b\":2}", "row 2 is blank")]
    [InlineData("{\"a\":1}", "row 1 has no 'b'; a value that is missing is null")]
    [InlineData("{}", "row 1 has no 'a'")]
    [InlineData("{\"a\":1,\"b\":2,\"a\":3}", "row 1 names 'a' twice")]
    [InlineData("{\"a\":1,\"b\":1e999}", "row 1, column 'b': '1e999' is not a finite number")]
    [InlineData("{\"a\":1,\"b\":true}", "row 1, column 'b': 'true' is not a number")]
    [InlineData("{\"a\":1,\"b\":\"two\"}", "row 1, column 'b': 'two' is not a number")]
    [InlineData("{\"a\":1,\"b\":[2]}", "row 1, column 'b': an array, where a number or text must be")]
    [InlineData("{\"a\":{},\"b\":2}", "row 1, column 'a': an object, where a number or text must be")]
    [InlineData("{\"a\":1,\"b\":null}", "row 1, column 'b': the cell is empty")]
    public void What_is_no_row_is_told(string rows, string message) =>
        Assert.Contains(message, Assert.Throws<CsvDataException>(() => Write(rows, new() { Json = true })).Message, StringComparison.Ordinal);

    [Fact]
    public void What_cannot_be_kept_is_told()
    {
        Assert.Contains("row 1 has no 'id'", Assert.Throws<CsvDataException>(() => Write("{\"a\":1,\"b\":2}", new() { Json = true, Keep = ["id"] })).Message, StringComparison.Ordinal);
        Assert.Contains("row 1 has a 'prediction'", Assert.Throws<CsvDataException>(() => Write("{\"a\":1,\"b\":2,\"prediction\":3}", new() { Json = true, KeepsAll = true })).Message, StringComparison.Ordinal);
        Assert.Contains("'prediction' cannot be kept", Assert.Throws<CsvDataException>(() => Write("{\"a\":1,\"b\":2}", new() { Json = true, Keep = ["prediction"] })).Message, StringComparison.Ordinal);
        Assert.Contains("the text is not UTF-8", Assert.Throws<CsvDataException>(() =>
        {
            using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names);
            PredictionWriter.Write(model, CsvText.Open(new MemoryStream("{\"a\":1,\"b\":2,\"c\":\""u8.ToArray().Append((byte)0xFF).ToArray())), Stream.Null, new() { Json = true }, null, out _);
        }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_names_calls_its_features_x1_and_x2()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], names: null);
        using var output = new MemoryStream();
        PredictionWriter.Write(model, new StringReader("{\"x2\":2,\"x1\":1}"), output, new() { Json = true }, null, out _);
        Assert.Equal("{\"prediction\":-2.25}\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public void Raw_columns_are_those_of_a_table()
    {
        const string training = "day,district,area,y\n2024-03-01,1,60,220\n2024-03-02,2,80,310\n2024-03-05,3,55,150\n2024-03-09,1,NA,260\n2024-04-01,2,90,235\n";
        CsvTable table = CsvTable.Read(new StringReader(training), new() { Target = "y", Categories = ["district"] });
        using ElasticNetModel model = ElasticNetEstimator.Fit(table.Table, table.Target, 0.01, options: new() { Preparation = new() { Imputation = ImputationMethod.Mean }, TextFormat = table.Format });
        const string rows = "day,district,area\n2024-03-07,2,70\n2024-03-08,9,\n,,NA\n";
        const string objects = """
            {"day":"2024-03-07","district":2,"area":70}
            {"district":"9","area":null,"day":"2024-03-08"}
            {"day":null,"district":"","area":"NA"}
            """;
        using var csv = new MemoryStream();
        using var json = new MemoryStream();
        PredictionWriter.Write(model, new StringReader(rows), csv, options: null, out InputTally expected);
        PredictionWriter.Write(model, new StringReader(objects), json, new() { Json = true }, null, out InputTally tally);
        string[] predictions = Encoding.UTF8.GetString(csv.ToArray()).Split('\n')[1..^1];
        Assert.Equal(3, predictions.Distinct().Count());
        Assert.Equal(string.Concat(predictions.Select(number => $"{{\"prediction\":{number}}}\n")), Encoding.UTF8.GetString(json.ToArray()));
        Assert.Equal(expected.ToString(), tally.ToString());
        Assert.Contains("'9'", tally.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Random_rows_give_the_numbers_of_a_table_and_are_JSON_again()
    {
        using ElasticNetModel model = SampleModel.Create(1.0 / 3, [Math.PI, -Math.E], Names);
        var random = new Random(5);
        double[][] values = [.. Enumerable.Range(0, 5000).Select(_ => new[] { (random.NextDouble() - 0.5) * 1e10, random.NextDouble() * 1e-9 })];
        string rows = string.Concat(values.Select((row, i) => JsonSerializer.Serialize(new Dictionary<string, object> { ["id"] = $"row \"{i}\"", ["b"] = row[1], ["a"] = row[0] }) + "\n"));
        using var output = new MemoryStream();
        PredictionWriter.Write(model, CsvText.Open(new MemoryStream(Encoding.UTF8.GetBytes(rows))), output, new() { Json = true, KeepsAll = true }, null, out _);
        string[] lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n')[..^1];
        Assert.Equal(values.Length, lines.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            JsonElement line = JsonDocument.Parse(lines[i]).RootElement;
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"row \"{i}\""), line.GetProperty("id").GetString());
            Assert.Equal(model.Predict(values[i]), line.GetProperty("prediction").GetDouble());
        }
    }

    [Fact]
    public void Objects_at_hand_are_answered_before_more_are_asked_for()
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names);
        using var output = new MemoryStream();
        int asked = 0;
        var rows = new PieceStream(() =>
        {
            Assert.Equal(string.Concat(Enumerable.Repeat("{\"prediction\":-2.25}\n", asked)), Encoding.UTF8.GetString(output.ToArray()));
            return asked++ < 3 ? "{\"a\":1,\"b\":2}\n" : "";
        });
        Assert.Equal(3, PredictionWriter.Write(model, CsvText.Open(rows), output, new() { Json = true }, null, out _));
    }

    private static string Write(string rows, PredictionOptions written)
    {
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], Names);
        using var output = new MemoryStream();
        PredictionWriter.Write(model, new StringReader(rows), output, written, null, out _);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
