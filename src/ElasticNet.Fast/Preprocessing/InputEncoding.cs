namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// What one input column became: which features it feeds, and what stands for its gaps. Features are counted from 0;
/// −1 means none.
/// </summary>
/// <param name="Feature">A number (or an ordinal category): the feature that holds its value. A one-hot category: −1.</param>
/// <param name="MissingFeature">The feature that is 1 where the value is missing: a number's indicator, or a category's level "missing".</param>
/// <param name="UnknownFeature">A one-hot category: the feature that is 1 for a level without one of its own (the pooled rare levels).</param>
/// <param name="LevelFeatures">A one-hot category: for each level of the column the feature that is 1 there; empty otherwise.</param>
/// <param name="Fill">What a missing number becomes; NaN where it stays missing, or where neighbours say.</param>
internal readonly record struct InputEncoding(
    int Feature, int MissingFeature, int UnknownFeature, ReadOnlyMemory<int> LevelFeatures, double Fill);
