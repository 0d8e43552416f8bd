using System.Text.Json;

namespace ElasticNet.Fast.Cli;

/// <summary>CSV or svmlight in, what each rule selects out.</summary>
internal sealed class SelectCommand(Terminal terminal, FitSettings settings, string? refit)
{
    private static readonly string[] s_rules =
        [FeatureSelection.LambdaMin, FeatureSelection.Lambda1Se, .. Enum.GetNames<Criterion>().Select(name => name.ToLowerInvariant())];

    /// <summary>Checks the rule to refit by.</summary>
    /// <exception cref="UsageException">There is no such rule, or a file for no refit.</exception>
    public static string? Rule(string? refit, string? file)
    {
        if (refit is not null && !s_rules.Contains(refit))
            throw OptionValue.Refused("--refit", refit, $"be {string.Join(", ", s_rules[..^1])} or {s_rules[^1]}");
        if (refit is null && file is not null)
            throw new UsageException("--out is for the model of --refit; enet fit makes the penalised ones");
        return refit;
    }

    /// <summary>Reads, selects, refits where asked to, and reports.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        OutputFile.Check("--out", settings.Out);
        TrainingData data = TrainingData.Read(terminal, settings, cancellationToken);
        FeatureSelection selection = Select(data);
        if (ConstantColumns.Sentence(selection.CrossValidation.Model) is { } constant)
            terminal.Say($"note: {constant}");
        using ElasticNetModel? model = refit is null ? null : Refit(data, [.. selection.By(refit).Features.Span]);
        Exactness.Check(terminal, model ?? selection.CrossValidation.Model, selection.CrossValidation.Best.Path, settings.IsStrict);
        if (settings.Out is not null)
            model!.Save(settings.Out);
        if (settings.Json)
        {
            Write(selection, model);
            return;
        }

        terminal.Output.Write(selection.ToString(terminal.ShowsOutput));
        if (model is null)
            return;
        terminal.Output.WriteLine(FormattableString.Invariant($"\n{(model.Family.HasOutputs || model.Family.IsSurvival ? "a fit without a penalty" : "least squares")} on what {refit} selects: deviance ratio {Digits.Four(model.Fit.DevianceRatio)}; these rows chose the features, so tests on them would be naive\n"));
        EffectTable.Write(model, terminal);
        if (settings.Out is not null)
            terminal.Output.WriteLine($"\nmodel          {settings.Out}");
    }

    private FeatureSelection Select(TrainingData data)
    {
        using var progress = new ProgressLine(terminal);
        ElasticNetOptions options = data.Options with { Progress = terminal.ShowsProgress ? progress : null };
        return ElasticNetEstimator.Select(data.Features, data.Target, options);
    }

    private static ElasticNetModel Refit(TrainingData data, int[] features) =>
        ElasticNetEstimator.Refit(data.Features, data.Target, features, data.Options);

    private void Write(FeatureSelection selection, ElasticNetModel? model)
    {
        using (var json = new Utf8JsonWriter(terminal.OutputStream, ModelJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("l1Ratio", selection.CrossValidation.L1Ratio);
            json.WriteStartObject("sets");
            foreach (SelectedSet set in selection.Sets)
            {
                json.WriteStartObject(set.Rule);
                json.WriteNumber("lambda", set.Lambda);
                json.WriteStartArray("features");
                foreach (int feature in set.Features.Span)
                    json.WriteStringValue(selection.FeatureNames[feature]);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteNumber("folds", selection.Folds);
            ModelJson.WriteNumber(json, "agreement", selection.Agreement);
            ModelJson.WriteNumber(json, "meanJaccard", selection.MeanJaccard);
            json.WriteStartObject("foldFrequencies");
            for (int j = 0; j < selection.FeatureNames.Count; j++)
                json.WriteNumber(selection.FeatureNames[j], selection.FoldFrequencies.Span[j]);
            json.WriteEndObject();
            if (model is not null)
            {
                json.WriteStartObject("refit");
                json.WriteString("rule", refit);
                if (model.OutputNames is { } outputs)
                    ModelJson.WriteOutputs(json, outputs, model.Intercepts, model.Coefficients, model, all: false);
                else
                    WriteCoefficients(json, model);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }
        terminal.OutputStream.WriteByte((byte)'\n');
        terminal.OutputStream.Flush();
    }

    private static void WriteCoefficients(Utf8JsonWriter json, ElasticNetModel model)
    {
        json.WriteNumber("intercept", model.Intercept);
        json.WriteStartObject("coefficients");
        for (int k = 0; k < model.Indices.Length; k++)
            json.WriteNumber(model.NameOf(model.Indices[k]), model.Values[k]);
        json.WriteEndObject();
    }
}
