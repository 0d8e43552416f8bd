using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Numerics;

/// <summary>A vector of double-double numbers in somebody else's memory: the rounded numbers, and apart from them what rounding took.</summary>
internal readonly unsafe struct DoubleDoubles(double* high, double* low)
{
    /// <summary>The numbers, rounded to double.</summary>
    public double* High => high;

    /// <summary>What rounding took.</summary>
    public double* Low => low;

    public DoubleDouble this[nint i]
    {
        get => new(high[i], low[i]);
        set => (high[i], low[i]) = value;
    }

    /// <summary>Σᵢ aᵢbᵢ.</summary>
    public static DoubleDouble Dot(DoubleDoubles a, DoubleDoubles b, nint count)
    {
        double* result = stackalloc double[2];
        Kernel.CompensatedDot(a.High, a.Low, b.High, b.Low, count, result);
        return new(result[0], result[1]);
    }

    /// <summary>This vector += factor·x.</summary>
    public void Add(DoubleDouble factor, DoubleDoubles x, nint count) =>
        Kernel.CompensatedAxpy(factor.High, factor.Low, x.High, x.Low, high, low, count);

    /// <summary>Takes over the elements of another vector.</summary>
    public void Set(DoubleDoubles x, nint count)
    {
        new ReadOnlySpan<double>(x.High, (int)count).CopyTo(new(high, (int)count));
        new ReadOnlySpan<double>(x.Low, (int)count).CopyTo(new(low, (int)count));
    }
}
