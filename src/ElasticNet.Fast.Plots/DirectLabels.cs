using ScottPlot;
using SkiaSharp;

namespace ElasticNet.Fast.Plots;

/// <summary>Names written beside the ends of their curves, moved apart so that none covers another, each with a line to its curve.</summary>
internal static class DirectLabels
{
    /// <summary>Height of a name.</summary>
    public const double LineHeight = 15;

    private const int Gap = 18;

    /// <summary>The margin that names need.</summary>
    public static int MarginFor(IEnumerable<string> names, PictureStyle style)
    {
        double most = style.Width * 0.3, widest = 0;
        using SKFont font = Lettering.Font(12);
        foreach (string name in names)
            widest = Math.Max(widest, font.MeasureText(FeatureName.Shown(name)));
        return (int)(Math.Min(widest, most) + Gap + 10);
    }

    /// <summary>Writes them to the right of the data area.</summary>
    /// <param name="sheet">Where.</param>
    /// <param name="labels">Name, height of the end of its curve, and colour.</param>
    /// <param name="margin">What <see cref="MarginFor"/> gave.</param>
    public static void Write(Sheet sheet, IReadOnlyList<(string Name, double Value, Color Color)> labels, int margin)
    {
        int[] order = [.. Enumerable.Range(0, labels.Count).OrderBy(k => sheet.PixelY(labels[k].Value))];
        double[] wanted = Array.ConvertAll(order, k => sheet.PixelY(labels[k].Value));
        double[] placed = Apart(wanted, LineHeight, sheet.DataTop, sheet.Style.Height - 52);
        using SKFont font = Lettering.Font(12);
        for (int i = 0; i < order.Length; i++)
        {
            (string name, _, Color color) = labels[order[i]];
            sheet.Leader(sheet.DataRight + 1, wanted[i], sheet.DataRight + Gap - 4, placed[i], color);
            sheet.Word(Lettering.FitName(name, font, margin - Gap - 6), sheet.DataRight + Gap, placed[i] + 4, color, SKTextAlign.Left);
        }
    }

    /// <summary>
    /// The places nearest to the wanted ones (least squares) that lie at least a distance apart, in their order: neighbours that
    /// would touch are merged into a block that sits at the mean of what its members want (pool adjacent violators).
    /// </summary>
    /// <param name="wanted">Ascending.</param>
    /// <param name="distance">Least distance.</param>
    /// <param name="start">No place lies before.</param>
    /// <param name="end">No place lies beyond, as far as there is room.</param>
    internal static double[] Apart(double[] wanted, double distance, double start, double end)
    {
        List<(double Sum, int Count)> blocks = [];
        for (int i = 0; i < wanted.Length; i++)
        {
            // In coordinates from which the distances are taken out, apart means ascending.
            (double Sum, int Count) block = (wanted[i] - i * distance, 1);
            while (blocks.Count > 0 && blocks[^1].Sum / blocks[^1].Count >= block.Sum / block.Count)
            {
                block = (block.Sum + blocks[^1].Sum, block.Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }

            blocks.Add(block);
        }

        double[] placed = new double[wanted.Length];
        int at = 0;
        foreach ((double sum, int count) in blocks)
        {
            for (int k = 0; k < count; k++, at++)
                placed[at] = Math.Max(Math.Min(sum / count, end - (wanted.Length - 1) * distance), start) + at * distance;
        }

        return placed;
    }
}
