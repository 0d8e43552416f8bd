using System.Numerics;

namespace ElasticNet.Fast.Data;

/// <summary>What every way to a sparse table must keep, and the words where it does not.</summary>
internal static class SparseRules
{
    /// <summary>Sizes that indices and starts can hold.</summary>
    public static void DemandSizes(int rows, int columns)
    {
        if (rows < 0)
            Throw.OutOfRange(nameof(rows), rows, "not be negative");
        if (columns < 0)
            Throw.OutOfRange(nameof(columns), columns, "not be negative");
        if (rows >= Array.MaxLength)
            Throw.OutOfRange(nameof(rows), rows, Throw.Invariant($"be below {Array.MaxLength}, the most that an array holds"));
        if (columns >= Array.MaxLength)
            Throw.OutOfRange(nameof(columns), columns, Throw.Invariant($"be below {Array.MaxLength}, the most that an array holds"));
    }

    /// <summary>As many entries as arrays hold.</summary>
    public static void DemandCapacity(long entries)
    {
        if (entries > Array.MaxLength)
            Throw.Data("entries", Throw.Invariant($"'entries' ({entries}) must be at most {Array.MaxLength}, the most that an array holds; split the rows or leave out columns."));
    }

    /// <summary>Starts of columns or rows: from 0, never falling, to the number of entries.</summary>
    public static void DemandStarts(ReadOnlySpan<long> starts, int count, string noun, int entries)
    {
        if (starts.Length != count + 1L)
            Throw.Length(nameof(starts), starts.Length, Throw.Invariant($"hold {count + 1L} numbers, one for each of the {count} {noun} and the end of the last"));
        if (starts[0] != 0)
            Throw.Data(nameof(starts), Throw.Invariant($"'{nameof(starts)}' must begin with 0, but begins with {starts[0]}."));
        for (int j = 0; j < count; j++)
        {
            if (starts[j + 1] < starts[j])
                Throw.Data(nameof(starts), Throw.Invariant($"'{nameof(starts)}' must not fall, but number {j + 1} ({starts[j + 1]}) is below number {j} ({starts[j]}), counted from 0."));
        }

        if (starts[count] != entries)
            Throw.Data(nameof(starts), Throw.Invariant($"'{nameof(starts)}' must end with the number of entries ({entries}), but ends with {starts[count]}."));
    }

    /// <summary>An index below its limit.</summary>
    public static void DemandIndex(string name, int index, int limit, string where, int place)
    {
        if ((uint)index >= (uint)limit)
            Throw.Data(name, Throw.Invariant($"'{name}' must be in [0, {limit}), but {where} {place} (counted from 0) has {index}."));
    }

    /// <summary>A number.</summary>
    public static void DemandFinite<T>(T value, int row, int column)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!T.IsFinite(value))
            Throw.Data("values", Throw.Invariant($"'values' must be finite, but row {row}, column {column} (counted from 0) is {value}."));
    }

    /// <summary>float or double.</summary>
    public static void DemandStorage<T>()
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
            throw new NotSupportedException($"A sparse table holds float or double, not {typeof(T)}.");
    }

    /// <summary>In one column a row stands twice.</summary>
    public static void Repeated(int row, int column) =>
        Throw.Data("entries", Throw.Invariant($"'entries' must name each place once, but row {row}, column {column} (counted from 0) is there twice."));
}
