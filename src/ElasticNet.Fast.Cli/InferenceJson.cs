using System.Text.Json;

namespace ElasticNet.Fast.Cli;

/// <summary>An inference as one JSON object; what is not finite is null.</summary>
internal static class InferenceJson
{
    /// <summary>Writes the object and a line feed.</summary>
    public static void Write(InferenceResult result, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("method", result.Method);
            json.WriteString("assumptions", result.Assumptions);
            json.WriteBoolean("naiveAfterSelection", result.IsNaiveAfterSelection);
            json.WriteNumber("level", result.Level);
            json.WriteString("adjustment", result.Adjustment.ToString());
            ModelJson.WriteNumber(json, "noiseDeviation", result.NoiseDeviation);
            ModelJson.WriteNumber(json, "residualDegreesOfFreedom", result.ResidualDegreesOfFreedom);
            ModelJson.WriteNumber(json, "lambda", result.Lambda);
            if (result.Seed is { } seed)
                json.WriteNumber("seed", seed);
            else
                json.WriteNull("seed");
            if (result.Splits > 0)
            {
                json.WriteNumber("splits", result.Splits);
                json.WriteNumber("unfittedSplits", result.UnfittedSplits);
            }

            json.WriteStartArray("coefficients");
            foreach (CoefficientInference found in result.Coefficients)
            {
                json.WriteStartObject();
                json.WriteString("name", found.Name);
                json.WriteNumber("feature", found.Feature);
                ModelJson.WriteNumber(json, "estimate", found.Estimate);
                ModelJson.WriteNumber(json, "standardError", found.StandardError);
                ModelJson.WriteNumber(json, "lower", found.Lower);
                ModelJson.WriteNumber(json, "upper", found.Upper);
                ModelJson.WriteNumber(json, "p", found.PValue);
                ModelJson.WriteNumber(json, "adjustedP", found.AdjustedPValue);
                json.WriteString("note", found.Note);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
