using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ElasticNet.Fast.Kernels;

/// <summary>
/// A vector x of which only some elements are stored: their rows, ascending, and their values; the others are 0. Gathers and
/// scatters wait for memory, not for arithmetic, so that these loops are plain ones: the same bits on every CPU but for the
/// last of a fused multiply-add.
/// </summary>
internal readonly unsafe struct SparseVector<TValues>(int* rows, TValues values, nint count)
    where TValues : struct, ISparseValues<TValues>
{
    /// <summary>Vectors that lie side by side for <see cref="AddDot8"/>: so many doubles fill a cache line.</summary>
    public const int Lanes = 8;

    /// <summary>The rows of the stored elements.</summary>
    public readonly int* Rows = rows;

    /// <summary>Their values.</summary>
    public readonly TValues Values = values;

    /// <summary>How many are stored.</summary>
    public readonly nint Count = count;

    /// <summary>Σᵢ xᵢyᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Dot(double* y)
    {
        int* rows = Rows;
        TValues values = Values;
        nint count = Count, k = 0;
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        for (; k <= count - 4; k += 4)
        {
            s0 += values.At(k) * y[rows[k]];
            s1 += values.At(k + 1) * y[rows[k + 1]];
            s2 += values.At(k + 2) * y[rows[k + 2]];
            s3 += values.At(k + 3) * y[rows[k + 3]];
        }

        for (; k < count; k++)
            s0 += values.At(k) * y[rows[k]];
        return (s0 + s1) + (s2 + s3);
    }

    /// <summary>
    /// result[c] += Σᵢ xᵢ·panel[8i + c] over the entries from <paramref name="k"/> on whose row is below <paramref name="end"/>, for eight
    /// vectors that lie side by side: a row of theirs costs one cache line, not eight. Returns the first entry that is not below.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public nint AddDot8(nint k, nint end, double* panel, double* result)
    {
        int* rows = Rows;
        TValues values = Values;
        nint last = Count - 1;
        if (Vector256.IsHardwareAccelerated)
        {
            Vector256<double> s0 = Vector256.Load(result), s1 = Vector256.Load(result + 4), t0 = default, t1 = default;
            for (; k < last && rows[k + 1] < end; k += 2)
            {
                double* at = panel + (nint)rows[k] * Lanes, next = panel + (nint)rows[k + 1] * Lanes;
                Vector256<double> x = Vector256.Create(values.At(k)), z = Vector256.Create(values.At(k + 1));
                s0 = Vector256.MultiplyAddEstimate(x, Vector256.Load(at), s0);
                s1 = Vector256.MultiplyAddEstimate(x, Vector256.Load(at + 4), s1);
                t0 = Vector256.MultiplyAddEstimate(z, Vector256.Load(next), t0);
                t1 = Vector256.MultiplyAddEstimate(z, Vector256.Load(next + 4), t1);
            }

            if (k <= last && rows[k] < end)
            {
                double* at = panel + (nint)rows[k] * Lanes;
                Vector256<double> x = Vector256.Create(values.At(k++));
                s0 = Vector256.MultiplyAddEstimate(x, Vector256.Load(at), s0);
                s1 = Vector256.MultiplyAddEstimate(x, Vector256.Load(at + 4), s1);
            }

            (s0 + t0).Store(result);
            (s1 + t1).Store(result + 4);
            return k;
        }

        Vector128<double> r0 = Vector128.Load(result), r1 = Vector128.Load(result + 2), r2 = Vector128.Load(result + 4), r3 = Vector128.Load(result + 6);
        for (; k <= last && rows[k] < end; k++)
        {
            double* at = panel + (nint)rows[k] * Lanes;
            Vector128<double> x = Vector128.Create(values.At(k));
            r0 = Vector128.MultiplyAddEstimate(x, Vector128.Load(at), r0);
            r1 = Vector128.MultiplyAddEstimate(x, Vector128.Load(at + 2), r1);
            r2 = Vector128.MultiplyAddEstimate(x, Vector128.Load(at + 4), r2);
            r3 = Vector128.MultiplyAddEstimate(x, Vector128.Load(at + 6), r3);
        }

        r0.Store(result);
        r1.Store(result + 2);
        r2.Store(result + 4);
        r3.Store(result + 6);
        return k;
    }

    /// <summary>y += a·x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddTo(double a, double* y)
    {
        int* rows = Rows;
        TValues values = Values;
        nint count = Count;
        for (nint k = 0; k < count; k++)
            y[rows[k]] += a * values.At(k);
    }

    /// <summary>yᵢ += a·wᵢxᵢ for what is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddWeightedTo(double a, double* weights, double* y)
    {
        int* rows = Rows;
        TValues values = Values;
        nint count = Count;
        for (nint k = 0; k < count; k++)
            y[rows[k]] += a * values.At(k) * weights[rows[k]];
    }

    /// <summary>y[i·stride] = wᵢxᵢ for the entries from <paramref name="k"/> on whose row is below <paramref name="end"/>, nothing else. Returns the first that is not below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public nint Scatter(nint k, nint end, double* weights, double* y, nint stride)
    {
        int* rows = Rows;
        TValues values = Values;
        nint count = Count;
        for (; k < count && rows[k] < end; k++)
            y[rows[k] * stride] = weights[rows[k]] * values.At(k);
        return k;
    }

    /// <summary>y[i·stride] = 0 for the entries [first, end): undoes <see cref="Scatter"/> on memory of zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Clear(nint first, nint end, double* y, nint stride)
    {
        int* rows = Rows;
        for (nint k = first; k < end; k++)
            y[rows[k] * stride] = 0;
    }

    /// <summary>y[i] += a·x[chosen[i]] for an ascending list of rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRows(double a, int* chosen, nint chosenCount, double* y)
    {
        int* rows = Rows;
        TValues values = Values;
        nint count = Count, k = 0;
        for (nint i = 0; i < chosenCount && k < count; i++)
        {
            // Few chosen of many stored, or the other way round: a step or a leap.
            if (rows[k] < chosen[i])
                k = LowerBound(k, chosen[i]);
            if (k < count && rows[k] == chosen[i])
                y[i] += a * values.At(k++);
        }
    }

    /// <summary>The elements of rows [first, first + length) with their zeros.</summary>
    public void Read(nint first, nint length, double* destination)
    {
        new Span<double>(destination, (int)length).Clear();
        for (nint k = LowerBound(0, first); k < Count && Rows[k] < first + length; k++)
            destination[Rows[k] - first] = Values.At(k);
    }

    /// <summary>destination[i] = (x[first + i] − shift)·scale·rootWeights[first + i] for so many rows: a dense copy, zeros included.</summary>
    public void Standardize(double shift, double scale, double* rootWeights, nint first, nint length, double* destination)
    {
        for (nint i = 0; i < length; i++)
            destination[i] = -shift * scale * rootWeights[first + i];
        for (nint k = LowerBound(0, first); k < Count && Rows[k] < first + length; k++)
            destination[Rows[k] - first] = (Values.At(k) - shift) * scale * rootWeights[Rows[k]];
    }

    /// <summary>The first entry from <paramref name="from"/> on whose row is not below <paramref name="row"/>: doubling steps, then bisection.</summary>
    public nint LowerBound(nint from, nint row)
    {
        nint step = 1, low = from;
        while (low + step <= Count && Rows[low + step - 1] < row)
        {
            low += step;
            step *= 2;
        }

        nint high = low + step - 1 < Count ? low + step - 1 : Count;
        while (low < high)
        {
            nint middle = low + (high - low) / 2;
            (low, high) = Rows[middle] < row ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
