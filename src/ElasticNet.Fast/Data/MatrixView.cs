using System.Runtime.InteropServices;

namespace ElasticNet.Fast;

/// <summary>Makes <see cref="MatrixView{T}"/>s from the memory that holds a table.</summary>
public static class MatrixView
{
    /// <summary>A row-major table: element (i, j) is <c>data[i * stride + j]</c>.</summary>
    /// <param name="data">The elements; at least <c>(rows − 1)·stride + columns</c> of them.</param>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="stride">Elements from one row to the next, at least <paramref name="columns"/>; 0 means exactly that.</param>
    /// <exception cref="ArgumentException">The span is too short for the sizes.</exception>
    public static MatrixView<T> RowMajor<T>(ReadOnlySpan<T> data, int rows, int columns, int stride = 0)
        where T : unmanaged =>
        Create(data, rows, columns, stride, columns, rows, isColumnMajor: false);

    /// <summary>A column-major table: element (i, j) is <c>data[j * stride + i]</c>. Read in place, never copied.</summary>
    /// <param name="data">The elements; at least <c>(columns − 1)·stride + rows</c> of them.</param>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="stride">Elements from one column to the next, at least <paramref name="rows"/>; 0 means exactly that.</param>
    /// <exception cref="ArgumentException">The span is too short for the sizes.</exception>
    public static MatrixView<T> ColumnMajor<T>(ReadOnlySpan<T> data, int rows, int columns, int stride = 0)
        where T : unmanaged =>
        Create(data, rows, columns, stride, rows, columns, isColumnMajor: true);

    /// <summary>
    /// A column-major table of native memory: the way to more than 2³¹ elements (a memory map, an Arrow buffer).
    /// </summary>
    /// <param name="origin">Element (0, 0). The memory must stay valid while the view is used.</param>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="stride">Elements from one column to the next, at least <paramref name="rows"/>.</param>
    public static unsafe MatrixView<T> ColumnMajor<T>(T* origin, int rows, int columns, nint stride)
        where T : unmanaged
    {
        CheckSizes(rows, columns);
        if (stride < rows)
            Throw.OutOfRange(nameof(stride), stride, $"be at least the {rows} rows");
        if (origin == null && rows > 0 && columns > 0)
            throw new ArgumentNullException(nameof(origin), $"'origin' must not be null for {rows} × {columns} elements.");
        return new MatrixView<T>(ref *origin, rows, columns, stride, isColumnMajor: true);
    }

    private static MatrixView<T> Create<T>(
        ReadOnlySpan<T> data, int rows, int columns, int stride, int run, int runs, bool isColumnMajor)
        where T : unmanaged
    {
        CheckSizes(rows, columns);
        if (stride == 0)
            stride = run;
        if (stride < run)
            Throw.OutOfRange(nameof(stride), stride, $"be 0 or at least {run}");
        long needed = run == 0 || runs == 0 ? 0 : (long)(runs - 1) * stride + run;
        if (data.Length < needed)
            Throw.Length(nameof(data), data.Length, $"hold {rows} × {columns} elements at stride {stride}, that is {needed}");
        return new MatrixView<T>(ref MemoryMarshal.GetReference(data), rows, columns, stride, isColumnMajor);
    }

    private static void CheckSizes(int rows, int columns)
    {
        if (rows < 0)
            Throw.OutOfRange(nameof(rows), rows, "not be negative");
        if (columns < 0)
            Throw.OutOfRange(nameof(columns), columns, "not be negative");
    }
}
