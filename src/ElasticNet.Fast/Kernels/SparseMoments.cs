using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Kernels;

/// <summary>
/// Moments of a sparse vector about a shift: over what is stored, and for all zeros together what one of them is, times what
/// they weigh. That weight is a difference of two sums which may agree to the last digit (all rows that weigh anything are
/// stored), while a shift far from 0 multiplies it; so both sums are kept in twice the digits.
/// </summary>
internal static unsafe class SparseMoments
{
    /// <summary>high + low = Σᵢ wᵢ over all rows.</summary>
    public static (double High, double Low) Total(double* weights, nint n)
    {
        double high = 0, low = 0;
        for (nint i = 0; i < n; i++)
            Add(ref high, ref low, weights[i]);
        return (high, low);
    }

    /// <summary>result[0] = Σᵢ wᵢ(xᵢ − shift), result[1] = Σᵢ wᵢ(xᵢ − shift)² over all rows, zeros included.</summary>
    /// <param name="x">The vector.</param>
    /// <param name="shift">About what.</param>
    /// <param name="weights">One for each row, none negative.</param>
    /// <param name="total">Their sum (<see cref="Total"/>).</param>
    /// <param name="n">All rows.</param>
    /// <param name="result">Two numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Measure<TValues>(in SparseVector<TValues> x, double shift, double* weights, (double High, double Low) total, nint n, double* result)
        where TValues : struct, ISparseValues<TValues>
    {
        int* rows = x.Rows;
        TValues values = x.Values;
        nint count = x.Count;
        double sum0 = 0, sum1 = 0, square0 = 0, square1 = 0, high0 = 0, low0 = 0, high1 = 0, low1 = 0;
        nint k = 0;
        for (; k <= count - 2; k += 2)
        {
            double w0 = weights[rows[k]], w1 = weights[rows[k + 1]];
            double d0 = values.At(k) - shift, d1 = values.At(k + 1) - shift;
            double a0 = w0 * d0, a1 = w1 * d1;
            sum0 += a0;
            sum1 += a1;
            square0 += a0 * d0;
            square1 += a1 * d1;
            Add(ref high0, ref low0, w0);
            Add(ref high1, ref low1, w1);
        }

        if (k < count)
        {
            double w = weights[rows[k]], d = values.At(k) - shift, a = w * d;
            sum0 += a;
            square0 += a * d;
            Add(ref high0, ref low0, w);
        }

        double zeros = count == n ? 0 : Zeros(total, high0, low0, high1, low1);
        result[0] = sum0 + sum1 - zeros * shift;
        result[1] = square0 + square1 + zeros * shift * shift;
    }

    /// <summary>What the rows that are not stored weigh.</summary>
    private static double Zeros((double High, double Low) total, double high0, double low0, double high1, double low1)
    {
        (double high, double low) = total;
        Add(ref high, ref low, -high0);
        Add(ref high, ref low, -high1);
        return Math.Max(high + (low - low0 - low1), 0);
    }

    /// <summary>high + low += value, what rounding takes from high going to low (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref double high, ref double low, double value)
    {
        double sum = high + value, part = sum - high;
        low += (high - (sum - part)) + (value - part);
        high = sum;
    }
}
