using System.Text.Json;

namespace ElasticNet.Fast.Cli;

/// <summary>How a model turns raw columns into features, as part of its JSON object; words as in the options of <c>enet fit</c>.</summary>
internal static class PreparationJson
{
    /// <summary>Writes the property "preparation"; null for a model without.</summary>
    public static void Write(Utf8JsonWriter json, Preparation? preparation)
    {
        if (preparation is null)
        {
            json.WriteNull("preparation");
            return;
        }
        PreparationOptions options = preparation.Options;
        json.WriteStartObject("preparation");
        json.WriteString("impute", Imputation(options.Imputation));
        if (options.Imputation == ImputationMethod.NearestNeighbors)
        {
            json.WriteNumber("neighbors", options.Neighbors);
            json.WriteString("neighborWeights", options.NeighborWeighting == NeighborWeighting.Uniform ? "uniform" : "distance");
        }
        if (preparation.Convergence is { } convergence)
        {
            json.WriteString("regression", options.Iterative.Regression == ImputationRegression.ElasticNet ? "elastic-net" : "bayesian-ridge");
            json.WriteNumber("matching", options.Iterative.Matching);
            json.WriteNumber("rounds", convergence.Rounds);
            json.WriteBoolean("converged", convergence.Converged);
        }
        if (options.Imputation == ImputationMethod.Multiple)
        {
            json.WriteNumber("imputations", options.Multiple.Imputations);
            json.WriteNumber("imputationSeed", options.Multiple.Seed);
        }
        json.WriteBoolean("indicators", options.MissingIndicators);
        json.WriteString("scale", Scaling(options.Scaling));
        json.WriteString("encode", options.Encoding == CategoryEncoding.OneHot ? "onehot" : "ordinal");
        json.WriteString("reference", options.Reference switch { ReferenceLevel.None => "none", ReferenceLevel.First => "first", _ => "most-frequent" });
        json.WriteNumber("minLevelCount", options.MinLevelCount);
        json.WriteString("unknownLevels", options.UnknownLevels == UnknownLevelRule.Refuse ? "refuse" : "rare-or-none");
        WriteInputs(json, preparation);
        json.WriteEndObject();
    }

    private static void WriteInputs(Utf8JsonWriter json, Preparation preparation)
    {
        double[] fills = preparation.Fills();
        json.WriteStartArray("inputs");
        for (int j = 0; j < fills.Length; j++)
        {
            InputColumn input = preparation.Inputs[j];
            json.WriteStartObject();
            json.WriteString("name", input.Name);
            json.WriteString("type", input.Kind == InputKind.Number ? "number" : "category");
            if (input.Kind == InputKind.Number)
            {
                ModelJson.WriteNumber(json, "fill", fills[j]);
            }
            else
            {
                json.WriteStartArray("levels");
                foreach (string level in input.Levels)
                    json.WriteStringValue(level);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string? Imputation(ImputationMethod method) => method switch
    {
        ImputationMethod.None => null,
        ImputationMethod.Mean => "mean",
        ImputationMethod.Median => "median",
        ImputationMethod.MostFrequent => "mode",
        ImputationMethod.Constant => "constant",
        ImputationMethod.NearestNeighbors => "knn",
        ImputationMethod.Iterative => "iterative",
        ImputationMethod.Multiple => "multiple",
        _ => "drop",
    };

    private static string? Scaling(ScalingMethod? method) => method switch
    {
        null => null,
        ScalingMethod.None => "none",
        ScalingMethod.Standard => "standard",
        ScalingMethod.StandardSample => "standard-sample",
        ScalingMethod.MinMax => "minmax",
        ScalingMethod.MaxAbs => "maxabs",
        _ => "robust",
    };
}
