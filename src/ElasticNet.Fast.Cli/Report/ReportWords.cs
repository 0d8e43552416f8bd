using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>The sentences of the report.</summary>
internal static class ReportWords
{
    /// <summary>What one wants to know first.</summary>
    public static IEnumerable<(string, string)> Headline(ElasticNetModel model, Tuning? tuning)
    {
        ElasticNetFit fit = model.Fit;
        if (model.Family != Family.Gaussian)
            yield return ("family", FamilyWords.Predicts(model));
        yield return ("features selected", Text($"{fit.NonZeroCount} of {model.FeatureCount}"));
        if (tuning?.Nested is { } nested)
            yield return ($"{nested.Measure.ExplainedName} of the whole procedure, held out", Text($"{nested.RSquared:0.000}"));
        if (model.ChosenPoint() is { } point)
            yield return ($"{model.Provenance.Measure.ExplainedName} held out", Text($"{point.RSquared:0.000}"));
        yield return ("deviance explained in training", Text($"{fit.DevianceRatio:0.000}"));
        yield return ("λ", Text($"{fit.Lambda:g4}"));
        yield return ("ρ", Text($"{fit.L1Ratio:g4}"));
        yield return ("proven within, of the optimum", Text($"{fit.RelativeGap:0.0e+0}"));
    }

    /// <summary>How large the table is.</summary>
    public static string Table(int rows, ColumnSummary[] columns)
    {
        long missing = columns.Sum(column => (long)column.Missing);
        int gaps = columns.Count(column => column.Missing > 0);
        string gapped = missing == 0
            ? "no value is missing"
            : Text($"{missing} values ({100.0 * missing / ((double)rows * columns.Length):0.##} %) are missing, in {gaps} columns");
        return Text($"{rows} rows and {columns.Length} columns, {columns.Count(column => column.Kind == InputKind.Category)} of them categories; {gapped}. The correlation is with the target, of survival with the event, of several outputs the largest with any; of a category it is the correlation ratio η.");
    }

    /// <summary>How large a sparse table is, and how full.</summary>
    public static string Sparse(SparseSummary summary) =>
        Text($"{summary.Rows} rows and {summary.Columns} features, {summary.StoredCount} entries stored ({100 * summary.Density:0.####} % of all), {summary.Empty.Count} features that are 0 in every row. Minimum, mean, maximum and SD count the zeros; r is the correlation with the target.");

    /// <summary>A line of the table of sparse columns.</summary>
    public static string[] Column(string name, SparseColumnSummary column, int rows) =>
    [
        name, Html.Number(column.Correlation, "0.000"), Text($"{column.Count}"), Text($"{100.0 * column.Count / rows:0.##} %"),
        Html.Number(column.Minimum), Html.Number(column.Mean), Html.Number(column.Maximum), Html.Number(column.StandardDeviation),
    ];

    /// <summary>How raw columns became features.</summary>
    public static string Preparation(Preparation preparation) =>
        Text($"{preparation.Inputs.Count} raw columns became {preparation.FeatureCount} features: {string.Join("; ", PreparationReport.Rules(preparation.Options))}.")
        + (preparation.Convergence is { } convergence ? $" Imputation took {PreparationReport.Ended(convergence)}." : "");

    /// <summary>A line of the table of columns.</summary>
    public static string[] Column(ColumnSummary column)
    {
        string missing = column.Missing == 0 ? "" : Text($"{column.Missing}");
        string association = Html.Number(column.Association, "0.000");
        return column.Kind == InputKind.Number
            ? [column.Name, association, missing, .. new[] { column.Minimum, column.Mean, column.Median, column.Maximum, column.StandardDeviation }.Select(value => Html.Number(value))]
            : [column.Name, association, missing, Text($"{column.Levels.Length} levels"), "", "", "", ""];
    }

    /// <summary>Who chose λ and ρ.</summary>
    public static string Choice(ElasticNetModel model, Tuning? tuning)
    {
        Provenance provenance = model.Provenance;
        string chosen = Text($"λ = {model.Fit.Lambda:g6} and ρ = {model.Fit.L1Ratio:g6}");
        if (provenance.Folds == 0)
        {
            return tuning?.CriterionName is { } criterion
                ? Text($"{criterion} is least at {chosen} ({tuning.Value:g6}); no rows were held out.")
                : $"{chosen} were given, not chosen.";
        }

        string repeats = provenance.Repeats > 1 ? Text($", dealt out {provenance.Repeats} times") : "";
        string seed = provenance.Seed is { } given ? Text($", seed {given}") : ", as given";
        string rule = provenance.Selection == LambdaSelection.Minimum ? $"where the {provenance.Measure.Noun} is {provenance.Measure.BestWord}" : $"the largest λ within one standard error of the {provenance.Measure.BestWord} {provenance.Measure.Noun}";
        return Text($"Cross-validation in {provenance.Folds} folds{repeats}{seed} chose {chosen}, {rule}. λ.min = {provenance.LambdaMin:g6}, λ.1se = {provenance.Lambda1Se:g6}.");
    }

    /// <summary>What was selected.</summary>
    public static string Selected(ElasticNetModel model) => model.Indices.Length == 0
        ? "No feature is selected: the model predicts the same for every row."
        : Text($"{model.Indices.Length} of {model.FeatureCount} features are selected, with {model.Fit.DegreesOfFreedom:0.0} degrees of freedom. Coefficients are shrunken towards 0, and come without p-values{(model.Family == Family.Gaussian ? ": enet infer says how sure they are" : "")}.");

    /// <summary>How ratios are read.</summary>
    public static string Ratio(ElasticNetModel model) => model.PositiveClass is { } label
        ? $"Coefficients are on the scale of the {model.Family.Link.EtaWords}. The ratio says by what one more unit, or standard deviation, of a feature multiplies the {(model.Family.Link == Link.Logit ? "odds" : "rate")} of '{label}'."
        : $"Coefficients are on the scale of the logarithm. A ratio says by what one more unit, or standard deviation, of a feature multiplies the {(model.Family.IsSurvival ? "hazard" : FamilyWords.Counts(model.Family) ? "expected count" : "expected amount")}.";

    /// <summary>Features that tell the same.</summary>
    public static string Group(ElasticNetModel model, CorrelatedGroup group, double correlation) =>
        Text($"Correlated by {correlation} or more, sharing one effect: ")
        + string.Join(", ", group.Features.ToArray().Select((j, k) => Text($"{model.NameOf(j)} {100 * group.Shares.Span[k]:0} %"))) + ".";

    // Of one number for each row the nested predictions are shown.
    private static string Below(ElasticNetModel model) => model.Family.HasOutputs
        ? "what is below is of the rows that the model was fitted to, which flatters it."
        : model.Family.IsSurvival ? "the curves below are of these hazards, with the baseline of all rows." : "the residuals below are of these predictions.";

    /// <summary>How well it predicts.</summary>
    public static string Assessment(ElasticNetModel model, Tuning? tuning)
    {
        Measure measure = model.Provenance.Measure;
        string text = "";
        if (model.ChosenPoint() is { } point)
            text += Text($"On held-out rows the {measure} is {point.Mean:g4} ± {point.StandardError:g3} {measure.Unit} ({measure.ExplainedName} {point.RSquared:0.000}); the same rows chose λ, which flatters it a little. ");
        text += tuning?.Nested is { } nested
            ? Text($"The whole procedure, choice included, comes to {nested.Mean:g4} ± {nested.StandardError:g3} ({measure.ExplainedName} {nested.RSquared:0.000}) on {nested.Folds.Count} outer folds; {Below(model)}")
            : model.Family.HasOutputs ? "What follows is of the rows that the model was fitted to, which flatters it; enet assess takes others."
            : model.Family.IsSurvival ? "The curves below are of groups of the rows that the model was fitted to, which flatters it; enet assess takes others."
            : "The residuals below are of the rows that the model was fitted to, so they are smaller than those of new rows; --nested shows those of rows held out.";
        return text;
    }

    /// <summary>What the duality gap says.</summary>
    public static string Certificate(ElasticNetModel model, Tuning? tuning) => Text(
        $"The duality gap proves that no coefficients whatever bring the objective more than {model.Fit.RelativeGap:0.0e+0} of half the null deviance below that of this model; the largest violation of the optimality conditions is {model.Fit.KktResidual:0.0e+0} of λ_max.")
        + (Exactness.Sentence(model, tuning?.Path) is { } sentence ? $" Mind that {sentence}." : "");

    /// <summary>How the model came to be.</summary>
    public static IEnumerable<(string, string)> Provenance(ElasticNetModel model, string source)
    {
        Provenance provenance = model.Provenance;
        yield return ("data", source);
        yield return ("target", model.TargetName ?? "");
        yield return ("rows of positive weight", Text($"{provenance.Rows}"));
        yield return ("intercept", provenance.Intercept ? "yes" : "no");
        yield return ("penalty per standard deviation", provenance.Standardize ? "yes" : "no");
        yield return ("weights", provenance.HasWeights ? "yes" : "no");
        yield return ("offset", provenance.HasOffset ? "yes" : "no");
        yield return ("fitted by", "ElasticNet.Fast " + provenance.LibraryVersion);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
