using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Paths;

/// <summary>What a path is asked for.</summary>
internal readonly ref struct PathRequest
{
    /// <summary>ρ.</summary>
    public required double L1Ratio { get; init; }

    /// <summary>The user's λ in any order; empty for the automatic grid.</summary>
    public ReadOnlySpan<double> Lambdas { get; init; }

    /// <summary>Length of the automatic grid.</summary>
    public int LambdaCount { get; init; }

    /// <summary>Smallest over largest λ of the automatic grid; null for the default.</summary>
    public double? LambdaMinRatio { get; init; }

    /// <summary>Whether the degrees of freedom are computed where a ridge term makes that a factorisation per λ.</summary>
    public bool DegreesOfFreedom { get; init; }

    /// <summary>Nobody looks at more than the coefficients: certificates and degrees of freedom stay NaN.</summary>
    public bool CoefficientsOnly { get; init; }

    /// <summary>Whether errors are reported as squares, so that a response whose squares double cannot hold is refused.</summary>
    public bool SquaresErrors { get; init; }

    /// <summary>Scales that other paths on the same X have measured; null where there are none.</summary>
    public KnownScales? Scales { get; init; }

    /// <summary>Which of them are those of these rows.</summary>
    public int Fold { get; init; }

    /// <summary>How many solutions <see cref="Report"/> was told to expect of this path.</summary>
    public required int Planned { get; init; }

    /// <summary>Called after each solution.</summary>
    public ProgressCounter? Report { get; init; }

    /// <summary>Looked at between solutions.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>How many λ the options ask for, as far as that is known without a look at the data.</summary>
    public static int Plan(ElasticNetOptions options) => options.Lambdas.IsEmpty ? options.LambdaCount : options.Lambdas.Count;

    /// <summary>The path that the options ask for.</summary>
    public static PathRequest From(ElasticNetOptions options, double l1Ratio, ProgressCounter? report) => new()
    {
        L1Ratio = l1Ratio,
        Lambdas = options.Lambdas.Span,
        LambdaCount = options.LambdaCount,
        LambdaMinRatio = options.LambdaMinRatio,
        DegreesOfFreedom = options.DegreesOfFreedom ?? false,
        Planned = Plan(options),
        Report = report,
        CancellationToken = options.CancellationToken,
    };
}
