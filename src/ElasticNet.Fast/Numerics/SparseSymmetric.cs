namespace ElasticNet.Fast.Numerics;

/// <summary>
/// A sparse symmetric matrix by the places of an elimination order, and a border of some dense rows below it: the lower triangle, the border, and the
/// corner where the border meets itself.
/// </summary>
/// <param name="order">The order.</param>
/// <param name="starts">Column q has the entries starts[q], …, starts[q + 1] − 1 below its diagonal.</param>
/// <param name="rows">Their rows, which are places.</param>
/// <param name="border">Dense rows.</param>
internal sealed unsafe class SparseSymmetric(EliminationOrder order, int[] starts, int[] rows, int border) : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();

    /// <summary>The order.</summary>
    public EliminationOrder Order => order;

    /// <summary>Where the entries of each column begin.</summary>
    public int[] Starts => starts;

    /// <summary>Their rows.</summary>
    public int[] Rows => rows;

    /// <summary>Sparse rows and columns.</summary>
    public int Sparse => starts.Length - 1;

    /// <summary>Dense rows below them.</summary>
    public int Border => border;

    /// <summary>All rows: sparse ones by place, then the border.</summary>
    public int Size => Sparse + border;

    /// <summary>The entries below the diagonal.</summary>
    public double* Values => _memory.Require(rows.Length + (nint)Size * (border + 1));

    /// <summary>The diagonal, of the border too.</summary>
    public double* Diagonal => Values + rows.Length;

    /// <summary>What the border has in column q: so many numbers from <see cref="Border"/>·q on. Of its own columns the rows further down count only.</summary>
    public double* Borders => Diagonal + Size;

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
