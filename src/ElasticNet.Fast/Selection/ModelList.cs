using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Selection;

/// <summary>The sparse models of a path, one after another.</summary>
internal sealed class ModelList
{
    private readonly List<double> _intercepts = [];
    private readonly List<int> _features = [];
    private readonly List<double> _coefficients = [];
    private readonly List<int> _ends = [];

    /// <summary>Number of models.</summary>
    public int Count => _intercepts.Count;

    /// <summary>Coefficients of all models together.</summary>
    public int Size => _features.Count;

    /// <summary>The intercept of the k-th model.</summary>
    public double Intercept(int k) => _intercepts[k];

    /// <summary>The features of the k-th model.</summary>
    public ReadOnlySpan<int> Features(int k) => CollectionsMarshal.AsSpan(_features)[Start(k).._ends[k]];

    /// <summary>Their coefficients.</summary>
    public ReadOnlySpan<double> Coefficients(int k) => CollectionsMarshal.AsSpan(_coefficients)[Start(k).._ends[k]];

    /// <summary>Adds a model.</summary>
    public void Add(double intercept, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
    {
        _intercepts.Add(intercept);
        _features.AddRange(features);
        _coefficients.AddRange(coefficients);
        _ends.Add(_features.Count);
    }

    /// <summary>The features of every model, in memory of their own.</summary>
    public int[][] Supports() => [.. Enumerable.Range(0, Count).Select(k => Features(k).ToArray())];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _intercepts.Clear();
        _features.Clear();
        _coefficients.Clear();
        _ends.Clear();
    }

    private int Start(int k) => k == 0 ? 0 : _ends[k - 1];
}
