namespace ElasticNet.Fast;

/// <summary>One coefficient with the name of its feature.</summary>
/// <param name="Name">What the feature is called; x and its place where features have no names.</param>
/// <param name="Feature">Its place, counted from 0.</param>
/// <param name="Value">The coefficient on the original scale.</param>
public readonly record struct NamedCoefficient(string Name, int Feature, double Value)
{
    /// <summary>Of a model of several outputs what the class or response is called whose coefficient it is; else null.</summary>
    public string? Output { get; init; }

    /// <summary>Feature and, where there are several, output: "area" or "area of setosa".</summary>
    internal string FullName => Output is null ? Name : $"{Name} of {Output}";

    /// <summary>Name and value, culture-invariant: "area = 2.5", of several outputs "area of setosa = 2.5".</summary>
    public override string ToString() => Throw.Invariant($"{FullName} = {Value}");
}
