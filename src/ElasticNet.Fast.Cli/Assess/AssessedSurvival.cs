using ElasticNet.Fast.Inference;

namespace ElasticNet.Fast.Cli.Assess;

/// <summary>What <c>enet assess</c> is told about a Cox model.</summary>
/// <param name="Time">The column until when a row was watched; null: as the model calls it.</param>
/// <param name="Event">The column that says whether the event happened then.</param>
/// <param name="Start">The column from when on, or null.</param>
/// <param name="Strata">The column with the stratum, or null.</param>
/// <param name="Times">When chances are judged; empty: at the quartiles of the times of events.</param>
/// <param name="Proportional">The scale along which coefficients are asked whether they change; null: they are not.</param>
/// <param name="ListsResiduals">Whether those of each row are written.</param>
internal sealed record AssessedSurvival(string? Time, string? Event, string? Start, string? Strata, double[] Times, HazardTimeScale? Proportional, bool ListsResiduals)
{
    /// <summary>The columns, once the model is known; null for other families.</summary>
    public SurvivalSettings? Columns { get; init; }

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">An option is malformed.</exception>
    public static AssessedSurvival Parse(string? time, string? @event, string? start, string? strata, string? times, string? proportional, bool residuals)
    {
        double[] when = times is null ? [] : [.. OptionValue.List("--times", times).Select(text => OptionValue.Number("--times", text, double.Epsilon, double.MaxValue, "be numbers > 0, separated by commas"))];
        if (when.Distinct().Count() < when.Length)
            throw OptionValue.Refused("--times", times!, "not name one twice");
        return new(time, @event, start, strata, when, proportional switch
        {
            null => null,
            "km" => HazardTimeScale.KaplanMeier,
            "identity" => HazardTimeScale.Identity,
            "log" => HazardTimeScale.Logarithm,
            _ => throw OptionValue.Refused("--proportional", proportional, "be km, identity or log"),
        }, residuals);
    }

    /// <summary>The columns for a model.</summary>
    public SurvivalSettings For(ElasticNetModel model, string time) => SurvivalSettings.For(model, time, Event, Start, Strata);

    /// <summary>Refuses what a model of another family has no use for.</summary>
    /// <exception cref="UsageException">An option was given.</exception>
    public void Refuse(Family family)
    {
        foreach ((string option, bool given) in new[]
        {
            ("--time", Time is not null), ("--event", Event is not null), ("--start", Start is not null), ("--strata", Strata is not null), ("--times", Times.Length > 0),
            ("--proportional", Proportional is not null), ("--residuals", ListsResiduals),
        })
        {
            if (given)
                throw new UsageException($"{option} is for Cox models, and this one is of the family {family}");
        }
    }
}
