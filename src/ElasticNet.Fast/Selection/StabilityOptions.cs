namespace ElasticNet.Fast.Selection;

/// <summary>What is assumed when the number of false selections is bounded.</summary>
public enum StabilityBound
{
    /// <summary>E[V] ≤ q²/((2π − 1)p): noise features are exchangeable. Meinshausen and Bühlmann 2010.</summary>
    MeinshausenBuhlmann,

    /// <summary>
    /// E[V] ≤ C(π, B)·q²/p: how often two complementary halves agree on a feature that is rarely selected has a unimodal distribution. Tighter,
    /// and speaks of features that one half selects with a probability of at most q/p. Shah and Samworth 2013.
    /// </summary>
    Unimodal,
}

/// <summary>How stability selection resamples and where it draws the line.</summary>
public sealed record StabilityOptions
{
    internal static StabilityOptions Default { get; } = new();

    /// <summary>The mixing ρ in (0, 1]. Default 1, the lasso.</summary>
    public double L1Ratio { get; init; } = 1;

    /// <summary>Complementary pairs of halves, B ≥ 1; twice as many paths. Default 50.</summary>
    public int Pairs { get; init; } = 50;

    /// <summary>π in (½, 1]: selected are the features that this share of the halves selects. Default 0.75.</summary>
    public double Threshold { get; init; } = 0.75;

    /// <summary>How many false selections E[V] > 0 are accepted; decides q where it is not given. Default 1.</summary>
    public double FalseSelections { get; init; } = 1;

    /// <summary>q ≥ 1, features that each half selects: the first that enter its path. Null: the most that the bound allows.</summary>
    public int? SelectedPerHalf { get; init; }

    /// <summary>Which bound. Default: unimodal.</summary>
    public StabilityBound Bound { get; init; } = StabilityBound.Unimodal;

    /// <summary>Seed of the halves. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Most false selections to be expected of p features when each half selects q.</summary>
    internal double ErrorBound(int q, int p)
    {
        double theta = (double)q / p, square = q * theta;
        if (Bound == StabilityBound.MeinshausenBuhlmann)
            return Math.Min(q, square / (2 * Threshold - 1));
        double half = 1.0 / (2 * Pairs);
        double least = Math.Min(0.5 + theta * theta, 0.5 + half + 0.75 * theta * theta);
        // Their theorem 2 holds for θ ≤ 1/√3 and thresholds above that; what is left is what one half selects.
        if (theta > 1 / Math.Sqrt(3) || Threshold <= least)
            return q;
        double constant = Threshold <= 0.75 ? 0.5 / (2 * Threshold - 1 - half) : 4 * (1 - Threshold + half) / (1 + 2 * half);
        return constant > 0 ? Math.Min(q, constant * square) : q;
    }

    internal int Selected(int p)
    {
        if (SelectedPerHalf is { } given)
            return Math.Min(given, p);
        int q = 1;
        while (q < p && ErrorBound(q + 1, p) <= FalseSelections)
            q++;
        return q;
    }

    internal void Check()
    {
        if (!(L1Ratio is > 0 and <= 1))
            Throw.OutOfRange(nameof(L1Ratio), L1Ratio, "be in (0, 1]: without an L1 part every feature is selected");
        if (Pairs < 1)
            Throw.OutOfRange(nameof(Pairs), Pairs, "be at least 1");
        if (!(Threshold is > 0.5 and <= 1))
            Throw.OutOfRange(nameof(Threshold), Threshold, "be in (0.5, 1]");
        if (!(FalseSelections > 0) || double.IsInfinity(FalseSelections))
            Throw.OutOfRange(nameof(FalseSelections), FalseSelections, "be positive and finite");
        if (SelectedPerHalf < 1)
            Throw.OutOfRange(nameof(SelectedPerHalf), SelectedPerHalf, "be at least 1, or null");
        if (!Enum.IsDefined(Bound))
            Throw.OutOfRange(nameof(Bound), Bound, "be a defined bound");
    }
}
