using ElasticNet.Fast.Cli.Verify;

namespace ElasticNet.Fast.Cli.Judge;

/// <summary>The rows of positive weight that somebody's coefficients were fitted to.</summary>
/// <param name="Columns">A column for each feature.</param>
/// <param name="Target">The target: of several classes their codes, of several responses one response after another, of survival the times.</param>
/// <param name="Weights">Weights, or null.</param>
/// <param name="Offset">The offset, or null.</param>
internal sealed record JudgedRows(double[][] Columns, double[] Target, double[]? Weights, double[]? Offset)
{
    private readonly Dictionary<(bool, bool, bool), IPlainProof> _proofs = [];

    /// <summary>How long rows were watched, of the Cox family.</summary>
    public SurvivalColumns? Survival { get; init; }

    /// <summary>n.</summary>
    public int Count => Columns[0].Length;

    /// <summary>Σ w.</summary>
    public double WeightSum => Weights?.Sum() ?? Count;

    /// <summary>Standard deviation (1/n, weighted) of each response.</summary>
    public double[] Deviations => [.. Enumerable.Range(0, Target.Length / Count).Select(k =>
    {
        double[] y = Target[(k * Count)..((k + 1) * Count)];
        double mean = Average(y);
        return Math.Sqrt(Average([.. y.Select(value => (value - mean) * (value - mean))]));
    })];

    /// <summary>What judges coefficients as a reading has it.</summary>
    public IPlainProof Proof(Family family, int outputs, bool intercept, Reading reading)
    {
        if (_proofs.TryGetValue((reading.IsWeighted, reading.HasStandardizedResponses, reading.IsEfron), out IPlainProof? known))
            return known;
        double[] w = Weights is null || !reading.IsWeighted ? [.. Enumerable.Repeat(1.0, Count)] : Weights;
        double[] units = reading.HasStandardizedResponses ? Deviations : [];
        double[] y = units.Length == 0 ? Target : [.. Target.Select((value, at) => value / units[at / Count])];
        IPlainProof proof = outputs > 1 ? new PlainOutputsProof(Columns, new(outputs, y, family.HasClasses, w), null, intercept)
            : Survival is { } survival ? new PlainPartialProof(Columns, new(Target, survival.Events, survival.Start.IsEmpty ? null : survival.Start.ToArray(), survival.Strata, w, reading.IsEfron), Offset ?? new double[Count])
            : new PlainProof(Columns, Target, Offset, w, intercept, family == Family.Gaussian ? null : PlainLoss.Of(family));
        return _proofs[(reading.IsWeighted, reading.HasStandardizedResponses, reading.IsEfron)] = proof;
    }

    private double Average(double[] values) => values.Select((value, i) => value * (Weights?[i] ?? 1)).Sum() / WeightSum;
}
