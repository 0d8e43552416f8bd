namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>A row wider than what is kept on the stack, written by hand.</summary>
internal readonly struct WideRow(double[] values) : IElasticNetFeatures<WideRow>
{
    public const int Width = 1500;

    private readonly double[] _values = values;

    public static IReadOnlyList<FeatureMember> Members { get; } =
        [.. Enumerable.Range(0, Width).Select(j => new FeatureMember($"x{j}", InputKind.Number))];

    public static void Write<TSink>(in WideRow row, ref TSink sink)
        where TSink : struct, IFeatureSink, allows ref struct
    {
        foreach (double value in row._values)
            sink.Number(value);
    }
}
