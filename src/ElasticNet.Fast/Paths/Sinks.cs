namespace ElasticNet.Fast.Paths;

/// <summary>Writes a path into the caller's memory.</summary>
internal ref struct SpanSink(Span<ElasticNetFit> fits, Span<double> coefficients, int columns) : IPathSink
{
    private readonly Span<ElasticNetFit> _fits = fits;
    private readonly Span<double> _coefficients = coefficients;

    /// <summary>Solutions received.</summary>
    public int Count { get; private set; }

    public readonly bool IsSated => false;

    public readonly void Begin(double lambdaMax, ReadOnlySpan<double> lambdas)
    {
        if (_fits.Length < lambdas.Length)
            Throw.Length("fits", _fits.Length, $"have room for {lambdas.Length} λ");
        if (_coefficients.Length < (long)lambdas.Length * columns)
            Throw.Length("coefficients", _coefficients.Length, $"have room for {lambdas.Length} λ × {columns} columns");
    }

    public void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
    {
        Span<double> dense = _coefficients.Slice(Count * columns, columns);
        dense.Clear();
        for (int k = 0; k < features.Length; k++)
            dense[features[k]] = coefficients[k];
        _fits[Count++] = fit;
    }
}

/// <summary>Keeps a path as objects.</summary>
internal struct PointSink(int columns) : IPathSink
{
    public double LambdaMax { get; private set; }

    public PathPoint[] Points { get; private set; } = [];

    /// <summary>Solutions received.</summary>
    public int Count { get; private set; }

    public readonly bool IsSated => false;

    public void Begin(double lambdaMax, ReadOnlySpan<double> lambdas)
    {
        LambdaMax = lambdaMax;
        Points = new PathPoint[lambdas.Length];
    }

    public void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
        Points[Count++] = new(fit, new(columns, features.ToArray(), coefficients.ToArray()));
}
