using System.Globalization;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Models;

namespace ElasticNet.Fast.Cli;

/// <summary>Model file and rows in (CSV, JSON lines, or svmlight by the name of the file), predictions out, streaming.</summary>
internal static class PredictCommand
{
    /// <summary>Predicts every row.</summary>
    public static void Run(Terminal terminal, string modelPath, string rows, PredictSettings settings, bool zeroBased, ReadingSettings reading, CancellationToken cancellationToken)
    {
        bool isSvmLight = SvmLightInput.Is(rows, zeroBased);
        PredictionOptions written = settings.Written;
        if (isSvmLight && (settings.HasOffset || reading.SaysHowCellsAreRead || written.KeepsAll || written.Keep.Count > 0 || written.Json))
            throw new UsageException("--exposure, --offset, --append, --id, --json, --na, --delimiter, --decimal, --thousands and --encoding are for a CSV; a svmlight file has no columns to name and no missing values");
        bool isTyped = TypedTable.Is(rows);
        if (isTyped && written.Json)
            throw new UsageException($"--json is for rows that are JSON, and '{Path.GetFileName(rows)}' has typed columns; predictions of it are written as CSV");
        if (isTyped)
            TypedTable.CheckReading(rows, reading);
        if (written.Json && reading.Delimiter is not null)
            throw new UsageException("--delimiter is for a CSV; JSON has its own");
        OutputFile.Check("--out", settings.Out);
        using AtomicFile? file = settings.Out is null ? null : new(settings.Out);
        Stream output = file?.Content ?? terminal.OutputStream;
        bool isSilent = terminal.ShowsOutput && file is null;
        using ElasticNetModel model = ElasticNetModel.Load(InputFile.Existing(modelPath));
        if (settings.IsForCox && !model.Family.IsSurvival)
            throw new UsageException($"--type risk and --type survival are of Cox models, and this one is of the family {model.Family.Title}: response, link or class");
        if (settings.NamesThreshold && model.Outputs > 1)
            throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--threshold is of models of two classes, and this one has {model.Outputs}: --type class writes the most probable"));
        if (isSvmLight && written.Type == PredictionType.Survival)
            throw new UsageException("--type survival is for a CSV");
        if (isSvmLight)
        {
            SvmLightInput.CheckBase(model, zeroBased);
            PredictionWriter.WriteSvmLight(model, CsvText.Open(terminal.OpenRead(rows, isSilent)), output, zeroBased, out long ignored, written.Type, written.Threshold, cancellationToken);
            file?.Commit();
            if (ignored > 0)
                terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{ignored} entries of features beyond the {model.FeatureCount} of the model count nowhere"));
            return;
        }

        if (model.Provenance.HasOffset && !settings.HasOffset)
            throw new CsvDataException(model.OutputNames is { } outputs ? $"the model was fitted with an offset for each of its {model.Family.OutputsNoun} ({ClassLabels.Listed(outputs)}) and needs them to predict: name their columns in this order with --offset, separated by commas" : "the model was fitted with an offset and needs one to predict: name its column with --offset, or with --exposure one whose logarithm it is");
        CsvRowOptions options = reading.RowOptions with { ExposureColumn = settings.Exposure, StratumColumn = settings.Strata };
        // A name may have a comma; of several offsets it separates them.
        options = model.Outputs > 1 && settings.Offset is { } offsets ? options with { OffsetColumns = OptionValue.List("--offset", offsets) } : options with { OffsetColumn = settings.Offset };
        written = written with { Note = note => terminal.Say($"note: {note}") };
        InputTally tally;
        if (isTyped)
            PredictionWriter.Write(model, new TypedRows(rows, cancellationToken), output, written, options, out tally, cancellationToken);
        else
            PredictionWriter.Write(model, CsvText.Open(terminal.OpenRead(rows, isSilent), reading.Encoding), output, written, options, out tally, cancellationToken);
        file?.Commit();
        if (tally.ToString() is { Length: > 0 } said)
            terminal.Say($"note: {said}");
    }
}
