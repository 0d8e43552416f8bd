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
        double at = sheet.PixelX(x), width = Sheet.WidthOf(text), y = sheet.PixelY(sheet.Highest) + 16 + 16 * row;
        double right = at + 6, left = at - 6 - width;
        // To the right of the line, or else to its left, or across it: within the picture, and not among the names beside the curves.
        double start = right + width <= sheet.DataRight ? right : left >= 4 ? left : Math.Max(4, sheet.DataRight - width);
        sheet.Ground(start - 2, y - 12, width + 4, 15);
        sheet.Word(text, start, y, sheet.Ink.Text, SKTextAlign.Left);
    }
}
