using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Kernels;

/// <summary>The values beside a list of rows, however they are stored. A loop over them is compiled for each storage by itself.</summary>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal interface ISparseValues<TSelf>
    where TSelf : struct, ISparseValues<TSelf>
{
    /// <summary>Value k, as a double.</summary>
    double At(nint k);

    /// <summary>The values from k on.</summary>
    TSelf From(nint k);
}

/// <summary>Doubles.</summary>
internal readonly unsafe struct DoubleValues(double* values) : ISparseValues<DoubleValues>
{
    private readonly double* _values = values;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(nint k) => _values[k];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DoubleValues From(nint k) => new(_values + k);
}

/// <summary>Floats.</summary>
internal readonly unsafe struct SingleValues(float* values) : ISparseValues<SingleValues>
{
    private readonly float* _values = values;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(nint k) =>
        // Not a scalar conversion, which leaves half of its register alone and so waits for whatever was there: a third of the speed.
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(_values[k])).ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SingleValues From(nint k) => new(_values + k);
}

/// <summary>Ones, which take no memory.</summary>
internal readonly struct UnitValues : ISparseValues<UnitValues>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double At(nint k) => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public UnitValues From(nint k) => this;
}
