using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Paths;

/// <summary>Keeps a path as objects.</summary>
internal class PointSink : PathSink
{
    private PathPoint[] _points = [];
    private double[] _deviations = [];
    private double _l1Ratio, _lambdaMax;
    private int _rows, _count;

    /// <summary>Of a fit of Cox the baseline hazard, found when it was solved.</summary>
    public BaselineHazard? Baseline { get; set; }

    /// <summary>The solutions received.</summary>
    public ReadOnlySpan<PathPoint> Points => _points.AsSpan(0, _count);

    public override void Begin(in PathStart start)
    {
        _points = new PathPoint[start.Lambdas.Length];
        _deviations = start.Deviations.ToArray();
        (_l1Ratio, _lambdaMax, _rows, _count) = (start.L1Ratio, start.LambdaMax, start.Rows, 0);
    }

    public sealed override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
        _points[_count++] = new(fit, new(_deviations.Length, features.ToArray(), coefficients.ToArray()));

    /// <summary>The path as far as it has come.</summary>
    /// <param name="names">Names of the features, or null.</param>
    /// <param name="preparation">How raw columns became features, or null.</param>
    public RegularizationPath ToPath(IReadOnlyList<string>? names, Preparation? preparation = null) =>
        new([.. Points], _l1Ratio, _lambdaMax, _rows, _deviations, names, preparation) { Baseline = Baseline };
}
