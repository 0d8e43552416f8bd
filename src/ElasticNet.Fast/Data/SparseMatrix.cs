using System.Numerics;
using System.Runtime.InteropServices;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// Makes <see cref="SparseMatrix{T}"/>s. What is given is copied. Indices are counted from 0; values must be finite. Each maker
/// has an overload without values, for entries that are all 1.
/// </summary>
public static class SparseMatrix
{
    /// <summary>From compressed columns (CSC), as they are stored. In each column rows must ascend, none twice.</summary>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="starts">p + 1 numbers that do not fall: column j has the entries starts[j], …, starts[j + 1] − 1; the first is 0, the last their number.</param>
    /// <param name="rowIndices">The row of each entry, in [0, n).</param>
    /// <param name="values">The value of each entry.</param>
    /// <exception cref="ArgumentException">One of these rules is broken; the message says where.</exception>
    public static SparseMatrix<T> FromCsc<T>(int rows, int columns, ReadOnlySpan<long> starts, ReadOnlySpan<int> rowIndices, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SparseRules.DemandStorage<T>();
        DemandValues(values, rowIndices.Length);
        DemandColumns(rows, columns, starts, rowIndices);
        for (int j = 0; j < columns; j++)
        {
            for (int k = (int)starts[j]; k < (int)starts[j + 1]; k++)
                SparseRules.DemandFinite(values[k], rowIndices[k], j);
        }

        return new(rows, starts.ToArray(), rowIndices.ToArray(), values.ToArray());
    }

    /// <summary>From compressed columns (CSC) whose entries are all 1. In each column rows must ascend, none twice.</summary>
    /// <inheritdoc cref="FromCsc{T}(int, int, ReadOnlySpan{long}, ReadOnlySpan{int}, ReadOnlySpan{T})"/>
    public static SparseMatrix<double> FromCsc(int rows, int columns, ReadOnlySpan<long> starts, ReadOnlySpan<int> rowIndices)
    {
        DemandColumns(rows, columns, starts, rowIndices);
        return new(rows, starts.ToArray(), rowIndices.ToArray(), values: null);
    }

    /// <summary>From compressed rows (CSR). In each row columns may stand in any order, none twice.</summary>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="starts">n + 1 numbers that do not fall: row i has the entries starts[i], …, starts[i + 1] − 1; the first is 0, the last their number.</param>
    /// <param name="columnIndices">The column of each entry, in [0, p).</param>
    /// <param name="values">The value of each entry.</param>
    /// <exception cref="ArgumentException">One of these rules is broken; the message says where.</exception>
    public static SparseMatrix<T> FromCsr<T>(int rows, int columns, ReadOnlySpan<long> starts, ReadOnlySpan<int> columnIndices, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DemandValues(values, columnIndices.Length);
        return FromRows(rows, columns, starts, columnIndices, values, hasValues: true);
    }

    /// <summary>From compressed rows (CSR) whose entries are all 1. In each row columns may stand in any order, none twice.</summary>
    /// <inheritdoc cref="FromCsr{T}(int, int, ReadOnlySpan{long}, ReadOnlySpan{int}, ReadOnlySpan{T})"/>
    public static SparseMatrix<double> FromCsr(int rows, int columns, ReadOnlySpan<long> starts, ReadOnlySpan<int> columnIndices) =>
        FromRows<double>(rows, columns, starts, columnIndices, default, hasValues: false);

    /// <summary>From triplets (row, column, value) in any order. Values of one place are added in the order in which they are given, as scipy does.</summary>
    /// <param name="rows">n ≥ 0.</param>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="rowIndices">The row of each entry, in [0, n).</param>
    /// <param name="columnIndices">The column of each entry, in [0, p).</param>
    /// <param name="values">The value of each entry.</param>
    /// <exception cref="ArgumentException">Lengths differ, an index is out of range, or a value or sum of values is not finite; the message says where.</exception>
    public static SparseMatrix<T> FromTriplets<T>(int rows, int columns, ReadOnlySpan<int> rowIndices, ReadOnlySpan<int> columnIndices, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DemandValues(values, rowIndices.Length);
        return Triplets.ToMatrix(rows, columns, rowIndices, columnIndices, values, hasValues: true);
    }

    /// <summary>From pairs (row, column) in any order, each the place of a 1. None may be given twice: what is 1 + 1 is not 1.</summary>
    /// <inheritdoc cref="FromTriplets{T}(int, int, ReadOnlySpan{int}, ReadOnlySpan{int}, ReadOnlySpan{T})"/>
    public static SparseMatrix<double> FromTriplets(int rows, int columns, ReadOnlySpan<int> rowIndices, ReadOnlySpan<int> columnIndices) =>
        Triplets.ToMatrix<double>(rows, columns, rowIndices, columnIndices, default, hasValues: false);

    /// <summary>From rows of pairs (column, value). In each row columns may stand in any order, none twice. Rows are read once, one at a time.</summary>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="rows">The n rows.</param>
    /// <exception cref="ArgumentException">A column is out of range or given twice in a row, or a value is not finite; the message says where.</exception>
    public static SparseMatrix<T> FromRows<T>(int columns, IEnumerable<IEnumerable<(int Column, T Value)>> rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        var builder = new SparseMatrixBuilder<T>();
        List<int> indices = [];
        List<T> values = [];
        foreach (IEnumerable<(int Column, T Value)> row in rows)
        {
            ArgumentNullException.ThrowIfNull(row, nameof(rows));
            indices.Clear();
            values.Clear();
            foreach ((int column, T value) in row)
            {
                indices.Add(column);
                values.Add(value);
            }

            builder.AddRow(CollectionsMarshal.AsSpan(indices), CollectionsMarshal.AsSpan(values));
        }

        return builder.ToMatrix(columns);
    }

    /// <summary>From rows of columns, each the place of a 1. In each row columns may stand in any order, none twice. Rows are read once, one at a time.</summary>
    /// <param name="columns">p ≥ 0.</param>
    /// <param name="rows">The n rows.</param>
    /// <exception cref="ArgumentException">A column is out of range or given twice in a row; the message says where.</exception>
    public static SparseMatrix<double> FromRows(int columns, IEnumerable<IEnumerable<int>> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var builder = new SparseMatrixBuilder<double>();
        foreach (IEnumerable<int> row in rows)
        {
            ArgumentNullException.ThrowIfNull(row, nameof(rows));
            builder.AddRow([.. row]);
        }

        return builder.ToMatrix(columns);
    }

    private static SparseMatrix<T> FromRows<T>(int rows, int columns, ReadOnlySpan<long> starts, ReadOnlySpan<int> columnIndices, ReadOnlySpan<T> values, bool hasValues)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SparseRules.DemandSizes(rows, columns);
        SparseRules.DemandStarts(starts, rows, "rows", columnIndices.Length);
        var builder = new SparseMatrixBuilder<T>();
        for (int i = 0; i < rows; i++)
        {
            int start = (int)starts[i], count = (int)(starts[i + 1] - starts[i]);
            ReadOnlySpan<int> row = columnIndices.Slice(start, count);
            foreach (int column in row)
                SparseRules.DemandIndex(nameof(columnIndices), column, columns, "row", i);
            if (hasValues)
                builder.AddRow(row, values.Slice(start, count));
            else
                builder.AddRow(row);
        }

        return builder.ToMatrix(columns);
    }

    private static void DemandColumns(int rows, int columns, ReadOnlySpan<long> starts, ReadOnlySpan<int> rowIndices)
    {
        SparseRules.DemandSizes(rows, columns);
        SparseRules.DemandStarts(starts, columns, "columns", rowIndices.Length);
        for (int j = 0; j < columns; j++)
        {
            int last = -1;
            foreach (int row in rowIndices[(int)starts[j]..(int)starts[j + 1]])
            {
                SparseRules.DemandIndex(nameof(rowIndices), row, rows, "column", j);
                if (row <= last)
                    Throw.Data(nameof(rowIndices), Throw.Invariant($"'{nameof(rowIndices)}' must ascend in each column, none twice, but in column {j} (counted from 0) row {row} follows row {last}."));
                last = row;
            }
        }
    }

    private static void DemandValues<T>(ReadOnlySpan<T> values, int count)
    {
        if (values.Length != count)
            Throw.Length(nameof(values), values.Length, $"hold one value for each of the {count} entries");
    }
}
