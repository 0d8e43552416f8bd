namespace ElasticNet.Fast.PreparationBenchmark.Pipeline;

/// <summary>A row as an application has it: numbers that may be missing, categories by name.</summary>
[ElasticNetFeatures]
internal readonly partial record struct Reading(
    double? X1, double? X2, double? X3, double? X4, double? X5, double? X6,
    double? X7, double? X8, double? X9, double? X10, double? X11, double? X12,
    string A, string B, string C)
{
    /// <summary>The row that a raw row stands for.</summary>
    public static Reading Of(ReadOnlySpan<double> raw) => new(
        Number(raw[0]), Number(raw[1]), Number(raw[2]), Number(raw[3]), Number(raw[4]), Number(raw[5]),
        Number(raw[6]), Number(raw[7]), Number(raw[8]), Number(raw[9]), Number(raw[10]), Number(raw[11]),
        RawTable.Level(12, raw[12]), RawTable.Level(13, raw[13]), RawTable.Level(14, raw[14]));

    private static double? Number(double value) => double.IsNaN(value) ? null : value;
}
