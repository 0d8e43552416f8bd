using System.Runtime.Intrinsics;
using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Compare.Kernels;

/// <summary>A pass over X, for one vector and for eleven (ten folds and all rows), beside nothing but reading X.</summary>
internal static unsafe class PassRace
{
    private const int Vectors = 11;

    /// <summary>Runs on the X of a problem.</summary>
    public static Race Run(Problem problem, int threads, int repeats)
    {
        int n = problem.Rows, p = problem.Columns;
        WorkCrew crew = new();
        crew.Resize(threads);
        DesignMatrix<float> single = problem.X.Convert(value => (float)value);
        using AlignedBuffer<double> vectors = new(), results = new(), shifts = new();
        nint stride = (n + 7) & ~7;
        double* u = vectors.RequireZeroed(Vectors * stride), result = results.Require((nint)Vectors * p), shift = shifts.RequireZeroed(p);
        for (int k = 0; k < Vectors; k++)
            problem.Y.CopyTo(new Span<double>(u + k * stride, n));

        Race race = new($"pass, {problem.Name} ({n} × {p})", "bytes of X", threads);
        fixed (double* x = problem.X.Values)
        fixed (float* x32 = single.Values)
        {
            double bytes = 8.0 * n * p;
            Reading reading = new((byte*)x, (nint)n * p * 8), reading32 = new((byte*)x32, (nint)n * p * 4);
            ColumnPass pass = new();
            Design design = new DenseDesign<double>().Of(x, n, p, n);
            Design design32 = new DenseDesign<float>().Of(x32, n, p, n);
            race.Add("plain read", bytes, () => reading.Run(crew));
            race.Add("one vector", bytes, () => pass.Run(crew, design, shift, u, result));
            race.Add($"{Vectors} vectors", bytes, () => pass.Run(crew, design, shift, u, stride, Vectors, result, p));
            race.Add("plain read, float X", bytes / 2, () => reading32.Run(crew));
            race.Add("one vector, float X", bytes / 2, () => pass.Run(crew, design32, shift, u, result));
            race.Add($"{Vectors} vectors, float X", bytes / 2, () => pass.Run(crew, design32, shift, u, stride, Vectors, result, p));
            race.Run(repeats);
        }

        return race;
    }

    /// <summary>Every cache line once, as whole vectors.</summary>
    private sealed class Reading(byte* start, nint length) : IWorkItems
    {
        private const int ItemBytes = 1 << 20;

        private long _sum;

        public void Run(WorkCrew crew) => crew.Run((int)((length + ItemBytes - 1) / ItemBytes), this);

        public void Run(int item)
        {
            byte* from = start + (nint)item * ItemBytes, to = start + nint.Min((nint)(item + 1) * ItemBytes, length);
            Vector512<long> a = default, b = default, c = default, d = default;
            for (; from <= to - 256; from += 256)
            {
                a += Vector512.Load((long*)from);
                b += Vector512.Load((long*)from + 8);
                c += Vector512.Load((long*)from + 16);
                d += Vector512.Load((long*)from + 24);
            }

            Interlocked.Add(ref _sum, Vector512.Sum(a + b + c + d));
        }
    }
}
