using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Moments;

/// <summary>
/// Weight, sums and sums of products of the columns of [X̂ ŷ] over a set of rows: all that a Gaussian model needs to know
/// of them. Columns come centred and scaled, so sums are small and sets of rows can be merged and taken away without loss.
/// </summary>
internal sealed unsafe class SecondMoments : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();
    private readonly AlignedBuffer<int> _entries = new();

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

    /// <summary>Rows of positive weight in which a column of zeros and ones has a one, −1 for any other column; null where there are no such columns.</summary>
    public int* Entries { get; private set; }

    /// <summary>Row j of Σ w ẑⱼẑₖ; only k ≤ j is kept.</summary>
    public double* Products(int j) => _memory.Pointer + (j + 1) * Stride;

    /// <summary>No rows yet.</summary>
    public void Clear(int size)
    {
        Resize(size);
        new Span<double>(Sums, size).Clear();
        for (int j = 0; j < size; j++)
            new Span<double>(Products(j), j + 1).Clear();
    }

    /// <summary>Tells the columns of zeros and ones from others, to be counted.</summary>
    public int* CountEntries() => Entries = _entries.Require(Size);

    /// <summary>The rows of several sets together; every row of products is written once.</summary>
    public void SetSum(ReadOnlySpan<SecondMoments> sets)
    {
        Clear(sets[0].Size);
        foreach (SecondMoments set in sets)
        {
            Weight += set.Weight;
            Rows += set.Rows;
            Kernel.Axpy(1, set.Sums, Sums, Size);
        }

        if (sets[0].Entries != null)
            AddEntries(sets);

        for (int j = 0; j < Size; j++)
        {
            foreach (SecondMoments set in sets)
                Kernel.Axpy(1, set.Products(j), Products(j), j + 1);
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        _entries.Dispose();
    }

    private void AddEntries(ReadOnlySpan<SecondMoments> sets)
    {
        int* entries = CountEntries();
        for (int j = 0; j < Size; j++)
        {
            entries[j] = sets[0].Entries[j];
            for (int k = 1; k < sets.Length && entries[j] >= 0; k++)
                entries[j] += sets[k].Entries[j];
        }
    }

    private void Resize(int size)
    {
        Size = size;
        Stride = (size + 7) & ~7;
        if (Stride % 512 == 0)
            Stride += 8; // rows must not all map to one cache set
        Weight = 0;
        Rows = 0;
        Entries = null;
        _memory.Require((size + 1) * Stride);
    }
}
