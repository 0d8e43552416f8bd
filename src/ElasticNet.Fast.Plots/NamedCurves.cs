using ScottPlot;

namespace ElasticNet.Fast.Plots;

/// <summary>Many curves over one axis: the ones that matter most in colour and named at their ends, the others thin and grey behind.</summary>
internal static class NamedCurves
{
    /// <summary>One of them.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Xs">Where.</param>
    /// <param name="Ys">How high.</param>
    /// <param name="Weight">The larger, the sooner it is named; 0 or less never.</param>
    public readonly record struct Curve(string Name, double[] Xs, double[] Ys, double Weight);

    /// <summary>Those to be named, the most important first: as many as the style allows and its height has room for.</summary>
    public static Curve[] Named(IEnumerable<Curve> curves, PictureStyle style) =>
        [.. curves.Where(curve => curve.Weight > 0).OrderByDescending(curve => curve.Weight).Take(Math.Min(style.MostNames, (int)((style.Height - 130) / DirectLabels.LineHeight)))];

    /// <summary>Draws them all.</summary>
    public static void Draw(Sheet sheet, IReadOnlyList<Curve> curves, Curve[] named, int margin)
    {
        HashSet<double[]> colored = [.. named.Select(curve => curve.Ys)];
        foreach (Curve curve in curves)
        {
            if (!colored.Contains(curve.Ys))
                sheet.Line(curve.Xs, curve.Ys, sheet.Ink.Faint, 1);
        }

        List<(string, double, Color)> labels = [];
        for (int k = named.Length - 1; k >= 0; k--)
        {
            (Color color, Dash dash) = sheet.Ink.Curve(k);
            sheet.Line(named[k].Xs, named[k].Ys, color, 2, dash);
            labels.Add((named[k].Name, named[k].Ys[^1], color));
        }

        DirectLabels.Write(sheet, labels, margin);
    }
}
