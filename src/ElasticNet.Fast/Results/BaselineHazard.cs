namespace ElasticNet.Fast;

/// <summary>
/// The hazard that a model of <see cref="Family.Cox"/> multiplies: with H(t) of a stratum, and η = xᵀβ (+ offset) of a row, the row's chance of
/// being without the event at t is exp(−H(t)·exp(η − <see cref="Center"/>)). Estimated by the fit's own rule for ties. Immutable.
/// </summary>
public sealed class BaselineHazard
{
    /// <param name="center">The linear predictor whose hazard it is.</param>
    /// <param name="strata">One for each stratum.</param>
    internal BaselineHazard(double center, BaselineStratum[] strata) => (Center, Strata) = (center, Array.AsReadOnly(strata));

    /// <summary>The linear predictor whose hazard it is: the mean of xᵀβ over the training rows. What is far from 0 would otherwise be beyond double.</summary>
    public double Center { get; }

    /// <summary>The strata, in the order of their numbers in the target; without strata there is one.</summary>
    public IReadOnlyList<BaselineStratum> Strata { get; }

    /// <summary>The place of a stratum in <see cref="Strata"/> by what it is called; −1 where there is none.</summary>
    /// <param name="name">Its name, or its number as text.</param>
    public int IndexOf(ReadOnlySpan<char> name)
    {
        for (int k = 0; k < Strata.Count; k++)
        {
            if (name.SequenceEqual(Strata[k].Name))
                return k;
        }

        return -1;
    }

    /// <summary>The chance of being without the event at a time; NaN where η is.</summary>
    /// <param name="eta">The row's linear predictor, offset included.</param>
    /// <param name="time">The time.</param>
    /// <param name="stratum">The place of the row's stratum in <see cref="Strata"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such stratum, or the time is not a number.</exception>
    public double Survival(double eta, double time, int stratum = 0)
    {
        if ((uint)stratum >= (uint)Strata.Count)
            Throw.OutOfRange(nameof(stratum), stratum, $"be in [0, {Strata.Count})");
        if (double.IsNaN(time))
            Throw.OutOfRange(nameof(time), time, "be a number");
        double hazard = Strata[stratum].At(time);
        // Before the first event nothing has happened to anybody.
        return hazard == 0 ? double.IsNaN(eta) ? double.NaN : 1 : Link.Log.Inverse(-hazard * Link.Log.Inverse(eta - Center));
    }

    /// <summary>The strata with their times, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"baseline hazard at a linear predictor of {Center:g6}: {string.Join("; ", Strata.Take(5))}{(Strata.Count > 5 ? "; …" : "")}");
}

/// <summary>The baseline of one stratum: a step at each time of an event. Immutable.</summary>
public sealed class BaselineStratum
{
    private readonly double[] _times, _hazards;

    /// <param name="name">What the stratum is called.</param>
    /// <param name="times">When events happened, ascending.</param>
    /// <param name="hazards">The cumulative hazard from each of them on.</param>
    internal BaselineStratum(string name, double[] times, double[] hazards) => (Name, _times, _hazards) = (name, times, hazards);

    /// <summary>What the stratum is called; "0" where there is but one.</summary>
    public string Name { get; }

    /// <summary>When events happened, ascending; none in a stratum without events, where nothing is known and the hazard is 0.</summary>
    public ReadOnlyMemory<double> Times => _times;

    /// <summary>The cumulative hazard H from each of <see cref="Times"/> on.</summary>
    public ReadOnlyMemory<double> CumulativeHazard => _hazards;

    /// <summary>H at any time: 0 before the first event; after the last it stays.</summary>
    /// <param name="time">The time.</param>
    public double At(double time)
    {
        int at = Array.BinarySearch(_times, time);
        at = at >= 0 ? at : ~at - 1;
        return at < 0 ? 0 : _hazards[at];
    }

    /// <summary>Its name, how many times it has, and where its hazard ends, culture-invariant.</summary>
    public override string ToString() => _times.Length == 0
        ? $"stratum '{Name}' without events"
        : Throw.Invariant($"stratum '{Name}' of {_times.Length} times, cumulative hazard {_hazards[^1]:g6} from {_times[^1]:g6} on");
}
