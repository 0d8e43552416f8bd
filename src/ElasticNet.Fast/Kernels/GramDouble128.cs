using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using A = double;
using Load = ElasticNet.Fast.Kernels.DoubleLoad128;
using S = double;
using V = System.Runtime.Intrinsics.Vector128;
using Vec = System.Runtime.Intrinsics.Vector128<double>;

namespace ElasticNet.Fast.Kernels;

/// <summary>Inner products of two panels of columns, all of them or those below a diagonal.</summary>
[KernelTemplate(KernelTypes.Double)]
internal static unsafe class GramDouble128
{
    /// <summary>Columns of b in a tile.</summary>
    private const int Width = 4;

    /// <summary>
    /// c[i·strideC + j] += Σᵣ a[i·strideA + r]·b[j·strideB + r] for j ≤ i + diagonal; with diagonal ≥ columnsB that is all.
    /// The caller blocks rows and columns so that both panels stay in cache; here a tile of columns stays in registers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gram(
        S* a, nint strideA, nint columnsA, S* b, nint strideB, nint columnsB, nint rows, A* c, nint strideC, nint diagonal)
    {
        // 24 sums and 5 operands need 32 registers, which only the 512-bit instructions have; with 16 it is 12 sums.
        nint height = Vec.Count == Vector512<A>.Count ? 6 : 3;
        A* sums = stackalloc A[6 * Width];
        A* rest = stackalloc A[(Width + 1) * Vec.Count];
        for (nint r = Vec.Count - rows % Vec.Count; r < Vec.Count; r++)
            rest[r] = 1;
        for (nint i = 0; i < columnsA; i += height)
        {
            nint filled = nint.Min(height, columnsA - i);
            if (2 * filled <= height)
                height = filled = 1; // less than half a tile: the last columns one by one
            nint reach = nint.Min(columnsB, i + filled + diagonal);
            for (nint j = 0; j < reach; j += Width)
            {
                nint width = nint.Min(Width, columnsB - j);
                bool whole = filled == height && width == Width && j + Width <= i + diagonal + 1;
                A* target = whole ? c + i * strideC + j : sums;
                nint step = whole ? strideC : Width;
                if (!whole)
                    new Span<A>(sums, 6 * Width).Clear();
                // A tile that is not filled reads its last column again.
                S* a0 = a + i * strideA, b0 = b + j * strideB;
                S* b1 = b0 + nint.Min(1, width - 1) * strideB, b2 = b0 + nint.Min(2, width - 1) * strideB, b3 = b0 + (width - 1) * strideB;
                if (height == 1 || rows < Vec.Count)
                {
                    for (nint k = 0; k < filled; k++)
                        One(a0 + k * strideA, b0, b1, b2, b3, rows, target + k * step);
                }
                else if (Vec.Count == Vector512<A>.Count)
                {
                    Six(a0, strideA, filled - 1, b0, b1, b2, b3, rows, rest, target, step, j <= reach - 2 * Width ? Width * strideB : 0);
                }
                else
                {
                    Three(a0, strideA, filled - 1, b0, b1, b2, b3, rows, rest, target, step);
                }

                for (nint k = 0; !whole && k < filled; k++)
                {
                    A* row = c + (i + k) * strideC + j;
                    for (nint l = 0; l < nint.Min(width, i + k + diagonal + 1 - j); l++)
                        row[l] += sums[k * Width + l];
                }
            }
        }
    }

    /// <summary>
    /// Six columns against four, while the next four are fetched: a few new columns against many old ones would wait for them.
    /// Rows that do not fill a vector go through the same loop once more: the last vector again, with zeros where its rows are
    /// counted already; <paramref name="rest"/> holds these zeros, and room for the result. Nothing is called here, which would
    /// cost all sums a way to memory and back.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Six(S* a0, nint strideA, nint last, S* b0, S* b1, S* b2, S* b3, nint rows, A* rest, A* c, nint strideC, nint next)
    {
        S* a1 = a0 + nint.Min(1, last) * strideA, a2 = a0 + nint.Min(2, last) * strideA, a3 = a0 + nint.Min(3, last) * strideA;
        S* a4 = a0 + nint.Min(4, last) * strideA, a5 = a0 + last * strideA;
        Vec s00 = Vec.Zero, s01 = Vec.Zero, s02 = Vec.Zero, s03 = Vec.Zero, s10 = Vec.Zero, s11 = Vec.Zero, s12 = Vec.Zero, s13 = Vec.Zero;
        Vec s20 = Vec.Zero, s21 = Vec.Zero, s22 = Vec.Zero, s23 = Vec.Zero, s30 = Vec.Zero, s31 = Vec.Zero, s32 = Vec.Zero, s33 = Vec.Zero;
        Vec s40 = Vec.Zero, s41 = Vec.Zero, s42 = Vec.Zero, s43 = Vec.Zero, s50 = Vec.Zero, s51 = Vec.Zero, s52 = Vec.Zero, s53 = Vec.Zero;
        nint r = 0, whole = rows - rows % Vec.Count;
    again:
        for (; r < whole; r += Vec.Count)
        {
            Ahead.Fetch(b0 + next + r);
            Ahead.Fetch(b1 + next + r);
            Ahead.Fetch(b2 + next + r);
            Ahead.Fetch(b3 + next + r);
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
            x = Load.From(a4 + r);
            s40 = V.MultiplyAddEstimate(x, y0, s40);
            s41 = V.MultiplyAddEstimate(x, y1, s41);
            s42 = V.MultiplyAddEstimate(x, y2, s42);
            s43 = V.MultiplyAddEstimate(x, y3, s43);
            x = Load.From(a5 + r);
            s50 = V.MultiplyAddEstimate(x, y0, s50);
            s51 = V.MultiplyAddEstimate(x, y1, s51);
            s52 = V.MultiplyAddEstimate(x, y2, s52);
            s53 = V.MultiplyAddEstimate(x, y3, s53);
        }

        if (whole < rows)
        {
            r = rows - Vec.Count;
            b0 = Rest(b0 + r, rest, 1);
            b1 = Rest(b1 + r, rest, 2);
            b2 = Rest(b2 + r, rest, 3);
            b3 = Rest(b3 + r, rest, 4);
            a0 += r;
            a1 += r;
            a2 += r;
            a3 += r;
            a4 += r;
            a5 += r;
            r = 0;
            rows = whole = Vec.Count;
            goto again;
        }

        HorizontalSums.AddTo(c, s00, s01, s02, s03);
        HorizontalSums.AddTo(c + strideC, s10, s11, s12, s13);
        HorizontalSums.AddTo(c + 2 * strideC, s20, s21, s22, s23);
        HorizontalSums.AddTo(c + 3 * strideC, s30, s31, s32, s33);
        HorizontalSums.AddTo(c + 4 * strideC, s40, s41, s42, s43);
        HorizontalSums.AddTo(c + 5 * strideC, s50, s51, s52, s53);
    }

    /// <inheritdoc cref="Six"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Three(S* a0, nint strideA, nint last, S* b0, S* b1, S* b2, S* b3, nint rows, A* rest, A* c, nint strideC)
    {
        S* a1 = a0 + nint.Min(1, last) * strideA, a2 = a0 + last * strideA;
        Vec s00 = Vec.Zero, s01 = Vec.Zero, s02 = Vec.Zero, s03 = Vec.Zero, s10 = Vec.Zero, s11 = Vec.Zero, s12 = Vec.Zero, s13 = Vec.Zero;
        Vec s20 = Vec.Zero, s21 = Vec.Zero, s22 = Vec.Zero, s23 = Vec.Zero;
        nint r = 0, whole = rows - rows % Vec.Count;
    again:
        for (; r < whole; r += Vec.Count)
        {
            Vec x0 = Load.From(a0 + r), x1 = Load.From(a1 + r), x2 = Load.From(a2 + r);
            Vec y = Load.From(b0 + r);
            s00 = V.MultiplyAddEstimate(x0, y, s00);
            s10 = V.MultiplyAddEstimate(x1, y, s10);
            s20 = V.MultiplyAddEstimate(x2, y, s20);
            y = Load.From(b1 + r);
            s01 = V.MultiplyAddEstimate(x0, y, s01);
            s11 = V.MultiplyAddEstimate(x1, y, s11);
            s21 = V.MultiplyAddEstimate(x2, y, s21);
            y = Load.From(b2 + r);
            s02 = V.MultiplyAddEstimate(x0, y, s02);
            s12 = V.MultiplyAddEstimate(x1, y, s12);
            s22 = V.MultiplyAddEstimate(x2, y, s22);
            y = Load.From(b3 + r);
            s03 = V.MultiplyAddEstimate(x0, y, s03);
            s13 = V.MultiplyAddEstimate(x1, y, s13);
            s23 = V.MultiplyAddEstimate(x2, y, s23);
        }

        if (whole < rows)
        {
            r = rows - Vec.Count;
            b0 = Rest(b0 + r, rest, 1);
            b1 = Rest(b1 + r, rest, 2);
            b2 = Rest(b2 + r, rest, 3);
            b3 = Rest(b3 + r, rest, 4);
            a0 += r;
            a1 += r;
            a2 += r;
            r = 0;
            rows = whole = Vec.Count;
            goto again;
        }

        HorizontalSums.AddTo(c, s00, s01, s02, s03);
        HorizontalSums.AddTo(c + strideC, s10, s11, s12, s13);
        HorizontalSums.AddTo(c + 2 * strideC, s20, s21, s22, s23);
    }

    /// <summary>One column against four; two rows of vectors, so that eight sums hide the latency.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void One(S* a, S* b0, S* b1, S* b2, S* b3, nint rows, A* c)
    {
        Vec s0 = Vec.Zero, s1 = Vec.Zero, s2 = Vec.Zero, s3 = Vec.Zero;
        Vec t0 = Vec.Zero, t1 = Vec.Zero, t2 = Vec.Zero, t3 = Vec.Zero;
        nint r = 0;
        for (; r <= rows - 2 * Vec.Count; r += 2 * Vec.Count)
        {
            Vec x = Load.From(a + r), z = Load.From(a + r + Vec.Count);
            s0 = V.MultiplyAddEstimate(x, Load.From(b0 + r), s0);
            s1 = V.MultiplyAddEstimate(x, Load.From(b1 + r), s1);
            s2 = V.MultiplyAddEstimate(x, Load.From(b2 + r), s2);
            s3 = V.MultiplyAddEstimate(x, Load.From(b3 + r), s3);
            t0 = V.MultiplyAddEstimate(z, Load.From(b0 + r + Vec.Count), t0);
            t1 = V.MultiplyAddEstimate(z, Load.From(b1 + r + Vec.Count), t1);
            t2 = V.MultiplyAddEstimate(z, Load.From(b2 + r + Vec.Count), t2);
            t3 = V.MultiplyAddEstimate(z, Load.From(b3 + r + Vec.Count), t3);
        }

        HorizontalSums.AddTo(c, s0 + t0, s1 + t1, s2 + t2, s3 + t3);
        for (; r < rows; r++)
        {
            c[0] += a[r] * b0[r];
            c[1] += a[r] * b1[r];
            c[2] += a[r] * b2[r];
            c[3] += a[r] * b3[r];
        }
    }

    /// <summary>The vector at <paramref name="from"/> with zeros, in its place behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static S* Rest(S* from, A* rest, nint place)
    {
        (Load.From(from) * V.Load(rest)).Store(rest + place * Vec.Count);
        return rest + place * Vec.Count;
    }
}
