using System.Numerics;

namespace ElasticNet.Fast.Data;

/// <summary>Entries (row, column, value) in any order, put in order by counting: first by row, then by column.</summary>
internal static class Triplets
{
    /// <summary>The table. Values of one place are added in the order given; where there are none, a place may be there only once.</summary>
    public static SparseMatrix<T> ToMatrix<T>(
        int rows, int columns, ReadOnlySpan<int> rowIndices, ReadOnlySpan<int> columnIndices, ReadOnlySpan<T> values, bool hasValues)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SparseRules.DemandStorage<T>();
        SparseRules.DemandSizes(rows, columns);
        if (columnIndices.Length != rowIndices.Length)
            Throw.Length(nameof(columnIndices), columnIndices.Length, $"hold one column for each of the {rowIndices.Length} entries");
        for (int k = 0; k < rowIndices.Length; k++)
        {
            SparseRules.DemandIndex(nameof(rowIndices), rowIndices[k], rows, "entry", k);
            SparseRules.DemandIndex(nameof(columnIndices), columnIndices[k], columns, "entry", k);
            if (hasValues)
                SparseRules.DemandFinite(values[k], rowIndices[k], columnIndices[k]);
        }

        int[] order = ByRow(rows, rowIndices);
        long[] starts = Starts(columns, columnIndices);
        int[] sorted = new int[order.Length];
        T[]? kept = hasValues ? new T[order.Length] : null;
        foreach (int k in order)
        {
            int at = (int)starts[columnIndices[k]]++;
            sorted[at] = rowIndices[k];
            if (kept is not null)
                kept[at] = values[k];
        }

        Array.Copy(starts, 0, starts, 1, columns);
        starts[0] = 0;
        int count = Merge(starts, sorted, kept);
        if (count < sorted.Length)
        {
            Array.Resize(ref sorted, count);
            Array.Resize(ref kept, count);
        }

        return new(rows, starts, sorted, kept);
    }

    /// <summary>The entries in the order of their rows; those of one row as they were given.</summary>
    private static int[] ByRow(int rows, ReadOnlySpan<int> rowIndices)
    {
        long[] starts = Starts(rows, rowIndices);
        int[] order = new int[rowIndices.Length];
        for (int k = 0; k < rowIndices.Length; k++)
            order[starts[rowIndices[k]]++] = k;
        return order;
    }

    private static long[] Starts(int count, ReadOnlySpan<int> indices)
    {
        long[] starts = new long[count + 1L];
        foreach (int index in indices)
            starts[index + 1]++;
        for (int j = 0; j < count; j++)
            starts[j + 1] += starts[j];
        return starts;
    }

    /// <summary>Adds up what has the same place, in place; returns how many places there are.</summary>
    private static int Merge<T>(long[] starts, int[] rows, T[]? values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int count = 0;
        int start = 0;
        for (int j = 0; j < starts.Length - 1; j++)
        {
            int first = count, end = (int)starts[j + 1];
            for (int k = start; k < end; k++)
            {
                if (count == first || rows[count - 1] != rows[k])
                {
                    rows[count] = rows[k];
                    if (values is not null)
                        values[count] = values[k];
                    count++;
                    continue;
                }

                if (values is null)
                    SparseRules.Repeated(rows[k], j);
                else
                    SparseRules.DemandFinite(values[count - 1] += values[k], rows[k], j);
            }

            start = end;
            starts[j + 1] = count;
        }

        return count;
    }
}
