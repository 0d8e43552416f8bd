namespace ElasticNet.Fast.Inference;

/// <summary>How p-values of several tests are made to answer for all of them.</summary>
public enum PValueAdjustment
{
    /// <summary>Not at all: each stands for itself.</summary>
    None,

    /// <summary>Family-wise error: p·m.</summary>
    Bonferroni,

    /// <summary>Family-wise error, never worse than Bonferroni. Holm 1979.</summary>
    Holm,

    /// <summary>False discovery rate, for independent or positively dependent tests. Benjamini and Hochberg 1995.</summary>
    BenjaminiHochberg,
}

/// <summary>Adjustment of p-values for multiple testing.</summary>
public static class PValues
{
    /// <summary>
    /// Adjusts p-values: rejecting those at most α then keeps the family-wise error or the false discovery rate at α. NaN stays NaN
    /// and is no test.
    /// </summary>
    /// <param name="values">p-values in [0, 1] or NaN.</param>
    /// <param name="adjustment">How.</param>
    /// <returns>As many values, in the same order, none smaller than before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value lies outside [0, 1], or the adjustment is none of the enumeration.</exception>
    public static double[] Adjust(ReadOnlySpan<double> values, PValueAdjustment adjustment)
    {
        if (!Enum.IsDefined(adjustment))
            Throw.OutOfRange(nameof(adjustment), adjustment, "be a defined adjustment");
        double[] adjusted = values.ToArray();
        List<int> order = [];
        for (int k = 0; k < values.Length; k++)
        {
            if (values[k] is < 0 or > 1)
                Throw.OutOfRange(Throw.Invariant($"values[{k}]"), values[k], "be in [0, 1]");
            if (!double.IsNaN(values[k]))
                order.Add(k);
        }

        int tests = order.Count;
        order.Sort((a, b) => adjusted[a] != adjusted[b] ? adjusted[a].CompareTo(adjusted[b]) : a.CompareTo(b));
        double running = adjustment == PValueAdjustment.BenjaminiHochberg ? 1 : 0;
        for (int k = 0; k < tests; k++)
        {
            int rank = adjustment == PValueAdjustment.BenjaminiHochberg ? tests - 1 - k : k;
            ref double p = ref adjusted[order[rank]];
            p = adjustment switch
            {
                PValueAdjustment.None => p,
                PValueAdjustment.Bonferroni => Math.Min(1, p * tests),
                PValueAdjustment.Holm => running = Math.Max(running, Math.Min(1, p * (tests - rank))),
                _ => running = Math.Min(running, p * tests / (rank + 1)),
            };
        }

        return adjusted;
    }
}
