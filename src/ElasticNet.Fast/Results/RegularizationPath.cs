using System.Collections;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast;

/// <summary>The solutions of one mixing ρ for a descending sequence of λ. Immutable and thread-safe.</summary>
public sealed class RegularizationPath : IReadOnlyList<PathPoint>
{
    private readonly PathPoint[] _points;

    private readonly int[] _everSelected;
    private readonly double[] _standardDeviations;

    /// <param name="points">The solutions, by descending λ.</param>
    /// <param name="l1Ratio">ρ.</param>
    /// <param name="lambdaMax">λ_max.</param>
    /// <param name="rows">Rows of positive weight, copies of multiple imputation included.</param>
    /// <param name="deviations">Standard deviation of each of the p columns; may be empty where there are no points.</param>
    /// <param name="featureNames">p names, or null.</param>
    /// <param name="preparation">How raw columns became the features, or null.</param>
    internal RegularizationPath(PathPoint[] points, double l1Ratio, double lambdaMax, int rows, ReadOnlySpan<double> deviations,
        IReadOnlyList<string>? featureNames, Preparation? preparation)
        : this(points, l1Ratio, lambdaMax, rows / (preparation?.Options.Copies ?? 1), deviations.Length, featureNames, preparation)
    {
        bool[] selected = new bool[deviations.Length];
        foreach (PathPoint point in points)
        {
            foreach (int feature in point.Coefficients.Indices)
                selected[feature] = true;
        }

        _everSelected = [.. Enumerable.Range(0, selected.Length).Where(feature => selected[feature])];
        _standardDeviations = new double[_everSelected.Length];
        for (int k = 0; k < _everSelected.Length; k++)
            _standardDeviations[k] = deviations[_everSelected[k]];
    }

    /// <summary>A path whose features are known to be the ones it selects.</summary>
    internal RegularizationPath(PathPoint[] points, double l1Ratio, double lambdaMax, int rows, int featureCount,
        int[] everSelected, double[] standardDeviations, IReadOnlyList<string>? featureNames, Preparation? preparation)
        : this(points, l1Ratio, lambdaMax, rows, featureCount, featureNames, preparation) =>
        (_everSelected, _standardDeviations) = (everSelected, standardDeviations);

    /// <summary>Of a fit of Cox its baseline hazard; of a whole path none is kept.</summary>
    internal BaselineHazard? Baseline { get; init; }

    /// <summary>Of several outputs what the classes or responses are called; null where there is one.</summary>
    public IReadOnlyList<string>? OutputNames
    {
        get;
        internal init
        {
            field = value;
            foreach (PathPoint point in _points)
                point.Coefficients.OutputNames = value;
        }
    }

    /// <summary>The same path with other things known of its points.</summary>
    internal RegularizationPath With(PathPoint[] points) =>
        new(points, L1Ratio, LambdaMax, Rows, FeatureCount, _everSelected, _standardDeviations, FeatureNames, Preparation) { Baseline = Baseline, OutputNames = OutputNames };

    private RegularizationPath(PathPoint[] points, double l1Ratio, double lambdaMax, int rows, int featureCount,
        IReadOnlyList<string>? featureNames, Preparation? preparation)
    {
        _everSelected = [];
        _standardDeviations = [];
        _points = points;
        L1Ratio = l1Ratio;
        LambdaMax = lambdaMax;
        Rows = rows;
        FeatureCount = featureCount;
        FeatureNames = featureNames;
        Preparation = preparation;
        foreach (PathPoint point in points)
            point.Coefficients.Names = featureNames;
    }

    /// <summary>The mixing ρ of the whole path.</summary>
    public double L1Ratio { get; }

    /// <summary>The smallest λ at which every penalised coefficient is 0 (computed with max(ρ, 1e-3)).</summary>
    public double LambdaMax { get; }

    /// <summary>Rows of positive weight that the path was fitted on.</summary>
    public int Rows { get; }

    /// <summary>Columns of X, p.</summary>
    public int FeatureCount { get; }

    /// <summary>Names of the columns, or null.</summary>
    public IReadOnlyList<string>? FeatureNames { get; }

    /// <summary>How raw columns became the features; null where X held them.</summary>
    public Preparation? Preparation { get; }

    /// <summary>Features whose coefficient is not 0 at one λ at least, ascending.</summary>
    public ReadOnlyMemory<int> EverSelected => _everSelected;

    /// <summary>
    /// Standard deviations (1/n, weighted) of the columns <see cref="EverSelected"/> in the rows of the fit: coefficient × deviation is the
    /// effect per standard deviation, which is comparable between features.
    /// </summary>
    public ReadOnlyMemory<double> StandardDeviations => _standardDeviations;

    /// <summary>Number of λ.</summary>
    public int Count => _points.Length;

    /// <summary>The solution at the k-th largest λ, k from 0.</summary>
    public PathPoint this[int index] => _points[index];

    /// <inheritdoc/>
    public IEnumerator<PathPoint> GetEnumerator() => ((IEnumerable<PathPoint>)_points).GetEnumerator();

    /// <summary>How many λ from where to where, and what they select, on one line, culture-invariant.</summary>
    public override string ToString() => Count == 0
        ? Throw.Invariant($"path of ρ {L1Ratio}: no solution")
        : Throw.Invariant($"path of ρ {L1Ratio}: {Count} λ from {_points[0].Lambda:g6} to {_points[^1].Lambda:g6}, {_everSelected.Length} of {FeatureCount} features selected, deviance ratio up to {Digits.Four(_points.Max(point => point.Fit.DevianceRatio))}, largest relative gap {_points.Max(point => point.RelativeGap):0.0e+0}");

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
