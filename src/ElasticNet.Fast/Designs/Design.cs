namespace ElasticNet.Fast.Designs;

/// <summary>
/// What the solvers need to know of X. A column is always seen as (xⱼ − shift)·scale, so that centring and scaling never copy it.
/// Virtual per column, panel or block of rows, never per element: a storage of X (sparse, integers) implements these and inherits
/// everything else.
/// </summary>
internal abstract unsafe class Design
{
    /// <summary>n.</summary>
    public abstract int Rows { get; }

    /// <summary>p.</summary>
    public abstract int Columns { get; }

    /// <summary>result[0] = Σᵢ wᵢ(xᵢⱼ − shift), result[1] = Σᵢ wᵢ(xᵢⱼ − shift)².</summary>
    public abstract void Moments(int column, double shift, double* weights, double* result);

    /// <summary>The elements of a column, rows [start, start + count), exactly as they are.</summary>
    public abstract void Read(int column, nint start, nint count, double* destination);

    /// <summary>destination[i] = (xᵢⱼ − shift)·scale·rootWeights[i] for rows [start, start + count).</summary>
    public abstract void Standardize(int column, double shift, double scale, double* rootWeights, nint start, nint count, double* destination);

    /// <summary>result[j] = Σᵢ (xᵢⱼ − shift[j])·u[i] for the columns [start, start + count): a pass over X.</summary>
    public abstract void Gradients(int start, int count, double* shift, double* u, double* result);

    /// <summary>
    /// result[k·strideResult + j] = Σᵢ (xᵢⱼ − shift[j])·u[k·strideU + i] for the columns [start, start + count) and each of
    /// <paramref name="vectors"/> vectors k: a pass over X for all of them.
    /// </summary>
    public abstract void Gradients(int start, int count, double* shift, double* u, nint strideU, int vectors, double* result, nint strideResult);

    /// <summary>eta[i] += coefficient·x[rows[i], column].</summary>
    public abstract void AddRows(int column, double coefficient, int* rows, int count, double* eta);

    /// <summary>One coordinate-descent sweep over the given columns on the residual itself; see the kernel's inventory entry.</summary>
    public abstract double Sweep(
        int* columns, int count, double* shift, double* scale, double* weights, double* residual,
        double* beta, double* l1, double* l2, double* lower, double* upper);
}
