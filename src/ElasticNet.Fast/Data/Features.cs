using CommunityToolkit.HighPerformance;

namespace ElasticNet.Fast;

/// <summary>
/// The features X, n rows × p columns, in any storage: a dense table of <see cref="double"/> or <see cref="float"/> in memory of yours,
/// raw columns with names and kinds, or a sparse table. Converts from each of them by itself and copies nothing but arrays of rows.
/// </summary>
public readonly ref struct Features
{
    private readonly MatrixView<double> _doubles;
    private readonly MatrixView<float> _singles;

    private Features(MatrixView<double> doubles, FeatureTable? table = null)
    {
        (Rows, Columns) = (doubles.Rows, doubles.Columns);
        _doubles = doubles;
        Table = table;
    }

    private Features(MatrixView<float> singles)
    {
        (Rows, Columns) = (singles.Rows, singles.Columns);
        _singles = singles;
        HasSingles = true;
    }

    private Features(SparseMatrix<double>? doubles, SparseMatrix<float>? singles)
    {
        (Rows, Columns) = doubles is not null ? (doubles.Rows, doubles.Columns) : (singles!.Rows, singles.Columns);
        SparseDoubles = doubles;
        SparseSingles = singles;
    }

    /// <summary>What the engine has opened already.</summary>
    /// <param name="opened">Its own type, which is not known here.</param>
    /// <param name="rows">n.</param>
    /// <param name="columns">p.</param>
    internal Features(object opened, int rows, int columns) => (Opened, Rows, Columns) = (opened, rows, columns);

    /// <summary>What the engine has opened already, or null.</summary>
    internal object? Opened { get; }

    /// <summary>The number of observations, n.</summary>
    public int Rows { get; }

    /// <summary>The number of columns, p; of a <see cref="FeatureTable"/> those before preparation.</summary>
    public int Columns { get; }

    /// <summary>Whether only what is not 0 is stored.</summary>
    public bool IsSparse => SparseDoubles is not null || SparseSingles is not null;

    /// <summary>Raw columns with their names and kinds, or null.</summary>
    internal FeatureTable? Table { get; }

    /// <summary>Whether <see cref="Singles"/> is what counts.</summary>
    internal bool HasSingles { get; }

    /// <summary>The table of doubles; empty where it is of another storage.</summary>
    internal MatrixView<double> Doubles => _doubles;

    /// <summary>The table of floats; empty where it is of another storage.</summary>
    internal MatrixView<float> Singles => _singles;

    /// <summary>The sparse table of doubles, or null.</summary>
    internal SparseMatrix<double>? SparseDoubles { get; }

    /// <summary>The sparse table of floats, or null.</summary>
    internal SparseMatrix<float>? SparseSingles { get; }

    /// <summary>The same with every element written out, n·p of them, where it is sparse.</summary>
    internal Features Dense() =>
        SparseDoubles is not null ? new((MatrixView<double>)SparseDoubles.ToDense())
        : SparseSingles is not null ? new((MatrixView<float>)SparseSingles.ToDense())
        : this;

    /// <summary>A dense table.</summary>
    /// <param name="table">Rows or columns in adjacent memory.</param>
    public static implicit operator Features(MatrixView<double> table) => new(table);

    /// <inheritdoc cref="op_Implicit(MatrixView{double})"/>
    public static implicit operator Features(MatrixView<float> table) => new(table);

    /// <summary>A dense table, row by row.</summary>
    /// <param name="table">n × p values.</param>
    public static implicit operator Features(double[,] table) => new((MatrixView<double>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(float[,] table) => new((MatrixView<float>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(ReadOnlySpan2D<double> table) => new((MatrixView<double>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(ReadOnlySpan2D<float> table) => new((MatrixView<float>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(Span2D<double> table) => new((MatrixView<double>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(Span2D<float> table) => new((MatrixView<float>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(ReadOnlyMemory2D<double> table) => new((MatrixView<double>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(ReadOnlyMemory2D<float> table) => new((MatrixView<float>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(Memory2D<double> table) => new((MatrixView<double>)table);

    /// <inheritdoc cref="op_Implicit(double[,])"/>
    public static implicit operator Features(Memory2D<float> table) => new((MatrixView<float>)table);

    /// <summary>A dense table from rows that lie apart; they are copied.</summary>
    /// <param name="rows">n rows of p values each.</param>
    /// <exception cref="ArgumentException">A row is null or of another length than the first, or there are more values than one array holds.</exception>
    public static implicit operator Features(double[][] rows) => new(Adjacent(rows));

    /// <inheritdoc cref="op_Implicit(double[][])"/>
    public static implicit operator Features(float[][] rows) => new(Adjacent(rows));

    /// <summary>Raw columns, which are prepared as <see cref="ElasticNetOptions.Preparation"/> says. Names and kinds are those of the table.</summary>
    /// <param name="table">The columns.</param>
    public static implicit operator Features(FeatureTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(table.View, table);
    }

    /// <summary>A sparse table.</summary>
    /// <param name="table">Its columns; what is not stored is 0.</param>
    public static implicit operator Features(SparseMatrix<double> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(table, null);
    }

    /// <inheritdoc cref="op_Implicit(SparseMatrix{double})"/>
    public static implicit operator Features(SparseMatrix<float> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(null, table);
    }

    private static MatrixView<T> Adjacent<T>(T[][] rows)
        where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(rows);
        int columns = rows.Length == 0 ? 0 : rows[0]?.Length ?? 0;
        if ((long)rows.Length * columns > Array.MaxLength)
            Throw.Length(nameof(rows), rows.Length, Throw.Invariant($"be at most {Array.MaxLength / columns} for {columns} columns"));
        T[] values = new T[rows.Length * columns];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] is not { } row)
                Throw.Data(nameof(rows), Throw.Invariant($"'{nameof(rows)}' must hold rows, but row {i} (counted from 0) of {rows.Length} is null."));
            else if (row.Length != columns)
                Throw.Data(nameof(rows), Throw.Invariant($"'{nameof(rows)}' must have equally many values, but row 0 has {columns} and row {i} (counted from 0) of {rows.Length} has {row.Length}."));
            else
                row.CopyTo(values, i * columns);
        }

        return MatrixView.RowMajor<T>(values, rows.Length, columns);
    }
}
