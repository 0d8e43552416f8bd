namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// What one input column became: which features it feeds, and what stands for its gaps. Features are counted from 0, in
/// the order of the inputs and side by side for each; in place of one stands <see cref="None"/> or <see cref="Refused"/>.
/// Every rule of the options is resolved here: evaluating a feature takes the encoding alone.
/// </summary>
/// <param name="Feature">A number (or an ordinal category): the feature that holds its value. A one-hot category: <see cref="None"/>.</param>
/// <param name="MissingFeature">
/// The feature that is 1 where the value is missing: a number's indicator, or a one-hot category's level "missing". That is
/// an unknown level where no training row has it, and <see cref="Refused"/> where incomplete rows are dropped.
/// </param>
/// <param name="UnknownFeature">
/// A one-hot category: the feature that is 1 for a level that no training row had (the pooled rare levels).
/// A category of either encoding: <see cref="Refused"/> where such a level makes all its features NaN.
/// </param>
/// <param name="LevelFeatures">
/// A one-hot category: for each level of the column the feature that is 1 there, <see cref="None"/> for the reference;
/// for levels that no training row had the same as <paramref name="UnknownFeature"/>. Empty otherwise.
/// </param>
/// <param name="Fill">What a missing number becomes; NaN where it stays missing, or where neighbours say; where chained equations say, what they start from.</param>
internal readonly record struct InputEncoding(
    int Feature, int MissingFeature, int UnknownFeature, ReadOnlyMemory<int> LevelFeatures, double Fill)
{
    /// <summary>In place of a feature: there is none, all features of the input are 0.</summary>
    public const int None = -1;

    /// <summary>In place of a feature: all features of the input are NaN.</summary>
    public const int Refused = -2;

    /// <summary>The feature of a one-hot category that is 1 for a value, or what stands in place of one.</summary>
    /// <param name="value">The position of a level, or NaN.</param>
    /// <param name="levels">How many levels the column has.</param>
    public int FeatureOf(double value, int levels)
    {
        if (Feature >= 0 || LevelFeatures.IsEmpty)
            return None;
        return double.IsNaN(value) ? MissingFeature : InputColumn.IsCode(value, levels) ? LevelFeatures.Span[(int)value] : UnknownFeature;
    }
}
