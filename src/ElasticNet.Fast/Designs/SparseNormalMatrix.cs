using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// X̂ᵀX̂, or X̂ᵀVX̂, of all columns where it is sparse but for centring: the raw products, and the intercept as a row of the border, which takes
/// the means away when it is eliminated.
/// </summary>
/// <param name="matrix">The matrix; the last row of its border is the intercept.</param>
/// <param name="places">The place of each column of X.</param>
/// <param name="hasIntercept">Whether columns are centred.</param>
internal sealed class SparseNormalMatrix(SparseSymmetric matrix, int[] places, bool hasIntercept) : IDisposable
{
    /// <summary>The matrix by places.</summary>
    public SparseSymmetric Matrix => matrix;

    /// <summary>Whether the intercept takes part.</summary>
    public bool HasIntercept => hasIntercept;

    /// <summary>The place of the intercept.</summary>
    public int Intercept => matrix.Size - 1;

    /// <summary>The place of a column of X.</summary>
    public int PlaceOf(int column) => places[column];

    /// <inheritdoc/>
    public void Dispose() => matrix.Dispose();
}
