using System.Globalization;
using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Cli;

/// <summary>Which loss is fitted and what its target is made of, parsed and checked as far as that goes without the data.</summary>
internal sealed record FamilySettings
{
    /// <summary>The name of the family of counts that has a size.</summary>
    public const string NegativeBinomial = "negative-binomial";

    private const string Tweedie = "tweedie";

    private const string Huber = "huber";

    private static readonly string[] s_names = [.. Family.All.Select(family => family.Name).Distinct(), Tweedie, NegativeBinomial, Huber];

    /// <summary>Squared error.</summary>
    public static FamilySettings Default { get; } = new();

    /// <summary>The family; without its parameter where <see cref="IsToBeEstimated"/>.</summary>
    public Family Family { get; private init; } = Family.Gaussian;

    /// <summary>Whether the size or δ comes from the data.</summary>
    public bool IsToBeEstimated { get; private init; }

    /// <summary>The label of the event; null means the second of the two.</summary>
    public string? Positive { get; private init; }

    /// <summary>The column with the number of trials that the target counts successes of; null for classes.</summary>
    public string? Trials { get; private init; }

    /// <summary>The column whose logarithm is the offset, or null.</summary>
    public string? Exposure { get; private init; }

    /// <summary>How long rows were watched, for --family cox; null for others.</summary>
    public SurvivalSettings? Survival { get; private init; }

    /// <summary>Whether both classes weigh the same.</summary>
    public bool BalancesClasses { get; private init; }

    /// <summary>Whether the target is labels, or numbers that say as much.</summary>
    public bool HasLabels => Family.HasClasses && Trials is null;

    /// <summary>Parses and checks.</summary>
    /// <exception cref="UsageException">There is no such family, or an option belongs to another.</exception>
    public static FamilySettings Parse(string? family, string? link, string? power, string? size, string? delta, string? positive, string? trials, string? exposure, string? classWeight, string? offset, SurvivalSettings? survival = null)
    {
        Demand("--power", power is not null, family == Tweedie, "--family tweedie");
        Demand("--size", size is not null, family == NegativeBinomial, "--family negative-binomial");
        Demand("--delta", delta is not null, family == Huber, "--family huber");
        if (family == SurvivalSettings.Name && survival is null)
            throw new UsageException("--family cox is for enet fit, select, stability and infer, whose --time and --event say what the target is; this command does not take it");
        if (survival is not null && link is not null)
            throw new UsageException("--link and --family cox exclude each other: the logarithm of the hazard is linear");
        Family chosen = WithLink(family switch
        {
            null => Family.Gaussian,
            SurvivalSettings.Name => survival!.Family,
            Tweedie => Family.Tweedie(power is null ? 1.5 : OptionValue.Number("--power", power, Math.BitIncrement(1.0), Math.BitDecrement(2.0), "be a number between 1 and 2")),
            NegativeBinomial => Family.NegativeBinomial(size is null ? 1 : OptionValue.Number("--size", size, double.Epsilon, double.MaxValue, "be a number above 0")),
            Huber => Family.Huber(delta is null ? 1 : OptionValue.Number("--delta", delta, double.Epsilon, double.MaxValue, "be a number above 0")),
            _ => Array.Find(Family.All, one => one.Name == family) ?? throw OptionValue.Refused("--family", family, $"be {string.Join(", ", s_names[..^1])} or {s_names[^1]}"),
        }, link);
        bool isBinomial = chosen.HasEvent;
        Demand("--positive", positive is not null, isBinomial, "--family binomial: it names the label of the event");
        Demand("--trials", trials is not null, isBinomial, "--family binomial: it names the column with the number of trials, and the target counts successes");
        Demand("--class-weight", classWeight is not null, isBinomial, "--family binomial");
        Demand("--exposure", exposure is not null, chosen.Link == Link.Log && survival is null, "a family with a logarithmic link, such as --family poisson: its logarithm is the offset");
        if (classWeight is not (null or "balanced"))
            throw OptionValue.Refused("--class-weight", classWeight, "be balanced");
        if (exposure is not null && offset is not null)
            throw new UsageException("--exposure and --offset exclude each other: the logarithm of the exposure is the offset");
        if (trials is not null && positive is not null)
            throw new UsageException("--trials and --positive exclude each other: with trials the target counts successes and has no labels");
        if (trials is not null && classWeight is not null)
            throw new UsageException("--trials and --class-weight exclude each other: with trials a row is of both classes");
        bool isToBeEstimated = (family == NegativeBinomial && size is null) || (family == Huber && delta is null);
        return new() { Family = chosen, IsToBeEstimated = isToBeEstimated, Positive = positive, Trials = trials, Exposure = exposure, BalancesClasses = classWeight is not null, Survival = survival };
    }

    /// <summary>The family with its parameter, of the data where no option says it; then it is told.</summary>
    /// <exception cref="ArgumentException">The data have none.</exception>
    public Family For(Terminal terminal, Features features, Target target, double? lambda, double l1Ratio, ElasticNetOptions options)
    {
        if (!IsToBeEstimated)
            return Family;
        Family found = Family.Name == Huber ? OfSpread(target) : ElasticNetEstimator.EstimateNegativeBinomial(features, target, lambda, l1Ratio, options);
        string value = found.Parameter.ToString("g6", CultureInfo.InvariantCulture);
        terminal.Say(Family.Name == Huber
            ? $"note: δ = {value}, 1.345 times the target's scaled median distance from its median; --delta sets another"
            : $"note: the size k = {value} is estimated, in turn with a model of the means; --size sets another");
        return found;
    }

    private static Family OfSpread(Target target)
    {
        List<double> away = [];
        for (int i = 0; i < target.Length; i++)
        {
            if (target.Weights.IsEmpty || target.Weights[i] > 0)
                away.Add(target.Values[i] - (target.Offset.IsEmpty ? 0 : target.Offset[i]));
        }

        return Family.Huber(CollectionsMarshal.AsSpan(away));
    }

    private static Family WithLink(Family family, string? link)
    {
        if (link is null)
            return family;
        string[] links = family.HasEvent ? [.. Family.All.Where(one => one.HasEvent).Select(one => one.Link.Name)] : [family.Link.Name];
        if (!links.Contains(link))
            throw OptionValue.Refused("--link", link, $"be {string.Join(" or ", links)} with --family {family}");
        return family.HasEvent ? Array.Find(Family.All, one => one.HasEvent && one.Link.Name == link)! : family;
    }

    private static void Demand(string option, bool given, bool fits, string of)
    {
        if (given && !fits)
            throw new UsageException($"{option} belongs to {of}");
    }
}
