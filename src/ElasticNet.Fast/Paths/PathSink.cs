namespace ElasticNet.Fast.Paths;

/// <summary>Receives the solutions of a path, one by one, by descending λ.</summary>
internal abstract class PathSink
{
    /// <summary>Told once, before the first solution.</summary>
    public abstract void Begin(in PathStart start);

    /// <summary>Whether nothing more is wanted: the path ends after the solution before.</summary>
    public virtual bool IsSated => false;

    /// <summary>One solution: the features whose coefficient is not 0, ascending, and their coefficients on the original scale.</summary>
    public abstract void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients);
}
