namespace ElasticNet.Fast.Simulations;

/// <summary>A way to infer, and what its intervals are of.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="IsOfProjection">Whether they are of the best linear fit in the selected features, else of the true coefficients.</param>
/// <param name="Infer">Does it.</param>
internal sealed record Method(string Name, bool IsOfProjection, Func<double[,], double[], ElasticNetOptions, InferenceOptions, InferenceResult> Infer)
{
    /// <summary>The λ that is fixed in advance where a method asks for that: what noise alone can reach.</summary>
    private static double Fixed(double[,] x) => Math.Sqrt(2 * Math.Log(x.GetLength(1)) / x.GetLength(0));

    /// <summary>All of them.</summary>
    public static Method[] All { get; } =
    [
        new("refit", true, (x, y, fit, options) => new ElasticNetInference(x, y, fit)
            .Refit(ElasticNetEstimator.Fit(x, y, Fixed(x), 1, fit), options)),
        new("debiased", false, (x, y, fit, options) => new ElasticNetInference(x, y, fit).Debiased(options)),
        new("multi-split", false, (x, y, fit, options) => new ElasticNetInference(x, y, fit).MultiSplit(options)),
        new("post-selection", true, (x, y, fit, options) => new ElasticNetInference(x, y, fit).PostSelection(Fixed(x), options)),
        new("paired", false, (x, y, fit, options) => new ElasticNetInference(x, y, fit).Bootstrap(options)),
        new("residual", false, (x, y, fit, options) => new ElasticNetInference(x, y, fit)
            .Bootstrap(options with { Bootstrap = BootstrapKind.Residual, Interval = BootstrapInterval.Percentile })),
    ];
}
