namespace ElasticNet.Fast;

/// <summary>One solution of a path, with its sparse coefficients.</summary>
public sealed class PathPoint
{
    internal PathPoint(in ElasticNetFit fit, SparseCoefficients coefficients)
    {
        Fit = fit;
        Coefficients = coefficients;
    }

    /// <summary>Where the solution lies, how well it fits, and its certificate.</summary>
    public ElasticNetFit Fit { get; }

    /// <summary>The coefficients that are not 0, on the original scale.</summary>
    public SparseCoefficients Coefficients { get; }

    /// <inheritdoc cref="ElasticNetFit.Lambda"/>
    public double Lambda => Fit.Lambda;

    /// <inheritdoc cref="ElasticNetFit.Intercept"/>
    public double Intercept => Fit.Intercept;

    /// <inheritdoc cref="ElasticNetFit.Intercepts"/>
    public ReadOnlyMemory<double> Intercepts => Fit.Intercepts;

    /// <inheritdoc cref="ElasticNetFit.RelativeGap"/>
    public double RelativeGap => Fit.RelativeGap;

    /// <inheritdoc cref="ElasticNetFit.IsExact"/>
    public bool IsExact => Fit.IsExact;

    /// <inheritdoc cref="ElasticNetFit.Trace"/>
    public SolveTrace Trace => Fit.Trace;

    /// <summary>The fit and its largest coefficients, culture-invariant.</summary>
    public override string ToString() => $"{Fit}; {Coefficients}";
}
