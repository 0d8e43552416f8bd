using System.Collections;

namespace ElasticNet.Fast;

/// <summary>The solutions of one mixing ρ for a descending sequence of λ. Immutable and thread-safe.</summary>
public sealed class RegularizationPath : IReadOnlyList<PathPoint>
{
    private readonly PathPoint[] _points;

    internal RegularizationPath(PathPoint[] points, double l1Ratio, double lambdaMax, int rows, int featureCount, IReadOnlyList<string>? featureNames,
        Preparation? preparation = null)
    {
        _points = points;
        L1Ratio = l1Ratio;
        LambdaMax = lambdaMax;
        Rows = rows / (preparation?.Options.Copies ?? 1);
        FeatureCount = featureCount;
        FeatureNames = featureNames;
        Preparation = preparation;
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

    /// <summary>Number of λ.</summary>
    public int Count => _points.Length;

    /// <summary>The solution at the k-th largest λ, k from 0.</summary>
    public PathPoint this[int index] => _points[index];

    /// <inheritdoc/>
    public IEnumerator<PathPoint> GetEnumerator() => ((IEnumerable<PathPoint>)_points).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
