using System.Numerics;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// Collects the rows of a <see cref="SparseMatrix{T}"/> one by one, in memory of the size of what was added: 4 bytes an entry, and
/// that of its value once one is not 1. Making the table takes the same once more. Not thread-safe.
/// </summary>
/// <typeparam name="T">The storage type, <see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SparseMatrixBuilder<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int FirstBlock = 1 << 10;
    private const int LargestBlock = 1 << 20;

    // Blocks of entries, so that growing never copies. A block without values holds ones.
    private readonly List<(int[] Columns, T[]? Values)> _blocks = [];
    private readonly List<int> _counts = [];
    private int _free;
    private int _largest = -1;

    /// <summary>Nothing collected.</summary>
    public SparseMatrixBuilder() => SparseRules.DemandStorage<T>();

    /// <summary>The number of rows added.</summary>
    public int Rows => _counts.Count;

    /// <summary>The number of entries added.</summary>
    public long StoredCount { get; private set; }

    /// <summary>The fewest columns that hold all entries: the largest index and one more.</summary>
    public int LeastColumns => _largest + 1;

    /// <summary>Adds a row.</summary>
    /// <param name="columns">The columns in which it has entries, counted from 0, in any order, none twice (which <see cref="ToMatrix"/> notices).</param>
    /// <param name="values">The value of each.</param>
    /// <exception cref="ArgumentException">Lengths differ, a column is negative or beyond what an array can index, a value is not finite, or there are more entries than an array holds. Nothing was added.</exception>
    public void AddRow(ReadOnlySpan<int> columns, ReadOnlySpan<T> values)
    {
        if (values.Length != columns.Length)
            Throw.Length(nameof(values), values.Length, $"hold one value for each of the {columns.Length} entries of row {Rows}");
        DemandRow(columns);
        for (int k = 0; k < values.Length; k++)
            SparseRules.DemandFinite(values[k], Rows, columns[k]);
        Append(columns, values);
    }

    /// <summary>Adds a row whose entries are all 1.</summary>
    /// <param name="columns">The columns in which it has entries, counted from 0, in any order, none twice (which <see cref="ToMatrix"/> notices).</param>
    /// <exception cref="ArgumentException">A column is negative or beyond what an array can index, or there are more entries than an array holds. Nothing was added.</exception>
    public void AddRow(ReadOnlySpan<int> columns)
    {
        DemandRow(columns);
        Append(columns, default);
    }

    /// <summary>The table of the rows added so far; more can be added afterwards.</summary>
    /// <param name="columns">p, at least <see cref="LeastColumns"/>.</param>
    /// <exception cref="ArgumentException">There are too few columns, or a row has a column twice; the message says where.</exception>
    public SparseMatrix<T> ToMatrix(int columns)
    {
        SparseRules.DemandSizes(Rows, columns);
        if (columns < LeastColumns)
            Throw.OutOfRange(nameof(columns), columns, Throw.Invariant($"be at least {LeastColumns}: there is an entry in column {_largest} (counted from 0)"));
        long[] starts = new long[columns + 1];
        bool hasValues = false;
        foreach ((ReadOnlyMemory<int> indices, T[]? values) in Blocks())
        {
            hasValues |= values is not null;
            foreach (int column in indices.Span)
                starts[column + 1]++;
        }

        for (int j = 0; j < columns; j++)
            starts[j + 1] += starts[j];
        int[] rows = new int[(int)StoredCount];
        T[]? all = hasValues ? new T[(int)StoredCount] : null;
        Place(starts, rows, all);
        for (int j = 0; j < columns; j++)
        {
            for (int k = (int)starts[j] + 1; k < (int)starts[j + 1]; k++)
            {
                if (rows[k] == rows[k - 1])
                    SparseRules.Repeated(rows[k], j);
            }
        }

        return new(Rows, starts, rows, all);
    }

    /// <summary>The rows in their order go to the ends of their columns, which keeps each column's rows ascending.</summary>
    private void Place(long[] starts, int[] rows, T[]? all)
    {
        int row = 0, left = _counts.Count > 0 ? _counts[0] : 0;
        foreach ((ReadOnlyMemory<int> indices, T[]? values) in Blocks())
        {
            ReadOnlySpan<int> columns = indices.Span;
            for (int k = 0; k < columns.Length; k++)
            {
                while (left == 0)
                    left = _counts[++row];
                left--;
                int at = (int)starts[columns[k]]++;
                rows[at] = row;
                if (all is not null)
                    all[at] = values is null ? T.One : values[k];
            }
        }

        // Every start has moved to its column's end, the next one's start.
        Array.Copy(starts, 0, starts, 1, starts.Length - 1);
        starts[0] = 0;
    }

    private IEnumerable<(ReadOnlyMemory<int> Columns, T[]? Values)> Blocks()
    {
        for (int b = 0; b < _blocks.Count; b++)
            yield return (_blocks[b].Columns.AsMemory(0, _blocks[b].Columns.Length - (b == _blocks.Count - 1 ? _free : 0)), _blocks[b].Values);
    }

    private void DemandRow(ReadOnlySpan<int> columns)
    {
        SparseRules.DemandCapacity(StoredCount + columns.Length);
        SparseRules.DemandCapacity(Rows + 1L);
        foreach (int column in columns)
            SparseRules.DemandIndex(nameof(columns), column, Array.MaxLength - 1, "row", Rows);
    }

    private void Append(ReadOnlySpan<int> columns, ReadOnlySpan<T> values)
    {
        _counts.Add(columns.Length);
        StoredCount += columns.Length;
        while (!columns.IsEmpty)
        {
            if (_free == 0)
            {
                _free = _blocks.Count == 0 ? FirstBlock : Math.Min(2 * _blocks[^1].Columns.Length, LargestBlock);
                _blocks.Add((new int[_free], null));
            }

            int[] block = _blocks[^1].Columns;
            int at = block.Length - _free, count = Math.Min(_free, columns.Length);
            columns[..count].CopyTo(block.AsSpan(at));
            foreach (int column in columns[..count])
                _largest = Math.Max(_largest, column);
            AppendValues(values.IsEmpty ? default : values[..count], at, count);
            _free -= count;
            columns = columns[count..];
            values = values.IsEmpty ? default : values[count..];
        }
    }

    private void AppendValues(ReadOnlySpan<T> values, int at, int count)
    {
        (int[] block, T[]? kept) = _blocks[^1];
        bool ones = !values.ContainsAnyExcept(T.One);
        if (kept is null && ones)
            return;
        if (kept is null)
        {
            kept = new T[block.Length];
            kept.AsSpan(0, at).Fill(T.One);
            _blocks[^1] = (block, kept);
        }

        if (ones)
            kept.AsSpan(at, count).Fill(T.One);
        else
            values.CopyTo(kept.AsSpan(at));
    }
}
