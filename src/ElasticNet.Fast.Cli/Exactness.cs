using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>Says which solutions did not end exact. Mostly there is nothing to say.</summary>
internal static class Exactness
{
    /// <summary>A sentence about the model and the path that it was chosen from; null where all of it is exact.</summary>
    public static string? Sentence(ElasticNetModel model, RegularizationPath? path)
    {
        string? chosen = model.Fit.IsExact ? null : Text($"the solution at λ = {model.Fit.Lambda:g6} is {Left(model.Fit)}");
        PathPoint[] others = [.. (path ?? Enumerable.Empty<PathPoint>()).Where(point => !point.IsExact)];
        if (others.Length == 0)
            return chosen;
        PathPoint worst = others.MaxBy(point => point.RelativeGap)!;
        string along = Text($"{others.Length} of {path!.Count} λ of the path did not end exact, the worst at λ = {worst.Lambda:g6}, {Left(worst.Fit)}");
        return chosen is null ? along : $"{chosen}; {along}";
    }

    /// <summary>Says it on standard error, or makes it an error.</summary>
    /// <exception cref="InvalidOperationException">Something is not exact and must be.</exception>
    public static void Check(Terminal terminal, ElasticNetModel model, RegularizationPath? path, bool isStrict)
    {
        if (Sentence(model, path) is not { } sentence)
            return;
        if (isStrict)
            throw new InvalidOperationException($"--strict: {sentence}; nothing is written");
        terminal.Say($"warning: {sentence}");
    }

    // A model that was loaded has no trace to say why.
    private static string Left(in ElasticNetFit fit) =>
        fit.Trace.Shortfall ?? Text($"not exact: a relative duality gap of {fit.RelativeGap:0.0e+0} is left, more than {ElasticNetFit.ExactGap:0e+0}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
