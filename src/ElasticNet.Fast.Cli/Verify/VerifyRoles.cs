using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>Which columns are target, weights and offset; null where nobody has said.</summary>
internal sealed record VerifyRoles(string? Target, string? Weights, string? Offset)
{
    /// <summary>The number of trials that the target counts successes of, or null.</summary>
    public string? Trials { get; init; }

    /// <summary>What the offset is the logarithm of, or null.</summary>
    public string? Exposure { get; init; }

    /// <summary>Whether classes were given the same weight.</summary>
    public bool BalancesClasses { get; init; }

    /// <summary>Of a Cox model the columns that say how long rows were watched, beside the target, as they were named.</summary>
    public (string? Event, string? Start, string? Strata) Survival { get; init; }

    /// <summary>The same, once the model is known; null for other families.</summary>
    public SurvivalSettings? Columns { get; private init; }

    /// <summary>The columns that were predicted: one, but of a model of several responses.</summary>
    public string[] Targets { get; init; } = [];

    /// <summary>The columns that are no features.</summary>
    public string[] Names => [.. Targets.Length > 0 ? Targets : new[] { Target }.OfType<string>(), .. new[] { Weights, Offset, Trials, Exposure, Survival.Event, Survival.Start, Survival.Strata }.OfType<string>()];

    /// <summary>The same, completed by what the model says.</summary>
    /// <exception cref="CsvDataException">One is not known, or there is none.</exception>
    public VerifyRoles For(ElasticNetModel model)
    {
        if ((Trials is not null || BalancesClasses) && !model.Family.HasClasses)
            throw new UsageException($"{(Trials is null ? "--class-weight" : "--trials")} is for models of probabilities, and this one is of the family {model.Family}");
        if (!model.Family.IsSurvival && (Survival.Event ?? Survival.Start ?? Survival.Strata) is not null)
            throw new UsageException($"--event, --start and --strata are for Cox models, and this one is of the family {model.Family}");
        bool isSeveral = model.Outputs > 1 && !model.Family.HasClasses;
        VerifyRoles all = this with
        {
            Target = Target ?? (isSeveral ? string.Join(',', model.OutputNames!.Select(name => name.Trim())) : model.TargetName?.Trim()),
            Weights = Weights ?? model.Problem?.WeightsName?.Trim(),
            Offset = Offset ?? (Exposure is null ? model.Problem?.OffsetName?.Trim() : null),
        };
        if (all.Target is null)
            throw new CsvDataException("the model does not name its target; --target does");
        all = all with { Targets = !isSeveral ? [all.Target] : Target is null ? [.. model.OutputNames!.Select(name => name.Trim())] : Target.Split(',', StringSplitOptions.TrimEntries) };
        if (isSeveral && (all.Targets.Length != model.Outputs || all.Targets.Distinct().Count() != model.Outputs))
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--target must name a column for each of the {model.Outputs} responses, in their order, but '{Target}' names {all.Targets.Distinct().Count()}"));
        if (model.Outputs > 1 && (Offset ?? Exposure) is not null)
            throw new UsageException($"--offset and --exposure are for models of one output: this one has an offset for each {model.Family.OutputNoun} or none");
        if (model.Outputs > 1 && model.Provenance.HasOffset)
            throw new CsvDataException($"the model was fitted with an offset for each {model.Family.OutputNoun}, for which there are no options: it can be verified in code only");
        if (model.Outputs > 1 && (Trials ?? (BalancesClasses ? "" : null)) is not null)
            throw new UsageException($"{(Trials is null ? "--class-weight" : "--trials")} is for models of one probability, and this one is of the family {model.Family}");
        Check(model.Provenance.HasWeights, all.Weights ?? Trials ?? (BalancesClasses ? "of the classes" : null), "weights", model.Family.HasClasses ? "--weights, --trials or --class-weight" : "--weights");
        Check(model.Provenance.HasOffset, all.Offset ?? Exposure, "an offset", "--offset or --exposure");
        return model.Family.IsSurvival ? all with { Columns = SurvivalSettings.For(model, all.Target, Survival.Event, Survival.Start, Survival.Strata) } : all;
    }

    private static void Check(bool isNeeded, string? name, string what, string options)
    {
        if (isNeeded && name is null)
            throw new CsvDataException($"the model was fitted with {what} and does not name the column; {options} does");
        if (!isNeeded && name is not null)
            throw new CsvDataException($"the model was fitted without {what}; column '{name}' cannot be {(what == "weights" ? "them" : "one")}");
    }
}
