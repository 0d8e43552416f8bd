namespace ElasticNet.Fast.Plots;

/// <summary>The pictures of models and what they were chosen by.</summary>
public static partial class Pictures
{
    /// <summary>
    /// How the effect of each feature per standard deviation grows as λ falls. The features of largest effect anywhere on the path are
    /// named, at the right end of their curves. Of several outputs a curve is the root of the sum of squares of a feature's effects on all of them, or its
    /// effect on the one that is named.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="against">What lies along the bottom.</param>
    /// <param name="chosenLambda">A λ to be marked, or NaN.</param>
    /// <param name="output">Of several outputs the class or response that is drawn; null for all of them.</param>
    /// <exception cref="ArgumentException">There is no such output, or fewer than two solutions of the path have a place on the axis: a logarithm takes λ above 0.</exception>
    public static Picture CoefficientPaths(RegularizationPath path, PathAxis against = PathAxis.LogLambda, double chosenLambda = double.NaN, string? output = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Enum.IsDefined(against))
            throw new ArgumentOutOfRangeException(nameof(against), $"'{nameof(against)}' ({against}) must be a defined axis.");
        int own = OutputOf(path.OutputNames, output);
        PathPoint[] points = [.. path.Where(point => against == PathAxis.L1Norm || point.Lambda > 0)];
        if (points.Length < 2)
            throw new ArgumentException(FormattableString.Invariant($"'{nameof(path)}' ({points.Length} of {path.Count} solutions with λ > 0) must have at least 2 to draw curves through."), nameof(path));
        (double[][] effects, double[] norms) = Effects(path, points, own);
        double[] xs = against == PathAxis.LogLambda
            ? Array.ConvertAll(points, point => -Math.Log10(point.Lambda))
            : norms;
        int chosen = double.IsNaN(chosenLambda) ? -1 : Nearest(points, chosenLambda);
        string title = output is null ? "Effects along the path" : $"Effects on {FeatureName.Shown(output)} along the path";
        string all = path.OutputNames is { } names && own < 0 ? FormattableString.Invariant($", root of the sum of squares over {names.Count} outputs") : "";
        string description = FormattableString.Invariant($"Effect per standard deviation of {effects.Length} of {path.FeatureCount} features at {points.Length} λ from {points[0].Lambda:g3} down to {points[^1].Lambda:g3}, ρ = {path.L1Ratio:g3}{all}.");
        return new(title, description, style =>
        {
            List<NamedCurves.Curve> curves = [];
            for (int j = 0; j < effects.Length; j++)
                curves.Add(Entered(FeatureName.Of(path.FeatureNames, path.EverSelected.Span[j]), xs, effects[j]));
            NamedCurves.Curve[] named = NamedCurves.Named(curves, style);
            string shown = named.Length < effects.Length ? FormattableString.Invariant($"; the {named.Length} strongest of {effects.Length} are named") : "";
            int margin = DirectLabels.MarginFor(named.Select(curve => curve.Name), style);
            Sheet sheet = new(style, title, FormattableString.Invariant($"change of the prediction per standard deviation{all}, ρ = {path.L1Ratio:g3}{shown}"), 78, margin);
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
                MarkedLambda.Draw(sheet, xs[chosen], FormattableString.Invariant($"λ = {points[chosen].Lambda:g4}, {points[chosen].Coefficients.Indices.Length} features"), row: 0);
            return sheet;
        });
    }

    /// <summary>The place of an output by its name; −1 for all.</summary>
    private static int OutputOf(IReadOnlyList<string>? outputs, string? output)
    {
        if (output is null)
            return -1;
        if (outputs is null)
            throw new ArgumentException($"'{nameof(output)}' ({output}) must be null: there is one output.", nameof(output));
        string[] known = [.. outputs];
        int at = Array.IndexOf(known, output);
        return at >= 0 ? at : throw new ArgumentException(FormattableString.Invariant($"'{nameof(output)}' ({output}) must be one of the {known.Length} outputs{NearestName.Hint(output, known)}."), nameof(output));
    }

    // Row j: the effects of the j-th feature that is ever selected, λ by λ; and the sum of all sizes at each.
    private static (double[][] Effects, double[] Norms) Effects(RegularizationPath path, PathPoint[] points, int output)
    {
        int[] features = path.EverSelected.ToArray();
        double[][] effects = Array.ConvertAll(features, _ => new double[points.Length]);
        for (int k = 0; k < points.Length; k++)
        {
            SparseCoefficients coefficients = points[k].Coefficients;
            for (int i = 0; i < coefficients.Indices.Length; i++)
            {
                int j = Array.BinarySearch(features, coefficients.Indices[i]);
                ReadOnlySpan<double> values = coefficients.Values.Slice(i * coefficients.Outputs, coefficients.Outputs);
                effects[j][k] = (values.Length == 1 ? values[0] : output >= 0 ? values[output] : Size(values)) * path.StandardDeviations.Span[j];
            }
        }

        double[] norms = new double[points.Length];
        for (int k = 0; k < norms.Length; k++)
            norms[k] = effects.Sum(effect => Math.Abs(effect[k]));
        return (effects, norms);
    }

    private static double Size(ReadOnlySpan<double> values)
    {
        double square = 0;
        foreach (double value in values)
            square += value * value;
        return Math.Sqrt(square);
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

    /// <summary>Sum of the absolute effects per standard deviation, as they are drawn.</summary>
    L1Norm,
}
