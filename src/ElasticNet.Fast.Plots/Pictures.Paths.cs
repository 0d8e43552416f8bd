namespace ElasticNet.Fast.Plots;

/// <summary>The pictures of models and what they were chosen by.</summary>
public static partial class Pictures
{
    /// <summary>
    /// How the effect of each feature per standard deviation grows as λ falls. The features of largest effect anywhere on the path are
    /// named, at the right end of their curves.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="against">What lies along the bottom.</param>
    /// <param name="chosenLambda">A λ to be marked, or NaN.</param>
    /// <exception cref="ArgumentException">Fewer than two solutions of the path have a place on the axis: a logarithm takes λ above 0.</exception>
    public static Picture CoefficientPaths(RegularizationPath path, PathAxis against = PathAxis.LogLambda, double chosenLambda = double.NaN)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Enum.IsDefined(against))
            throw new ArgumentOutOfRangeException(nameof(against), $"'{nameof(against)}' ({against}) must be a defined axis.");
        if (path.OutputNames is { } outputs)
            throw new NotSupportedException(FormattableString.Invariant($"A picture of paths is not offered for several outputs: each feature has a curve for each of {outputs.Count}."));
        PathPoint[] points = [.. path.Where(point => against == PathAxis.L1Norm || point.Lambda > 0)];
        if (points.Length < 2)
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(path)}' ({points.Length} of {path.Count} solutions with λ > 0) must have at least 2 to draw curves through."), nameof(path));
        double[][] effects = Effects(path, points);
        double[] xs = against == PathAxis.LogLambda
            ? Array.ConvertAll(points, point => -Math.Log10(point.Lambda))
            : [.. Enumerable.Range(0, points.Length).Select(k => effects.Sum(effect => Math.Abs(effect[k])))];
        int chosen = double.IsNaN(chosenLambda) ? -1 : Nearest(points, chosenLambda);
        string title = "Effects along the path";
        string description = FormattableString.Invariant($"Effect per standard deviation of {effects.Length} of {path.FeatureCount} features at {points.Length} λ from {points[0].Lambda:g3} down to {points[^1].Lambda:g3}, ρ = {path.L1Ratio:g3}.");
        return new(title, description, style =>
        {
            List<NamedCurves.Curve> curves = [];
            for (int j = 0; j < effects.Length; j++)
                curves.Add(Entered(FeatureName.Of(path.FeatureNames, path.EverSelected.Span[j]), xs, effects[j]));
            NamedCurves.Curve[] named = NamedCurves.Named(curves, style);
            string shown = named.Length < effects.Length ? FormattableString.Invariant($"; the {named.Length} strongest of {effects.Length} are named") : "";
            int margin = DirectLabels.MarginFor(named.Select(curve => curve.Name), style);
            Sheet sheet = new(style, title, FormattableString.Invariant($"change of the prediction per standard deviation, ρ = {path.L1Ratio:g3}{shown}"), 78, margin);
            double low = Math.Min(0, curves.Select(curve => curve.Ys.Min()).DefaultIfEmpty(0).Min());
            double high = Math.Max(0, curves.Select(curve => curve.Ys.Max()).DefaultIfEmpty(0).Max());
            double air = high > low ? 0.04 * (high - low) : 1;
            double right = xs[^1] > xs[0] ? xs[^1] : xs[0] + 1;
            // The words at the chosen λ stand above the curves.
            sheet.Limit(xs[0], right, low - air, high + (chosen >= 0 ? 3 : 1) * air);
            sheet.Label(against == PathAxis.LogLambda ? "λ (falling, logarithmic)" : "sum of absolute effects (L1 norm)", "effect of 1 standard deviation");
            if (against == PathAxis.LogLambda)
                sheet.BottomTicks(NumberTicks.Powers(xs[0], xs[^1], (int)(sheet.DataWidth / 60)));
            sheet.Horizontal(0, sheet.Ink.Quiet, Dash.Solid);
            NamedCurves.Draw(sheet, curves, named, margin);
            if (chosen >= 0)
                MarkedLambda.Draw(sheet, xs[chosen], FormattableString.Invariant($"λ = {points[chosen].Lambda:g4}, {points[chosen].Coefficients.Count} features"), row: 0);
            return sheet;
        });
    }

    // Row j: the effects of the j-th feature that is ever selected, λ by λ.
    private static double[][] Effects(RegularizationPath path, PathPoint[] points)
    {
        int[] features = path.EverSelected.ToArray();
        double[][] effects = Array.ConvertAll(features, _ => new double[points.Length]);
        for (int k = 0; k < points.Length; k++)
        {
            SparseCoefficients coefficients = points[k].Coefficients;
            for (int i = 0; i < coefficients.Count; i++)
            {
                int j = Array.BinarySearch(features, coefficients.Indices[i]);
                effects[j][k] = coefficients.Values[i] * path.StandardDeviations.Span[j];
            }
        }

        return effects;
    }

    // A curve begins at the last 0 before its feature enters: hundreds of curves along the axis would only weigh down the file.
    private static NamedCurves.Curve Entered(string name, double[] xs, double[] effects)
    {
        int first = Math.Max(0, Array.FindIndex(effects, effect => effect != 0) - 1);
        return new(name, xs[first..], effects[first..], effects.Max(Math.Abs));
    }

    private static int Nearest(PathPoint[] points, double lambda)
    {
        int best = 0;
        for (int k = 1; k < points.Length; k++)
        {
            if (Math.Abs(points[k].Lambda - lambda) < Math.Abs(points[best].Lambda - lambda))
                best = k;
        }

        return best;
    }
}

/// <summary>What lies along the bottom of a picture of coefficient paths.</summary>
public enum PathAxis
{
    /// <summary>λ on a logarithmic scale, the largest at the left.</summary>
    LogLambda,

    /// <summary>Sum of the absolute effects per standard deviation.</summary>
    L1Norm,
}
