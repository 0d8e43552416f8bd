using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>A table that somebody else owns and that is written to; else as <see cref="MatrixView{T}"/>.</summary>
/// <typeparam name="T">The storage type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct MatrixSpan<T>
    where T : unmanaged
{
    private readonly MatrixView<T> _view;

    // Only views of memory that may be written to come here.
    internal MatrixSpan(MatrixView<T> view) => _view = view;

    /// <summary>The number of observations, n.</summary>
    public int Rows => _view.Rows;

    /// <summary>The number of features, p.</summary>
    public int Columns => _view.Columns;

    /// <summary>The distance in elements between the starts of two rows (row-major) or of two columns (column-major).</summary>
    public nint Stride => _view.Stride;

    /// <summary>True where the elements of a column are adjacent, false where those of a row are.</summary>
    public bool IsColumnMajor => _view.IsColumnMajor;

    /// <summary>The element in row <paramref name="row"/> and column <paramref name="column"/>, both counted from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside the table.</exception>
    public ref T this[int row, int column]
    {
        get
        {
            _ = _view[row, column];
            return ref Unsafe.Add(ref GetPinnableReference(), IsColumnMajor ? column * Stride + row : row * Stride + column);
        }
    }

    /// <summary>The same table, to be read.</summary>
    public static implicit operator MatrixView<T>(MatrixSpan<T> table) => table._view;

    /// <summary>A row-major table of the community toolkit, in place.</summary>
    public static implicit operator MatrixSpan<T>(Span2D<T> table) => new(table);

    /// <summary>A row-major table of the community toolkit, in place.</summary>
    public static implicit operator MatrixSpan<T>(Memory2D<T> table) => new(table.Span);

    /// <summary>A two-dimensional array: <c>table[i, j]</c> is row i, column j.</summary>
    public static implicit operator MatrixSpan<T>(T[,] table) => new(new Span2D<T>(table));

    /// <summary>For <c>fixed</c>: element (0, 0), or a null reference for an empty table.</summary>
    public ref T GetPinnableReference() => ref Unsafe.AsRef(in _view.GetPinnableReference());
}
