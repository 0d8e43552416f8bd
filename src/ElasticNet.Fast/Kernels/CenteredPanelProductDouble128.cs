using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>One pass over X for several vectors: every centred column against each of them.</summary>
[KernelTemplate(KernelTypes.Double | KernelTypes.SingleToDouble)]
internal static unsafe class CenteredPanelProductDouble128
{
    /// <summary>Columns in a tile.</summary>
    private const int Width = 4;

    /// <summary>
    /// Rows worked on at a time: of a dozen vectors they fill about the L1 cache. Not fewer for more vectors: what a vector
    /// gets, to the last bit, is not to depend on its company.
    /// </summary>
    private const int RowTile = 512;

    /// <summary>
    /// result[k·strideResult + j] = Σᵢ (x[j·stride + i] − shift[j])·u[k·strideU + i] for adjacent columns j and each of
    /// <paramref name="count"/> vectors k. The subtraction comes before the product, so that columns with huge means keep
    /// their digits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CenteredPanelProduct(
        S* x, nint stride, nint columns, A* shift, A* u, nint strideU, nint count, nint n, A* result, nint strideResult)
    {
        for (nint k = 0; k < count; k++)
            new Span<A>(result + k * strideResult, (int)columns).Clear();
        A* sums = stackalloc A[4 * Width];
        A* rest = stackalloc A[(Width + 1) * Vec.Count];
        for (nint r = Vec.Count - n % Vec.Count; r < Vec.Count; r++)
            rest[r] = 1;
        for (nint i = 0; i < n; i += RowTile)
        {
            nint rows = nint.Min(RowTile, n - i);
            // 16 sums need 32 registers, which only the 512-bit instructions have.
            nint height = Vec.Count == Vector512<A>.Count && rows >= Vec.Count ? 4 : 2;
            for (nint j = 0; j < columns; j += Width)
            {
                nint width = nint.Min(Width, columns - j);
                // While this tile is multiplied, the next one is on its way; where two vectors are a group, one of its columns with each.
                nint next = j <= columns - 2 * Width ? Width * stride : 0;
                for (nint k = 0; k < count; k += height)
                {
                    nint filled = nint.Min(height, count - k);
                    new Span<A>(sums, 4 * Width).Clear();
                    S* tile = x + j * stride + i;
                    if (height == 4)
                        FourByFour(tile, stride, width - 1, shift + j, u + k * strideU + i, strideU, filled - 1, rows, rest, sums, next);
                    else
                        FourByTwo(tile, stride, width - 1, shift + j, u + k * strideU + i, strideU, filled - 1, rows, sums, tile + next + nint.Min(k / height, width - 1) * stride);
                    for (nint l = 0; l < filled; l++)
                    {
                        for (nint m = 0; m < width; m++)
                            result[(k + l) * strideResult + j + m] += sums[l * Width + m];
                    }
                }
            }
        }
    }

    /// <summary>
    /// Four columns against four vectors; a tile that is not filled reads its last column or vector again. Rows that do not
    /// fill a vector go through the same loop once more: the last vector again, with zeros where its rows are counted already.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByFour(S* x0, nint stride, nint lastColumn, A* shift, A* u0, nint strideU, nint lastVector, nint rows, A* rest, A* sums, nint next)
    {
        nint c1 = nint.Min(1, lastColumn), c2 = nint.Min(2, lastColumn);
        S* x1 = x0 + c1 * stride, x2 = x0 + c2 * stride, x3 = x0 + lastColumn * stride;
        A* u1 = u0 + nint.Min(1, lastVector) * strideU, u2 = u0 + nint.Min(2, lastVector) * strideU, u3 = u0 + lastVector * strideU;
        Vec m0 = V.Create(shift[0]), m1 = V.Create(shift[c1]), m2 = V.Create(shift[c2]), m3 = V.Create(shift[lastColumn]);
        Vec s00 = Vec.Zero, s01 = Vec.Zero, s02 = Vec.Zero, s03 = Vec.Zero, s10 = Vec.Zero, s11 = Vec.Zero, s12 = Vec.Zero, s13 = Vec.Zero;
        Vec s20 = Vec.Zero, s21 = Vec.Zero, s22 = Vec.Zero, s23 = Vec.Zero, s30 = Vec.Zero, s31 = Vec.Zero, s32 = Vec.Zero, s33 = Vec.Zero;
        nint r = 0, whole = rows - rows % Vec.Count;
    again:
        for (; r < whole; r += Vec.Count)
        {
            Ahead.Fetch(x0 + next + r);
            Ahead.Fetch(x1 + next + r);
            Ahead.Fetch(x2 + next + r);
            Ahead.Fetch(x3 + next + r);
            Vec y0 = V.Load(u0 + r), y1 = V.Load(u1 + r), y2 = V.Load(u2 + r), y3 = V.Load(u3 + r);
            Vec z = Load.From(x0 + r) - m0;
            s00 = V.MultiplyAddEstimate(z, y0, s00);
            s10 = V.MultiplyAddEstimate(z, y1, s10);
            s20 = V.MultiplyAddEstimate(z, y2, s20);
            s30 = V.MultiplyAddEstimate(z, y3, s30);
            z = Load.From(x1 + r) - m1;
            s01 = V.MultiplyAddEstimate(z, y0, s01);
            s11 = V.MultiplyAddEstimate(z, y1, s11);
            s21 = V.MultiplyAddEstimate(z, y2, s21);
            s31 = V.MultiplyAddEstimate(z, y3, s31);
            z = Load.From(x2 + r) - m2;
            s02 = V.MultiplyAddEstimate(z, y0, s02);
            s12 = V.MultiplyAddEstimate(z, y1, s12);
            s22 = V.MultiplyAddEstimate(z, y2, s22);
            s32 = V.MultiplyAddEstimate(z, y3, s32);
            z = Load.From(x3 + r) - m3;
            s03 = V.MultiplyAddEstimate(z, y0, s03);
            s13 = V.MultiplyAddEstimate(z, y1, s13);
            s23 = V.MultiplyAddEstimate(z, y2, s23);
            s33 = V.MultiplyAddEstimate(z, y3, s33);
        }

        if (whole < rows)
        {
            r = rows - Vec.Count;
            u0 = Rest(u0 + r, rest, 1);
            u1 = Rest(u1 + r, rest, 2);
            u2 = Rest(u2 + r, rest, 3);
            u3 = Rest(u3 + r, rest, 4);
            x0 += r;
            x1 += r;
            x2 += r;
            x3 += r;
            r = 0;
            rows = whole = Vec.Count;
            goto again;
        }

        HorizontalSums.AddTo(sums, s00, s01, s02, s03);
        HorizontalSums.AddTo(sums + Width, s10, s11, s12, s13);
        HorizontalSums.AddTo(sums + 2 * Width, s20, s21, s22, s23);
        HorizontalSums.AddTo(sums + 3 * Width, s30, s31, s32, s33);
    }

    /// <summary>Four columns against two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourByTwo(S* x0, nint stride, nint lastColumn, A* shift, A* u0, nint strideU, nint lastVector, nint rows, A* sums, S* ahead)
    {
        nint c1 = nint.Min(1, lastColumn), c2 = nint.Min(2, lastColumn);
        S* x1 = x0 + c1 * stride, x2 = x0 + c2 * stride, x3 = x0 + lastColumn * stride;
        A* u1 = u0 + lastVector * strideU;
        A m0 = shift[0], m1 = shift[c1], m2 = shift[c2], m3 = shift[lastColumn];
        Vec v0 = V.Create(m0), v1 = V.Create(m1), v2 = V.Create(m2), v3 = V.Create(m3);
        Vec s00 = Vec.Zero, s01 = Vec.Zero, s02 = Vec.Zero, s03 = Vec.Zero, s10 = Vec.Zero, s11 = Vec.Zero, s12 = Vec.Zero, s13 = Vec.Zero;
        nint r = 0;
        for (; r <= rows - Vec.Count; r += Vec.Count)
        {
            Ahead.FetchToL2(ahead + r);
            Vec y0 = V.Load(u0 + r), y1 = V.Load(u1 + r);
            Vec z = Load.From(x0 + r) - v0;
            s00 = V.MultiplyAddEstimate(z, y0, s00);
            s10 = V.MultiplyAddEstimate(z, y1, s10);
            z = Load.From(x1 + r) - v1;
            s01 = V.MultiplyAddEstimate(z, y0, s01);
            s11 = V.MultiplyAddEstimate(z, y1, s11);
            z = Load.From(x2 + r) - v2;
            s02 = V.MultiplyAddEstimate(z, y0, s02);
            s12 = V.MultiplyAddEstimate(z, y1, s12);
            z = Load.From(x3 + r) - v3;
            s03 = V.MultiplyAddEstimate(z, y0, s03);
            s13 = V.MultiplyAddEstimate(z, y1, s13);
        }

        HorizontalSums.AddTo(sums, s00, s01, s02, s03);
        HorizontalSums.AddTo(sums + Width, s10, s11, s12, s13);
        for (; r < rows; r++)
        {
            A y0 = u0[r], y1 = u1[r];
            sums[0] += (x0[r] - m0) * y0;
            sums[1] += (x1[r] - m1) * y0;
            sums[2] += (x2[r] - m2) * y0;
            sums[3] += (x3[r] - m3) * y0;
            sums[Width] += (x0[r] - m0) * y1;
            sums[Width + 1] += (x1[r] - m1) * y1;
            sums[Width + 2] += (x2[r] - m2) * y1;
            sums[Width + 3] += (x3[r] - m3) * y1;
        }
    }

    /// <summary>The vector at <paramref name="from"/> with zeros, in its place behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static A* Rest(A* from, A* rest, nint place)
    {
        (V.Load(from) * V.Load(rest)).Store(rest + place * Vec.Count);
        return rest + place * Vec.Count;
    }
}
