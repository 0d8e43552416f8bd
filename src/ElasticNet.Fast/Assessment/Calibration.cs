using ElasticNet.Fast.Assessment;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast;

/// <summary>Rows of like probability: what was predicted of them, and how often the event came.</summary>
/// <param name="Lowest">Least probability among them.</param>
/// <param name="Highest">Largest probability.</param>
/// <param name="Prediction">Weighted mean of the probabilities.</param>
/// <param name="EventRate">Weighted share of events.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="Weight">Sum of their weights.</param>
public readonly record struct CalibrationBin(double Lowest, double Highest, double Prediction, double EventRate, int Rows, double Weight)
{
    /// <summary>Standard error of <see cref="EventRate"/>; it does not change when all weights are multiplied by the same.</summary>
    public double StandardError { get; internal init; }

    /// <summary>Range, predicted and observed, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"{Lowest:0.0000} … {Highest:0.0000}: {Rows} rows, predicted {Prediction:0.0000}, observed {EventRate:0.0000}");
}

/// <summary>Whether probabilities are what they say. Immutable.</summary>
public sealed class Calibration
{
    private const int MostBins = 10;

    internal Calibration(AssessedRows rows)
    {
        Bins = Array.AsReadOnly(Cut(rows));
        double rate = rows.Average(i => rows.Response[i]);
        Brier = rows.Average(i => Square(rows.Response[i] - rows.Mean[i]));
        Uncertainty = rows.Average(i => Square(rows.Response[i] - rate));
        foreach (CalibrationBin bin in Bins)
        {
            Reliability += bin.Weight / rows.Total * Square(bin.EventRate - bin.Prediction);
            Resolution += bin.Weight / rows.Total * Square(bin.EventRate - rate);
        }

        Within = Brier - Reliability + Resolution - Uncertainty;
        (Slope, Intercept, InTheLarge, Note) = Recalibrate(rows);
    }

    /// <summary>Slope and intercept of the recalibration, or why there is none, and the Brier score, on one line, culture-invariant.</summary>
    public override string ToString() =>
        (Note is null ? Throw.Invariant($"slope {Slope:g5}, intercept {Intercept:g5}, with slope 1 intercept {InTheLarge:g5}") : $"no slope: {Note}") + Throw.Invariant($"; Brier score {Brier:g6}");

    /// <summary>At most ten bins of about equal weight, by rising probability; rows of equal probability stay together.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>
    /// The b of logit P = a + b·logit(probability), fitted to these rows without a penalty: below 1 probabilities are too extreme, above 1 too timid. NaN
    /// where there is none; see <see cref="Note"/>.
    /// </summary>
    public double Slope { get; }

    /// <summary>The a of the same; 0 and a slope of 1 are perfect.</summary>
    public double Intercept { get; }

    /// <summary>The a where b is held at 1: below 0 probabilities are too high on the whole, above 0 too low.</summary>
    public double InTheLarge { get; }

    /// <summary>Why there is no recalibration; null where there is one.</summary>
    public string? Note { get; }

    /// <summary>Weighted mean of (y − p)²: <see cref="Reliability"/> − <see cref="Resolution"/> + <see cref="Uncertainty"/> + <see cref="Within"/>.</summary>
    public double Brier { get; }

    /// <summary>Weighted mean over the bins of (event rate − prediction)²; 0 is perfect.</summary>
    public double Reliability { get; }

    /// <summary>Weighted mean over the bins of (event rate − that of all rows)²; more is better.</summary>
    public double Resolution { get; }

    /// <summary>Weighted variance of the response, which no model takes away.</summary>
    public double Uncertainty { get; }

    /// <summary>What probabilities within a bin add, because they are not all the same.</summary>
    public double Within { get; }

    private static CalibrationBin[] Cut(AssessedRows rows)
    {
        int n = rows.Count;
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => rows.Mean[i])];
        List<CalibrationBin> bins = [];
        double before = 0;
        int last = -1;
        for (int first = 0, next; first < n; first = next)
        {
            double p = rows.Mean[order[first]], weight = 0, events = 0;
            for (next = first; next < n && rows.Mean[order[next]] == p; next++)
            {
                weight += rows.Weights[order[next]];
                events += rows.Weights[order[next]] * rows.Response[order[next]];
            }

            int place = (int)(MostBins * (before + 0.5 * weight) / rows.Total);
            before += weight;
            CalibrationBin bin = new(p, p, p, events / weight, next - first, weight);
            if (place == last)
                bins[^1] = Joined(bins[^1], bin);
            else
                bins.Add(bin);
            last = place;
        }

        // Whatever weights are worth, counts of trials or shares of 1: Σw²(y − rate)²/(Σw)² is the variance of a weighted share.
        for (int k = 0, at = 0; k < bins.Count; k++)
        {
            double square = 0;
            for (int end = at + bins[k].Rows; at < end; at++)
                square += Square(rows.Weights[order[at]] * (rows.Response[order[at]] - bins[k].EventRate));
            bins[k] = bins[k] with { StandardError = Math.Sqrt(square) / bins[k].Weight };
        }

        return [.. bins];
    }

    private static CalibrationBin Joined(CalibrationBin a, CalibrationBin b)
    {
        double weight = a.Weight + b.Weight, share = b.Weight / weight;
        return new(a.Lowest, b.Highest, a.Prediction + share * (b.Prediction - a.Prediction), a.EventRate + share * (b.EventRate - a.EventRate), a.Rows + b.Rows, weight);
    }

    private static (double Slope, double Intercept, double InTheLarge, string? Note) Recalibrate(AssessedRows rows)
    {
        double[] logits = rows.Family.Link == Link.Logit ? rows.Eta : Array.ConvertAll(rows.Mean, p => Math.Log(p) - Math.Log(1 - p));
        double[] of = [.. Enumerable.Range(0, rows.Count).Where(i => rows.Response[i] > 0).Select(i => logits[i])];
        double[] others = [.. Enumerable.Range(0, rows.Count).Where(i => rows.Response[i] < 1).Select(i => logits[i])];
        if (of.Length == 0 || others.Length == 0)
            return (double.NaN, double.NaN, double.NaN, "the rows are of one class");
        if (!logits.All(double.IsFinite))
            return (double.NaN, double.NaN, double.NaN, "a probability is 0 or 1 to the last digit");
        ElasticNetOptions options = new() { Family = Family.Binomial, Weights = rows.Weights };
        using PathMemory memory = new();
        double[] slope = new double[1];
        double inTheLarge;
        try
        {
            inTheLarge = RowLoss.Of(Family.Binomial)!.NullIntercept(rows.Response, rows.Weights, logits, intercept: true);
        }
        catch (ArgumentException)
        {
            // Wrong by so much that the loss has no curvature left in double.
            return (double.NaN, double.NaN, double.NaN, "probabilities are too near 0 and 1 for any intercept to correct them");
        }

        if (logits.Min() == logits.Max())
            return (double.NaN, double.NaN, inTheLarge, "all probabilities are the same");
        if (others.Max() <= of.Min() || of.Max() <= others.Min())
            return (double.NaN, double.NaN, inTheLarge, "a threshold tells the classes apart, so that no finite slope fits best");
        double intercept = PathEngine.Fit(MatrixView.ColumnMajor<double>(logits, rows.Count, 1), rows.Response, 0, 1, options, memory, slope).Intercept;
        return (slope[0], intercept, inTheLarge, null);
    }

    private static double Square(double value) => value * value;
}
