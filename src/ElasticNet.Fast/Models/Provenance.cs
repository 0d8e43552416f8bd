namespace ElasticNet.Fast;

/// <summary>How a model came to be. Holds no clock, host or path, so that the same fit gives the same bytes.</summary>
public sealed record Provenance
{
    /// <summary>Version of the library that fitted the model.</summary>
    public required string LibraryVersion { get; init; }

    /// <summary>Rows of positive weight.</summary>
    public required int Rows { get; init; }

    /// <summary>Whether an intercept was fitted.</summary>
    public required bool Intercept { get; init; }

    /// <summary>Whether the penalty acted on standardised coefficients.</summary>
    public required bool Standardize { get; init; }

    /// <summary>Whether rows were weighted.</summary>
    public required bool HasWeights { get; init; }

    /// <summary>Whether an offset was given; such a model needs one to predict.</summary>
    public required bool HasOffset { get; init; }

    /// <summary>Number of folds of the cross-validation; 0 where none was done.</summary>
    public int Folds { get; init; }

    /// <summary>How often the rows were dealt out to folds; 0 where no cross-validation was done.</summary>
    public int Repeats { get; init; }

    /// <summary>Seed of the fold shuffle; null where folds were given or none were needed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>What the cross-validation measured.</summary>
    public Measure Measure { get; init; } = Measure.MeanSquaredError;

    /// <summary>Which λ was taken.</summary>
    public LambdaSelection Selection { get; init; }

    /// <summary>λ of least cross-validated error on the chosen ρ; NaN without cross-validation.</summary>
    public double LambdaMin { get; init; } = double.NaN;

    /// <summary>λ of the one-standard-error rule on the chosen ρ; NaN without cross-validation.</summary>
    public double Lambda1Se { get; init; } = double.NaN;

    /// <summary>Where the model comes from, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"ElasticNet.Fast {LibraryVersion}, {Rows} rows{(HasWeights ? ", weighted" : "")}{(HasOffset ? ", with offset" : "")}{(Intercept ? "" : ", no intercept")}{(Standardize ? "" : ", not standardised")}{Choice()}");

    private string Choice() => Folds == 0 ? "" : Throw.Invariant(
        $"; {Folds} folds{(Repeats > 1 ? Throw.Invariant($" × {Repeats} repeats") : "")}{(Seed is { } seed ? Throw.Invariant($", seed {seed}") : "")}, {Measure}, λ.min {LambdaMin:g6}, λ.1se {Lambda1Se:g6}, {(Selection == LambdaSelection.Minimum ? "λ.min" : "λ.1se")} taken");
}
