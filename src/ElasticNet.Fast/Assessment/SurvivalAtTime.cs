using ElasticNet.Fast.Assessment;

namespace ElasticNet.Fast;

/// <summary>A point of a receiver operating characteristic.</summary>
/// <param name="FalsePositiveRate">The share of rows without the event that are called.</param>
/// <param name="Sensitivity">The share of rows with the event that are called.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double Sensitivity)
{
    /// <summary>Both shares, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"sensitivity {Sensitivity:0.0000} at a false positive rate of {FalsePositiveRate:0.0000}");
}

/// <summary>Rows of like hazard at one time: which share the model expects to be without the event, and which share is.</summary>
/// <param name="Group">The place of the group in <see cref="SurvivalAssessment.Groups"/>.</param>
/// <param name="Prediction">Weighted mean of the predicted chances of being without the event.</param>
/// <param name="Observed">The Kaplan–Meier estimate of the group.</param>
/// <param name="StandardError">Its standard error.</param>
public readonly record struct SurvivalCalibrationBin(int Group, double Prediction, double Observed, double StandardError)
{
    /// <summary>Group, predicted and observed, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"group {Group + 1}: predicted {Prediction:0.0000}, observed {Observed:0.0000} ± {StandardError:0.0000}");
}

/// <summary>
/// How well a model tells who has the event by a time. Rows that were censored by then count through others who were watched longer (weights 1/G, G the
/// Kaplan–Meier estimate of being watched so long, within each stratum). A row that came late is judged from its start on. NaN where nobody was watched so long. Immutable.
/// </summary>
public sealed class SurvivalAtTime
{
    internal SurvivalAtTime(SurvivalRows rows, double time, IReadOnlyList<RiskGroup> groups)
    {
        Time = time;
        bool isWatched = rows.Rows.Any(i => rows.Times.Time[i] >= time);
        (Brier, NullBrier) = isWatched ? Squares(rows, time) : (double.NaN, double.NaN);
        Roc = Array.AsReadOnly(isWatched ? Follow(rows, time) : []);
        double area = 0;
        for (int k = 1; k < Roc.Count; k++)
            area += (Roc[k].FalsePositiveRate - Roc[k - 1].FalsePositiveRate) * 0.5 * (Roc[k].Sensitivity + Roc[k - 1].Sensitivity);
        Auc = Roc.Count == 0 ? double.NaN : Math.Min(area, 1);
        Calibration = rows.Baseline is null || !isWatched ? [] : Array.AsReadOnly(
            [.. groups.Select((group, k) => new SurvivalCalibrationBin(k, group.Predicted(time), group.Observed.At(time), group.Observed.StandardErrorAt(time)))]);
    }

    /// <summary>The time.</summary>
    public double Time { get; }

    /// <summary>Mean squared distance of the chance of being without the event at the time from 1 where the row is, 0 where it is not; NaN without a baseline hazard.</summary>
    public double Brier { get; }

    /// <summary>The same of the Kaplan–Meier estimate of these rows, the same for all of a stratum.</summary>
    public double NullBrier { get; }

    /// <summary>1 − Brier score / that of the Kaplan–Meier estimate; below 0 the model is worse than none.</summary>
    public double Explained => NullBrier > 0 ? 1 - Brier / NullBrier : double.NaN;

    /// <summary>The chance that of two rows, one with the event by the time and one without, the model gives the former the larger chance of it; equal ones count half. NaN where all rows are of one kind.</summary>
    public double Auc { get; }

    /// <summary>The receiver operating characteristic from (0, 0) to (1, 1), whose area that is; empty where there is none.</summary>
    public IReadOnlyList<RocPoint> Roc { get; }

    /// <summary>The groups of like hazard, the lowest first; empty without a baseline hazard.</summary>
    public IReadOnlyList<SurvivalCalibrationBin> Calibration { get; }

    /// <summary>Time, Brier score and area, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"at {Time}: Brier score {Brier:g6}, of the Kaplan–Meier estimate {NullBrier:g6}, AUC {Auc:0.0000}");

    /// <summary>Brier scores at a time.</summary>
    internal static (double Brier, double Null) Squares(SurvivalRows rows, double time)
    {
        double total = 0, square = 0, reference = 0;
        foreach (int i in rows.Rows)
        {
            double weight = rows.WeightAt(i, time), state = rows.Times.Time[i] > time ? 1 : 0;
            if (weight == 0)
                continue;
            total += weight;
            double away = state - (rows.Baseline is null ? double.NaN : rows.Survival(i, time)), without = state - rows.Observed(i, time);
            square += weight * away * away;
            reference += weight * without * without;
        }

        return (square / total, reference / total);
    }

    private static RocPoint[] Follow(SurvivalRows rows, double time)
    {
        (double Marker, double Weight, bool IsEvent)[] all =
            [.. rows.Rows.Select(i => (rows.Marker(i, time), rows.WeightAt(i, time), rows.Times.Time[i] <= time)).Where(one => one.Item2 > 0).OrderByDescending(one => one.Item1)];
        double events = 0, others = 0, called = 0, wrongly = 0;
        foreach ((_, double weight, bool isEvent) in all)
            (events, others) = isEvent ? (events + weight, others) : (events, others + weight);
        if (events == 0 || others == 0)
            return [];
        List<RocPoint> points = [new(0, 0)];
        for (int k = 0; k < all.Length;)
        {
            double marker = all[k].Marker;
            for (; k < all.Length && all[k].Marker == marker; k++)
                (called, wrongly) = all[k].IsEvent ? (called + all[k].Weight, wrongly) : (called, wrongly + all[k].Weight);
            points.Add(new(wrongly / others, called / events));
        }

        return [.. points];
    }
}
