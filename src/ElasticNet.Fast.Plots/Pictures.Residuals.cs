using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>So many points are drawn at most; of more rows a sample.</summary>
    private const int MostDots = 4000;

    /// <summary>Residuals y − ŷ against the predictions ŷ; of more than 4000 rows a sample, always the same.</summary>
    /// <param name="predictions">ŷ, one per row.</param>
    /// <param name="target">y, as many. Rows where either is not finite are left out.</param>
    /// <exception cref="ArgumentException">Lengths differ, or no row is left.</exception>
    public static Picture Residuals(ReadOnlySpan<double> predictions, ReadOnlySpan<double> target)
    {
        if (predictions.Length != target.Length)
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(predictions)}' (length {predictions.Length}) must have as many values as '{nameof(target)}' ({target.Length})."), nameof(predictions));
        List<(double X, double Y)> rows = [];
        for (int i = 0; i < target.Length; i++)
        {
            if (double.IsFinite(predictions[i]) && double.IsFinite(target[i]))
                rows.Add((predictions[i], target[i] - predictions[i]));
        }

        if (rows.Count == 0)
            throw new ArgumentException(FormattableString.Invariant($"None of the {target.Length} rows has a finite prediction and target."), nameof(predictions));
        int all = rows.Count;
        double deviation = Math.Sqrt(rows.Average(row => row.Y * row.Y));
        (double X, double Y)[] drawn = all <= MostDots ? [.. rows] : Sample(rows);
        double[] xs = Array.ConvertAll(drawn, row => row.X), ys = Array.ConvertAll(drawn, row => row.Y);
        string title = "Residuals";
        string description = FormattableString.Invariant($"Target minus prediction of {all} rows against the prediction; root mean square {deviation:g4}.");
        return new(title, description, style =>
        {
            string sample = drawn.Length < all ? FormattableString.Invariant($", a sample of {drawn.Length}") : "";
            Sheet sheet = new(style, title, FormattableString.Invariant($"target − prediction, {all} rows{sample}; dashed: ± 2 root mean squares ({deviation:g4})"), 78, 24);
            double left = xs.Min(), right = xs.Max(), reach = Math.Max(Math.Max(-ys.Min(), ys.Max()), 2 * deviation);
            double air = right > left ? 0.03 * (right - left) : 1;
            reach = reach > 0 ? 1.06 * reach : 1;
            sheet.Limit(left - air, right + air, -reach, reach);
            sheet.Label("prediction", "residual");
            sheet.Dots(xs, ys, sheet.Ink.First.WithAlpha(drawn.Length > 500 ? 0.35 : 0.65), 5);
            sheet.Horizontal(0, sheet.Ink.Text, Dash.Solid);
            sheet.Horizontal(2 * deviation, sheet.Ink.Quiet, Dash.Dashed);
            sheet.Horizontal(-2 * deviation, sheet.Ink.Quiet, Dash.Dashed);
            return sheet;
        });
    }

    // Selection sampling: each row with equal chance, in one pass.
    private static (double X, double Y)[] Sample(List<(double X, double Y)> rows)
    {
        Xoshiro256 random = new(1);
        List<(double, double)> drawn = new(MostDots);
        for (int i = 0; i < rows.Count; i++)
        {
            if (random.Next(rows.Count - i) < MostDots - drawn.Count)
                drawn.Add(rows[i]);
        }

        return [.. drawn];
    }
}
