namespace ElasticNet.Fast;

/// <summary>
/// What comes of calling the event from a threshold on, as sums of weights. A proportion counts as an event and as none, each with its share.
/// What would divide by nothing is NaN.
/// </summary>
/// <param name="Threshold">From which probability on the event is called; infinite: never.</param>
/// <param name="TruePositives">Events that are called.</param>
/// <param name="FalsePositives">Others that are called.</param>
/// <param name="FalseNegatives">Events that are not called.</param>
/// <param name="TrueNegatives">Others that are not called.</param>
public readonly record struct ConfusionTable(double Threshold, double TruePositives, double FalsePositives, double FalseNegatives, double TrueNegatives)
{
    /// <summary>All rows.</summary>
    public double Total => TruePositives + FalsePositives + FalseNegatives + TrueNegatives;

    /// <summary>Share of the events that are called; recall, the true positive rate.</summary>
    public double Sensitivity => Share(TruePositives, FalseNegatives);

    /// <summary>Share of the others that are not called.</summary>
    public double Specificity => Share(TrueNegatives, FalsePositives);

    /// <summary>1 − specificity.</summary>
    public double FalsePositiveRate => Share(FalsePositives, TrueNegatives);

    /// <summary>Share of what is called that is an event.</summary>
    public double Precision => Share(TruePositives, FalsePositives);

    /// <summary>Share of what is not called that is none.</summary>
    public double NegativePredictiveValue => Share(TrueNegatives, FalseNegatives);

    /// <summary>Share of rows that are called right.</summary>
    public double Accuracy => Share(TruePositives + TrueNegatives, FalsePositives + FalseNegatives);

    /// <summary>Mean of sensitivity and specificity.</summary>
    public double BalancedAccuracy => 0.5 * (Sensitivity + Specificity);

    /// <summary>Harmonic mean of precision and sensitivity.</summary>
    public double F1 => Share(2 * TruePositives, FalsePositives + FalseNegatives);

    /// <summary>The four sums, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"from {Threshold:0.####} on: {TruePositives:g6} true and {FalsePositives:g6} false positives, {TrueNegatives:g6} true and {FalseNegatives:g6} false negatives");

    private static double Share(double part, double rest) => part + rest > 0 ? part / (part + rest) : double.NaN;
}
