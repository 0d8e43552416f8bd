using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Paths;

/// <summary>The way back from the solvers' units (columns and response centred and of norm 1) to the user's.</summary>
internal readonly unsafe struct Units
{
    /// <summary>Centers and norms of the columns.</summary>
    public required ColumnScaling Scaling { get; init; }

    /// <summary>Center of each column.</summary>
    public double* Center => Scaling.Center;

    /// <summary>1 / norm of each column; 0 for a constant one.</summary>
    public double* InverseNorm => Scaling.InverseNorm;

    /// <summary>Center of the response less the offset.</summary>
    public required double ResponseCenter { get; init; }

    /// <summary>What rounding has done to the response, in units of its norm.</summary>
    public required double ResponseRounding { get; init; }

    /// <summary>The norm of the response, or what stands for it: a coefficient is so many times larger than the solvers'.</summary>
    public required double CoefficientScale { get; init; }

    /// <summary>Likewise a gradient.</summary>
    public required double GradientScale { get; init; }

    /// <summary>Whether an intercept is fitted.</summary>
    public required bool Intercept { get; init; }

    /// <summary>The loss, where it has several outputs, whose intercepts it knows.</summary>
    public Datafit? Outputs { get; init; }

    /// <summary>How many intercepts are free to move.</summary>
    public int Intercepts => Outputs is null ? (Intercept ? 1 : 0) : Outputs.Intercepts;

    /// <summary>Rows of positive weight.</summary>
    public required int Rows { get; init; }

    /// <summary>The columns that have coefficient 0 because they are constant.</summary>
    public required ReadOnlyMemory<int> ConstantColumns { get; init; }

    /// <summary>A coefficient on the original scale.</summary>
    public double Coefficient(int column, double beta)
    {
        double inResponse = beta * CoefficientScale;
        // On the way to a number that double holds there may be one that it does not.
        return Math.Abs(inResponse) is > 1e-290 and < 1e290 ? inResponse * InverseNorm[column] : beta * (CoefficientScale * InverseNorm[column]);
    }

    /// <summary>The power of ten of a coefficient on the original scale, in words: the number itself may be none that double holds.</summary>
    public string Magnitude(int column, double beta) =>
        Throw.Invariant($"1e{Math.Round(Math.Log10(Math.Abs(beta)) + Math.Log10(CoefficientScale) + Math.Log10(InverseNorm[column]))}");
}
