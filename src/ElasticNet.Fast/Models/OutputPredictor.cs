using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Models;

/// <summary>
/// xᵀβ of one row for each of several outputs, each with its eight lanes in the order of <see cref="RowPredictor"/>: the features that
/// have coefficients are made once, and their products with the coefficients of all outputs, which lie side by side, are added at once.
/// Outputs do not meet, so any width gives the same bits.
/// </summary>
internal static class OutputPredictor
{
    /// <summary>Lanes that fit on the stack: 4 KB, those of 64 outputs.</summary>
    private const int MostOnStack = 64 * RowPredictor.Lanes;

    /// <summary>Writes xᵀβ of every output.</summary>
    /// <param name="row">What hands out the features that have coefficients.</param>
    /// <param name="values">Their coefficients, those of a feature side by side.</param>
    /// <param name="sums">One for each output.</param>
    [SkipLocalsInit]
    public static void Sum<TRow>(TRow row, ReadOnlySpan<double> values, Span<double> sums)
        where TRow : struct, IRowAccess, allows ref struct
    {
        int outputs = sums.Length, needed = RowPredictor.Lanes * outputs;
        double[]? rented = needed > MostOnStack ? ArrayPool<double>.Shared.Rent(needed) : null;
        Span<double> lanes = rented is null ? stackalloc double[MostOnStack] : rented;
        lanes = lanes[..needed];
        lanes.Clear();
        int lane = 0;
        for (int k = 0; !values.IsEmpty; k++, values = values[outputs..])
        {
            AddProducts(row.Single(k).ToScalar(), values[..outputs], lanes.Slice(lane, outputs));
            lane = lane + outputs == needed ? 0 : lane + outputs;
        }

        Reduce(lanes, sums);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The same of a row of which only some features are stored, the others being 0.</summary>
    /// <param name="features">Which features the row stores, ascending.</param>
    /// <param name="row">Their values.</param>
    /// <param name="indices">Which features have coefficients, ascending.</param>
    /// <param name="values">Their coefficients, those of a feature side by side.</param>
    /// <param name="sums">One for each output.</param>
    [SkipLocalsInit]
    public static void Sum<T>(ReadOnlySpan<int> features, ReadOnlySpan<T> row, ReadOnlySpan<int> indices, ReadOnlySpan<double> values, Span<double> sums)
        where T : unmanaged
    {
        int outputs = sums.Length, needed = RowPredictor.Lanes * outputs;
        double[]? rented = needed > MostOnStack ? ArrayPool<double>.Shared.Rent(needed) : null;
        Span<double> lanes = rented is null ? stackalloc double[MostOnStack] : rented;
        lanes = lanes[..needed];
        lanes.Clear();
        int k = 0, f = 0;
        while (SparseRowPredictor.NextShared(features, indices, ref f, ref k))
        {
            AddProducts(Number.Widen(row[f]), values.Slice(k * outputs, outputs), lanes.Slice(k % RowPredictor.Lanes * outputs, outputs));
            k++;
            f++;
        }

        Reduce(lanes, sums);
        if (rented is not null)
            ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Adds a feature's products to one lane of every output; each product is rounded before it is added.</summary>
    /// <param name="feature">x.</param>
    /// <param name="values">Its coefficients.</param>
    /// <param name="lane">As many sums.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddProducts(double feature, ReadOnlySpan<double> values, Span<double> lane)
    {
        int k = 0;
        if (Vector.IsHardwareAccelerated && lane.Length >= Vector<double>.Count)
        {
            Vector<double> features = new(feature);
            for (; k <= lane.Length - Vector<double>.Count; k += Vector<double>.Count)
                (new Vector<double>(lane[k..]) + new Vector<double>(values[k..]) * features).CopyTo(lane[k..]);
        }

        for (; k < lane.Length; k++)
            lane[k] += values[k] * feature;
    }

    /// <summary>Adds the lanes of each output up.</summary>
    /// <param name="lanes">Eight of each output: those of all outputs, lane after lane.</param>
    /// <param name="sums">One for each output.</param>
    public static void Reduce(ReadOnlySpan<double> lanes, Span<double> sums)
    {
        int outputs = sums.Length;
        for (int k = 0; k < outputs; k++)
            sums[k] = RowPredictor.Reduce(
                lanes[k], lanes[outputs + k], lanes[2 * outputs + k], lanes[3 * outputs + k],
                lanes[4 * outputs + k], lanes[5 * outputs + k], lanes[6 * outputs + k], lanes[7 * outputs + k]);
    }
}
