namespace ElasticNet.Fast.Numerics;

/// <summary>
/// The lower Cholesky factor of a symmetric matrix in double-double numbers, row by row. Inner products carry the square of the
/// columns' condition: with 31 digits for them, columns are told apart down to the last digit of a double.
/// </summary>
internal sealed unsafe class CompensatedFactor : IDisposable
{
    private readonly CompensatedMatrix _rows = new();

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Keeps the first rows only.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Appends a row, unless too little of it is left.</summary>
    /// <param name="products">Its products with the rows before it.</param>
    /// <param name="diagonal">Its product with itself.</param>
    /// <param name="leastShare">The share of <paramref name="diagonal"/> that must be left when what the rows before it explain is taken away.</param>
    public bool TryAppend(DoubleDoubles products, DoubleDouble diagonal, double leastShare)
    {
        _rows.Reserve(Count + 1, Count);
        DoubleDoubles row = _rows[Count];
        row.Set(products, Count);
        SolveForward(row);
        DoubleDouble pivot = diagonal - DoubleDoubles.Dot(row, row, Count);
        if (!(pivot.High > leastShare * diagonal.High))
            return false;
        row[Count] = DoubleDouble.Sqrt(pivot);
        Count++;
        return true;
    }

    /// <summary>b ← A⁻¹b.</summary>
    public void Solve(DoubleDoubles b)
    {
        SolveForward(b);
        for (int i = Count - 1; i >= 0; i--)
        {
            DoubleDoubles row = _rows[i];
            DoubleDouble value = b[i] / row[i];
            b[i] = value;
            b.Add(-value, row, i);
        }
    }

    public void Dispose() => _rows.Dispose();

    private void SolveForward(DoubleDoubles b)
    {
        for (int i = 0; i < Count; i++)
        {
            DoubleDoubles row = _rows[i];
            b[i] = (b[i] - DoubleDoubles.Dot(row, b, i)) / row[i];
        }
    }
}
