using System.Globalization;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Cli;

/// <summary>What a family calls its predictions and effects.</summary>
internal static class FamilyWords
{
    /// <summary>Family, link and what is predicted: "binomial, logit link: the probability of 'yes', not 'no'".</summary>
    public static string Predicts(ElasticNetModel model) => $"{model.Family.Title}, {model.Family.Link} link: " + (model.OutputNames is { } outputs
        ? $"{(model.Family.HasClasses ? "the probabilities of" : "the responses")} {PlainText.OneLine(ClassLabels.Listed(outputs))}{(outputs.Count > ClassLabels.Most ? string.Create(CultureInfo.InvariantCulture, $" ({outputs.Count})") : "")}"
        : model.Classes is { } classes
        ? $"the probability of '{PlainText.OneLine(classes[1])}', not '{PlainText.OneLine(classes[0])}'"
        : model.Family.IsSurvival ? "the relative hazard" : Counts(model.Family) ? "the expected count" : model.Family.Link == Link.Log ? "the expected amount" : model.Family == Family.Gaussian ? "the target" : "the target, whatever its outliers")
        + (model.Family.ParameterName is { } name ? string.Create(CultureInfo.InvariantCulture, $", {name} {model.Family.Parameter:g6}") : "");

    /// <summary>Whether the mean is that of a count.</summary>
    public static bool Counts(Family family) => family == Family.Poisson || family.Name == FamilySettings.NegativeBinomial;

    /// <summary>What exp of a coefficient is: of log odds an odds ratio, of the logarithm of a rate or mean a ratio of these. Null where it is nothing.</summary>
    public static string? RatioName(Family family) => family.Link == Link.Logit ? "odds ratio"
        : family.Link == Link.ComplementaryLogLog ? "rate ratio"
        : family.Link != Link.Log ? null
        : family.IsSurvival ? "hazard ratio" : Counts(family) ? "rate ratio" : "mean ratio";
}
