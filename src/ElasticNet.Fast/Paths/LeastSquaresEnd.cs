namespace ElasticNet.Fast.Paths;

/// <summary>
/// A path of responses in groups that ends at λ = 0: there nothing ties the responses together, and each is solved, and proven, for itself.
/// </summary>
/// <param name="sink">Receives the path.</param>
internal sealed class LeastSquaresEnd(PathSink sink) : PathSink
{
    private ElasticNetFit _fit;
    private int[] _features = [];
    private double[] _coefficients = [];
    private bool _isPath;

    public override bool IsSated => sink.IsSated;

    /// <summary>From here on solutions are those of the path: the end is known.</summary>
    public void TurnToPath() => _isPath = true;

    public override void Begin(in PathStart start)
    {
        if (!_isPath)
            return;
        double[] lambdas = [.. start.Lambdas, 0];
        sink.Begin(new()
        {
            L1Ratio = start.L1Ratio,
            LambdaMax = start.LambdaMax,
            Lambdas = lambdas,
            Rows = start.Rows,
            Outputs = start.Outputs,
            Deviations = start.Deviations,
        });
    }

    public override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
    {
        if (_isPath)
            sink.Record(fit, features, coefficients);
        else
            (_fit, _features, _coefficients) = (fit, features.ToArray(), coefficients.ToArray());
    }

    /// <summary>Hands the end over.</summary>
    public void Conclude() => sink.Record(_fit, _features, _coefficients);
}
