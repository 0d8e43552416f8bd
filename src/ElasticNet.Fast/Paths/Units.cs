namespace ElasticNet.Fast.Paths;

/// <summary>The way back from the solvers' units (columns and response centred and of norm 1) to the user's.</summary>
internal readonly unsafe struct Units
{
    /// <summary>Center of each column.</summary>
    public required double* Center { get; init; }

    /// <summary>1 / norm of each column; 0 for a constant one.</summary>
    public required double* InverseNorm { get; init; }

    /// <summary>Center of the response less the offset.</summary>
    public required double ResponseCenter { get; init; }

    /// <summary>Norm of the response.</summary>
    public required double ResponseNorm { get; init; }

    /// <summary>Whether an intercept is fitted.</summary>
    public required bool Intercept { get; init; }

    /// <summary>Rows of positive weight.</summary>
    public required int Rows { get; init; }

    /// <summary>A coefficient on the original scale.</summary>
    public double Coefficient(int column, double beta) => beta * ResponseNorm * InverseNorm[column];
}
