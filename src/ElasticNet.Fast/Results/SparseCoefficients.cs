using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ElasticNet.Fast;

/// <summary>
/// Coefficients that are not 0, as ascending feature indices and their values on the original scale; one by one with their names where they are
/// enumerated. Immutable.
/// </summary>
/// <example><c>foreach (NamedCoefficient c in model.Coefficients) Console.WriteLine($"{c.Name}: {c.Value}");</c></example>
[SuppressMessage("Naming", "CA1710", Justification = "A collection by its plural.")]
public sealed class SparseCoefficients : IReadOnlyCollection<NamedCoefficient>
{
    private const int MostShown = 10;

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

    /// <summary>Names of the features, or null; a path knows them once its points are together.</summary>
    internal IReadOnlyList<string>? Names { get; set; }

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

    /// <summary>The coefficient of one feature by its name; 0 where it was not selected.</summary>
    /// <exception cref="ArgumentException">No feature is called so.</exception>
    public double this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            for (int j = 0; j < FeatureCount; j++)
            {
                if (FeatureName.Of(Names, j) == name)
                    return this[j];
            }

            Throw.Data(nameof(name), Throw.Invariant($"'{nameof(name)}' ({name}) must be one of the {FeatureCount} features{NearestName.Hint(name, FeatureName.All(Names, FeatureCount))}."));
            return 0;
        }
    }

    /// <summary>All coefficients, zeros included, with their names, by feature.</summary>
    public IEnumerable<NamedCoefficient> All
    {
        get
        {
            for (int j = 0, k = 0; j < FeatureCount; j++)
                yield return new(FeatureName.Of(Names, j), j, k < _indices.Length && _indices[k] == j ? _values[k++] : 0);
        }
    }

    /// <summary>The coefficients that are not 0, with their names, by feature.</summary>
    public IEnumerator<NamedCoefficient> GetEnumerator()
    {
        for (int k = 0; k < _indices.Length; k++)
            yield return new(FeatureName.Of(Names, _indices[k]), _indices[k], _values[k]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

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

    /// <summary>The largest coefficients by size, ten at most, on one line, culture-invariant: "3 of 10 not 0: area = 2.5, …".</summary>
    public override string ToString()
    {
        string largest = string.Join(", ", this.OrderByDescending(coefficient => Math.Abs(coefficient.Value)).Take(MostShown).Select(coefficient => $"{FeatureName.Shown(coefficient.Name)} = {Throw.Invariant($"{coefficient.Value:g6}")}"));
        return Throw.Invariant($"{Count} of {FeatureCount} not 0{(Count == 0 ? "" : ": ")}{largest}{(Count > MostShown ? ", …" : "")}");
    }
}
