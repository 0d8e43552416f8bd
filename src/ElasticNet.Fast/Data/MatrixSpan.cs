namespace ElasticNet.Fast.Preprocessing;

/// <summary>Makes <see cref="MatrixSpan{T}"/>s from the memory that holds a table.</summary>
public static class MatrixSpan
{
    /// <summary>A row-major table: element (i, j) is <c>data[i * stride + j]</c>.</summary>
    /// <param name="data">The elements; at least <c>(rows − 1)·stride + columns</c> of them.</param>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="stride">Elements from one row to the next, at least <paramref name="columns"/>; 0 means exactly that.</param>
    /// <exception cref="ArgumentException">The span is too short for the sizes.</exception>
    public static MatrixSpan<T> RowMajor<T>(Span<T> data, int rows, int columns, int stride = 0)
        where T : unmanaged =>
        new(MatrixView.RowMajor<T>(data, rows, columns, stride));

    /// <summary>A column-major table: element (i, j) is <c>data[j * stride + i]</c>.</summary>
    /// <param name="data">The elements; at least <c>(columns − 1)·stride + rows</c> of them.</param>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="stride">Elements from one column to the next, at least <paramref name="rows"/>; 0 means exactly that.</param>
    /// <exception cref="ArgumentException">The span is too short for the sizes.</exception>
    public static MatrixSpan<T> ColumnMajor<T>(Span<T> data, int rows, int columns, int stride = 0)
        where T : unmanaged =>
        new(MatrixView.ColumnMajor<T>(data, rows, columns, stride));

    /// <summary>A column-major table of native memory: the way to more than 2³¹ elements.</summary>
    /// <param name="origin">Element (0, 0). The memory must stay valid while the table is used.</param>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="stride">Elements from one column to the next, at least <paramref name="rows"/>.</param>
    public static unsafe MatrixSpan<T> ColumnMajor<T>(T* origin, int rows, int columns, nint stride)
        where T : unmanaged =>
        new(MatrixView.ColumnMajor(origin, rows, columns, stride));
}
