namespace ElasticNet.Fast.Data;

/// <summary>
/// What is known of the survival of each row: until when it was watched, whether the event ended that, from when on it was watched, and
/// in which stratum it is compared with others. Rows of weight 0 may hold anything. Immutable; copies what it is given.
/// </summary>
internal sealed class SurvivalTimes
{
    /// <param name="time">Until when each row was watched.</param>
    /// <param name="isEvent">Whether the event happened then; else the row was censored.</param>
    /// <param name="start">From when on; empty means from the beginning.</param>
    /// <param name="strata">The stratum of each row, any numbers; empty means a single one.</param>
    /// <param name="strataNames">What they are called; null for by their numbers.</param>
    public SurvivalTimes(ReadOnlySpan<double> time, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> start, ReadOnlySpan<int> strata, IReadOnlyList<string>? strataNames)
    {
        int n = time.Length;
        if (isEvent.Length != n)
            Throw.Length(nameof(isEvent), isEvent.Length, $"have one value for each of the {n} of '{nameof(time)}'");
        if (!start.IsEmpty && start.Length != n)
            Throw.Length(nameof(start), start.Length, $"be empty or have one value for each of the {n} of '{nameof(time)}'");
        if (!strata.IsEmpty && strata.Length != n)
            Throw.Length(nameof(strata), strata.Length, $"be empty or have one value for each of the {n} of '{nameof(time)}'");
        Time = time.ToArray();
        Start = start.IsEmpty ? null : start.ToArray();
        Stratum = strata.IsEmpty ? null : strata.ToArray();
        StratumNames = strataNames is null ? null : Array.AsReadOnly(strataNames.ToArray());
        for (int i = 0; i < strata.Length && strataNames is not null; i++)
        {
            if ((uint)strata[i] >= (uint)strataNames.Count)
                Throw.Data(nameof(strata), Throw.Invariant($"'{nameof(strata)}' must be in [0, {strataNames.Count}) where they have names, but row {i} (counted from 0) has {strata[i]}."));
        }

        Events = new double[n];
        for (int i = 0; i < n; i++)
            Events[i] = isEvent[i] ? 1 : 0;
    }

    /// <summary>Until when each row was watched.</summary>
    public double[] Time { get; }

    /// <summary>1 where the event happened, 0 where the row was censored.</summary>
    public double[] Events { get; }

    /// <summary>From when on each row was watched; null for from the beginning.</summary>
    public double[]? Start { get; }

    /// <summary>The stratum of each row; null for a single one.</summary>
    public int[]? Stratum { get; }

    /// <summary>What the strata are called, by number; null where they have numbers only.</summary>
    public IReadOnlyList<string>? StratumNames { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Time.Length;

    /// <summary>The stratum of a row.</summary>
    public int StratumOf(int row) => Stratum is null ? 0 : Stratum[row];

    /// <summary>What a stratum is called.</summary>
    public string NameOf(int stratum) => StratumNames is null ? Throw.Invariant($"{stratum}") : StratumNames[stratum];

    /// <summary>The same of some rows.</summary>
    public SurvivalTimes Of(ReadOnlySpan<int> rows)
    {
        (double[] time, bool[] events) = (new double[rows.Length], new bool[rows.Length]);
        double[] start = new double[Start is null ? 0 : rows.Length];
        int[] strata = new int[Stratum is null ? 0 : rows.Length];
        for (int k = 0; k < rows.Length; k++)
        {
            int i = rows[k];
            (time[k], events[k]) = (Time[i], Events[i] != 0);
            if (Start is not null)
                start[k] = Start[i];
            if (Stratum is not null)
                strata[k] = Stratum[i];
        }

        return new(time, events, start, strata, StratumNames);
    }

    /// <summary>Refuses rows that count and cannot be.</summary>
    /// <param name="weights">Observation weights; empty for equal ones.</param>
    public void Check(ReadOnlySpan<double> weights)
    {
        bool any = false;
        for (int i = 0; i < Count; i++)
        {
            if (!weights.IsEmpty && weights[i] == 0)
                continue;
            double time = Time[i];
            if (!double.IsFinite(time) || time <= 0)
                Throw.Data("time", Throw.Invariant($"'time' must be positive and finite, but row {i} (counted from 0) has {time}."));
            any |= Events[i] != 0;
            if (Start is null)
                continue;
            double start = Start[i];
            if (!double.IsFinite(start) || start < 0)
                Throw.Data("start", Throw.Invariant($"'start' must be finite and not negative, but row {i} (counted from 0) has {start}."));
            if (start >= time)
                Throw.Data("start", Throw.Invariant($"'start' must lie before 'time', but row {i} (counted from 0) is watched from {start} to {time}."));
        }

        if (!any)
            Throw.Data("isEvent", Throw.Invariant($"'isEvent' must be true in a row that counts, but all {Count} rows are censored: nothing tells who lives longer."));
    }
}
