using System.Text.Encodings.Web;
using System.Text.Json;

namespace ElasticNet.Fast.Cli;

/// <summary>A model as one JSON object; numbers with all their digits, names as they are.</summary>
internal static class ModelJson
{
    private const int MostPending = 1 << 16;

    public static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // The output is a file or a terminal, never part of an HTML page: names stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes the object and a line feed.</summary>
    public static void Write(ElasticNetModel model, Stream output, Tuning? tuning = null, ModelExplanation? explanation = null, ClassicalTable? table = null, bool baseline = false)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            WriteString(json, "target", model.TargetName);
            json.WriteString("family", model.Family.Name);
            json.WriteString("link", model.Family.Link.Name);
            if (model.Family.ParameterName is { } parameter)
                WriteNumber(json, parameter, model.Family.Parameter);
            if (model.Family.IsSurvival)
                json.WriteString("ties", model.Family == Family.Cox ? "efron" : "breslow");
            WriteString(json, "positiveClass", model.PositiveClass);
            WriteString(json, "measure", model.Provenance.Folds > 0 ? model.Provenance.Measure.Name : null);
            WriteNumber(json, "lambda", model.Fit.Lambda);
            WriteNumber(json, "l1Ratio", model.Fit.L1Ratio);
            if (model.OutputNames is { } outputs)
                WriteOutputs(json, outputs, model.Intercepts, model.Coefficients, model, all: true);
            else
            {
                WriteNumber(json, "intercept", model.Intercept);
                WriteCoefficients(json, model);
            }

            json.WriteNumber("nonZeroCount", model.Fit.NonZeroCount);
            WriteNumber(json, "degreesOfFreedom", model.Fit.DegreesOfFreedom);
            WriteNumber(json, "devianceRatio", model.Fit.DevianceRatio);
            WriteNumber(json, "relativeGap", model.Fit.RelativeGap);
            json.WriteBoolean("isExact", model.Fit.IsExact);
            WriteNumber(json, "kktResidual", model.Fit.KktResidual);
            json.WriteNumber("rows", model.Provenance.Rows);
            json.WriteNumber("features", model.FeatureCount);
            WriteConstantColumns(json, model);
            json.WriteBoolean("standardize", model.Provenance.Standardize);
            json.WriteBoolean("hasIntercept", model.Provenance.Intercept);
            json.WriteBoolean("hasWeights", model.Provenance.HasWeights);
            json.WriteBoolean("hasOffset", model.Provenance.HasOffset);
            json.WriteString("libraryVersion", model.Provenance.LibraryVersion);
            PreparationJson.Write(json, model.Preparation);
            WriteCrossValidation(json, model);
            WritePath(json, model);
            if (tuning is not null)
                WriteTuning(json, tuning);
            if (explanation is not null)
            {
                json.WritePropertyName("explanation");
                explanation.WriteJson(json);
            }

            if (baseline && model.Baseline is { } hazard)
                WriteBaseline(json, hazard);
            if (table is not null)
                TableJson.Write(json, table);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
        output.Flush();
    }

    private static void WriteBaseline(Utf8JsonWriter json, BaselineHazard baseline)
    {
        json.WriteStartObject("baseline");
        WriteNumber(json, "center", baseline.Center);
        json.WriteStartArray("strata");
        foreach (BaselineStratum stratum in baseline.Strata)
        {
            json.WriteStartObject();
            json.WriteString("name", stratum.Name);
            Write("times", stratum.Times.Span);
            Write("cumulativeHazard", stratum.CumulativeHazard.Span);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Write(string name, ReadOnlySpan<double> values)
        {
            json.WriteStartArray(name);
            foreach (double value in values)
                json.WriteNumberValue(value);
            json.WriteEndArray();
        }
    }

    private static void WriteConstantColumns(Utf8JsonWriter json, ElasticNetModel model)
    {
        if (model.Fit.Trace.ConstantColumns.IsEmpty)
            return;
        json.WriteStartArray("constantColumns");
        foreach (string name in ConstantColumns.Names(model))
            json.WriteStringValue(name);
        json.WriteEndArray();
    }

    private static void WriteCoefficients(Utf8JsonWriter json, ElasticNetModel model)
    {
        json.WriteStartObject("coefficients");
        int next = 0;
        for (int j = 0; j < model.FeatureCount; j++)
        {
            bool selected = next < model.Indices.Length && model.Indices[next] == j;
            WriteNumber(json, model.NameOf(j), selected ? model.Values[next++] : 0);
            // The writer keeps what it was not told to pass on.
            if (json.BytesPending > MostPending)
                json.Flush();
        }
        json.WriteEndObject();
    }

    /// <summary>Writes the outputs, each with its intercept and its coefficients, all of them or those that are not 0.</summary>
    public static void WriteOutputs(
        Utf8JsonWriter json, IReadOnlyList<string> outputs, ReadOnlySpan<double> intercepts, SparseCoefficients coefficients, ElasticNetModel model, bool all)
    {
        json.WriteStartArray("outputs");
        for (int k = 0; k < outputs.Count; k++)
        {
            json.WriteStartObject();
            json.WriteString("name", outputs[k]);
            WriteNumber(json, "intercept", intercepts[k]);
            json.WriteStartObject("coefficients");
            SparseCoefficients own = coefficients.Of(k);
            foreach (NamedCoefficient coefficient in all ? own.All : own)
            {
                WriteNumber(json, model.NameOf(coefficient.Feature), coefficient.Value);
                if (json.BytesPending > MostPending)
                    json.Flush();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter json, ElasticNetModel model)
    {
        if (model.Path is not { } path)
        {
            json.WriteNull("path");
            return;
        }

        json.WriteStartArray("path");
        foreach (PathPoint point in path)
        {
            json.WriteStartObject();
            WriteNumber(json, "lambda", point.Lambda);
            if (path.OutputNames is null)
                WriteNumber(json, "intercept", point.Intercept);
            json.WriteNumber("nonZeroCount", point.Fit.NonZeroCount);
            WriteNumber(json, "degreesOfFreedom", point.Fit.DegreesOfFreedom);
            WriteNumber(json, "devianceRatio", point.Fit.DevianceRatio);
            WriteNumber(json, "relativeGap", point.RelativeGap);
            json.WriteBoolean("isExact", point.IsExact);
            if (path.OutputNames is { } outputs)
                WriteOutputs(json, outputs, point.Intercepts.Span, point.Coefficients, model, all: false);
            else
            {
                json.WriteStartObject("coefficients");
                for (int k = 0; k < point.Coefficients.Count; k++)
                    WriteNumber(json, model.NameOf(point.Coefficients.Indices[k]), point.Coefficients.Values[k]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            if (json.BytesPending > MostPending)
                json.Flush();
        }

        json.WriteEndArray();
    }

    private static void WriteCrossValidation(Utf8JsonWriter json, ElasticNetModel model)
    {
        Provenance provenance = model.Provenance;
        if (provenance.Folds == 0)
        {
            json.WriteNull("crossValidation");
            return;
        }
        json.WriteStartObject("crossValidation");
        json.WriteString("measure", provenance.Measure.Key);
        json.WriteNumber("folds", provenance.Folds);
        json.WriteNumber("repeats", provenance.Repeats);
        if (provenance.Seed is { } seed)
            json.WriteNumber("seed", seed);
        else
            json.WriteNull("seed");
        json.WriteString("select", provenance.Selection == LambdaSelection.Minimum ? "min" : "1se");
        WriteNumber(json, "lambdaMin", provenance.LambdaMin);
        WriteNumber(json, "lambda1Se", provenance.Lambda1Se);
        json.WriteStartArray("points");
        foreach (CrossValidationPoint point in model.CrossValidation)
        {
            json.WriteStartObject();
            WriteNumber(json, "l1Ratio", point.L1Ratio);
            WriteNumber(json, "lambda", point.Lambda);
            WriteNumber(json, "mean", point.Mean);
            WriteNumber(json, "standardError", point.StandardError);
            WriteNumber(json, "rSquared", point.RSquared);
            json.WriteNumber("nonZeroCount", point.NonZeroCount);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTuning(Utf8JsonWriter json, Tuning tuning)
    {
        if (tuning.CriterionName is { } criterion)
        {
            json.WriteStartObject("criterion");
            json.WriteString("name", criterion);
            WriteNumber(json, "value", tuning.Value);
            json.WriteEndObject();
        }

        if (tuning.Search is { } search)
        {
            json.WriteStartArray("candidates");
            foreach (SearchCandidate candidate in search.Candidates)
            {
                json.WriteStartObject();
                json.WriteString("imputation", JsonNamingPolicy.CamelCase.ConvertName((candidate.Preparation?.Imputation ?? ImputationMethod.None).ToString()));
                WriteString(json, "scaling", candidate.Preparation?.Scaling is { } scaling ? JsonNamingPolicy.CamelCase.ConvertName(scaling.ToString()) : null);
                WriteNumber(json, "l1Ratio", candidate.L1Ratio);
                WriteNumber(json, "lambdaMin", candidate.LambdaMin);
                WriteNumber(json, "lambda1se", candidate.Lambda1Se);
                WriteNumber(json, "mean", candidate.Best.Mean);
                WriteNumber(json, "standardError", candidate.Best.StandardError);
                WriteNumber(json, "rSquared", candidate.Best.RSquared);
                json.WriteNumber("nonZeroCount", candidate.Best.NonZeroCount);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (tuning.Nested is { } nested)
        {
            json.WriteStartObject("nested");
            WriteNumber(json, "mean", nested.Mean);
            WriteNumber(json, "standardError", nested.StandardError);
            WriteNumber(json, "rSquared", nested.RSquared);
            json.WriteStartArray("folds");
            foreach (OuterFold fold in nested.Folds)
            {
                json.WriteStartObject();
                WriteNumber(json, "l1Ratio", fold.L1Ratio);
                WriteNumber(json, "lambda", fold.Lambda);
                json.WriteNumber("nonZeroCount", fold.NonZeroCount);
                WriteNumber(json, "error", fold.Error);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteStartArray("diagnosis");
        foreach (TuningFinding finding in tuning.Findings)
        {
            json.WriteStartObject();
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(finding.Kind.ToString()));
            json.WriteString("text", finding.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    // JSON has no NaN: what is not defined is null.
    public static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name);
    }

    private static void WriteString(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null)
            json.WriteNull(name);
        else
            json.WriteString(name, value);
    }
}
