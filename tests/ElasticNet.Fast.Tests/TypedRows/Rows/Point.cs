namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>A class, of numbers only, in another order than the tests' models have them.</summary>
[ElasticNetFeatures]
internal sealed partial class Point
{
    public double C;

    public double A { get; init; }

    public string? Label { get; init; }

    public double B { get; init; }
}

/// <summary>The same as a struct.</summary>
[ElasticNetFeatures]
internal partial record struct PointStruct(double C, double A, string? Label, double B);
