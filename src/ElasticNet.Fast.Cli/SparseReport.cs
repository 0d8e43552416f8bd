using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>What <c>enet describe</c> says of a svmlight file, as text or as one JSON object.</summary>
internal static class SparseReport
{
    private const int MostColumns = 20;
    private const int MostEmpty = 10;
    private const int Width = 11;
    private const int MostPending = 1 << 16;

    private static readonly string[] s_numbers = ["min", "mean", "median", "max", "SD"];

    /// <summary>Summarises and writes.</summary>
    public static void Run(Terminal terminal, SvmLightFile file, bool zeroBased, bool json)
    {
        SparseSummary summary = SparseSummary.Of(file.Features, file.Target.Span, MostColumns);
        if (json)
            WriteJson(summary, zeroBased, terminal.OutputStream);
        else
            Write(summary, zeroBased, terminal.Output);
    }

    private static void Write(SparseSummary summary, bool zeroBased, TextWriter output)
    {
        string zeros = summary.ZeroCount == 0 ? "" : Text($", {summary.ZeroCount} of them 0");
        string density = summary.Columns == 0 ? "" : Text($"; density {summary.Density:g4}");
        output.WriteLine($"{Count(summary.Rows, "row", "rows")}, {Count(summary.Columns, "feature", "features")}, {Count(summary.StoredCount, "stored entry", "stored entries")}{zeros}{density}");
        output.WriteLine(Empty(summary, zeroBased));
        output.WriteLine();
        string[] names = [SvmLightInput.Target, .. summary.Fullest.Select(column => SvmLightInput.NameOf(column.Column, zeroBased))];
        int width = names.Append("feature").Max(name => name.Length);
        output.WriteLine($"{"".PadRight(width)}  {Cells(s_numbers)}");
        ColumnSummary y = summary.Target;
        output.WriteLine($"{names[0].PadRight(width)}  {Numbers(y.Minimum, y.Mean, y.Median, y.Maximum, y.StandardDeviation)}");
        if (summary.Fullest.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine($"the fullest features; min, mean, max and SD count their zeros, r is the correlation with the target\n{"feature".PadRight(width)}  {"not 0",10}  {"share",7}  {"r",7}  {Cells(["min", "mean", "max", "SD"])}");
        foreach ((int k, SparseColumnSummary column) in summary.Fullest.Index())
        {
            string r = double.IsNaN(column.Correlation) ? "" : Text($"{column.Correlation:0.000}");
            output.WriteLine($"{names[k + 1].PadRight(width)}  {Text($"{column.Count}"),10}  {Text($"{column.Count / (double)summary.Rows:0.00%}"),7}  {r,7}  {Numbers(column.Minimum, column.Mean, column.Maximum, column.StandardDeviation)}");
        }

        int filled = summary.Columns - summary.Empty.Count;
        if (filled > summary.Fullest.Count)
            output.WriteLine(Text($"… and {filled - summary.Fullest.Count} more"));
    }

    private static string Empty(SparseSummary summary, bool zeroBased)
    {
        if (summary.Empty.Count == 0)
            return "no feature is 0 in every row";
        string named = string.Join(", ", summary.Empty.Take(MostEmpty).Select(j => SvmLightInput.NameOf(j, zeroBased)));
        string more = summary.Empty.Count > MostEmpty ? ", …" : "";
        return $"{Count(summary.Empty.Count, "feature is", "features are")} 0 in every row: {named}{more}";
    }

    private static void WriteJson(SparseSummary summary, bool zeroBased, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", summary.Rows);
            json.WriteNumber("features", summary.Columns);
            json.WriteNumber("storedEntries", summary.StoredCount);
            json.WriteNumber("storedZeros", summary.ZeroCount);
            ModelJson.WriteNumber(json, "density", summary.Density);
            json.WriteStartObject("target");
            ModelJson.WriteNumber(json, "min", summary.Target.Minimum);
            ModelJson.WriteNumber(json, "mean", summary.Target.Mean);
            ModelJson.WriteNumber(json, "median", summary.Target.Median);
            ModelJson.WriteNumber(json, "max", summary.Target.Maximum);
            ModelJson.WriteNumber(json, "standardDeviation", summary.Target.StandardDeviation);
            json.WriteEndObject();
            json.WriteStartArray("fullestFeatures");
            foreach (SparseColumnSummary column in summary.Fullest)
            {
                json.WriteStartObject();
                json.WriteString("name", SvmLightInput.NameOf(column.Column, zeroBased));
                json.WriteNumber("nonZeroCount", column.Count);
                json.WriteNumber("min", column.Minimum);
                json.WriteNumber("mean", column.Mean);
                json.WriteNumber("max", column.Maximum);
                ModelJson.WriteNumber(json, "standardDeviation", column.StandardDeviation);
                ModelJson.WriteNumber(json, "correlation", column.Correlation);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("emptyFeatureCount", summary.Empty.Count);
            json.WriteStartArray("emptyFeatures");
            foreach (int column in summary.Empty)
            {
                json.WriteStringValue(SvmLightInput.NameOf(column, zeroBased));
                if (json.BytesPending > MostPending)
                    json.Flush();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static string Numbers(params double[] values) =>
        Cells([.. values.Select(value => double.IsNaN(value) ? "" : value.ToString("g5", CultureInfo.InvariantCulture))]).TrimEnd();

    private static string Cells(string[] cells) => string.Join("  ", cells.Select(cell => cell.PadLeft(Width)));

    private static string Count(long count, string one, string many) => Text($"{count} {(count == 1 ? one : many)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
