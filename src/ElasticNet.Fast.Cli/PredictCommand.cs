using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Model file and CSV in, predictions out, streaming.</summary>
internal static class PredictCommand
{
    /// <summary>Predicts every row.</summary>
    public static void Run(Terminal terminal, string modelPath, string rows, string? offset, ReadingSettings reading, CancellationToken cancellationToken)
    {
        using ElasticNetModel model = ElasticNetModel.Load(InputFile.Existing(modelPath));
        if (model.Provenance.HasOffset && offset is null)
            throw new CsvDataException("the model was fitted with an offset and needs one to predict: name its column with --offset");
        PredictionWriter.Write(model, CsvText.Open(terminal.OpenRead(rows, isSilent: terminal.ShowsOutput)), terminal.OutputStream, reading.RowOptions with { OffsetColumn = offset }, cancellationToken);
    }
}
