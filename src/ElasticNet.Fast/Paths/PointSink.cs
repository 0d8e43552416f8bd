namespace ElasticNet.Fast.Paths;

/// <summary>Keeps a path as objects.</summary>
internal class PointSink(int columns) : PathSink
{
    public double LambdaMax { get; private set; }

    public PathPoint[] Points { get; private set; } = [];

    /// <summary>Solutions received.</summary>
    public int Count { get; private set; }

    public override void Begin(double lambdaMax, ReadOnlySpan<double> lambdas)
    {
        LambdaMax = lambdaMax;
        Points = new PathPoint[lambdas.Length];
    }

    public sealed override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
        Points[Count++] = new(fit, new(columns, features.ToArray(), coefficients.ToArray()));
}
