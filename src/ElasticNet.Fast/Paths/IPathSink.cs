namespace ElasticNet.Fast.Paths;

/// <summary>Receives the solutions of a path, one by one, by descending λ.</summary>
internal interface IPathSink
{
    /// <summary>Told once, before the first solution.</summary>
    void Begin(double lambdaMax, ReadOnlySpan<double> lambdas);

    /// <summary>Whether nothing more is wanted: the path ends after the solution before.</summary>
    bool IsSated { get; }

    /// <summary>One solution: the features whose coefficient is not 0, ascending, and their coefficients on the original scale.</summary>
    void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients);
}
