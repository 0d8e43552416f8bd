namespace ElasticNet.Fast.Compare.Problems;

/// <summary>A dense X, column after column.</summary>
/// <param name="values">rows × columns elements.</param>
/// <param name="rows">n.</param>
/// <param name="columns">p.</param>
internal sealed class DesignMatrix<T>(T[] values, int rows, int columns)
    where T : unmanaged
{
    /// <summary>All elements, column-major.</summary>
    public T[] Values { get; } = values;

    /// <summary>n.</summary>
    public int Rows { get; } = rows;

    /// <summary>p.</summary>
    public int Columns { get; } = columns;

    /// <summary>The elements of one column.</summary>
    public Span<T> Column(int column) => Values.AsSpan((int)((long)column * Rows), Rows);

    /// <summary>For a call of the library; nothing is copied.</summary>
    public MatrixView<T> View => MatrixView.ColumnMajor<T>(Values, Rows, Columns);

    /// <summary>The same numbers in another storage type, rounded where that is narrower.</summary>
    public DesignMatrix<TOther> Convert<TOther>(Func<T, TOther> convert)
        where TOther : unmanaged =>
        new(Array.ConvertAll(Values, value => convert(value)), Rows, Columns);
}
