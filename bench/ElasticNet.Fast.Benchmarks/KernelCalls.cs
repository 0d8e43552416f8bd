using System.Numerics;
using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Benchmarks;

/// <summary>Any variant of the catalog as a call over a table of rows × columns: what the kernel does to the whole table.</summary>
internal static unsafe class KernelCalls
{
    private const int LargestSweep = 2000; // a Gram matrix of 32 MB

    public static Action Bind(KernelVariant variant, int rows, int columns, KernelArrays arrays) =>
        variant.Storage == typeof(float) ? Bind<float>(variant, rows, columns, arrays) : Bind<double>(variant, rows, columns, arrays);

    private static Action Bind<S>(KernelVariant variant, nint rows, nint columns, KernelArrays arrays)
        where S : unmanaged, INumberBase<S>
    {
        S* x = arrays.Create<S>(rows * columns);
        double* u = arrays.Create<double>(rows), y = arrays.Create<double>(rows), w = arrays.Create<double>(rows, _ => 1.0 / rows);
        double* shift = arrays.Create<double>(columns, _ => 0), result = arrays.Create<double>(columns);
        int* order = arrays.Create<int>(columns, k => k);
        switch (variant.Method)
        {
            case DotKernel<S, double> dot:
                return () =>
                {
                    for (nint j = 0; j < columns; j++)
                        result[j] = dot(x + j * rows, u, rows);
                };
            case AxpyKernel<S, double> axpy:
                return () =>
                {
                    for (nint j = 0; j < columns; j++)
                        axpy(1e-9, x + j * rows, y, rows);
                };
            case ColumnMomentsKernel<S, double> moments:
                return () =>
                {
                    for (nint j = 0; j < columns; j++)
                        moments(x + j * rows, 0.1, w, rows, result);
                };
            case StandardizeKernel<S, double> standardize:
                return () =>
                {
                    for (nint j = 0; j < columns; j++)
                        standardize(x + j * rows, 0.1, 1.5, w, y, rows);
                };
            case CenteredPanelDotKernel<S, double> panelDot:
                return () => panelDot(x, rows, columns, shift, u, rows, result);
            case CenteredPanelProductKernel<S, double> product:
                return PanelProduct(product, x, shift, rows, columns, arrays);
            case PanelDotKernel<S, double> panelDot:
                return () => panelDot(x, rows, order, columns, u, rows, result);
            case PanelAxpyKernel<S, double> panelAxpy:
                return () => panelAxpy(x, rows, order, result, columns, y, rows);
            case ExceedingKernel<S, double> exceeding:
                return () =>
                {
                    for (nint j = 0; j < columns; j++)
                        exceeding((S*)y, 0, u, 0, 1e9, w, rows, order);
                };
            case GramKernel<S, double> gram:
                return Gram(gram, x, rows, columns, arrays);
            case GramSweepKernel<S, double> sweep:
                return GramSweep(sweep, nint.Min(rows, LargestSweep), arrays);
            case ResidualSweepKernel<S, double> sweep:
                return ResidualSweep(sweep, x, order, shift, w, rows, columns, arrays);
            default:
                throw new ArgumentOutOfRangeException(nameof(variant), variant, "No call is known for this kernel.");
        }
    }

    private static Action PanelProduct<S>(
        CenteredPanelProductKernel<S, double> product, S* x, double* shift, nint rows, nint columns, KernelArrays arrays)
        where S : unmanaged, INumberBase<S>
    {
        const int Vectors = 11;
        double* vectors = arrays.Create<double>(Vectors * rows), results = arrays.Create<double>(Vectors * columns);
        return () => product(x, rows, columns, shift, vectors, rows, Vectors, rows, results, columns);
    }

    private static Action Gram<S>(GramKernel<S, double> gram, S* x, nint rows, nint columns, KernelArrays arrays)
        where S : unmanaged, INumberBase<S>
    {
        double* c = arrays.Create<double>(columns * columns);
        return () => gram(x, rows, columns, x, rows, columns, rows, c, columns, columns);
    }

    /// <summary>A sweep over a whole matrix of the given order. It starts from 0 each time: at the solution it would have nothing to do.</summary>
    private static Action GramSweep<S>(GramSweepKernel<S, double> sweep, nint order, KernelArrays arrays)
        where S : unmanaged, INumberBase<S>
    {
        S* g = arrays.Create<S>(order * order, k => k % (order + 1) == 0 ? 1 : 1e-4);
        double* c = arrays.Create<double>(order), gradient = arrays.Create<double>(order), beta = arrays.Create<double>(order);
        (nint l1, nint l2, nint lower, nint upper) = Penalty(order, arrays);
        return () =>
        {
            new Span<double>(c, (int)order).CopyTo(new(gradient, (int)order));
            new Span<double>(beta, (int)order).Clear();
            sweep(g, order, gradient, beta, (double*)l1, (double*)l2, (double*)lower, (double*)upper, order);
        };
    }

    private static Action ResidualSweep<S>(
        ResidualSweepKernel<S, double> sweep, S* x, int* order, double* shift, double* w, nint rows, nint columns, KernelArrays arrays)
        where S : unmanaged, INumberBase<S>
    {
        double* start = arrays.Create<double>(rows), residual = arrays.Create<double>(rows), beta = arrays.Create<double>(columns);
        double* scale = arrays.Create<double>(columns, _ => Math.Sqrt(3));
        (nint l1, nint l2, nint lower, nint upper) = Penalty(columns, arrays);
        return () =>
        {
            new Span<double>(start, (int)rows).CopyTo(new(residual, (int)rows));
            new Span<double>(beta, (int)columns).Clear();
            sweep(x, rows, order, columns, shift, scale, w, residual, beta, (double*)l1, (double*)l2, (double*)lower, (double*)upper, rows);
        };
    }

    /// <summary>Lets half of the coordinates move.</summary>
    private static (nint L1, nint L2, nint Lower, nint Upper) Penalty(nint count, KernelArrays arrays) => (
        (nint)arrays.Create<double>(count, j => j % 2 == 0 ? 0 : 1e9),
        (nint)arrays.Create<double>(count, _ => 0.1),
        (nint)arrays.Create<double>(count, _ => double.NegativeInfinity),
        (nint)arrays.Create<double>(count, _ => double.PositiveInfinity));
}
