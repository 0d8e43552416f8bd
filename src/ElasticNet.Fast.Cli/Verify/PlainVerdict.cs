namespace ElasticNet.Fast.Cli.Verify;

/// <summary>What <see cref="PlainProof"/> found out about some coefficients.</summary>
internal readonly record struct PlainVerdict
{
    /// <summary>½ Σ w r² + penalty, weights summing to 1.</summary>
    public required double Objective { get; init; }

    /// <summary>½ null deviance.</summary>
    public required double HalfNull { get; init; }

    /// <summary>The objective lies at most this far above its minimum, in units of <see cref="HalfNull"/>.</summary>
    public required double RelativeGap { get; init; }

    /// <summary>Violation of the optimality condition of each column, in units of λ; 0 for columns held at 0.</summary>
    public required double[] Violations { get; init; }

    /// <summary>What the rounding of stored coefficients and of a gradient in double may make of a violation that is 0.</summary>
    public required double[] Rounding { get; init; }

    /// <summary>|Σ w r|, 0 without an intercept. Columns are centred then, so that it is none of their conditions; the gap knows it.</summary>
    public required double InterceptViolation { get; init; }

    /// <summary>The largest violation.</summary>
    public double Violation => Violations.Length == 0 ? 0 : Violations.Max();

    /// <summary>The column of the largest violation.</summary>
    public int Worst => Array.IndexOf(Violations, Violation);

    /// <summary>
    /// The largest of violation / λ_max, less what is allowed: <see cref="Verification.Tolerance"/>, or rounding where that is more. λ_max = 0: the
    /// violations themselves, less rounding.
    /// </summary>
    public double Excess(double lambdaMax)
    {
        double unit = lambdaMax > 0 ? lambdaMax : 1, least = lambdaMax > 0 ? Verification.Tolerance : 0, excess = double.NegativeInfinity;
        for (int j = 0; j < Violations.Length; j++)
            excess = Math.Max(excess, Violations[j] / unit - Math.Max(least, Rounding[j] / unit));
        return excess;
    }
}
