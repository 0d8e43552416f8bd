using ScottPlot;
using SkiaSharp;

namespace ElasticNet.Fast.Plots;

/// <summary>A table of tiles, a name for each row and column: the deeper the colour, the more; numbers where there is room for all of them. As many rows and columns as fit, the first of them.</summary>
/// <param name="rows">Names of the rows, from the top.</param>
/// <param name="columns">Names of the columns.</param>
/// <param name="tile">Of row and column the share of the deepest colour in [0, 1] (0 or NaN for none), a number, and whether it has the colour of what counts.</param>
/// <param name="isSquare">Whether rows and columns are of the same, so that as many of both are shown.</param>
internal sealed class TileGrid(string[] rows, string[] columns, Func<int, int, (double Share, string Number, bool IsFirst)> tile, bool isSquare = false)
{
    /// <summary>No narrower, a column has no room for its name.</summary>
    private const int LeastWidth = 15;

    private const int RowHeight = 14;

    /// <summary>A tile that is hardly there is still seen.</summary>
    private const double Faintest = 0.1;

    /// <summary>Draws it.</summary>
    /// <param name="style">Size and theme.</param>
    /// <param name="title">First line.</param>
    /// <param name="subtitle">Second line; what is left out is added.</param>
    /// <param name="unit">What comes last.</param>
    public Sheet Draw(PictureStyle style, string title, string subtitle, string unit = "")
    {
        using SKFont font = Lettering.Font(12);
        double widestRow = rows.Select(name => Sheet.WidthOf(FeatureName.Shown(name))).DefaultIfEmpty(0).Max();
        int left = (int)Math.Min(widestRow, style.Width * 0.35) + 26, across = Math.Min(columns.Length, Math.Max(1, (style.Width - left - 20) / LeastWidth));
        double width = (double)(style.Width - left - 20) / across, widest = columns.Take(across).Max(name => font.MeasureText(FeatureName.Shown(name)));
        bool isUpright = widest > width - 6;
        double room = isUpright ? Math.Min(widest, style.Height * 0.22) : 0;
        int below = 36 + (int)room, down = Math.Min(rows.Length, Math.Max(1, (style.Height - 72 - below) / RowHeight));
        if (isSquare)
            down = across = Math.Min(down, across);
        width = (double)(style.Width - left - 20) / across;
        string cut = (down < rows.Length ? FormattableString.Invariant($"; the first {down} of {rows.Length} rows") : "") + (across < columns.Length ? FormattableString.Invariant($"; the first {across} of {columns.Length} columns") : "");
        Sheet sheet = new(style, title, subtitle + cut + unit, left, 20, below);
        sheet.Limit(-0.5, across - 0.5, -Math.Max(1, down) + 0.5, 0.5);
        sheet.LeftTicks([.. rows.Take(down).Select((name, k) => ((double)-k, Lettering.FitName(name, font, style.Width * 0.35)))]);
        sheet.BottomTicks([]);
        (int Row, int Column)[] all = [.. Enumerable.Range(0, down * across).Select(at => (at / across, at % across))];
        // Some without a number beside others with one would look like less.
        bool hasNumbers = all.All(at => !(tile(at.Row, at.Column).Share > 0) || Sheet.WidthOf(tile(at.Row, at.Column).Number) <= width - 4);
        foreach ((int row, int column) in all)
            Draw(sheet, row, column, width, hasNumbers);

        for (int column = 0; column < across; column++)
        {
            double x = sheet.PixelX(column), y = sheet.DataTop + sheet.DataHeight + 8;
            if (isUpright)
                sheet.Upright(Lettering.FitName(columns[column], font, room), x + 4, y, sheet.Ink.Text);
            else
                sheet.Word(FeatureName.Shown(columns[column]), x, y + 10, sheet.Ink.Text, SKTextAlign.Center);
        }

        return sheet;
    }

    private void Draw(Sheet sheet, int row, int column, double width, bool hasNumber)
    {
        (double share, string number, bool isFirst) = tile(row, column);
        if (!(share > 0))
            return;
        double strength = Faintest + (1 - Faintest) * Math.Min(1, share);
        Color color = isFirst ? sheet.Ink.First : sheet.Ink.Second;
        sheet.Box(column - 0.5 + 1 / width, column + 0.5 - 1 / width, -row - 0.45, -row + 0.45, color.WithAlpha(strength));
        if (hasNumber)
            sheet.Word(number, sheet.PixelX(column), sheet.PixelY(-row) + 4, strength > 0.6 ? sheet.Ink.Ground : sheet.Ink.Text, SKTextAlign.Center);
    }
}
