using System.Numerics;

namespace ElasticNet.Fast;

/// <summary>
/// A table of rows (observations) and columns (features) that stores only what is not 0, column by column (CSC): the rows of a
/// column's entries, ascending, and their values. Where every stored value is 1, as in counts of presence and one-hot columns, no
/// values are kept at all. Immutable and thread-safe; made by <see cref="SparseMatrix"/> and <see cref="SparseMatrixBuilder{T}"/>.
/// </summary>
/// <remarks>Every stored value is finite. A stored 0 is kept, counted, and treated as every other value.</remarks>
/// <typeparam name="T">The storage type, <see cref="float"/> or <see cref="double"/>. Arithmetic is always in double.</typeparam>
public sealed class SparseMatrix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly long[] _starts;
    private readonly int[] _rows;
    private readonly T[]? _values;

    /// <summary>Takes arrays over that keep all rules.</summary>
    /// <param name="rows">n.</param>
    /// <param name="starts">Of p columns, and the end of the last.</param>
    /// <param name="rowIndices">Ascending in each column.</param>
    /// <param name="values">Null where all are 1.</param>
    internal SparseMatrix(int rows, long[] starts, int[] rowIndices, T[]? values)
    {
        Rows = rows;
        _starts = starts;
        _rows = rowIndices;
        _values = values is not null && values.AsSpan().ContainsAnyExcept(T.One) ? values : null;
    }

    /// <summary>What is kept, to be pinned.</summary>
    internal (long[] Starts, int[] Rows, T[]? Values) Arrays => (_starts, _rows, _values);

    /// <summary>The number of observations, n.</summary>
    public int Rows { get; }

    /// <summary>The number of features, p.</summary>
    public int Columns => _starts.Length - 1;

    /// <summary>The number of stored entries, stored zeros included.</summary>
    public long StoredCount => _rows.Length;

    /// <summary>False where every stored value is 1, so that values are not kept.</summary>
    public bool HasValues => _values is not null;

    /// <summary>Where the entries of each column begin in <see cref="RowIndices"/> and <see cref="Values"/>, and where those of the last end; p + 1 numbers.</summary>
    public ReadOnlySpan<long> Starts => _starts;

    /// <summary>The row of each stored entry, column by column, ascending in each.</summary>
    public ReadOnlySpan<int> RowIndices => _rows;

    /// <summary>The value of each stored entry; empty where all are 1 (see <see cref="HasValues"/>).</summary>
    public ReadOnlySpan<T> Values => _values;

    /// <summary>The element in row <paramref name="row"/> and column <paramref name="column"/>, both counted from 0; 0 where nothing is stored. Found by bisection.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
    public T this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows)
                Throw.OutOfRange(nameof(row), row, $"be in [0, {Rows})");
            int at = RowsOf(column).BinarySearch(row);
            return at < 0 ? T.Zero : _values is null ? T.One : ValuesOf(column)[at];
        }
    }

    /// <summary>The rows in which a column has entries, ascending.</summary>
    /// <param name="column">Counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public ReadOnlySpan<int> RowsOf(int column)
    {
        (int start, int count) = Place(column);
        return _rows.AsSpan(start, count);
    }

    /// <summary>The values of a column's entries, in the order of <see cref="RowsOf"/>; empty where all stored values of the table are 1 (see <see cref="HasValues"/>).</summary>
    /// <param name="column">Counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public ReadOnlySpan<T> ValuesOf(int column)
    {
        (int start, int count) = Place(column);
        return _values is null ? default : _values.AsSpan(start, count);
    }

    /// <summary>The same numbers with all zeros, in a new array.</summary>
    /// <exception cref="InvalidOperationException">The table has more elements than an array holds.</exception>
    public T[,] ToDense()
    {
        if ((long)Rows * Columns > Array.MaxLength)
            throw new InvalidOperationException(Throw.Invariant($"A table of {Rows} × {Columns} elements is more than the {Array.MaxLength} that an array holds."));
        T[,] dense = new T[Rows, Columns];
        for (int j = 0; j < Columns; j++)
        {
            ReadOnlySpan<int> rows = RowsOf(j);
            ReadOnlySpan<T> values = ValuesOf(j);
            for (int k = 0; k < rows.Length; k++)
                dense[rows[k], j] = values.IsEmpty ? T.One : values[k];
        }

        return dense;
    }

    /// <summary>Rows, columns and stored entries on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant($"sparse {Rows} × {Columns}, {StoredCount} stored{(HasValues ? "" : ", all 1")}");

    private (int Start, int Count) Place(int column)
    {
        if ((uint)column >= (uint)Columns)
            Throw.OutOfRange(nameof(column), column, $"be in [0, {Columns})");
        return ((int)_starts[column], (int)(_starts[column + 1] - _starts[column]));
    }
}
