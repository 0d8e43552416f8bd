using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance;

namespace ElasticNet.Fast.Tests;

/// <summary>The ways in which a caller may hold a table.</summary>
public enum Layout
{
    RowMajor,
    ColumnMajor,
    StridedRows,
    StridedColumns,
    Array2D,
    Span2D,
    Memory2D,

    /// <summary>Only what is not 0.</summary>
    Sparse,
}

/// <summary>The same numbers in one of the layouts. Gaps between rows or columns hold NaN, which no solver may read.</summary>
internal sealed class Table<T>
    where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    private const int Gap = 3;

    private readonly Layout _layout;
    private readonly T[,] _array;
    private readonly T[] _buffer;

    public Table(double[,] values, Layout layout)
    {
        _layout = layout;
        (int n, int p) = (values.GetLength(0), values.GetLength(1));
        _array = new T[n, p];
        _buffer = new T[(n + Gap) * (p + Gap)];
        T nan = T.CreateChecked(double.NaN);
        Array.Fill(_buffer, nan);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < p; j++)
            {
                T value = T.CreateChecked(values[i, j]);
                _array[i, j] = value;
                _buffer[layout switch
                {
                    Layout.ColumnMajor => j * n + i,
                    Layout.StridedColumns => j * (n + Gap) + i,
                    Layout.StridedRows or Layout.Span2D or Layout.Memory2D => i * (p + Gap) + j,
                    _ => i * p + j,
                }] = value;
            }
        }
    }

    /// <summary>The table as every layout hands it over.</summary>
    public Features Features
    {
        get
        {
            if (_layout == Layout.Sparse)
                return Sparse is SparseMatrix<double> doubles ? doubles : (SparseMatrix<float>)(object)Sparse;
            MatrixView<T> view = View;
            return typeof(T) == typeof(double)
                ? Unsafe.As<MatrixView<T>, MatrixView<double>>(ref view)
                : Unsafe.As<MatrixView<T>, MatrixView<float>>(ref view);
        }
    }

    /// <summary>What is not 0.</summary>
    public SparseMatrix<T> Sparse
    {
        get
        {
            SparseMatrixBuilder<T> builder = new();
            for (int i = 0; i < _array.GetLength(0); i++)
            {
                int[] stored = [.. Enumerable.Range(0, _array.GetLength(1)).Where(j => _array[i, j] != T.Zero)];
                builder.AddRow(stored, Array.ConvertAll(stored, j => _array[i, j]));
            }

            return builder.ToMatrix(_array.GetLength(1));
        }
    }

    public MatrixView<T> View
    {
        get
        {
            (int n, int p) = (_array.GetLength(0), _array.GetLength(1));
            return _layout switch
            {
                Layout.RowMajor => MatrixView.RowMajor<T>(_buffer, n, p),
                Layout.ColumnMajor => MatrixView.ColumnMajor<T>(_buffer, n, p),
                Layout.StridedRows => MatrixView.RowMajor<T>(_buffer, n, p, p + Gap),
                Layout.StridedColumns => MatrixView.ColumnMajor<T>(_buffer, n, p, n + Gap),
                Layout.Array2D => _array,
                Layout.Span2D => new ReadOnlySpan2D<T>(_buffer, 0, n, p, Gap),
                Layout.Memory2D => new Memory2D<T>(_buffer, 0, n, p, Gap),
                _ => throw new NotSupportedException(),
            };
        }
    }
}
