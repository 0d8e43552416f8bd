using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Models;

/// <summary>How a row hands out the features that have coefficients, as doubles.</summary>
internal interface IRowAccess
{
    /// <summary>The features of coefficients k and k + 1.</summary>
    Vector128<double> Pair(int k);

    /// <summary>The feature of coefficient k, with a zero beside it.</summary>
    Vector128<double> Single(int k);
}

/// <summary>Every feature has a coefficient: feature k belongs to coefficient k. The row is as long as the coefficients.</summary>
internal readonly ref struct WholeRow<T>(ReadOnlySpan<T> row) : IRowAccess
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _row = row;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Pair(int k)
    {
        ref T origin = ref MemoryMarshal.GetReference(_row);
        if (typeof(T) == typeof(double))
            return Vector128.LoadUnsafe(ref Unsafe.As<T, double>(ref origin), (nuint)k);

        // Two floats widened by one instruction: one by one, each conversion would wait for the register of the last.
        long two = Unsafe.ReadUnaligned<long>(ref Unsafe.As<T, byte>(ref Unsafe.Add(ref origin, k)));
        return Vector128.WidenLower(Vector128.CreateScalarUnsafe(two).AsSingle());
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Single(int k) => Vector128.CreateScalar(Number.Widen(_row[k]));
}

/// <summary>
/// Some features have coefficients, and indices say which. The bounds checks on the row stay: indices may come from
/// a mapped file, which somebody could overwrite after it was checked.
/// </summary>
internal readonly ref struct SparseRow<T>(ReadOnlySpan<T> row, ReadOnlySpan<int> indices) : IRowAccess
    where T : unmanaged
{
    private readonly ReadOnlySpan<T> _row = row;
    private readonly ReadOnlySpan<int> _indices = indices;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Pair(int k)
    {
        ref int index = ref Unsafe.Add(ref MemoryMarshal.GetReference(_indices), k);
        T first = _row[index], second = _row[Unsafe.Add(ref index, 1)];
        return typeof(T) == typeof(float)
            ? Vector128.WidenLower(Vector128.Create(Unsafe.BitCast<T, float>(first), Unsafe.BitCast<T, float>(second), 0, 0))
            : Vector128.Create(Number.Widen(first), Number.Widen(second));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Single(int k) => Vector128.CreateScalar(Number.Widen(_row[_indices[k]]));
}

/// <summary>A row of a column-major table: neighbours in a column are rows that follow, so that what a row fetches serves the next.</summary>
internal readonly ref struct TableRow<T>(MatrixView<T> table, int row, ReadOnlySpan<int> indices) : IRowAccess
    where T : unmanaged
{
    private readonly MatrixView<T> _table = table;
    private readonly ReadOnlySpan<int> _indices = indices;

    /// <inheritdoc/>
    public Vector128<double> Pair(int k) => Vector128.Create(Number.Widen(_table[row, _indices[k]]), Number.Widen(_table[row, _indices[k + 1]]));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Single(int k) => Vector128.CreateScalar(Number.Widen(_table[row, _indices[k]]));
}
