using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>The options of <c>enet assess</c>, parsed and checked as far as that goes without the data.</summary>
internal sealed record AssessSettings
{
    private static readonly string[] s_kinds = ["roc", "precision-recall", "calibration", "residuals", "confusion", "survival"];
    private static readonly string[] s_survivalKinds = ["survival", "calibration", "roc"];

    /// <summary>Null: as the model calls it.</summary>
    public string? Target { get; private init; }

    public string? Weights { get; private init; }

    public string? Offset { get; private init; }

    public string? Exposure { get; private init; }

    public string? Trials { get; private init; }

    /// <summary>The column of groups, or null.</summary>
    public string? By { get; private init; }

    public double Threshold { get; private init; }

    /// <summary>Whether the threshold was given.</summary>
    public bool NamesThreshold { get; private init; }

    /// <summary>The report or picture to write, or null.</summary>
    public string? Out { get; private init; }

    /// <summary>Which picture; null: the usual one.</summary>
    public string? Kind { get; private init; }

    public bool Json { get; private init; }

    /// <summary>What a Cox model is assessed by; of other models what was named for one.</summary>
    public required AssessedSurvival Survival { get; init; }

    /// <summary>The columns of what came: one, of several responses as many.</summary>
    public string[] Targets { get; private init; } = [];

    /// <summary>The columns of offsets: none, one, or of several outputs one for each.</summary>
    public string[] Offsets { get; private init; } = [];

    /// <summary>Whether the file is a report.</summary>
    public bool WritesReport => Out?.EndsWith(".html", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed, or contradicts another.</exception>
    public static AssessSettings Parse(
        string? target, string? weights, string? offset, string? exposure, string? trials, string? by, string? threshold, string? @out, string? kind, bool json,
        AssessedSurvival survival)
    {
        if (exposure is not null && offset is not null)
            throw new UsageException("--exposure and --offset exclude each other: the logarithm of the exposure is the offset");
        AssessSettings settings = new()
        {
            Target = target,
            Weights = weights,
            Offset = offset,
            Exposure = exposure,
            Trials = trials,
            By = by,
            Threshold = threshold is null ? 0.5 : OptionValue.Number("--threshold", threshold, 0, 1, "be a number in [0, 1]"),
            NamesThreshold = threshold is not null,
            Out = @out,
            Kind = kind,
            Json = json,
            Survival = survival,
        };
        if (settings.Survival.ListsResiduals && !json)
            throw new UsageException("--residuals belongs to --json: text has their five numbers");
        if (@out is not null && !settings.WritesReport && !@out.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) && !@out.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            throw OptionValue.Refused("--out", @out, "end in .html for a report, or in .svg or .png for a picture");
        if (kind is not null && !s_kinds.Contains(kind))
            throw OptionValue.Refused("--kind", kind, $"be {string.Join(", ", s_kinds[..^1])} or {s_kinds[^1]}");
        if (kind is not null && (@out is null || settings.WritesReport))
            throw new UsageException("--kind says which picture --out writes, a file that ends in .svg or .png; a report has all of them");
        OutputFile.Check("--out", @out);
        return settings;
    }

    /// <summary>The same with the roles that the model knows.</summary>
    /// <exception cref="UsageException">An option means nothing to the model's family, or a column has two roles.</exception>
    /// <exception cref="Csv.CsvDataException">A role is not known, or the model has no such.</exception>
    public AssessSettings For(ElasticNetModel model)
    {
        if (model.Family.IsSurvival)
            return ForSurvival(model);
        Survival.Refuse(model.Family);
        if (Kind == "survival")
            throw new UsageException($"--kind survival is for Cox models, and this one is of the family {model.Family}");
        if (Trials is not null && !model.Family.HasClasses)
            throw new UsageException($"--trials is for models of probabilities, and this one is of the family {model.Family}");
        if (NamesThreshold && model.Family.HasClasses && !model.Family.HasEvent)
            throw new UsageException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"--threshold is of models of two classes, and this one has {model.Outputs}: the most probable is called"));
        if (Trials is not null && model.Family.HasOutputs)
            throw new UsageException($"--trials is of models of one event, and this one is of the family {model.Family}");
        if (Kind is "precision-recall" or "calibration" or "residuals" && model.Family == Family.Multinomial)
            throw new UsageException($"--kind {Kind} is not for models of several classes: roc, each against the rest, or confusion");
        if (Kind == "confusion" && model.Family != Family.Multinomial)
            throw new UsageException($"--kind confusion is for models of several classes, and this one is of the family {model.Family}");
        if (NamesThreshold && !model.Family.HasClasses)
            throw new UsageException($"--threshold is for models of probabilities, and this one is of the family {model.Family}");
        if (Exposure is not null && model.Family.Link != Link.Log)
            throw new UsageException($"--exposure is for models with a logarithmic link, and this one, of the family {model.Family}, has the {model.Family.Link} link");
        if (Kind is not null and not "residuals" && !model.Family.HasClasses)
            throw new UsageException($"--kind {Kind} is for models of probabilities, and this one is of the family {model.Family}");
        return WithRoles(model, "--target");
    }

    private AssessSettings ForSurvival(ElasticNetModel model)
    {
        if (Target is not null)
            throw new UsageException("--target is for other families: a Cox model takes --time, until when a row was watched, and --event, whether the event happened then");
        if (Trials is not null || Exposure is not null)
            throw new UsageException($"{(Trials is null ? "--exposure" : "--trials")} is for other families, and this model is of the family {model.Family}");
        if (NamesThreshold)
            throw new UsageException($"--threshold is for models of probabilities, and this one is of the family {model.Family}");
        if (Kind is not null && !s_survivalKinds.Contains(Kind))
            throw new UsageException($"--kind {Kind} is not for Cox models: survival, calibration or roc");
        AssessSettings all = (this with { Target = Survival.Time }).WithRoles(model, "--time");
        return all with { Survival = Survival with { Columns = Survival.For(model, all.Target!) } };
    }

    private AssessSettings WithRoles(ElasticNetModel model, string target)
    {
        AssessSettings all = this with
        {
            Target = Target ?? model.TargetName?.Trim() ?? throw new Csv.CsvDataException($"the model does not name its target; {target} does"),
            Offset = Offset ?? (Exposure is null ? model.Problem?.OffsetName?.Trim() : null),
        };
        if (model.Family.HasOutputs)
            all = all with { Offsets = all.Offset is null ? [] : OptionValue.List("--offset", all.Offset), Targets = model.Family.HasClasses ? [all.Target] : OptionValue.List(target, all.Target) };
        else
            all = all with { Offsets = all.Offset is null ? [] : [all.Offset], Targets = [all.Target] };
        if (all.Targets.Length > 1 && all.Targets.Length != model.Outputs)
            throw new UsageException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{target} names {all.Targets.Length} columns, and the model has {model.Outputs} responses: one for each, in their order"));
        if (model.Family.HasOutputs && model.Provenance.HasOffset && all.Offsets.Length != model.Outputs)
            throw new Csv.CsvDataException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the model was fitted with an offset for each of its {model.Outputs} {model.Family.OutputsNoun} ({ClassLabels.Listed(model.OutputNames!)}) and needs as many columns in their order, --offset names them; {all.Offsets.Length} {(all.Offsets.Length == 1 ? "is" : "are")} named"));
        if (model.Provenance.HasOffset && all.Offset is null && Exposure is null)
            throw new Csv.CsvDataException("the model was fitted with an offset and needs one to predict: name its column with --offset, or with --exposure one whose logarithm it is");
        if (!model.Provenance.HasOffset && (Offset ?? Exposure) is { } name)
            throw new Csv.CsvDataException($"the model was fitted without an offset; column '{name}' cannot be one");
        Dictionary<string, string> roles = new(StringComparer.Ordinal);
        foreach (string one in all.Targets)
            roles.TryAdd(one, target);
        foreach ((string? column, string option) in new[] { (Survival.Event, "--event"), (Survival.Start, "--start"), (Survival.Strata, "--strata"), (Weights, "--weights"), (Exposure, "--exposure"), (Trials, "--trials"), (By == Survival.Strata ? null : By, "--by") }.Concat(all.Offsets.Select(offset => ((string?)offset, "--offset"))))
        {
            if (column is not null && !roles.TryAdd(column, option))
                throw new UsageException($"column '{column}' cannot be both {roles[column]} and {option}");
        }

        return all;
    }
}
