using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Cli;

/// <summary>Model file in, picture out.</summary>
internal sealed class PlotCommand(Terminal terminal, string modelPath, string kind, string? output, PictureFile file, PlotCommand.RowSource rows)
{
    /// <summary>Loads, draws and saves.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        if (kind is not ("path" or "norm" or "cv" or "coefficients" or "residuals"))
            throw OptionValue.Refused("--kind", kind, "be path, norm, cv, coefficients or residuals");
        if (kind == "residuals" != rows.Data is not null)
            throw new UsageException(rows.Data is null ? "--kind residuals needs rows to predict: --data names a CSV" : $"--data is for --kind residuals; --kind {kind} needs the model alone");
        if (rows.Data is not null)
            SvmLightInput.Refuse(rows.Data, "plot --data");
        if (rows.Data is null && (rows.Target ?? rows.Offset) is not null)
            throw new UsageException($"{(rows.Target is null ? "--offset" : "--target")} is for --kind residuals");
        if (output is not null && (kind is "cv" or "residuals"))
            throw new UsageException("--output is for --kind path, norm and coefficients, which draw effects");
        using ElasticNetModel model = ElasticNetModel.Load(InputFile.Existing(modelPath));
        if (output is not null && model.OutputNames?.Contains(output) != true)
            throw new UsageException(model.OutputNames is { } known ? $"--output must be one of the {model.Family.OutputsNoun} of the model, {ClassLabels.Listed(known)}, but is '{output}'" : $"--output is for models of several classes or responses, and this one is of the family {model.Family}");
        file.Save(kind switch
        {
            "path" => Pictures.CoefficientPaths(PathOf(model), PathAxis.LogLambda, model.Fit.Lambda, output),
            "norm" => Pictures.CoefficientPaths(PathOf(model), PathAxis.L1Norm, model.Fit.Lambda, output),
            "cv" => Pictures.CrossValidation(model),
            "coefficients" => Pictures.Coefficients(model, output),
            _ => Residuals(model, cancellationToken),
        });
        terminal.Output.WriteLine($"picture        {file.Name}");
    }

    private static RegularizationPath PathOf(ElasticNetModel model) => model.Path
        ?? throw new InvalidOperationException("the model keeps no path to draw; fit it with --keep-path (or --report) and --out");

    private Picture Residuals(ElasticNetModel model, CancellationToken cancellationToken)
    {
        model.Family.DemandRowLoss("A picture of residuals");
        string target = rows.Target ?? model.TargetName ?? throw new UsageException("the model does not know the name of its target; --target names the column");
        CsvRowOptions options = rows.Reading.RowOptions with { OffsetColumn = rows.Offset, TargetColumn = target };
        List<double> predictions = [], targets = [];
        using var reader = TableInput.Rows(terminal, rows.Data!, rows.Reading, model, options);
        foreach (string note in reader.Notes)
            terminal.Say($"note: {note}");
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            predictions.Add(model.Provenance.HasOffset ? model.Predict(reader.Row, reader.Offset) : model.Predict(reader.Row));
            targets.Add(reader.Target);
        }

        return Pictures.Residuals(predictions.ToArray(), targets.ToArray());
    }

    /// <summary>The rows that residuals are of.</summary>
    internal sealed record RowSource(string? Data, string? Target, string? Offset, ReadingSettings Reading);
}
