using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>
/// A raw row seen as features: only those with a coefficient are made, one after another, and never stored. Scaling needs no
/// step of its own, because coefficients are on the original scale.
/// </summary>
internal readonly ref struct PreparedRow(
    Preparation preparation, ReadOnlySpan<double> row, ReadOnlySpan<double> filled, ReadOnlySpan<int> indices) : IRowAccess
{
    private readonly Preparation _preparation = preparation;
    private readonly ReadOnlySpan<double> _row = row;
    private readonly ReadOnlySpan<double> _filled = filled;
    private readonly ReadOnlySpan<int> _indices = indices;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Pair(int k) => Vector128.Create(
        _preparation.FeatureValue(_indices[k], _row, _filled), _preparation.FeatureValue(_indices[k + 1], _row, _filled));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<double> Single(int k) => Vector128.CreateScalar(_preparation.FeatureValue(_indices[k], _row, _filled));
}
