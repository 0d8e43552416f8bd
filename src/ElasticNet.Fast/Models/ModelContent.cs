using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>Everything a model is made of: what the estimator hands over and what the file keeps.</summary>
internal sealed record ModelContent
{
    /// <summary>Which loss was minimised.</summary>
    public Family Family { get; init; } = Family.Gaussian;

    /// <summary>Of a binomial model the labels of its classes, the event second; null where the target had numbers.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Names of several outputs: the classes of a multinomial model, the responses of a multi-response one; null where there is one.</summary>
    public IReadOnlyList<string>? OutputNames { get; init; }

    /// <summary>K.</summary>
    public int Outputs => OutputNames?.Count ?? 1;

    /// <summary>p.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>p names, or null.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>Name of the target, or null.</summary>
    public string? TargetName { get; init; }

    /// <summary>How a row of raw columns becomes the p features; null where rows hold the features.</summary>
    public Preparation? Preparation { get; init; }

    /// <summary>b, on the original scale; 0 where there are several outputs.</summary>
    public required double Intercept { get; init; }

    /// <summary>The intercept of each of several outputs; empty where there is one.</summary>
    public ReadOnlyMemory<double> Intercepts { get; init; }

    /// <summary>Features whose coefficient is not 0, for one output at least, ascending.</summary>
    public required ReadOnlyMemory<int> Indices { get; init; }

    /// <summary>Their coefficients on the original scale; of several outputs those of a feature side by side.</summary>
    public required ReadOnlyMemory<double> Values { get; init; }

    /// <summary>Their columns' standard deviations (1/n, weighted) in the training rows: coefficient × deviation is the effect per SD.</summary>
    public required ReadOnlyMemory<double> StandardDeviations { get; init; }

    /// <summary>λ, ρ, certificate and fit; its trace is not stored.</summary>
    public required ElasticNetFit Fit { get; init; }

    /// <summary>How the model came to be.</summary>
    public required Provenance Provenance { get; init; }

    /// <summary>What it is the solution of; null where the file does not say.</summary>
    public SolvedProblem? Problem { get; init; }

    /// <summary>How the text of the training table became values; null where it was no text.</summary>
    public TextFormat? TextFormat { get; init; }

    /// <summary>Of a Cox model the baseline hazard; null where it is not known.</summary>
    public BaselineHazard? Baseline { get; init; }

    /// <summary>The curves of the cross-validation that chose λ and ρ, one after another; empty where none did.</summary>
    public ReadOnlyMemory<CrossValidationPoint> CrossValidation { get; init; }

    /// <summary>The path that the model was chosen from; null where it was not kept.</summary>
    public RegularizationPath? Path { get; init; }
}
