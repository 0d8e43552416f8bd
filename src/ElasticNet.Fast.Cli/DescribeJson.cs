using System.Text.Json;

namespace ElasticNet.Fast.Cli;

/// <summary>The columns of a table as one JSON object; numbers with all their digits, what is not defined null.</summary>
internal static class DescribeJson
{
    private const int MostPending = 1 << 16;

    /// <summary>Writes the object and a line feed.</summary>
    public static void Write(ColumnSummary[] columns, int rows, string? target, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("rows", rows);
            json.WriteString("target", target);
            json.WriteStartArray("columns");
            foreach (ColumnSummary column in columns)
            {
                WriteColumn(json, column, rows, target is not null);
                // The writer keeps what it was not told to pass on.
                if (json.BytesPending > MostPending)
                    json.Flush();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void WriteColumn(Utf8JsonWriter json, ColumnSummary column, int rows, bool hasTarget)
    {
        bool isNumber = column.Kind == InputKind.Number;
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("type", isNumber ? "number" : "category");
        json.WriteNumber("missing", column.Missing);
        json.WriteNumber("missingShare", column.Missing / (double)rows);
        if (isNumber)
        {
            ModelJson.WriteNumber(json, "min", column.Minimum);
            ModelJson.WriteNumber(json, "mean", column.Mean);
            ModelJson.WriteNumber(json, "median", column.Median);
            ModelJson.WriteNumber(json, "max", column.Maximum);
            ModelJson.WriteNumber(json, "standardDeviation", column.StandardDeviation);
        }
        else
        {
            json.WriteNumber("levelCount", column.Levels.Length);
            json.WriteStartArray("levels");
            foreach ((string level, int count) in column.Levels)
            {
                json.WriteStartObject();
                json.WriteString("level", level);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        if (hasTarget)
            ModelJson.WriteNumber(json, isNumber ? "correlation" : "correlationRatio", column.Association);
        json.WriteEndObject();
    }
}
