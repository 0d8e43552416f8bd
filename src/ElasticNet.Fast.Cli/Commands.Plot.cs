using ConsoleAppFramework;

namespace ElasticNet.Fast.Cli;

// enet plot.
internal sealed partial class Commands
{
    /// <summary>Draws a picture of a model, as SVG or PNG.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="kind">path (effects against log λ), norm (effects against their L1 norm), cv (cross-validated error), coefficients, or residuals. path and norm take a model fitted with --keep-path or --report, residuals takes --data.</param>
    /// <param name="Out">The picture, .svg or .png.</param>
    /// <param name="output">Of a model of several classes or responses the one whose effects path, norm and coefficients draw. Default: all of them, in paths the root of the sum of squares over them.</param>
    /// <param name="data">The CSV, Parquet or Arrow file whose rows are predicted for residuals, - for standard input.</param>
    /// <param name="target">Column with what is compared with the predictions. Default: the model's target.</param>
    /// <param name="offset">Column with the offset, for a model that was fitted with one.</param>
    /// <param name="na">Cells that are missing values besides empty ones, as in fit.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma. Default: as in fit.</param>
    /// <param name="thousands">What may stand between thousands. Default: as in fit.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8.</param>
    /// <param name="width">Width in pixels of 1/96 inch, from 240 to 8000. Default 800.</param>
    /// <param name="height">Height likewise, from 200 to 8000. Default 500.</param>
    /// <param name="names">How many curves are named at most. Default 12.</param>
    /// <param name="theme">light or dark. Default light.</param>
    public void Plot(
        [Argument] string model,
        string kind,
        string Out,
        [HideDefaultValue] string? output = null,
        [HideDefaultValue] string? data = null,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? Decimal = null,
        [HideDefaultValue] string? thousands = null,
        [HideDefaultValue] string? encoding = null,
        [HideDefaultValue] string? width = null,
        [HideDefaultValue] string? height = null,
        [HideDefaultValue] string? names = null,
        [HideDefaultValue] string? theme = null,
        CancellationToken cancellationToken = default) =>
        Guard(() => new PlotCommand(
            terminal, model, kind, output, PictureFile.Parse(Out, width, height, names, theme)!,
            new(data, target, offset, ReadingSettings.Parse(na, null, null, delimiter, Decimal, thousands, signs: false, dates: null, encoding)))
            .Run(cancellationToken));
}
