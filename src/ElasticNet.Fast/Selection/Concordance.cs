using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Harrell's C: of all pairs of an event and a row of its stratum that is at risk then and has no event at that time, the share in which the
/// event has the larger η; equal ones count half. A pair weighs the product of its weights.
/// </summary>
internal static class Concordance
{
    /// <summary>C of some rows; ½ where no two of them can be compared.</summary>
    /// <param name="times">How long rows were watched.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">The weight of each.</param>
    /// <param name="eta">The linear predictor of each.</param>
    public static double Of(SurvivalTimes times, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> eta)
    {
        double share = Share(times, rows, weights, eta);
        return double.IsNaN(share) ? 0.5 : share;
    }

    /// <summary>The same, not a number where no two of them can be compared.</summary>
    /// <param name="times">How long rows were watched.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">The weight of each.</param>
    /// <param name="eta">The linear predictor of each.</param>
    /// <param name="factors">What all pairs of each event are multiplied by; empty for 1.</param>
    public static double Share(SurvivalTimes times, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> eta, ReadOnlySpan<double> factors = default)
    {
        int n = rows.Length;
        int[] ranks = Ranks(eta, out int different), own = rows.ToArray();
        int[] byTime = Order(own, i => (times.StratumOf(i), -times.Time[i], times.Events[i]));
        int[] byStart = times.Start is { } starts ? Order(own, i => (times.StratumOf(i), -starts[i], 0.0)) : [];
        double[] tree = new double[different + 1];
        double right = 0, all = 0;
        for (int first = 0, next, leaver = 0; first < n; first = next)
        {
            int stratum = times.StratumOf(own[byTime[first]]), last = first, left = leaver;
            while (last < n && times.StratumOf(own[byTime[last]]) == stratum)
                last++;
            next = last;
            double total = 0;
            for (int k = first, tie; k < last; k = tie)
            {
                double time = times.Time[own[byTime[k]]];
                // Those who were not there yet; a row leaves after it has come, for it starts before its end.
                for (; left < byStart.Length && times.StratumOf(own[byStart[left]]) == stratum && times.Start![own[byStart[left]]] >= time; left++)
                {
                    Add(tree, ranks[byStart[left]], -weights[byStart[left]]);
                    total -= weights[byStart[left]];
                }

                for (tie = k; tie < last && times.Time[own[byTime[tie]]] == time && times.Events[own[byTime[tie]]] == 0; tie++)
                    Enter(byTime[tie], weights, ref total);
                int events = tie;
                for (; tie < last && times.Time[own[byTime[tie]]] == time; tie++)
                {
                    double weight = weights[byTime[tie]] * (factors.IsEmpty ? 1 : factors[byTime[tie]]), below = Sum(tree, ranks[byTime[tie]] - 1), upTo = Sum(tree, ranks[byTime[tie]]);
                    right += weight * (below + 0.5 * (upTo - below));
                    all += weight * total;
                }

                for (int e = events; e < tie; e++)
                    Enter(byTime[e], weights, ref total);
            }

            // The next stratum begins with nobody, and without what rounding has left.
            Array.Clear(tree);
            for (leaver = left; leaver < byStart.Length && times.StratumOf(own[byStart[leaver]]) == stratum;)
                leaver++;
        }

        return all > 0 ? Math.Clamp(right / all, 0, 1) : double.NaN;

        void Enter(int k, ReadOnlySpan<double> weights, ref double total)
        {
            Add(tree, ranks[k], weights[k]);
            total += weights[k];
        }
    }

    private static int[] Order<TKey>(int[] rows, Func<int, TKey> key)
    {
        int[] order = [.. Enumerable.Range(0, rows.Length)];
        Array.Sort(Array.ConvertAll(rows, i => key(i)), order);
        return order;
    }

    /// <summary>The rank of each value, from 1; equal values share one.</summary>
    private static int[] Ranks(ReadOnlySpan<double> values, out int different)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)], ranks = new int[sorted.Length];
        Array.Sort(sorted, order);
        different = 0;
        for (int k = 0; k < order.Length; k++)
        {
            if (k == 0 || sorted[k] != sorted[k - 1])
                different++;
            ranks[order[k]] = different;
        }

        return ranks;
    }

    /// <summary>Adds to a Fenwick tree.</summary>
    private static void Add(double[] tree, int rank, double value)
    {
        for (; rank < tree.Length; rank += rank & -rank)
            tree[rank] += value;
    }

    /// <summary>The sum up to a rank.</summary>
    private static double Sum(double[] tree, int rank)
    {
        double sum = 0;
        for (; rank > 0; rank -= rank & -rank)
            sum += tree[rank];
        return sum;
    }
}
