namespace ElasticNet.Fast;

/// <summary>
/// What cross-validation measures on held-out rows: its names and words, and which way is better. What computes it is in
/// <c>Selection</c>, one class each. There is one of each kind. Immutable.
/// </summary>
public sealed class Measure
{
    private readonly double _perfect;

    /// <param name="id">What model files store: the place among all, never given to another measure.</param>
    /// <param name="name">As it is typed.</param>
    /// <param name="key">Its name in JSON.</param>
    /// <param name="words">As it stands in sentences.</param>
    /// <param name="unit">What a value is counted in.</param>
    /// <param name="explainedName">What the share of it that a model explains is called.</param>
    /// <param name="noun">In short.</param>
    /// <param name="perfect">What a model without fault comes to: 0 where smaller is better, above where larger is.</param>
    internal Measure(uint id, string name, string key, string words, string unit, string explainedName, string noun = "error", double perfect = 0)
    {
        (Id, Name, Key, Words, Unit, ExplainedName, Noun, _perfect) = (id, name, key, words, unit, explainedName, noun, perfect);
        LargerIsBetter = perfect > 0;
    }

    /// <summary>Weighted mean of (y − ŷ)².</summary>
    public static Measure MeanSquaredError { get; } =
        new(0, "mse", "meanSquaredError", "mean squared error", "squared units of the target", "R²");

    /// <summary>Weighted mean of |y − ŷ|.</summary>
    public static Measure MeanAbsoluteError { get; } =
        new(1, "mae", "meanAbsoluteError", "mean absolute error", "units of the target", "explained");

    /// <summary>Weighted mean of the unit deviance: twice the loss less that of fitted values that equal y.</summary>
    public static Measure Deviance { get; } =
        new(2, "deviance", "deviance", "mean deviance", "twice the log-likelihood", "deviance explained");

    /// <summary>Weighted share of rows whose more likely class is the other one.</summary>
    public static Measure Misclassification { get; } =
        new(3, "misclassification", "misclassification", "misclassified share", "share of rows", "explained");

    /// <summary>Area under the ROC curve: the chance that an event is given a higher probability than a row without; ties count half.</summary>
    public static Measure Auc { get; } =
        new(4, "auc", "auc", "area under the ROC curve", "chance of the right order", "of the way to a perfect order", "area", perfect: 1);

    /// <summary>Weighted mean of −log of the probability given to what happened.</summary>
    public static Measure LogLoss { get; } =
        new(5, "log-loss", "logLoss", "log-loss", "log-likelihood", "explained");

    /// <summary>Weighted mean of (y − p)².</summary>
    public static Measure Brier { get; } =
        new(6, "brier", "brier", "Brier score", "squared probability", "explained");

    /// <summary>
    /// Of survival: twice what the held-out rows add to the partial loss when they join the training rows, for each event held out (van Houwelingen
    /// et al. 2006). Rows alone have no partial likelihood.
    /// </summary>
    public static Measure PartialDeviance { get; } =
        new(7, "partial-deviance", "partialDeviance", "partial-likelihood deviance", "twice the log partial likelihood for each event", "deviance explained");

    /// <summary>Harrell's C of survival: the chance that of two rows that can be compared the one that has the event first is given the larger hazard; ties count half.</summary>
    public static Measure Concordance { get; } =
        new(8, "c-index", "concordance", "concordance", "chance of the right order", "of the way to a perfect order", "index", perfect: 1);

    /// <summary>All there are, in the order of what model files store.</summary>
    internal static Measure[] All { get; } =
        [MeanSquaredError, MeanAbsoluteError, Deviance, Misclassification, Auc, LogLoss, Brier, PartialDeviance, Concordance];

    /// <summary>What model files store: its place among all.</summary>
    internal uint Id { get; }

    /// <summary>As it is typed, "mse".</summary>
    public string Name { get; }

    /// <summary>Its name in JSON, "meanSquaredError".</summary>
    public string Key { get; }

    /// <summary>As it stands in sentences, "mean squared error".</summary>
    public string Words { get; }

    /// <summary>What a value is counted in, "squared units of the target".</summary>
    public string Unit { get; }

    /// <summary>What <see cref="CrossValidationPoint.RSquared"/> is called, "R²" or "explained".</summary>
    public string ExplainedName { get; }

    /// <summary>In short, "error".</summary>
    public string Noun { get; }

    /// <summary>Whether larger values are better; of errors smaller ones are.</summary>
    public bool LargerIsBetter { get; }

    /// <summary>What the best value is called, "least" or "largest".</summary>
    public string BestWord => LargerIsBetter ? "largest" : "least";

    /// <summary>A value turned so that less is better: its negative where larger is better, else itself.</summary>
    /// <param name="value">A value of this measure.</param>
    public double Cost(double value) => LargerIsBetter ? -value : value;

    /// <summary>The share of the way from the model without features to a perfect one; 0 where that has no way to go.</summary>
    internal double Explained(double mean, double ofNullModel) =>
        ofNullModel == _perfect ? 0 : 1 - (mean - _perfect) / (ofNullModel - _perfect);

    /// <summary>The words.</summary>
    public override string ToString() => Words;
}
