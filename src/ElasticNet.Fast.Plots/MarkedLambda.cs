using ScottPlot;
using SkiaSharp;

namespace ElasticNet.Fast.Plots;

/// <summary>A dashed line at a λ, and beside its upper end what it is, on the side where there is room.</summary>
internal static class MarkedLambda
{
    /// <summary>Draws it.</summary>
    /// <param name="sheet">Where.</param>
    /// <param name="x">The place.</param>
    /// <param name="text">What it is.</param>
    /// <param name="row">Words of different rows do not meet.</param>
    public static void Draw(Sheet sheet, double x, string text, int row)
    {
        sheet.Vertical(x, sheet.Ink.Quiet, Dash.Dashed);
        using SKFont font = Lettering.Font(12);
        string shown = Lettering.Fit(text, font, sheet.DataWidth - 4);
        double at = sheet.PixelX(x), width = font.MeasureText(shown), y = sheet.PixelY(sheet.Highest) + 16 + 16 * row;
        double right = at + 6, left = at - 6 - width;
        // To the right of the line, or else to its left, or across it: always among the curves, never among the numbers and names beside them.
        double start = right + width <= sheet.DataRight ? right : left >= sheet.DataLeft ? left : sheet.DataRight - width;
        sheet.Ground(start - 2, y - 12, width + 4, 15);
        sheet.Word(shown, start, y, sheet.Ink.Text, SKTextAlign.Left);
    }
}
