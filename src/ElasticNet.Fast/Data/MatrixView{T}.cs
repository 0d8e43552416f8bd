using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CommunityToolkit.HighPerformance;

namespace ElasticNet.Fast;

/// <summary>
/// A table of rows (observations) and columns (features) that somebody else owns. Row-major and column-major
/// layouts are both read in place; a column-major table is never copied.
/// </summary>
/// <typeparam name="T">The storage type, <see cref="float"/> or <see cref="double"/>. Arithmetic is always in double.</typeparam>
public readonly ref struct MatrixView<T>
    where T : unmanaged
{
    private readonly ref T _origin;

    internal MatrixView(ref T origin, int rows, int columns, nint stride, bool isColumnMajor)
    {
        _origin = ref origin;
        Rows = rows;
        Columns = columns;
        Stride = stride;
        IsColumnMajor = isColumnMajor;
    }

    /// <summary>The number of observations, n.</summary>
    public int Rows { get; }

    /// <summary>The number of features, p.</summary>
    public int Columns { get; }

    /// <summary>The distance in elements between the starts of two rows (row-major) or of two columns (column-major).</summary>
    public nint Stride { get; }

    /// <summary>True where the elements of a column are adjacent, false where those of a row are.</summary>
    public bool IsColumnMajor { get; }

    /// <summary>The element in row <paramref name="row"/> and column <paramref name="column"/>, both counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
    public T this[int row, int column]
    {
        get
        {
            if ((uint)row >= (uint)Rows)
                Throw.OutOfRange(nameof(row), row, $"be in [0, {Rows})");
            if ((uint)column >= (uint)Columns)
                Throw.OutOfRange(nameof(column), column, $"be in [0, {Columns})");
            return Unsafe.Add(ref _origin, IsColumnMajor ? column * Stride + row : row * Stride + column);
        }
    }

    /// <summary>The row of a row-major table, in place. Nothing is checked.</summary>
    internal ReadOnlySpan<T> AdjacentRow(int row) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _origin, row * Stride), Columns);

    /// <summary>A row-major table of the community toolkit, in place.</summary>
    public static implicit operator MatrixView<T>(ReadOnlySpan2D<T> table)
    {
        // The toolkit keeps its pitch (elements skipped after each row) to itself; two row starts tell it.
        if (table.IsEmpty)
            return new(ref Unsafe.NullRef<T>(), table.Height, table.Width, table.Width, isColumnMajor: false);
        ref T origin = ref table.DangerousGetReference();
        nint stride = table.Height == 1
            ? table.Width
            : Unsafe.ByteOffset(ref origin, ref table.DangerousGetReferenceAt(1, 0)) / Unsafe.SizeOf<T>();
        return new(ref origin, table.Height, table.Width, stride, isColumnMajor: false);
    }

    /// <summary>A row-major table of the community toolkit, in place.</summary>
    public static implicit operator MatrixView<T>(Span2D<T> table) => (ReadOnlySpan2D<T>)table;

    /// <summary>A row-major table of the community toolkit, in place.</summary>
    public static implicit operator MatrixView<T>(ReadOnlyMemory2D<T> table) => table.Span;

    /// <summary>A row-major table of the community toolkit, in place.</summary>
    public static implicit operator MatrixView<T>(Memory2D<T> table) => (ReadOnlySpan2D<T>)table.Span;

    /// <summary>A two-dimensional array: <c>table[i, j]</c> is row i, column j.</summary>
    public static implicit operator MatrixView<T>(T[,] table) => new ReadOnlySpan2D<T>(table);

    /// <summary>For <c>fixed</c>: element (0, 0), or a null reference for an empty table.</summary>
    public ref readonly T GetPinnableReference() => ref _origin;
}
