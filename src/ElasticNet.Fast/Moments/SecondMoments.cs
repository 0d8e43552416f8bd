using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Moments;

/// <summary>
/// Weight, sums and sums of products of the columns of [X̂ ŷ] over a set of rows: all that a Gaussian model needs to know
/// of them. Columns come centred and scaled, so sums are small and sets of rows can be merged and taken away without loss.
/// </summary>
internal sealed unsafe class SecondMoments : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();

    /// <summary>Columns of X̂ plus one for ŷ, which comes last.</summary>
    public int Size { get; private set; }

    /// <summary>Σw.</summary>
    public double Weight { get; set; }

    /// <summary>Rows of positive weight.</summary>
    public int Rows { get; set; }

    /// <summary>Σ w ẑⱼ.</summary>
    public double* Sums => _memory.Pointer;

    /// <summary>Elements from one row of products to the next.</summary>
    public nint Stride { get; private set; }

    /// <summary>Row j of Σ w ẑⱼẑₖ; only k ≤ j is kept.</summary>
    public double* Products(int j) => _memory.Pointer + (j + 1) * Stride;

    /// <summary>No rows yet.</summary>
    public void Clear(int size)
    {
        Size = size;
        Stride = (size + 7) & ~7;
        if (Stride % 512 == 0)
            Stride += 8; // rows must not all map to one cache set
        Weight = 0;
        Rows = 0;
        _memory.RequireZeroed((size + 1) * Stride);
    }

    /// <summary>Adds the rows of another set.</summary>
    public void Add(SecondMoments other) => Combine(other, 1);

    /// <summary>Takes away the rows of a subset.</summary>
    public void Subtract(SecondMoments subset) => Combine(subset, -1);

    /// <summary>
    /// Σ w (response·ŷ + constant − X̂γ)² over these rows.
    /// </summary>
    /// <param name="response">Factor of ŷ.</param>
    /// <param name="constant">What is added to every row.</param>
    /// <param name="columns">Columns with a coefficient.</param>
    /// <param name="gamma">Their coefficients.</param>
    public double ResidualSquares(double response, double constant, ReadOnlySpan<int> columns, ReadOnlySpan<double> gamma)
    {
        int y = Size - 1;
        double* ofResponse = Products(y);
        double value = response * response * ofResponse[y] + constant * constant * Weight + 2 * constant * response * Sums[y];
        for (int a = 0; a < columns.Length; a++)
        {
            int j = columns[a];
            double* row = Products(j);
            double inner = 0.5 * gamma[a] * row[j];
            for (int b = 0; b < a; b++)
                inner += gamma[b] * row[columns[b]];
            value += 2 * gamma[a] * (inner - response * ofResponse[j] - constant * Sums[j]);
        }

        return value;
    }

    public void Dispose() => _memory.Dispose();

    private void Combine(SecondMoments other, double sign)
    {
        Weight += sign * other.Weight;
        Rows += (int)sign * other.Rows;
        for (int j = 0; j < Size; j++)
        {
            Sums[j] += sign * other.Sums[j];
            double* to = Products(j), from = other.Products(j);
            for (int k = 0; k <= j; k++)
                to[k] += sign * from[k];
        }
    }
}
