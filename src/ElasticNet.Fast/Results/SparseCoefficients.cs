using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ElasticNet.Fast;

/// <summary>
/// Coefficients that are not 0, as ascending feature indices and their values on the original scale; one by one with their names where they are
/// enumerated. Of several outputs (<see cref="Family.HasOutputs"/>) a feature has a value for each, and is here where one of them is not 0. Immutable.
/// </summary>
/// <example><c>foreach (NamedCoefficient c in model.Coefficients) Console.WriteLine($"{c.Name}: {c.Value}");</c></example>
[SuppressMessage("Naming", "CA1710", Justification = "A collection by its plural.")]
public sealed class SparseCoefficients : IReadOnlyCollection<NamedCoefficient>
{
    private const int MostShown = 10;

    private readonly int[] _indices;
    private readonly double[] _values;

    /// <param name="featureCount">p.</param>
    /// <param name="indices">Features with a coefficient that is not 0, ascending.</param>
    /// <param name="values">Their coefficients, those of all outputs of a feature side by side.</param>
    /// <param name="outputs">K.</param>
    internal SparseCoefficients(int featureCount, int[] indices, double[] values, int outputs = 1)
    {
        FeatureCount = featureCount;
        Outputs = outputs;
        _indices = indices;
        _values = values;
        Count = outputs == 1 ? indices.Length : values.Length - values.AsSpan().Count(0.0);
    }

    /// <summary>Number of features, zeros included.</summary>
    public int FeatureCount { get; }

    /// <summary>Number of outputs, K: 1 but for the families that <see cref="Family.HasOutputs"/>.</summary>
    public int Outputs { get; }

    /// <summary>Number of coefficients that are not 0; of one output as many as <see cref="Indices"/>, of several as are enumerated.</summary>
    public int Count { get; }

    /// <summary>Names of the features, or null; a path knows them once its points are together.</summary>
    internal IReadOnlyList<string>? Names { get; set; }

    /// <summary>Names of several outputs, or null.</summary>
    internal IReadOnlyList<string>? OutputNames { get; set; }

    /// <summary>Features with a coefficient that is not 0, ascending.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    /// <summary>The coefficients of <see cref="Indices"/>: of feature <c>Indices[i]</c> and output k it is <c>Values[i * Outputs + k]</c>.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The coefficient of one feature; 0 where it was not selected.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="feature"/> is not in [0, <see cref="FeatureCount"/>).</exception>
    /// <exception cref="NotSupportedException">There are several outputs.</exception>
    public double this[int feature]
    {
        get
        {
            DemandOneOutput();
            return At(feature, 0);
        }
    }

    /// <summary>The coefficient of one feature for one output; 0 where it was not selected.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="feature"/> is not in [0, <see cref="FeatureCount"/>), or <paramref name="output"/> not in [0, <see cref="Outputs"/>).</exception>
    public double this[int feature, int output]
    {
        get
        {
            DemandOutput(output);
            return At(feature, output);
        }
    }

    /// <summary>The coefficient of one feature by its name; 0 where it was not selected.</summary>
    /// <exception cref="ArgumentException">No feature is called so.</exception>
    /// <exception cref="NotSupportedException">There are several outputs.</exception>
    public double this[string name]
    {
        get
        {
            DemandOneOutput();
            return At(FeatureOf(name), 0);
        }
    }

    /// <summary>The coefficient of one feature for one output, both by their names; 0 where it was not selected.</summary>
    /// <exception cref="ArgumentException">No feature or no output is called so.</exception>
    public double this[string name, string output] => At(FeatureOf(name), OutputOf(output));

    /// <summary>The coefficients of one output: those that are not 0.</summary>
    /// <param name="output">Its place, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not in [0, <see cref="Outputs"/>).</exception>
    public SparseCoefficients Of(int output)
    {
        DemandOutput(output);
        if (Outputs == 1)
            return this;
        List<int> indices = [];
        List<double> values = [];
        for (int i = 0; i < _indices.Length; i++)
        {
            if (_values[i * Outputs + output] is var value and not 0)
            {
                indices.Add(_indices[i]);
                values.Add(value);
            }
        }

        return new(FeatureCount, [.. indices], [.. values]) { Names = Names };
    }

    /// <summary>The coefficients of one output by its name: those that are not 0.</summary>
    /// <exception cref="ArgumentException">No output is called so.</exception>
    public SparseCoefficients Of(string output) => Of(OutputOf(output));

    /// <summary>All coefficients, zeros included, with their names, by feature.</summary>
    public IEnumerable<NamedCoefficient> All
    {
        get
        {
            for (int j = 0, i = 0; j < FeatureCount; j++)
            {
                bool isSelected = i < _indices.Length && _indices[i] == j;
                for (int k = 0; k < Outputs; k++)
                    yield return Named(j, k, isSelected ? _values[i * Outputs + k] : 0);
                i += isSelected ? 1 : 0;
            }
        }
    }

    /// <summary>The coefficients that are not 0, with their names, by feature.</summary>
    public IEnumerator<NamedCoefficient> GetEnumerator()
    {
        for (int at = 0; at < _values.Length; at++)
        {
            if (Outputs == 1 || _values[at] != 0)
                yield return Named(_indices[at / Outputs], at % Outputs, _values[at]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes all coefficients, zeros included; of several outputs those of a feature side by side.</summary>
    /// <param name="destination">At least <see cref="FeatureCount"/> × <see cref="Outputs"/> long; what is beyond is left alone.</param>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<double> destination)
    {
        long all = (long)FeatureCount * Outputs;
        if (destination.Length < all)
            Throw.Length(nameof(destination), destination.Length, Outputs == 1 ? $"hold the {FeatureCount} coefficients" : $"hold the {FeatureCount} × {Outputs} coefficients");
        destination[..(int)all].Clear();
        for (int i = 0; i < _indices.Length; i++)
            _values.AsSpan(i * Outputs, Outputs).CopyTo(destination[(_indices[i] * Outputs)..]);
    }

    /// <summary>All coefficients, zeros included, in a new array; of several outputs those of a feature side by side.</summary>
    public double[] ToArray()
    {
        double[] dense = new double[(long)FeatureCount * Outputs];
        CopyTo(dense);
        return dense;
    }

    /// <summary>The largest coefficients by size, ten at most, on one line, culture-invariant: "3 of 10 not 0: area = 2.5, …".</summary>
    public override string ToString()
    {
        string largest = string.Join(", ", this.OrderByDescending(coefficient => Math.Abs(coefficient.Value)).Take(MostShown).Select(coefficient => $"{FeatureName.Shown(coefficient.FullName)} = {Throw.Invariant($"{coefficient.Value:g6}")}"));
        return Throw.Invariant($"{Count} of {(long)FeatureCount * Outputs} not 0{(Count == 0 ? "" : ": ")}{largest}{(Count > MostShown ? ", …" : "")}");
    }

    private double At(int feature, int output)
    {
        if ((uint)feature >= (uint)FeatureCount)
            Throw.OutOfRange(nameof(feature), feature, $"be in [0, {FeatureCount})");
        int at = Array.BinarySearch(_indices, feature);
        return at < 0 ? 0 : _values[at * Outputs + output];
    }

    private int FeatureOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (int j = 0; j < FeatureCount; j++)
        {
            if (FeatureName.Of(Names, j) == name)
                return j;
        }

        Throw.Data(nameof(name), Throw.Invariant($"'{nameof(name)}' ({name}) must be one of the {FeatureCount} features{NearestName.Hint(name, FeatureName.All(Names, FeatureCount))}."));
        return -1;
    }

    private int OutputOf(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        for (int k = 0; k < Outputs; k++)
        {
            if (FeatureName.OfOutput(OutputNames, k) == output)
                return k;
        }

        Throw.Data(nameof(output), Throw.Invariant($"'{nameof(output)}' ({output}) must be one of the {Outputs} outputs{NearestName.Hint(output, [.. Enumerable.Range(0, Outputs).Select(k => FeatureName.OfOutput(OutputNames, k))])}."));
        return -1;
    }

    private NamedCoefficient Named(int feature, int output, double value) =>
        new(FeatureName.Of(Names, feature), feature, value) { Output = Outputs == 1 ? null : FeatureName.OfOutput(OutputNames, output) };

    private void DemandOutput(int output)
    {
        if ((uint)output >= (uint)Outputs)
            Throw.OutOfRange(nameof(output), output, $"be in [0, {Outputs})");
    }

    private void DemandOneOutput()
    {
        if (Outputs != 1)
            throw new NotSupportedException(Throw.Invariant($"Each feature has {Outputs} coefficients, one for each output: say which, coefficients[feature, output] or coefficients.Of(output)."));
    }
}
