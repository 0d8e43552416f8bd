using System.Buffers;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>Centers and scales of the columns of a table.</summary>
internal static class ScalerFit
{
    /// <summary>Learns them; scratch comes from the shared pool.</summary>
    public static void Run<T>(MatrixView<T> x, ScalerOptions options, ReadOnlySpan<double> weights, Span<double> centers, Span<double> scales)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (centers.Length != x.Columns)
            Throw.Length(nameof(centers), centers.Length, Throw.Invariant($"have an element for each of the {x.Columns} columns"));
        if (scales.Length != x.Columns)
            Throw.Length(nameof(scales), scales.Length, Throw.Invariant($"have an element for each of the {x.Columns} columns"));
        TableSummary.CheckWeights(weights, x.Rows);
        if (options.Method == ScalingMethod.Robust)
            ByQuantiles(x, options, weights, centers, scales);
        else
            BySummaries(x, options, weights, centers, scales);
    }

    private static void BySummaries<T>(MatrixView<T> x, ScalerOptions options, ReadOnlySpan<double> weights, Span<double> centers, Span<double> scales)
        where T : unmanaged
    {
        ColumnSummary[] rented = ArrayPool<ColumnSummary>.Shared.Rent(x.Columns);
        try
        {
            Span<ColumnSummary> columns = rented.AsSpan(0, x.Columns);
            columns.Clear();
            TableSummary.Add(x, weights, columns);
            for (int j = 0; j < columns.Length; j++)
                (centers[j], scales[j]) = ScalerRule.Checked(ScalerRule.Of(options, columns[j]), j);
        }
        finally
        {
            ArrayPool<ColumnSummary>.Shared.Return(rented);
        }
    }

    private static void ByQuantiles<T>(MatrixView<T> x, ScalerOptions options, ReadOnlySpan<double> weights, Span<double> centers, Span<double> scales)
        where T : unmanaged
    {
        double[] scratch = ArrayPool<double>.Shared.Rent(ColumnStatistics.ScratchLength(x.Rows, !weights.IsEmpty));
        try
        {
            for (int j = 0; j < x.Columns; j++)
                (centers[j], scales[j]) = ScalerRule.Checked(ScalerRule.Of(options, TableSummary.Order(x, weights, j, scratch)), j);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scratch);
        }
    }
}
