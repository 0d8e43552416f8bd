using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>All inner products of two panels of columns.</summary>
[KernelTemplate(KernelTypes.Double)]
internal static unsafe class GramDouble128
{
    /// <summary>
    /// c[i·strideC + j] += Σᵣ a[i·strideA + r]·b[j·strideB + r]. The caller blocks the rows so that both panels stay in
    /// cache; here a tile of columns stays in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gram(S* a, nint strideA, nint columnsA, S* b, nint strideB, nint columnsB, nint rows, A* c, nint strideC)
    {
        nint i = 0;
        for (; i <= columnsA - 4; i += 4)
        {
            S* ai = a + i * strideA;
            A* ci = c + i * strideC;
            nint j = 0;

            // 16 sums need 32 registers, which only the 512-bit instructions have; with 16 registers 4 × 2 is what fits.
            if (Vec.Count == Vector512<A>.Count)
            {
                for (; j <= columnsB - 4; j += 4)
                    FourByFour(ai, strideA, b + j * strideB, strideB, rows, ci + j, strideC);
            }
            else
            {
                for (; j <= columnsB - 2; j += 2)
                    FourByTwo(ai, strideA, b + j * strideB, strideB, rows, ci + j, strideC);
            }

            for (; j < columnsB; j++)
                FourByOne(ai, strideA, b + j * strideB, rows, ci + j, strideC);
        }

        for (; i < columnsA; i++)
        {
            S* ai = a + i * strideA;
            A* ci = c + i * strideC;
            nint j = 0;
            for (; j <= columnsB - 4; j += 4)
                FourByOne(b + j * strideB, strideB, ai, rows, ci + j, 1);
            for (; j < columnsB; j++)
                ci[j] += OneByOne(ai, b + j * strideB, rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByFour(S* a, nint strideA, S* b, nint strideB, nint rows, A* c, nint strideC)
    {
        S* a0 = a, a1 = a + strideA, a2 = a + 2 * strideA, a3 = a + 3 * strideA;
        S* b0 = b, b1 = b + strideB, b2 = b + 2 * strideB, b3 = b + 3 * strideB;
        Vec s00 = Vec.Zero, s01 = Vec.Zero, s02 = Vec.Zero, s03 = Vec.Zero;
        Vec s10 = Vec.Zero, s11 = Vec.Zero, s12 = Vec.Zero, s13 = Vec.Zero;
        Vec s20 = Vec.Zero, s21 = Vec.Zero, s22 = Vec.Zero, s23 = Vec.Zero;
        Vec s30 = Vec.Zero, s31 = Vec.Zero, s32 = Vec.Zero, s33 = Vec.Zero;
        nint r = 0, whole = rows - rows % Vec.Count;
    again:
        for (; r < whole; r += Vec.Count)
        {
            Vec y0 = Load.From(b0 + r), y1 = Load.From(b1 + r), y2 = Load.From(b2 + r), y3 = Load.From(b3 + r);
            Vec x = Load.From(a0 + r);
            s00 = V.MultiplyAddEstimate(x, y0, s00);
            s01 = V.MultiplyAddEstimate(x, y1, s01);
            s02 = V.MultiplyAddEstimate(x, y2, s02);
            s03 = V.MultiplyAddEstimate(x, y3, s03);
            x = Load.From(a1 + r);
            s10 = V.MultiplyAddEstimate(x, y0, s10);
            s11 = V.MultiplyAddEstimate(x, y1, s11);
            s12 = V.MultiplyAddEstimate(x, y2, s12);
            s13 = V.MultiplyAddEstimate(x, y3, s13);
            x = Load.From(a2 + r);
            s20 = V.MultiplyAddEstimate(x, y0, s20);
            s21 = V.MultiplyAddEstimate(x, y1, s21);
            s22 = V.MultiplyAddEstimate(x, y2, s22);
            s23 = V.MultiplyAddEstimate(x, y3, s23);
            x = Load.From(a3 + r);
            s30 = V.MultiplyAddEstimate(x, y0, s30);
            s31 = V.MultiplyAddEstimate(x, y1, s31);
            s32 = V.MultiplyAddEstimate(x, y2, s32);
            s33 = V.MultiplyAddEstimate(x, y3, s33);
        }

        if (whole < rows)
        {
            // The rows that do not fill a vector go through the same loop once more, with zeros below them.
            S* rest = stackalloc S[8 * Vec.Count];
            a0 = CopyRest(a0, whole, rows, rest);
            a1 = CopyRest(a1, whole, rows, rest + Vec.Count);
            a2 = CopyRest(a2, whole, rows, rest + 2 * Vec.Count);
            a3 = CopyRest(a3, whole, rows, rest + 3 * Vec.Count);
            b0 = CopyRest(b0, whole, rows, rest + 4 * Vec.Count);
            b1 = CopyRest(b1, whole, rows, rest + 5 * Vec.Count);
            b2 = CopyRest(b2, whole, rows, rest + 6 * Vec.Count);
            b3 = CopyRest(b3, whole, rows, rest + 7 * Vec.Count);
            r = 0;
            rows = whole = Vec.Count;
            goto again;
        }

        AddRow(c, s00, s01, s02, s03);
        AddRow(c + strideC, s10, s11, s12, s13);
        AddRow(c + 2 * strideC, s20, s21, s22, s23);
        AddRow(c + 3 * strideC, s30, s31, s32, s33);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(S* a, nint strideA, S* b, nint strideB, nint rows, A* c, nint strideC)
    {
        S* a0 = a, a1 = a + strideA, a2 = a + 2 * strideA, a3 = a + 3 * strideA;
        S* b0 = b, b1 = b + strideB;
        Vec s00 = Vec.Zero, s01 = Vec.Zero, s10 = Vec.Zero, s11 = Vec.Zero;
        Vec s20 = Vec.Zero, s21 = Vec.Zero, s30 = Vec.Zero, s31 = Vec.Zero;
        nint r = 0, whole = rows - rows % Vec.Count;
    again:
        for (; r < whole; r += Vec.Count)
        {
            Vec y0 = Load.From(b0 + r), y1 = Load.From(b1 + r);
            Vec x0 = Load.From(a0 + r), x1 = Load.From(a1 + r);
            s00 = V.MultiplyAddEstimate(x0, y0, s00);
            s01 = V.MultiplyAddEstimate(x0, y1, s01);
            s10 = V.MultiplyAddEstimate(x1, y0, s10);
            s11 = V.MultiplyAddEstimate(x1, y1, s11);
            Vec x2 = Load.From(a2 + r), x3 = Load.From(a3 + r);
            s20 = V.MultiplyAddEstimate(x2, y0, s20);
            s21 = V.MultiplyAddEstimate(x2, y1, s21);
            s30 = V.MultiplyAddEstimate(x3, y0, s30);
            s31 = V.MultiplyAddEstimate(x3, y1, s31);
        }

        if (whole < rows)
        {
            S* rest = stackalloc S[6 * Vec.Count];
            a0 = CopyRest(a0, whole, rows, rest);
            a1 = CopyRest(a1, whole, rows, rest + Vec.Count);
            a2 = CopyRest(a2, whole, rows, rest + 2 * Vec.Count);
            a3 = CopyRest(a3, whole, rows, rest + 3 * Vec.Count);
            b0 = CopyRest(b0, whole, rows, rest + 4 * Vec.Count);
            b1 = CopyRest(b1, whole, rows, rest + 5 * Vec.Count);
            r = 0;
            rows = whole = Vec.Count;
            goto again;
        }

        c[0] += V.Sum(s00);
        c[1] += V.Sum(s01);
        c[strideC] += V.Sum(s10);
        c[strideC + 1] += V.Sum(s11);
        c[2 * strideC] += V.Sum(s20);
        c[2 * strideC + 1] += V.Sum(s21);
        c[3 * strideC] += V.Sum(s30);
        c[3 * strideC + 1] += V.Sum(s31);
    }

    /// <summary>Four columns against one; <paramref name="step"/> is the distance between the four places in c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByOne(S* a, nint strideA, S* b, nint rows, A* c, nint step)
    {
        S* a0 = a, a1 = a + strideA, a2 = a + 2 * strideA, a3 = a + 3 * strideA;
        Vec s0 = Vec.Zero, s1 = Vec.Zero, s2 = Vec.Zero, s3 = Vec.Zero;
        nint r = 0;
        for (; r <= rows - Vec.Count; r += Vec.Count)
        {
            Vec y = Load.From(b + r);
            s0 = V.MultiplyAddEstimate(Load.From(a0 + r), y, s0);
            s1 = V.MultiplyAddEstimate(Load.From(a1 + r), y, s1);
            s2 = V.MultiplyAddEstimate(Load.From(a2 + r), y, s2);
            s3 = V.MultiplyAddEstimate(Load.From(a3 + r), y, s3);
        }

        A r0 = V.Sum(s0), r1 = V.Sum(s1), r2 = V.Sum(s2), r3 = V.Sum(s3);
        for (; r < rows; r++)
        {
            r0 += a0[r] * b[r];
            r1 += a1[r] * b[r];
            r2 += a2[r] * b[r];
            r3 += a3[r] * b[r];
        }

        c[0] += r0;
        c[step] += r1;
        c[2 * step] += r2;
        c[3 * step] += r3;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static A OneByOne(S* a, S* b, nint rows)
    {
        Vec s0 = Vec.Zero, s1 = Vec.Zero;
        nint r = 0;
        for (; r <= rows - 2 * Vec.Count; r += 2 * Vec.Count)
        {
            s0 = V.MultiplyAddEstimate(Load.From(a + r), Load.From(b + r), s0);
            s1 = V.MultiplyAddEstimate(Load.From(a + r + Vec.Count), Load.From(b + r + Vec.Count), s1);
        }

        A sum = V.Sum(s0 + s1);
        for (; r < rows; r++)
            sum += a[r] * b[r];
        return sum;
    }

    /// <summary>The rows from <paramref name="from"/> on, for a place that is all zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S* CopyRest(S* column, nint from, nint rows, S* destination)
    {
        for (nint r = from; r < rows; r++)
            destination[r - from] = column[r];
        return destination;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(A* c, Vec s0, Vec s1, Vec s2, Vec s3)
    {
        c[0] += V.Sum(s0);
        c[1] += V.Sum(s1);
        c[2] += V.Sum(s2);
        c[3] += V.Sum(s3);
    }
}
