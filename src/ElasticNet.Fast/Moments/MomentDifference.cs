using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Moments;

/// <summary>The moments of a set of rows without those of a subset; nothing is written down, rows of products are made as they are asked for.</summary>
/// <param name="whole">The set.</param>
/// <param name="less">The subset, or null for none.</param>
internal readonly unsafe struct MomentDifference(SecondMoments whole, SecondMoments? less)
{
    /// <inheritdoc cref="SecondMoments.Size"/>
    public int Size => whole.Size;

    /// <inheritdoc cref="SecondMoments.Weight"/>
    public double Weight => whole.Weight - (less?.Weight ?? 0);

    /// <inheritdoc cref="SecondMoments.Rows"/>
    public int Rows => whole.Rows - (less?.Rows ?? 0);

    /// <summary>Σ w ẑⱼ / Σw.</summary>
    public double Mean(int j) => (whole.Sums[j] - (less == null ? 0 : less.Sums[j])) / Weight;

    /// <summary>Σ w ẑⱼ² / Σw.</summary>
    public double Square(int j) => (whole.Products(j)[j] - (less == null ? 0 : less.Products(j)[j])) / Weight;

    /// <summary>Whether a column of zeros and ones is known to be the same in all rows; of others only their squares can tell.</summary>
    public bool IsConstant(int j)
    {
        if (whole.Entries == null || whole.Entries[j] < 0)
            return false;
        int entries = whole.Entries[j] - (less == null ? 0 : less.Entries[j]);
        return entries == 0 || entries == Rows;
    }

    /// <summary>What rounding in <see cref="Square"/> is relative to: the squares of both, which a difference may be small beside.</summary>
    public double GrossSquare(int j) => (whole.Products(j)[j] + (less == null ? 0 : less.Products(j)[j])) / Weight;

    /// <summary>
    /// Whether all columns lie about the points by which they were centred, so that to centre them again loses no digits;
    /// false where one has no finite moments.
    /// </summary>
    public bool IsCentered
    {
        get
        {
            for (int j = 0; j < Size; j++)
            {
                double mean = Mean(j), square = Square(j);
                if (!(mean * mean <= 0.75 * square && double.IsFinite(square)))
                    return false;
            }

            return true;
        }
    }

    /// <summary>Writes Σ w ẑⱼẑₖ for k ≤ j.</summary>
    public void CopyProducts(int j, double* destination)
    {
        Buffer.MemoryCopy(whole.Products(j), destination, (j + 1L) * sizeof(double), (j + 1L) * sizeof(double));
        if (less != null)
            Kernel.Axpy(-1, less.Products(j), destination, j + 1);
    }
}
