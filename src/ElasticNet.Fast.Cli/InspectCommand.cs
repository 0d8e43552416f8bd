using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Model file in, its contents as text or JSON out.</summary>
internal static class InspectCommand
{
    /// <summary>Shows the model.</summary>
    public static void Run(Terminal terminal, string modelPath, bool json, bool baseline)
    {
        if (baseline && !json)
            throw new UsageException("--baseline belongs to --json: a baseline has as many times as there are events");
        using ElasticNetModel model = ElasticNetModel.Load(InputFile.Existing(modelPath));
        if (baseline && model.Baseline is null)
            throw new UsageException($"--baseline is of Cox models, and this one is of the family {model.Family.Title}");
        if (json)
        {
            ModelJson.Write(model, terminal.OutputStream, baseline: baseline);
            return;
        }
        ModelReport.Write(model, terminal);
        if (model.Preparation is { } preparation)
            PreparationReport.Write(preparation, terminal);
        if (model.Path is { } path)
            terminal.Output.WriteLine(FormattableString.Invariant($"path           {path.Count} λ from {path[0].Lambda:g6} down to {path[^1].Lambda:g6}, {path.EverSelected.Length} features ever selected"));
        terminal.Output.WriteLine($"fitted by      ElasticNet.Fast {PlainText.OneLine(model.Provenance.LibraryVersion)}");
        terminal.Output.WriteLine(
            "from the data  intercept, coefficients, standard deviations of the selected features, λ, cross-validated errors, "
            + "fit statistics, column names, the number of rows" + (model.Baseline is null ? "" : ", when events happened") + Learnt(model.Preparation));
    }

    private static string Learnt(Preparation? preparation) => preparation?.Options.Imputation switch
    {
        null => "; no training row is kept",
        ImputationMethod.NearestNeighbors => ", levels of categories, scales, and the numbers of the TRAINING ROWS THEMSELVES: neighbours are looked for among them",
        ImputationMethod.None or ImputationMethod.DropRows or ImputationMethod.Constant => ", levels of categories, and scales; no training row is kept",
        ImputationMethod.Iterative or ImputationMethod.Multiple when preparation.Options.Iterative.Matching > 0 =>
            ", levels of categories, the regressions that fill gaps, scales, and observed VALUES OF THE TRAINING ROWS, column by column: they are put into gaps",
        ImputationMethod.Iterative or ImputationMethod.Multiple => ", levels of categories, the regressions that fill gaps, and scales; no training row is kept",
        _ => ", levels of categories, what fills gaps, and scales; no training row is kept",
    };
}
