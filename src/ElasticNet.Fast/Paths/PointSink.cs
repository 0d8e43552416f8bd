using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Paths;

/// <summary>Keeps a path as objects.</summary>
internal class PointSink : PathSink
{
    private PathPoint[] _points = [];
    private double[] _deviations = [];
    private double _l1Ratio, _lambdaMax;
    private int _rows, _count, _outputs;

    /// <summary>Of a fit of Cox the baseline hazard, found when it was solved.</summary>
    public BaselineHazard? Baseline { get; set; }

    /// <summary>The solutions received.</summary>
    public ReadOnlySpan<PathPoint> Points => _points.AsSpan(0, _count);

    public override void Begin(in PathStart start)
    {
        _points = new PathPoint[start.Lambdas.Length];
        _deviations = start.Deviations.ToArray();
        (_l1Ratio, _lambdaMax, _rows, _count, _outputs) = (start.L1Ratio, start.LambdaMax, start.Rows, 0, start.Outputs);
    }

    public sealed override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
        _points[_count++] = _outputs == 1
            ? new(fit, new(_deviations.Length, features.ToArray(), coefficients.ToArray()))
            : OfOutputs(fit, features, coefficients);

    /// <summary>A point whose columns are (feature, output), with the intercepts behind the last feature.</summary>
    private PathPoint OfOutputs(in ElasticNetFit fit, ReadOnlySpan<int> columns, ReadOnlySpan<double> coefficients)
    {
        int[] features = new int[fit.NonZeroCount];
        double[] values = new double[features.Length * _outputs], intercepts = new double[_outputs];
        int found = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            (int feature, int output) = Math.DivRem(columns[i], _outputs);
            if (feature == _deviations.Length)
            {
                intercepts[output] = coefficients[i];
                continue;
            }

            if (found == 0 || features[found - 1] != feature)
                features[found++] = feature;
            values[(found - 1) * _outputs + output] = coefficients[i];
        }

        return new(fit with { Intercepts = intercepts }, new(_deviations.Length, features, values, _outputs));
    }

    /// <summary>The path as far as it has come.</summary>
    /// <param name="names">Names of the features, or null.</param>
    /// <param name="preparation">How raw columns became features, or null.</param>
    /// <param name="outputs">What several outputs are called, or null.</param>
    public RegularizationPath ToPath(IReadOnlyList<string>? names, Preparation? preparation = null, IReadOnlyList<string>? outputs = null) =>
        new([.. Points], _l1Ratio, _lambdaMax, _rows, _deviations, names, preparation) { Baseline = Baseline, OutputNames = outputs };
}
