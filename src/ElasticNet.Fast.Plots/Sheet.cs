using ScottPlot;
using SkiaSharp;

namespace ElasticNet.Fast.Plots;

/// <summary>A picture being drawn: axes and ticks by the plotting library, in a data area with known margins, so that words can be put beside it to the pixel.</summary>
internal sealed class Sheet : IDisposable
{
    private const float TextSize = 12;
    private const int LineHeight = 16;

    private readonly Plot _plot = new();
    private readonly List<Action<SKCanvas>> _marks = [];
    private readonly List<Action<SKCanvas>> _words = [];
    private readonly PixelPadding _margins;
    private (double Left, double Right, double Bottom, double Top) _limits;

    /// <param name="style">Size and theme.</param>
    /// <param name="title">First line.</param>
    /// <param name="subtitle">Second line: what is left out, what is marked.</param>
    /// <param name="left">Margin for the words on the left.</param>
    /// <param name="right">Margin for the words on the right.</param>
    /// <param name="bottom">Margin for the words below.</param>
    public Sheet(PictureStyle style, string title, string subtitle, int left, int right, int bottom = 52)
    {
        Style = style;
        Ink = Ink.Of(style.Theme);
        List<string> lines = Wrap(subtitle, style.Width - 24);
        _margins = new(left, right, bottom, 40 + LineHeight * lines.Count);
        _plot.Layout.Fixed(_margins);
        _plot.FigureBackground.Color = Ink.Ground;
        _plot.DataBackground.Color = Ink.Ground;
        _plot.Axes.Color(Ink.Text);
        _plot.Axes.Right.IsVisible = _plot.Axes.Top.IsVisible = false;
        _plot.Grid.MajorLineColor = Ink.Grid;
        _plot.Font.Set(Lettering.Family);
        using SKFont large = Lettering.Font(15, bold: true);
        Word(Lettering.Fit(title, large, style.Width - 24), 12, 24, Ink.Text, SKTextAlign.Left, 15, bold: true);
        foreach ((int k, string line) in lines.Index())
            Word(line, 12, 42 + LineHeight * k, Ink.Quiet, SKTextAlign.Left);
    }

    /// <summary>Size and theme.</summary>
    public PictureStyle Style { get; }

    /// <summary>Colours.</summary>
    public Ink Ink { get; }

    /// <summary>Height of the data area in pixels.</summary>
    public double DataHeight => Style.Height - _margins.Top - _margins.Bottom;

    /// <summary>Width of the data area in pixels.</summary>
    public double DataWidth => Style.Width - _margins.Left - _margins.Right;

    /// <summary>Pixels from the left edge of the picture to the data area.</summary>
    public double DataLeft => _margins.Left;

    /// <summary>Pixels from the left edge of the picture to the right edge of the data area.</summary>
    public double DataRight => Style.Width - _margins.Right;

    /// <summary>Pixels from the top edge of the picture to the data area.</summary>
    public double DataTop => _margins.Top;

    /// <summary>The upper edge of the data area.</summary>
    public double Highest => _limits.Top;

    /// <summary>What the data area shows, with numbers along the left.</summary>
    public void Limit(double left, double right, double bottom, double top)
    {
        (left, right) = Apart(left, right);
        (bottom, top) = Apart(bottom, top);
        _limits = (left, right, bottom, top);
        _plot.Axes.SetLimits(left, right, bottom, top);
        SetTicks(_plot.Axes.Left, NumberTicks.Between(bottom, top, (int)(DataHeight / 45)));
        SetTicks(_plot.Axes.Bottom, NumberTicks.Between(left, right, (int)(DataWidth / 75)));
    }

    /// <summary>What the axes are, as far as there is room: the words stand in the middle of the data area.</summary>
    public void Label(string bottom, string left)
    {
        using SKFont font = Lettering.Font(TextSize);
        _plot.XLabel(Lettering.Fit(bottom, font, DataWidth + 2 * Math.Min(_margins.Left, _margins.Right)), TextSize);
        _plot.YLabel(Lettering.Fit(left, font, DataHeight), TextSize);
        _plot.Axes.Bottom.Label.Bold = _plot.Axes.Left.Label.Bold = false;
    }

    /// <summary>Other marks along the bottom.</summary>
    public void BottomTicks(IReadOnlyList<(double At, string Text)> ticks) => SetTicks(_plot.Axes.Bottom, ticks);

    /// <summary>Other marks on the left, without lines: names.</summary>
    public void LeftTicks(IReadOnlyList<(double At, string Text)> ticks)
    {
        SetTicks(_plot.Axes.Left, ticks);
        _plot.Axes.Left.MajorTickStyle.Length = 0;
        _plot.Grid.YAxisStyle.IsVisible = false;
    }

    /// <summary>A curve. Points between two of the same height are left out.</summary>
    public void Line(double[] xs, double[] ys, Color color, float width, Dash dash = Dash.Solid) => _marks.Add(canvas =>
    {
        using SKPath path = new();
        path.MoveTo((float)PixelX(xs[0]), (float)PixelY(ys[0]));
        for (int k = 1; k < xs.Length; k++)
        {
            if (k == xs.Length - 1 || ys[k] != ys[k - 1] || ys[k] != ys[k + 1])
                path.LineTo((float)PixelX(xs[k]), (float)PixelY(ys[k]));
        }

        using SKPaint paint = Stroke(color, width);
        using SKPathEffect? dashes = Dashes(dash);
        paint.PathEffect = dashes;
        canvas.DrawPath(path, paint);
    });

    /// <summary>Points.</summary>
    public void Dots(double[] xs, double[] ys, Color color, float size) => _marks.Add(canvas =>
    {
        using SKPaint paint = Paint(color);
        for (int k = 0; k < xs.Length; k++)
            canvas.DrawCircle((float)PixelX(xs[k]), (float)PixelY(ys[k]), size / 2, paint);
    });

    /// <summary>A straight line between two points.</summary>
    public void Segment(double x0, double y0, double x1, double y1, Color color, float width, Dash dash = Dash.Solid) =>
        Line([x0, x1], [y0, y1], color, width, dash);

    /// <summary>A filled rectangle.</summary>
    public void Box(double left, double right, double bottom, double top, Color color) => _marks.Add(canvas =>
    {
        using SKPaint paint = Paint(color);
        canvas.DrawRect(new SKRect((float)PixelX(left), (float)PixelY(top), (float)PixelX(right), (float)PixelY(bottom)), paint);
    });

    /// <summary>A line from top to bottom.</summary>
    public void Vertical(double x, Color color, Dash dash) => Segment(x, _limits.Bottom, x, _limits.Top, color, 1, dash);

    /// <summary>A line from left to right.</summary>
    public void Horizontal(double y, Color color, Dash dash) => Segment(_limits.Left, y, _limits.Right, y, color, 1, dash);

    /// <summary>Where a value lies, in pixels from the left.</summary>
    public double PixelX(double x) => _margins.Left + (x - _limits.Left) / (_limits.Right - _limits.Left) * DataWidth;

    /// <summary>Where a value lies, in pixels from the top.</summary>
    public double PixelY(double y) => _margins.Top + (_limits.Top - y) / (_limits.Top - _limits.Bottom) * DataHeight;

    /// <summary>Words, where their base line begins, ends or has its middle.</summary>
    public void Word(string text, double x, double y, Color color, SKTextAlign align, float size = TextSize, bool bold = false) => _words.Add(canvas =>
    {
        using SKFont font = Lettering.Font(size, bold);
        using SKPaint paint = Paint(color);
        canvas.DrawText(text, (float)x, (float)y, align, font, paint);
    });

    /// <summary>Words that are read upwards, where their base line ends.</summary>
    public void Upright(string text, double x, double y, Color color) => _words.Add(canvas =>
    {
        using SKFont font = Lettering.Font(TextSize);
        using SKPaint paint = Paint(color);
        canvas.Save();
        canvas.RotateDegrees(-90, (float)x, (float)y);
        canvas.DrawText(text, (float)x, (float)y, SKTextAlign.Right, font, paint);
        canvas.Restore();
    });

    /// <summary>Ground in pixels, for words that stand on lines.</summary>
    public void Ground(double x, double y, double width, double height) => _words.Add(canvas =>
    {
        using SKPaint paint = Paint(Ink.Ground.WithAlpha(0.85));
        canvas.DrawRect((float)x, (float)y, (float)width, (float)height, paint);
    });

    /// <summary>A thin line in pixels, from a curve to its name.</summary>
    public void Leader(double x0, double y0, double x1, double y1, Color color) => _words.Add(canvas =>
    {
        using SKPaint paint = Stroke(color, 1);
        canvas.DrawLine((float)x0, (float)y0, (float)x1, (float)y1, paint);
    });

    /// <summary>How wide words are.</summary>
    public static double WidthOf(string text)
    {
        using SKFont font = Lettering.Font(TextSize);
        return font.MeasureText(text);
    }

    /// <summary>Draws everything: axes by the library, then what belongs into the data area, clipped to it, then words.</summary>
    public void Render(SKCanvas canvas)
    {
        // The library draws everything twice on a canvas of unknown layout; once it knows it, only once.
        _plot.RenderInMemory(Style.Width, Style.Height);
        _plot.Render(canvas, Style.Width, Style.Height);
        canvas.Save();
        canvas.ClipRect(new SKRect((float)DataLeft, _margins.Top - 1, (float)DataRight + 1, (float)(_margins.Top + DataHeight) + 1));
        foreach (Action<SKCanvas> mark in _marks)
            mark(canvas);
        canvas.Restore();
        foreach (Action<SKCanvas> word in _words)
            word(canvas);
    }

    /// <inheritdoc/>
    public void Dispose() => _plot.Dispose();

    // As many words on a line as fit; what comes after the third line is cut.
    private static List<string> Wrap(string text, double width)
    {
        using SKFont font = Lettering.Font(TextSize);
        List<string> lines = [""];
        foreach (string word in FeatureName.Shown(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            if (lines.Count == 3 || lines[^1].Length == 0 || font.MeasureText(longer) <= width)
                lines[^1] = longer;
            else
                lines.Add(word);
        }

        return lines.ConvertAll(line => Lettering.Fit(line, font, width));
    }

    // Ends that rounding hardly tells apart have no room for a picture between them.
    private static (double Low, double High) Apart(double low, double high)
    {
        double size = Math.Max(Math.Abs(low), Math.Abs(high));
        double air = high - low > 1e-9 * size ? 0 : size > 0 ? 1e-6 * size : 1;
        return (low - air, high + air);
    }

    private static SKPaint Stroke(Color color, float width)
    {
        SKPaint paint = Paint(color);
        (paint.Style, paint.StrokeWidth, paint.StrokeJoin) = (SKPaintStyle.Stroke, width, SKStrokeJoin.Round);
        return paint;
    }

    private static SKPathEffect? Dashes(Dash dash) => dash switch
    {
        Dash.Dashed => SKPathEffect.CreateDash([7, 5], 0),
        Dash.Dotted => SKPathEffect.CreateDash([2, 4], 0),
        _ => null,
    };

    private static SKPaint Paint(Color color) => new() { Color = new SKColor(color.Red, color.Green, color.Blue, color.Alpha), IsAntialias = true };

    private static void SetTicks(IAxis axis, IReadOnlyList<(double At, string Text)> ticks)
    {
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks.Select(tick => tick.At)], [.. ticks.Select(tick => tick.Text)]);
        axis.MinorTickStyle.Length = 0;
    }
}
