using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// The standardised columns x̂ⱼ = √w∘(xⱼ − center)/norm of a working set, as the storage of X holds them best, each known by its
/// position: the order in which it came.
/// </summary>
internal abstract unsafe class WorkingColumns : IDisposable
{
    private readonly AlignedBuffer<int> _positions = new();
    private readonly AlignedBuffer<double> _curved = new();

    /// <summary>Length of a column.</summary>
    protected abstract int Rows { get; }

    /// <summary>Begins with none.</summary>
    /// <param name="design">X.</param>
    /// <param name="scaling">Centers and norms.</param>
    /// <param name="rootWeights">√w, Σw = 1.</param>
    /// <returns>False where X is of another storage.</returns>
    public abstract bool TryStart(Design design, ColumnScaling scaling, double* rootWeights);

    /// <summary>Adds columns of X at the next positions.</summary>
    public abstract void Append(ReadOnlySpan<int> columns);

    /// <summary>A column with all its elements; it stays until the next call for one or until columns are added.</summary>
    public abstract double* Column(int position);

    /// <summary>x̂ᵀvector for one position.</summary>
    public abstract double Dot(int position, double* vector);

    /// <summary>result[k] = x̂ᵀvector for the positions given.</summary>
    public abstract void Dot(int* positions, int count, double* vector, double* result);

    /// <summary>vector ← vector + Σₖ coefficients[k]·x̂ over the positions given.</summary>
    public abstract void AddTo(int* positions, double* coefficients, int count, double* vector);

    /// <summary>gram[a·stride + b] = x̂ₐᵀx̂_b for the positions <paramref name="known"/> ≤ a &lt; <paramref name="total"/>, b ≤ a.</summary>
    public abstract void FillGram(WorkCrew crew, int known, int total, double* gram, nint stride);

    /// <summary>The same with x̂ₐᵀVx̂_b for a symmetric V.</summary>
    public virtual void FillGram(WorkCrew crew, ISymmetricOperator curvature, int known, int total, double* gram, nint stride)
    {
        int* positions = _positions.Require(Math.Max(total, 1));
        for (int k = 0; k < total; k++)
            positions[k] = k;
        double* curved = _curved.Require(Math.Max(Rows, 1));
        for (int a = known; a < total; a++)
        {
            curvature.Apply(Column(a), curved);
            Dot(positions, a + 1, curved, gram + a * stride);
        }
    }

    /// <summary>Room for X̂ᵀX̂ of all columns of X, whether they have been added or not, where it is sparse and its factor would be; else null.</summary>
    public virtual SparseNormalMatrix? FindNormalMatrix() => null;

    /// <summary>Fills it.</summary>
    /// <param name="normal">What <see cref="FindNormalMatrix"/> has found.</param>
    /// <param name="curvature">V for X̂ᵀVX̂.</param>
    public virtual void FillNormalMatrix(SparseNormalMatrix normal, IPartedOperator? curvature) => throw new NotSupportedException();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        _positions.Dispose();
        _curved.Dispose();
    }
}
