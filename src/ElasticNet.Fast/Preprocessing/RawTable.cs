using System.Runtime.CompilerServices;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>What is done with one raw column.</summary>
/// <param name="column">Which column.</param>
/// <param name="values">Its values.</param>
/// <param name="scratch">Room for two columns.</param>
internal unsafe delegate void ColumnAction(int column, double* values, double* scratch);

/// <summary>A pinned table of raw values, read column by column as doubles.</summary>
/// <param name="view">The table.</param>
/// <param name="origin">Where it is pinned.</param>
internal readonly unsafe struct RawTable<T>(MatrixView<T> view, T* origin)
    where T : unmanaged
{
    /// <summary>Columns read together: in a row-major table they share a cache line.</summary>
    private const int PanelColumns = 8;

    /// <summary>Values below which starting a thread costs more than it brings.</summary>
    private const long SmallTable = 1 << 16;

    private readonly nint _stride = view.Stride;
    private readonly bool _isColumnMajor = view.IsColumnMajor;

    public int Rows { get; } = view.Rows;

    public int Columns { get; } = view.Columns;

    /// <summary>Visits every column, on several threads where it is worth it.</summary>
    public void ForEachColumn(int maxDegreeOfParallelism, ColumnAction action, CancellationToken cancellationToken)
    {
        RawTable<T> table = this;
        int panels = (Columns + PanelColumns - 1) / PanelColumns;
        bool isSmall = (long)Rows * Columns < SmallTable;
        ParallelWork.Run(panels, isSmall ? 1 : maxDegreeOfParallelism, panel =>
        {
            using AlignedBuffer<double> buffer = new();
            double* scratch = buffer.Require((nint)table.Rows * (2 + PanelColumns));
            int first = panel * PanelColumns, count = Math.Min(PanelColumns, table.Columns - first);
            double* columns = table.Read(first, count, scratch + 2 * (nint)table.Rows, out nint stride);
            for (int j = 0; j < count; j++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                action(first + j, columns + j * stride, scratch);
            }
        });
    }

    /// <summary>Columns one after another: in place where they lie as doubles, else copied.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double* Read(int first, int count, double* buffer, out nint stride)
    {
        if (_isColumnMajor && typeof(T) == typeof(double))
        {
            stride = _stride;
            return (double*)origin + first * _stride;
        }

        stride = Rows;
        if (_isColumnMajor)
        {
            for (int j = 0; j < count; j++)
            {
                T* column = origin + (first + j) * _stride;
                for (int i = 0; i < Rows; i++)
                    buffer[j * stride + i] = Widen(column[i]);
            }
        }
        else
        {
            for (int i = 0; i < Rows; i++)
            {
                T* row = origin + i * _stride + first;
                for (int j = 0; j < count; j++)
                    buffer[j * stride + i] = Widen(row[j]);
            }
        }

        return buffer;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Widen(T value) =>
        typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(value) : Unsafe.BitCast<T, float>(value);
}
