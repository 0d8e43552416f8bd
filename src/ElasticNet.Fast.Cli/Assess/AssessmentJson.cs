using System.Text.Json;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>An assessment as one JSON object; what is not finite is null.</summary>
internal static class AssessmentJson
{
    /// <summary>A curve of more points is thinned to these.</summary>
    private const int MostPoints = 1000;

    /// <summary>Writes the object and a line feed.</summary>
    public static void Write(ElasticNetModel model, AssessSettings settings, ModelAssessment whole, IReadOnlyList<(string Name, ModelAssessment Assessment)> groups, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("target", settings.Target);
            json.WriteString("family", model.Family.Name);
            json.WriteString("link", model.Family.Link.Name);
            json.WriteString("positiveClass", model.PositiveClass);
            Body(json, settings, whole, groups);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    /// <summary>What is in the object after what the model is.</summary>
    public static void Body(Utf8JsonWriter json, AssessSettings settings, ModelAssessment whole, IReadOnlyList<(string Name, ModelAssessment Assessment)> groups)
    {
        Measures(json, whole);
        Summary(json, "devianceResiduals", whole.DevianceSummary);
        Summary(json, "pearsonResiduals", whole.PearsonSummary);
        if (whole.Classes is { } classes)
            Curves(json, classes);
        if (settings.By is null)
            return;
        json.WriteString("by", settings.By);
        json.WriteStartArray("groups");
        foreach ((string name, ModelAssessment of) in groups)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            Measures(json, of);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Measures(Utf8JsonWriter json, ModelAssessment of)
    {
        json.WriteNumber("rows", of.Rows);
        Numbers(
            json, ("weight", of.Weight), ("deviance", of.Deviance), ("nullDeviance", of.NullDeviance), ("devianceExplained", of.DevianceExplained), ("meanSquaredError", of.MeanSquaredError),
            ("rootMeanSquaredError", of.RootMeanSquaredError), ("meanAbsoluteError", of.MeanAbsoluteError), ("predicted", of.PredictionMean), ("observed", of.ResponseMean));
        if (of.Classes is not { } classes)
            return;
        Numbers(json, ("logLoss", classes.LogLoss), ("auc", classes.Auc), ("averagePrecision", classes.AveragePrecision));
        Calibration c = classes.Calibration;
        json.WriteStartObject("calibration");
        Numbers(
            json, ("slope", c.Slope), ("intercept", c.Intercept), ("inTheLarge", c.InTheLarge), ("brier", c.Brier), ("reliability", c.Reliability), ("resolution", c.Resolution),
            ("uncertainty", c.Uncertainty), ("within", c.Within));
        json.WriteString("note", c.Note);
        json.WriteEndObject();
        ConfusionTable at = classes.Confusion;
        json.WriteStartObject("confusion");
        Numbers(
            json, ("threshold", at.Threshold), ("truePositives", at.TruePositives), ("falsePositives", at.FalsePositives), ("falseNegatives", at.FalseNegatives), ("trueNegatives", at.TrueNegatives),
            ("sensitivity", at.Sensitivity), ("specificity", at.Specificity), ("precision", at.Precision), ("f1", at.F1), ("accuracy", at.Accuracy), ("balancedAccuracy", at.BalancedAccuracy));
        json.WriteEndObject();
    }

    private static void Curves(Utf8JsonWriter json, ClassAssessment classes)
    {
        json.WriteStartArray("calibrationBins");
        foreach (CalibrationBin bin in classes.Calibration.Bins)
        {
            json.WriteStartObject();
            Numbers(json, ("lowest", bin.Lowest), ("highest", bin.Highest), ("predicted", bin.Prediction), ("observed", bin.EventRate), ("rows", bin.Rows), ("weight", bin.Weight));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("curve");
        foreach (ConfusionTable point in Thinned(classes.Curve))
        {
            json.WriteStartObject();
            Numbers(json, ("threshold", point.Threshold), ("falsePositiveRate", point.FalsePositiveRate), ("sensitivity", point.Sensitivity), ("precision", point.Precision));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The points of a curve, of many of them some.</summary>
    public static IEnumerable<T> Thinned<T>(IReadOnlyList<T> curve)
    {
        int count = Math.Min(curve.Count, MostPoints);
        for (int k = 0; k < count; k++)
            yield return curve[count == 1 ? 0 : (int)((long)k * (curve.Count - 1) / (count - 1))];
    }

    /// <summary>Five numbers.</summary>
    public static void Summary(Utf8JsonWriter json, string name, ResidualSummary of)
    {
        json.WriteStartObject(name);
        Numbers(json, ("least", of.Least), ("firstQuartile", of.FirstQuartile), ("median", of.Median), ("thirdQuartile", of.ThirdQuartile), ("largest", of.Largest));
        json.WriteEndObject();
    }

    /// <summary>Some numbers by name.</summary>
    public static void Numbers(Utf8JsonWriter json, params (string Name, double Value)[] numbers)
    {
        foreach ((string name, double value) in numbers)
            ModelJson.WriteNumber(json, name, value);
    }
}
