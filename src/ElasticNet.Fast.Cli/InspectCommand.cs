using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Model file in, its contents as text or JSON out.</summary>
internal static class InspectCommand
{
    /// <summary>Shows the model.</summary>
    public static void Run(Terminal terminal, string modelPath, bool json)
    {
        using ElasticNetModel model = ElasticNetModel.Load(InputFile.Existing(modelPath));
        if (json)
        {
            ModelJson.Write(model, terminal.OutputStream);
            return;
        }
        ModelReport.Write(model, terminal.Output);
        terminal.Output.WriteLine($"fitted by      ElasticNet.Fast {PlainText.OneLine(model.Provenance.LibraryVersion)}");
        terminal.Output.WriteLine(
            "from the data  intercept, coefficients, standard deviations of the selected features, λ, cross-validated errors, "
            + "fit statistics, column names and the number of rows; no training row is kept");
    }
}
