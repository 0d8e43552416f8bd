using System.Text.Json;

namespace ElasticNet.Fast.Cli;

/// <summary>The classical table as a property of a JSON object; what is not finite is null.</summary>
internal static class TableJson
{
    /// <summary>Writes an object of it alone, and a line feed.</summary>
    public static void Write(ClassicalTable table, Stream output)
    {
        using (Utf8JsonWriter json = new(output, ModelJson.Options))
        {
            json.WriteStartObject();
            Write(json, table);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, ClassicalTable table)
    {
        json.WriteStartObject("table");
        json.WriteString("standardErrors", table.Errors == StandardErrors.HC3 ? "hc3" : "classical");
        json.WriteString("assumptions", table.Assumptions);
        json.WriteBoolean("naiveAfterSelection", table.IsNaiveAfterSelection);
        json.WriteString("statistic", table.IsDispersionKnown ? "z" : "t");
        json.WriteNumber("rows", table.Rows);
        json.WriteNumber("residualDegreesOfFreedom", table.ResidualDegreesOfFreedom);
        ModelJson.WriteNumber(json, "residualStandardError", table.ResidualStandardError);
        ModelJson.WriteNumber(json, "dispersion", table.Dispersion);
        ModelJson.WriteNumber(json, "deviance", table.Deviance);
        ModelJson.WriteNumber(json, "nullDeviance", table.NullDeviance);
        ModelJson.WriteNumber(json, "rSquared", table.RSquared);
        ModelJson.WriteNumber(json, "adjustedRSquared", table.AdjustedRSquared);
        ModelJson.WriteNumber(json, "f", table.F);
        json.WriteNumber("fDegreesOfFreedom", table.Tested);
        ModelJson.WriteNumber(json, "fP", table.FPValue);
        ModelJson.WriteNumber(json, "level", table.Level);
        json.WriteStartArray("coefficients");
        foreach (ClassicalCoefficient line in table.Coefficients)
        {
            json.WriteStartObject();
            json.WriteString("name", line.Name);
            json.WriteNumber("feature", line.Feature);
            ModelJson.WriteNumber(json, "estimate", line.Estimate);
            ModelJson.WriteNumber(json, "standardError", line.StandardError);
            ModelJson.WriteNumber(json, "statistic", line.Statistic);
            ModelJson.WriteNumber(json, "p", line.PValue);
            ModelJson.WriteNumber(json, "lower", line.Lower);
            ModelJson.WriteNumber(json, "upper", line.Upper);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
