namespace ElasticNet.Fast;

/// <summary>Coefficients that are not 0, as ascending feature indices and their values on the original scale. Immutable.</summary>
public sealed class SparseCoefficients
{
    private readonly int[] _indices;
    private readonly double[] _values;

    internal SparseCoefficients(int featureCount, int[] indices, double[] values)
    {
        FeatureCount = featureCount;
        _indices = indices;
        _values = values;
    }

    /// <summary>Number of features, zeros included.</summary>
    public int FeatureCount { get; }

    /// <summary>Number of coefficients that are not 0.</summary>
    public int Count => _indices.Length;

    /// <summary>Features whose coefficient is not 0, ascending.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>The coefficients of <see cref="Indices"/>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The coefficient of one feature; 0 where it was not selected.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="feature"/> is not in [0, <see cref="FeatureCount"/>).</exception>
    public double this[int feature]
    {
        get
        {
            if ((uint)feature >= (uint)FeatureCount)
                Throw.OutOfRange(nameof(feature), feature, $"be in [0, {FeatureCount})");
            int at = Array.BinarySearch(_indices, feature);
            return at < 0 ? 0 : _values[at];
        }
    }

    /// <summary>Writes all coefficients, zeros included.</summary>
    /// <param name="destination">At least <see cref="FeatureCount"/> long; what is beyond is left alone.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<double> destination)
    {
        if (destination.Length < FeatureCount)
            Throw.Length(nameof(destination), destination.Length, $"hold the {FeatureCount} coefficients");
        destination[..FeatureCount].Clear();
        for (int k = 0; k < _indices.Length; k++)
            destination[_indices[k]] = _values[k];
    }

    /// <summary>All coefficients, zeros included, in a new array.</summary>
    public double[] ToArray()
    {
        double[] dense = new double[FeatureCount];
        CopyTo(dense);
        return dense;
    }
}
