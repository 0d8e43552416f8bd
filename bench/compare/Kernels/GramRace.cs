using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Compare.Kernels;

/// <summary>
/// XᵀX: by OpenBLAS from X as it is; ours from columns that are standardised already, and as the moments of a tall problem,
/// with the response, centred, scaled and weighted on the way, from X in either storage.
/// </summary>
internal static unsafe class GramRace
{
    /// <summary>Runs on the X of a problem.</summary>
    public static Race Run(Problem problem, OpenBlas? blas, int threads, int repeats)
    {
        int n = problem.Rows, p = problem.Columns, size = p + 1;
        WorkCrew crew = new();
        crew.Resize(threads);
        DesignMatrix<float> single = problem.X.Convert(value => (float)value);
        using AlignedBuffer<double> columns = new(), products = new();
        nint stride = ((n + 7) & ~7) + 8;
        double* c = products.Require((nint)size * size);
        double* aligned = columns.RequireZeroed(p * stride);
        for (int j = 0; j < p; j++)
            problem.X.Column(j).CopyTo(new(aligned + j * stride, n));

        Race race = new($"Gram matrix, {problem.Name} ({n} × {p})", "multiply-adds × 2", threads);
        double flops = (double)n * p * (p + 1);
        fixed (double* x = problem.X.Values, y = problem.Y)
        fixed (float* x32 = single.Values)
        {
            double* pinned = x;
            float* pinned32 = x32;
            if (blas is not null)
                race.Add("OpenBLAS dsyrk", flops, () => blas.Dsyrk(pinned, n, p, c, threads));
            GramBlocks blocks = new();
            race.Add("ours, X as it is", flops, () =>
            {
                new Span<double>(c, p * p).Clear();
                blocks.AddLower(crew, aligned, stride, 0, p, n, c, p);
            });

            using GaussianDatafit datafit = new();
            datafit.Start(new(y, null, null, n), intercept: true);
            using ColumnScaling scaling = new();
            using SecondMoments moments = new();
            using MomentAccumulator accumulator = new();
            Design design = new DenseDesign<double>().Of(pinned, n, p, n);
            Design design32 = new DenseDesign<float>().Of(pinned32, n, p, n);
            race.Add("ours, measured and standardised", flops, () => Accumulate(design));
            race.Add("ours, measured and standardised, float X", flops, () => Accumulate(design32));
            race.Run(repeats);

            void Accumulate(Design view)
            {
                scaling.Measure(crew, view, datafit.Weights, datafit.FirstRow, intercept: true);
                moments.Clear(size);
                accumulator.Accumulate(crew, view, scaling, datafit, null, [moments]);
            }
        }

        return race;
    }
}
