namespace ElasticNet.Fast;

/// <content>What a model looks suspicious for.</content>
public sealed partial class ElasticNetModel
{
    private const double NearlyAll = 0.9999;
    private const double AlmostAlone = 0.99;

    /// <summary>
    /// A sentence where one feature alone explains nearly all of the target (a deviance ratio of at least 0.9999, and 0.99 of all effects
    /// per standard deviation): more often than not it is the target under another name, or made of it. Else null.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public string? Remark
    {
        get
        {
            ReadOnlySpan<double> values = Values, deviations = StandardDeviations;
            double sum = 0, largest = 0;
            int at = -1;
            for (int k = 0; k < deviations.Length; k++)
            {
                // Of several outputs the one that it explains best.
                double effect = 0;
                foreach (double value in values.Slice(k * Outputs, Outputs))
                    effect = Math.Max(effect, Math.Abs(value * deviations[k]));
                sum += effect;
                if (effect > largest)
                    (largest, at) = (effect, k);
            }

            // What no row is left to contradict fits perfectly.
            return at >= 0 && Fit.DevianceRatio >= NearlyAll && largest >= AlmostAlone * sum && Provenance.Rows > deviations.Length + 1
                ? Throw.Invariant($"feature '{FeatureName.Of(FeatureNames, Indices[at])}' alone explains nearly all of the target (deviance ratio {Fit.DevianceRatio:0.0000####}): is it the target itself, or made of it?")
                : null;
        }
    }
}
