using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>How a model turns raw columns into features, as text for people.</summary>
internal static class PreparationReport
{
    private const int MostLevels = 12;

    /// <summary>Writes the rules, and a line for each raw column.</summary>
    public static void Write(Preparation preparation, Terminal terminal)
    {
        TextWriter output = terminal.Output;
        output.WriteLine(Text($"raw columns    {preparation.Inputs.Count}: {string.Join("; ", Rules(preparation.Options))}"));
        if (preparation.Convergence is { } convergence)
            output.WriteLine($"imputation     {Ended(convergence)}");
        double[] fills = preparation.Fills();
        var names = terminal.Names("raw column", preparation.Inputs.Select(input => input.Name));
        output.WriteLine();
        output.WriteLine($"{names["raw column"]}  type");
        for (int j = 0; j < fills.Length; j++)
            output.WriteLine($"{names[preparation.Inputs[j].Name]}  {Describe(preparation.Inputs[j], fills[j])}");
        output.WriteLine();
    }

    /// <summary>What was asked of the preparation, a clause each.</summary>
    public static IEnumerable<string> Rules(PreparationOptions options)
    {
        yield return Gaps(options) + (options.MissingIndicators ? ", with indicators" : "");
        if (options.Scaling is { } scaling)
            yield return "penalised in units of " + Unit(scaling);
        if (options.Encoding == CategoryEncoding.Ordinal)
            yield return "a category is the position of its level";
        if (options.Reference != ReferenceLevel.None)
            yield return options.Reference == ReferenceLevel.First ? "the first level has no feature" : "the most frequent level has no feature";
        if (options.MinLevelCount > 1)
            yield return Text($"levels with fewer than {options.MinLevelCount} training rows share a feature");
        if (options.UnknownLevels == UnknownLevelRule.Refuse)
            yield return "unknown levels are refused";
    }

    private static string Gaps(PreparationOptions options) => options.Imputation switch
    {
        ImputationMethod.None => "missing numbers are refused",
        ImputationMethod.DropRows => "rows with missing values took no part and are refused",
        ImputationMethod.Mean => "missing numbers become the mean of the training rows",
        ImputationMethod.Median => "missing numbers become the median of the training rows",
        ImputationMethod.MostFrequent => "missing numbers become the most frequent one of the training rows",
        ImputationMethod.Constant => Text($"missing numbers become {options.FillValue}"),
        ImputationMethod.Multiple => Text($"missing numbers were drawn {options.Multiple.Imputations} times for the fit (seed {options.Multiple.Seed}), and become what regressions on the other numbers predict{Matched(options)}"),
        ImputationMethod.Iterative => "missing numbers become what regressions on the other numbers predict" + Matched(options),
        _ => Text($"missing numbers become the mean of the {options.Neighbors} nearest training rows{(options.NeighborWeighting == NeighborWeighting.Distance ? " by distance" : "")}"),
    };

    private static string Matched(PreparationOptions options) => options.Iterative.Matching == 0
        ? ""
        : Text($", matched to the observed value in the middle of {options.Iterative.Matching} that are predicted alike");

    /// <summary>How the rounds of chained equations ended, in words.</summary>
    public static string Ended(ImputationConvergence convergence)
    {
        string rounds = Text($"{convergence.Rounds} {(convergence.Rounds == 1 ? "round" : "rounds")} of regressions");
        return convergence.Converged
            ? rounds + ", converged"
            : Text($"{rounds}, not converged: the last changed a row by {convergence.LastChange:g4}, where {convergence.Threshold:g4} was asked for");
    }

    private static string Unit(ScalingMethod scaling) => scaling switch
    {
        ScalingMethod.None => "the column itself",
        ScalingMethod.Standard => "standard deviations (n)",
        ScalingMethod.StandardSample => "standard deviations (n − 1)",
        ScalingMethod.MinMax => "the range",
        ScalingMethod.MaxAbs => "the largest absolute value",
        _ => "the interquartile range",
    };

    private static string Describe(InputColumn input, double fill)
    {
        if (input.Kind == InputKind.Number)
            return double.IsNaN(fill) ? "number" : Text($"number    missing becomes {fill:g10}");
        string levels = string.Join(", ", input.Levels.Take(MostLevels).Select(level => PlainText.Shorten(PlainText.OneLine(level), NameColumn.Longest)));
        return Text($"category  {input.Levels.Count} {(input.Levels.Count == 1 ? "level" : "levels")}: {levels}{(input.Levels.Count > MostLevels ? ", …" : "")}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
