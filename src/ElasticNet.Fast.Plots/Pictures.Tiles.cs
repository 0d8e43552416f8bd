namespace ElasticNet.Fast.Plots;

public static partial class Pictures
{
    /// <summary>Effects on several outputs: the stronger, the deeper the colour.</summary>
    private static Picture Tiles(ElasticNetModel model, IReadOnlyList<string> outputs)
    {
        int count = outputs.Count;
        double[] effects = model.Values.ToArray();
        for (int at = 0; at < effects.Length; at++)
            effects[at] *= model.StandardDeviations[at / count];
        double[] sizes = [.. Enumerable.Range(0, effects.Length / count).Select(k => Size(effects.AsSpan(k * count, count)))];
        int[] order = [.. Enumerable.Range(0, sizes.Length).OrderByDescending(k => sizes[k])];
        string[] names = Array.ConvertAll(order, k => FeatureName.Of(model.FeatureNames, model.Indices[k]));
        double largest = effects.Select(Math.Abs).DefaultIfEmpty(0).Max();
        string title = "Effects of the selected features", description = "No feature is selected.";
        if (largest > 0)
        {
            int at = Array.FindIndex(effects, effect => Math.Abs(effect) == largest);
            description = FormattableString.Invariant($"{model.Indices.Length} of {model.FeatureCount} features are selected for {count} {model.Family.OutputsNoun}; strongest {FeatureName.Shown(FeatureName.Of(model.FeatureNames, model.Indices[at / count]))} on {FeatureName.Shown(outputs[at % count])}, {effects[at]:g4} per standard deviation.");
        }

        TileGrid grid = new(names, [.. outputs], (row, column) =>
        {
            double effect = effects[order[row] * count + column];
            return (Math.Abs(effect) / largest, FormattableString.Invariant($"{effect:g2}"), effect > 0);
        });
        return new(title, description, style => grid.Draw(style, title, $"a column for each {model.Family.OutputNoun}, the strongest on top", $"; change of the {model.Family.Link.EtaWords} per standard deviation"));
    }
}
