using System.Numerics;
using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>Scales a table, there or back, from one place to another or in place.</summary>
internal static unsafe class ScalerMap
{
    /// <summary>Elements of a column that share a copy of its center and scale.</summary>
    private const int Block = 256;

    /// <summary>Runs over all elements.</summary>
    public static void Run<T>(MatrixView<T> source, MatrixSpan<T> destination, ReadOnlySpan<double> centers, ReadOnlySpan<double> scales, bool inverse)
        where T : unmanaged
    {
        if (source.Columns != centers.Length)
            Throw.Length(nameof(source), source.Columns, Throw.Invariant($"have {centers.Length} columns"));
        if (destination.Rows != source.Rows || destination.Columns != source.Columns)
            Throw.Data(nameof(destination), Throw.Invariant($"'destination' ({destination.Rows} × {destination.Columns}) must be as large as 'source' ({source.Rows} × {source.Columns})."));
        if (source.Rows == 0 || source.Columns == 0)
            return;
        fixed (T* from = source)
        fixed (T* to = destination)
        {
            CheckOverlap(source, destination, (nint)(to - from));
            if (source.IsColumnMajor != destination.IsColumnMajor)
                Across(source, from, destination, to, centers, scales, inverse);
            else if (source.IsColumnMajor)
                Columns(source, from, to, destination.Stride, centers, scales, inverse);
            else
                Rows(source, from, to, destination.Stride, centers, scales, inverse);
        }
    }

    private static void Rows<T>(MatrixView<T> source, T* from, T* to, nint stride, ReadOnlySpan<double> centers, ReadOnlySpan<double> scales, bool inverse)
        where T : unmanaged
    {
        fixed (double* center = centers, scale = scales)
        {
            for (int i = 0; i < source.Rows; i++)
                Map(from + i * source.Stride, to + i * stride, source.Columns, center, scale, inverse);
        }
    }

    private static void Columns<T>(MatrixView<T> source, T* from, T* to, nint stride, ReadOnlySpan<double> centers, ReadOnlySpan<double> scales, bool inverse)
        where T : unmanaged
    {
        double* center = stackalloc double[Block], scale = stackalloc double[Block];
        for (int j = 0; j < source.Columns; j++)
        {
            new Span<double>(center, Block).Fill(centers[j]);
            new Span<double>(scale, Block).Fill(scales[j]);
            for (int top = 0; top < source.Rows; top += Block)
                Map(from + j * source.Stride + top, to + j * stride + top, Math.Min(Block, source.Rows - top), center, scale, inverse);
        }
    }

    /// <summary>From one layout to the other, in squares that stay in the cache.</summary>
    private static void Across<T>(
        MatrixView<T> source, T* from, MatrixSpan<T> destination, T* to, ReadOnlySpan<double> centers, ReadOnlySpan<double> scales, bool inverse)
        where T : unmanaged
    {
        const int side = 32;
        (nint fromRow, nint fromColumn) = source.IsColumnMajor ? (1, source.Stride) : (source.Stride, (nint)1);
        (nint toRow, nint toColumn) = destination.IsColumnMajor ? (1, destination.Stride) : (destination.Stride, (nint)1);
        for (int top = 0; top < source.Rows; top += side)
        {
            for (int left = 0; left < source.Columns; left += side)
            {
                for (int j = left; j < Math.Min(left + side, source.Columns); j++)
                {
                    for (int i = top; i < Math.Min(top + side, source.Rows); i++)
                        One(from + i * fromRow + j * fromColumn, to + i * toRow + j * toColumn, centers[j], scales[j], inverse);
                }
            }
        }
    }

    private static void Map<T>(T* from, T* to, int count, double* center, double* scale, bool inverse)
        where T : unmanaged
    {
        int i = 0;
        if (typeof(T) == typeof(double))
        {
            for (; i <= count - Vector<double>.Count; i += Vector<double>.Count)
                Vector.Store(Map(Vector.Load((double*)from + i), center + i, scale + i, inverse), (double*)to + i);
        }
        else
        {
            for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
            {
                Vector.Widen(Vector.Load((float*)from + i), out Vector<double> low, out Vector<double> high);
                int middle = i + Vector<double>.Count;
                Vector.Store(Vector.Narrow(Map(low, center + i, scale + i, inverse), Map(high, center + middle, scale + middle, inverse)), (float*)to + i);
            }
        }

        for (; i < count; i++)
            One(from + i, to + i, center[i], scale[i], inverse);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Map(Vector<double> x, double* center, double* scale, bool inverse) =>
        inverse ? x * Vector.Load(scale) + Vector.Load(center) : (x - Vector.Load(center)) / Vector.Load(scale);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<T>(T* from, T* to, double center, double scale, bool inverse)
        where T : unmanaged
    {
        double x = ColumnStatistics.Widen(*from);
        double y = inverse ? x * scale + center : (x - center) / scale;
        if (typeof(T) == typeof(float))
            *(float*)to = (float)y;
        else
            *(double*)to = y;
    }

    /// <summary>In place or apart; other columns of the same table are apart.</summary>
    private static void CheckOverlap<T>(MatrixView<T> source, MatrixSpan<T> destination, nint offset)
        where T : unmanaged
    {
        bool alike = source.IsColumnMajor == destination.IsColumnMajor && source.Stride == destination.Stride;
        if ((alike && offset == 0) || offset >= Extent(source) || -offset >= Extent<T>(destination))
            return;
        nint run = source.IsColumnMajor ? source.Rows : source.Columns, within = Math.Abs(offset) % source.Stride;
        if (!(alike && within >= run && within <= source.Stride - run))
            Throw.Data(nameof(destination), "'destination' must be the source itself or memory apart from it; the two overlap.");
    }

    private static nint Extent<T>(MatrixView<T> table)
        where T : unmanaged =>
        table.IsColumnMajor ? (table.Columns - 1) * table.Stride + table.Rows : (table.Rows - 1) * table.Stride + table.Columns;
}
