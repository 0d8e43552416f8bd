using ElasticNet.Fast.Assessment;

namespace ElasticNet.Fast;

/// <summary>Rows of like relative hazard: what became of them, and what the model expected. Immutable.</summary>
public sealed class RiskGroup
{
    private readonly SurvivalRows _rows;

    internal RiskGroup(SurvivalRows rows)
    {
        _rows = rows;
        (Lowest, Highest) = (rows.Rows.Min(i => rows.Eta[i]), rows.Rows.Max(i => rows.Eta[i]));
        Observed = KaplanMeier.Of(rows.Times, rows.Rows, rows.Weights);
        foreach (int i in rows.Rows)
            (Weight, Events) = (Weight + rows.Weights[i], Events + (rows.IsEvent(i) ? 1 : 0));
    }

    /// <summary>Least linear predictor among them.</summary>
    public double Lowest { get; }

    /// <summary>Largest linear predictor.</summary>
    public double Highest { get; }

    /// <summary>Until when the last of them was watched.</summary>
    public double LastTime => _rows.Rows.Max(i => _rows.Times.Time[i]);

    /// <summary>How many rows.</summary>
    public int Rows => _rows.Rows.Length;

    /// <summary>Sum of their weights.</summary>
    public double Weight { get; }

    /// <summary>How many of them have the event.</summary>
    public int Events { get; }

    /// <summary>The Kaplan–Meier estimate of the group, all strata together.</summary>
    public KaplanMeier Observed { get; }

    /// <summary>Weighted mean of the chances of being without the event at a time that the model gives the rows, from the beginning on; NaN without a baseline hazard.</summary>
    /// <param name="time">The time.</param>
    public double Predicted(double time)
    {
        if (_rows.Baseline is null)
            return double.NaN;
        double sum = 0;
        foreach (int i in _rows.Rows)
            sum += _rows.Weights[i] * _rows.FromBeginning(i, time);
        return sum / Weight;
    }

    /// <summary>Rows, events and range of the linear predictor, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"{Rows} rows, {Events} events, linear predictor {Lowest:g4} … {Highest:g4}");

    /// <summary>Groups of about equal weight, the lowest linear predictor first; rows of an equal one stay together.</summary>
    internal static RiskGroup[] Cut(SurvivalRows rows, int count)
    {
        int[] order = [.. rows.Rows.OrderBy(i => rows.Eta[i])];
        double total = order.Sum(i => rows.Weights[i]), before = 0;
        List<List<int>> groups = [];
        int last = -1;
        for (int first = 0, next; first < order.Length; first = next)
        {
            double weight = 0;
            for (next = first; next < order.Length && rows.Eta[order[next]] == rows.Eta[order[first]]; next++)
                weight += rows.Weights[order[next]];
            int place = (int)(count * (before + 0.5 * weight) / total);
            before += weight;
            if (place != last)
                groups.Add([]);
            groups[^1].AddRange(order[first..next]);
            last = place;
        }

        return [.. groups.Select(group => new RiskGroup(rows.Of([.. group])))];
    }
}
