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

    /// <summary>The share of the elements that are stored: 1, or less where zeros are not.</summary>
    public virtual double Density => 1;

    /// <summary>Whether the columns of a working set are best held as dense copies.</summary>
    public virtual bool PrefersCopies => true;

    /// <summary>Columns that a pass over X takes as one item of work: some tens of microseconds, and a multiple of four, as the kernels take them.</summary>
    public virtual int PassColumns => Math.Max((PassElements / Rows) & ~3, 4);

    /// <summary>Elements read as one item.</summary>
    private const int PassElements = 1 << 17;

    /// <summary>The same where so many elements are stored and an item takes the sum of its vector for itself, which must not cost more than the products.</summary>
    protected int PassColumnsOf(double stored) => Math.Max((int)(Columns / Math.Max(stored / Math.Max(PassElements, 4.0 * Rows), 1)), 4);

    /// <summary>How many times the rounding of dense columns, whose elements are centred one by one, products with standardised columns err by.</summary>
    public virtual double RoundingFactor(ColumnScaling scaling) => 1;

    /// <summary>Holds the columns of a working set.</summary>
    public virtual WorkingColumns CreateWorkingColumns() => new CopiedColumns();

    /// <summary>What <see cref="Moments"/> wants to know of the weights: high + low = Σᵢ wᵢ; a storage of all elements has no use for it.</summary>
    public virtual (double High, double Low) TotalWeight(double* weights) => default;

    /// <summary>result[0] = Σᵢ wᵢ(xᵢⱼ − shift), result[1] = Σᵢ wᵢ(xᵢⱼ − shift)².</summary>
    public abstract void Moments(int column, double shift, double* weights, (double High, double Low) total, double* result);

    /// <summary>The elements of a column, rows [start, start + count), exactly as they are.</summary>
    public abstract void Read(int column, nint start, nint count, double* destination);

    /// <summary>The elements of a column that need not be 0, ascending by row; all of them, unless the storage knows better.</summary>
    /// <param name="column">Which.</param>
    /// <param name="rows">Room for n rows.</param>
    /// <param name="values">Room for n values.</param>
    /// <returns>How many.</returns>
    public virtual int ReadStored(int column, int* rows, double* values)
    {
        Read(column, 0, Rows, values);
        for (int i = 0; i < Rows; i++)
            rows[i] = i;
        return Rows;
    }

    /// <summary>destination[i] = (xᵢⱼ − shift)·scale·rootWeights[i] for rows [start, start + count).</summary>
    public abstract void Standardize(int column, double shift, double scale, double* rootWeights, nint start, nint count, double* destination);

    /// <summary>result[j] = Σᵢ (xᵢⱼ − shift[j])·u[i] for the columns [start, start + count): a pass over X.</summary>
    public abstract void Gradients(int start, int count, double* shift, double* u, double* result);

    /// <summary>
    /// result[k·strideResult + j] = Σᵢ (xᵢⱼ − shift[j])·u[k·strideU + i] for the columns [start, start + count) and each of
    /// <paramref name="vectors"/> vectors k: a pass over X for all of them.
    /// </summary>
    public abstract void Gradients(int start, int count, double* shift, double* u, nint strideU, int vectors, double* result, nint strideResult);

    /// <summary>result[j] = Σᵢ (xᵢⱼ − shift[j])·u[i] for the columns listed; shift and result are indexed by the column itself.</summary>
    public virtual void Gradients(int* columns, int count, double* shift, double* u, double* result)
    {
        for (int k = 0; k < count; k++)
            Gradients(columns[k], 1, shift + columns[k], u, result + columns[k]);
    }

    /// <summary>eta[i] += coefficient·x[rows[i], column]; the rows ascend.</summary>
    public abstract void AddRows(int column, double coefficient, int* rows, int count, double* eta);

    /// <summary>eta[i] += coefficient·x[i, column] for all rows.</summary>
    public virtual void AddColumn(int column, double coefficient, double* eta)
    {
        const int Piece = 512;
        double* values = stackalloc double[Piece];
        for (int first = 0; first < Rows; first += Piece)
        {
            int count = Math.Min(Piece, Rows - first);
            Read(column, first, count, values);
            Kernels.Kernel.Axpy(coefficient, values, eta + first, count);
        }
    }

    /// <summary>One coordinate-descent sweep over the given columns on the residual itself; see the kernel's inventory entry.</summary>
    public abstract double Sweep(
        int* columns, int count, double* shift, double* scale, double* weights, double* residual,
        double* beta, double* l1, double* l2, double* lower, double* upper);
}
