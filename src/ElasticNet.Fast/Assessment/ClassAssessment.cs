using ElasticNet.Fast.Assessment;

namespace ElasticNet.Fast;

/// <summary>How well probabilities tell events from others. What needs rows of both classes is NaN where there is one. Immutable.</summary>
public sealed class ClassAssessment
{
    private readonly AssessedRows _rows;

    internal ClassAssessment(AssessedRows rows, double threshold, double halfDeviance)
    {
        _rows = rows;
        Confusion = At(threshold);
        Curve = Array.AsReadOnly(Follow());
        double area = 0, precision = 0;
        for (int k = 1; k < Curve.Count; k++)
        {
            (ConfusionTable before, ConfusionTable here) = (Curve[k - 1], Curve[k]);
            // Between two thresholds nothing is known of the order: equal probabilities count half.
            area += (here.FalsePositives - before.FalsePositives) * 0.5 * (here.TruePositives + before.TruePositives);
            precision += (here.TruePositives - before.TruePositives) * here.Precision;
        }

        // Added up in the order of the curve, so that no area is above 1.
        double events = Curve[^1].TruePositives, others = Curve[^1].FalsePositives;
        EventRate = events / (events + others);
        Auc = events > 0 && others > 0 ? area / (events * others) : double.NaN;
        AveragePrecision = events > 0 ? precision / events : double.NaN;
        LogLoss = halfDeviance - rows.Average(i => Share(rows.Response[i]) + Share(1 - rows.Response[i]));
        Calibration = new(rows);
    }

    /// <summary>At the threshold that was asked for.</summary>
    public ConfusionTable Confusion { get; }

    /// <summary>
    /// At every probability that was predicted, falling, after one that nothing reaches: <see cref="ConfusionTable.Sensitivity"/> against
    /// <see cref="ConfusionTable.FalsePositiveRate"/> is the ROC curve, <see cref="ConfusionTable.Precision"/> against sensitivity the precision–recall curve.
    /// </summary>
    public IReadOnlyList<ConfusionTable> Curve { get; }

    /// <summary>Area under the ROC curve: the chance that an event has a larger probability than another row, equal ones counting half.</summary>
    public double Auc { get; }

    /// <summary>Area under the precision–recall curve as the sum of precision times what recall gains at each threshold.</summary>
    public double AveragePrecision { get; }

    /// <summary>Weighted mean of −log of the probability given to what happened; infinite where that was 0.</summary>
    public double LogLoss { get; }

    /// <summary>Weighted share of events.</summary>
    public double EventRate { get; }

    /// <summary>Whether probabilities are what they say.</summary>
    public Calibration Calibration { get; }

    /// <summary>At another threshold.</summary>
    /// <param name="threshold">From which probability on the event is called, in [0, 1].</param>
    public ConfusionTable At(double threshold)
    {
        if (!(threshold is >= 0 and <= 1))
            Throw.OutOfRange(nameof(threshold), threshold, "be in [0, 1]");
        double truePositives = 0, falsePositives = 0, falseNegatives = 0, trueNegatives = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            double events = _rows.Weights[i] * _rows.Response[i], others = _rows.Weights[i] * (1 - _rows.Response[i]);
            if (_rows.Mean[i] >= threshold)
                (truePositives, falsePositives) = (truePositives + events, falsePositives + others);
            else
                (falseNegatives, trueNegatives) = (falseNegatives + events, trueNegatives + others);
        }

        return new(threshold, truePositives, falsePositives, falseNegatives, trueNegatives);
    }

    /// <summary>Area, log-loss, Brier score and the table at the threshold, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"AUC {Auc:0.0000}, log-loss {LogLoss:g6}, Brier score {Calibration.Brier:g6}; ") + Confusion;

    private ConfusionTable[] Follow()
    {
        int[] order = [.. Enumerable.Range(0, _rows.Count).OrderByDescending(i => _rows.Mean[i])];
        double events = 0, others = 0;
        List<(double Threshold, double Events, double Others)> sums = [(double.PositiveInfinity, 0, 0)];
        for (int k = 0; k < order.Length; k++)
        {
            int i = order[k];
            events += _rows.Weights[i] * _rows.Response[i];
            others += _rows.Weights[i] * (1 - _rows.Response[i]);
            if (k == order.Length - 1 || _rows.Mean[order[k + 1]] != _rows.Mean[i])
                sums.Add((_rows.Mean[i], events, others));
        }

        return [.. sums.Select(sum => new ConfusionTable(sum.Threshold, sum.Events, sum.Others, events - sum.Events, others - sum.Others))];
    }

    private static double Share(double p) => p == 0 ? 0 : p * Math.Log(p);
}
