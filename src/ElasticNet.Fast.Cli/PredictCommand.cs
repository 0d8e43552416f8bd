using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Model file and rows in (CSV, or svmlight by the name of the file), predictions out, streaming.</summary>
internal static class PredictCommand
{
    /// <summary>Predicts every row.</summary>
    public static void Run(Terminal terminal, string modelPath, string rows, PredictSettings settings, bool zeroBased, ReadingSettings reading, CancellationToken cancellationToken)
    {
        bool isSvmLight = SvmLightInput.Is(rows, zeroBased);
        if (isSvmLight && (settings.HasOffset || reading.SaysHowCellsAreRead))
            throw new UsageException("--exposure, --offset, --na, --delimiter, --decimal, --thousands and --encoding are for a CSV; a svmlight file has no columns to name and no missing values");
        using ElasticNetModel model = ElasticNetModel.Load(InputFile.Existing(modelPath));
        if (isSvmLight)
        {
            SvmLightInput.CheckBase(model, zeroBased);
            PredictionWriter.WriteSvmLight(model, CsvText.Open(terminal.OpenRead(rows, isSilent: terminal.ShowsOutput)), terminal.OutputStream, zeroBased, out long ignored, settings.Type, settings.Threshold, cancellationToken);
            if (ignored > 0)
                terminal.Say(string.Create(CultureInfo.InvariantCulture, $"{ignored} entries of features beyond the {model.FeatureCount} of the model count nowhere"));
            return;
        }

        if (model.Provenance.HasOffset && !settings.HasOffset)
            throw new CsvDataException("the model was fitted with an offset and needs one to predict: name its column with --offset, or with --exposure one whose logarithm it is");
        PredictionWriter.Write(
            model, CsvText.Open(terminal.OpenRead(rows, isSilent: terminal.ShowsOutput), reading.Encoding), terminal.OutputStream, reading.RowOptions with { OffsetColumn = settings.Offset, ExposureColumn = settings.Exposure },
            out InputTally tally, settings.Type, settings.Threshold, cancellationToken);
        if (tally.ToString() is { Length: > 0 } said)
            terminal.Say($"note: {said}");
    }
}
