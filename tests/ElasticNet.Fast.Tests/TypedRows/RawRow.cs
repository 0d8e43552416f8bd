using ElasticNet.Fast.TypedRows;

namespace ElasticNet.Fast.Tests.TypedRows;

/// <summary>The raw row of a model that a typed row becomes.</summary>
internal static class RawRow
{
    public static double[] Of<TRow>(TRow row, MemberTarget[] targets, int inputs)
        where TRow : IElasticNetFeatures<TRow>
    {
        var raw = new double[inputs];
        RowSink sink = new(targets, raw, typeof(TRow).Name);
        TRow.Write(in row, ref sink);
        sink.EndRow();
        return raw;
    }
}
