using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Assessment;

/// <summary>The rows of positive weight of an assessment of survival: what was predicted of them, how long they were watched, and how long rows are watched at all.</summary>
internal sealed class SurvivalRows
{
    private readonly Dictionary<int, KaplanMeier> _watched = [], _observed = [];
    private readonly int[] _strata;

    /// <param name="family">Cox.</param>
    /// <param name="baseline">The model's, or null.</param>
    /// <param name="times">What is known of all rows.</param>
    /// <param name="weights">w of all rows.</param>
    /// <param name="eta">The linear predictor of all rows, offset included.</param>
    /// <param name="offset">Of all rows.</param>
    /// <param name="rows">Those that count.</param>
    public SurvivalRows(Family family, BaselineHazard? baseline, SurvivalTimes times, double[] weights, double[] eta, double[] offset, int[] rows)
    {
        (Family, Baseline, Times, Weights, Eta, Offset, Rows) = (family, baseline, times, weights, eta, offset, rows);
        foreach (IGrouping<int, int> stratum in rows.GroupBy(times.StratumOf))
        {
            _watched[stratum.Key] = KaplanMeier.Of(times, [.. stratum], weights, ofCensoring: true);
            _observed[stratum.Key] = KaplanMeier.Of(times, [.. stratum], weights);
        }

        _strata = new int[times.Count];
        if (baseline is not null && times.Stratum is not null)
        {
            foreach (int i in rows)
                _strata[i] = baseline.IndexOf(times.NameOf(times.StratumOf(i)));
        }

        IsSimple = times.Start is null && _observed.Count <= 1;
    }

    public Family Family { get; }

    public BaselineHazard? Baseline { get; }

    public SurvivalTimes Times { get; }

    /// <summary>w of all rows.</summary>
    public double[] Weights { get; }

    /// <summary>η of all rows, offset included.</summary>
    public double[] Eta { get; }

    /// <summary>The offset of all rows.</summary>
    public double[] Offset { get; }

    /// <summary>The rows that count.</summary>
    public int[] Rows { get; }

    /// <summary>Whether one curve is the same for all but for η, so that the order of η is that of chances at any time.</summary>
    public bool IsSimple { get; }

    public bool IsEvent(int row) => Times.Events[row] != 0;

    /// <summary>From when on a row was watched; before every time where it was from the beginning.</summary>
    public double Start(int row) => Times.Start is null || Times.Start[row] == 0 ? double.NegativeInfinity : Times.Start[row];

    /// <summary>The chance of not being censored before the row's event.</summary>
    public double Watched(int row) => _watched[Times.StratumOf(row)].Between(double.NegativeInfinity, Times.Time[row], isBefore: true);

    /// <summary>
    /// What a row that was there before a time counts for at it: nothing where it was censored by then, else its weight over the chance of its being watched so
    /// long, which was the same for those who were censored.
    /// </summary>
    public double WeightAt(int row, double time) =>
        Start(row) >= time ? 0
        : Times.Time[row] > time ? Weights[row] / _watched[Times.StratumOf(row)].Between(Start(row), time)
        : IsEvent(row) ? Weights[row] / _watched[Times.StratumOf(row)].Between(Start(row), Times.Time[row], isBefore: true) : 0;

    /// <summary>The model's cumulative hazard of a row from its start to a time, relative to exp(η).</summary>
    public double Hazard(int row, double time)
    {
        BaselineStratum stratum = Baseline!.Strata[_strata[row]];
        return stratum.At(time) - stratum.At(Start(row));
    }

    /// <summary>The model's chance of a row of being without the event at a time, as it was without it at its start.</summary>
    public double Survival(int row, double time) => Math.Exp(-Hazard(row, time) * Math.Exp(Eta[row] - Baseline!.Center));

    /// <summary>The model's chance of a row of being without the event at a time, whenever it came.</summary>
    public double FromBeginning(int row, double time) => Baseline!.Survival(Eta[row], time, _strata[row]);

    /// <summary>The chance that all rows of the stratum have, features aside.</summary>
    public double Observed(int row, double time) => _observed[Times.StratumOf(row)].Between(Start(row), time);

    /// <summary>What rises with the model's chance of the event by a time.</summary>
    public double Marker(int row, double time) => IsSimple || Baseline is null ? Eta[row] : Math.Log(Hazard(row, time)) + Eta[row];

    /// <summary>Some of the rows.</summary>
    public SurvivalRows Of(int[] rows) => new(Family, Baseline, Times, Weights, Eta, Offset, rows);

    /// <summary>The weights of these rows, 0 for all others.</summary>
    public double[] Counted()
    {
        double[] counted = new double[Times.Count];
        foreach (int i in Rows)
            counted[i] = Weights[i];
        return counted;
    }

    /// <summary>What a target knows of survival.</summary>
    public static SurvivalTimes TimesOf(Target y)
    {
        if (y.Times is null)
            Throw.Data(nameof(y), $"'{nameof(y)}' must be a survival target: {nameof(Target)}.{nameof(Target.Survival)}(time, isEvent) makes one.");
        return y.Times;
    }

    /// <summary>The weights of a target, equal ones where it has none.</summary>
    public static double[] WeightsOf(Target y)
    {
        double[] weights = new double[y.Length];
        if (!y.Weights.IsEmpty && y.Weights.Length != y.Length)
            Throw.Length(nameof(y.Weights), y.Weights.Length, $"be empty or have one value for each of the {y.Length} rows");
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = y.Weights.IsEmpty ? 1 : y.Weights[i];
            if (!(weights[i] >= 0) || !double.IsFinite(weights[i]))
                Throw.Data(nameof(y.Weights), Throw.Invariant($"'{nameof(y.Weights)}' must be finite and not negative, but that of row {i} (counted from 0) is {weights[i]}."));
        }

        return weights;
    }

    /// <summary>Checks what is assessed.</summary>
    /// <exception cref="ArgumentException">Sizes do not agree, a row that counts is none, or its stratum is none of the model's.</exception>
    public static SurvivalRows Of(Family family, BaselineHazard? baseline, ReadOnlySpan<double> linearPredictors, Target y)
    {
        SurvivalTimes times = TimesOf(y);
        double[] weights = WeightsOf(y);
        int n = times.Count;
        if (linearPredictors.Length != n)
            Throw.Length(nameof(linearPredictors), linearPredictors.Length, $"have one value for each of the {n} rows of 'y'");
        if (!y.Offset.IsEmpty && y.Offset.Length != n)
            Throw.Length(nameof(y.Offset), y.Offset.Length, $"be empty or have one value for each of the {n} rows");
        times.Check(weights);
        if (baseline is { Strata.Count: > 1 } && times.Stratum is null)
            Throw.Data("strata", Throw.Invariant($"'strata' must be given: the model has {baseline.Strata.Count} of them, each with its own baseline hazard."));
        List<int> rows = [];
        for (int i = 0; i < n; i++)
        {
            if (weights[i] == 0)
                continue;
            if (!double.IsFinite(linearPredictors[i]))
                Throw.Data("x", Throw.Invariant($"Row {i} (counted from 0) has no prediction (linear predictor {linearPredictors[i]}): a feature with a coefficient is missing or too large, and nothing fills it; a weight of 0 takes the row out."));
            if (!y.Offset.IsEmpty && !double.IsFinite(y.Offset[i]))
                Throw.Data(nameof(y.Offset), Throw.Invariant($"'{nameof(y.Offset)}' must be finite in rows that count, but that of row {i} (counted from 0) is {y.Offset[i]}; a weight of 0 takes it out."));
            if (baseline is not null && times.Stratum is not null && baseline.IndexOf(times.NameOf(times.StratumOf(i))) < 0)
                Throw.Data("strata", Throw.Invariant($"'strata' must be strata of the model, but row {i} (counted from 0) is in '{times.NameOf(times.StratumOf(i))}', whose baseline hazard it does not know."));
            rows.Add(i);
        }

        return new(family, baseline, times, weights, linearPredictors.ToArray(), y.Offset.IsEmpty ? new double[n] : y.Offset.ToArray(), [.. rows]);
    }
}
