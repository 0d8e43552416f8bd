using System.Text.Json;
using ElasticNet.Fast.Inference;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>An assessment of survival as one JSON object; what is not finite is null.</summary>
internal static class SurvivalJson
{
    /// <summary>Writes the object and a line feed.</summary>
    public static void Write(
        ElasticNetModel model, AssessSettings settings, SurvivalAssessment whole, IReadOnlyList<(string Name, SurvivalAssessment Assessment)> groups, ProportionalHazardsTest? test, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("target", settings.Target);
            json.WriteString("event", settings.Survival.Event);
            json.WriteString("family", model.Family.Name);
            json.WriteString("ties", model.Family == Family.Cox ? "efron" : "breslow");
            Measures(json, whole);
            AssessmentJson.Summary(json, "martingaleResiduals", whole.MartingaleSummary);
            AssessmentJson.Summary(json, "devianceResiduals", whole.DevianceSummary);
            AtTimes(json, whole);
            RiskGroups(json, whole);
            if (test is not null)
                Proportional(json, test, settings.Survival.ListsResiduals);
            if (settings.Survival.ListsResiduals)
            {
                json.WriteStartObject("residuals");
                Numbers(json, "martingale", whole.MartingaleResiduals());
                Numbers(json, "deviance", whole.DevianceResiduals());
                json.WriteEndObject();
            }

            if (settings.By is not null)
            {
                json.WriteString("by", settings.By);
                json.WriteStartArray("groups");
                foreach ((string name, SurvivalAssessment of) in groups)
                {
                    json.WriteStartObject();
                    json.WriteString("name", name);
                    Measures(json, of);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void Measures(Utf8JsonWriter json, SurvivalAssessment of)
    {
        json.WriteNumber("rows", of.Rows);
        json.WriteNumber("events", of.Events);
        AssessmentJson.Numbers(
            json, ("weight", of.Weight), ("eventWeight", of.EventWeight), ("expectedEvents", of.ExpectedEvents), ("deviance", of.Deviance), ("nullDeviance", of.NullDeviance),
            ("devianceExplained", of.DevianceExplained), ("concordance", of.Concordance), ("unoConcordance", of.UnoConcordance), ("horizon", of.Horizon),
            ("integratedBrier", of.IntegratedBrier), ("integratedNullBrier", of.IntegratedNullBrier), ("slope", of.Slope));
        json.WriteString("note", of.Note);
    }

    private static void AtTimes(Utf8JsonWriter json, SurvivalAssessment whole)
    {
        json.WriteStartArray("times");
        foreach (SurvivalAtTime at in whole.AtTimes)
        {
            json.WriteStartObject();
            AssessmentJson.Numbers(json, ("time", at.Time), ("auc", at.Auc), ("brier", at.Brier), ("nullBrier", at.NullBrier), ("explained", at.Explained));
            json.WriteStartArray("calibration");
            foreach (SurvivalCalibrationBin bin in at.Calibration)
            {
                json.WriteStartObject();
                json.WriteNumber("group", bin.Group + 1);
                AssessmentJson.Numbers(json, ("predicted", bin.Prediction), ("observed", bin.Observed), ("standardError", bin.StandardError));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("roc");
            foreach (RocPoint point in AssessmentJson.Thinned(at.Roc))
            {
                json.WriteStartObject();
                AssessmentJson.Numbers(json, ("falsePositiveRate", point.FalsePositiveRate), ("sensitivity", point.Sensitivity));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void RiskGroups(Utf8JsonWriter json, SurvivalAssessment whole)
    {
        json.WriteStartArray("riskGroups");
        for (int k = 0; k < whole.Groups.Count; k++)
        {
            RiskGroup group = whole.Groups[k];
            json.WriteStartObject();
            json.WriteNumber("group", k + 1);
            json.WriteNumber("rows", group.Rows);
            json.WriteNumber("events", group.Events);
            AssessmentJson.Numbers(json, ("weight", group.Weight), ("lowest", group.Lowest), ("highest", group.Highest));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Proportional(Utf8JsonWriter json, ProportionalHazardsTest test, bool withResiduals)
    {
        json.WriteStartObject("proportionalHazards");
        json.WriteString("scale", test.Scale switch { HazardTimeScale.KaplanMeier => "km", HazardTimeScale.Identity => "identity", _ => "log" });
        AssessmentJson.Numbers(json, ("chiSquare", test.ChiSquare), ("pValue", test.PValue));
        json.WriteNumber("degreesOfFreedom", test.Lines.Count);
        if (withResiduals)
            Numbers(json, "eventTimes", test.EventTimes.Span);
        json.WriteStartArray("features");
        for (int k = 0; k < test.Lines.Count; k++)
        {
            ProportionalHazardsLine line = test.Lines[k];
            json.WriteStartObject();
            json.WriteString("name", line.Name);
            AssessmentJson.Numbers(json, ("coefficient", line.Coefficient), ("chiSquare", line.ChiSquare), ("pValue", line.PValue));
            if (withResiduals)
            {
                Numbers(json, "schoenfeld", test.SchoenfeldResiduals(k).Span);
                Numbers(json, "scaledSchoenfeld", test.ScaledSchoenfeldResiduals(k).Span);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("leftOut");
        foreach (string name in test.LeftOut)
            json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            if (double.IsFinite(value))
                json.WriteNumberValue(value);
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
    }
}
