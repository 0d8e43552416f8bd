using System.Runtime.CompilerServices;

namespace ElasticNet.Fast.Kernels;

/// <summary>
/// One sweep of cyclic coordinate descent on sparse columns and the residual. A step of a centred column changes every row, by a
/// multiple of its weight: that multiple is one number, kept apart and added at the end, so that a step costs what is stored.
/// </summary>
internal static unsafe class SparseSweep
{
    /// <summary>
    /// Visits the columns given. Column j stands for (xᵢⱼ − shiftⱼ)·scaleⱼ, whose weighted norm Σᵢ wᵢ(…)² is 1, and residual holds
    /// uᵢ = wᵢ·rᵢ. All per-column arrays are indexed by j itself. Returns maxⱼ |Δⱼ|.
    /// </summary>
    /// <param name="x">The columns.</param>
    /// <param name="columns">Which of them, in this order.</param>
    /// <param name="count">How many.</param>
    /// <param name="shift">Their centres.</param>
    /// <param name="scale">Their scales.</param>
    /// <param name="sums">Σᵢ wᵢxᵢⱼ.</param>
    /// <param name="weights">One for each row.</param>
    /// <param name="weight">Their sum.</param>
    /// <param name="residual">u.</param>
    /// <param name="beta">The coefficients.</param>
    /// <param name="l1">Of |β|.</param>
    /// <param name="l2">Of ½β².</param>
    /// <param name="lower">At most 0.</param>
    /// <param name="upper">At least 0.</param>
    /// <param name="n">Rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Run<TValues>(
        SparsePanel<TValues> x, int* columns, nint count, double* shift, double* scale, double* sums, double* weights, double weight,
        double* residual, double* beta, double* l1, double* l2, double* lower, double* upper, nint n)
        where TValues : struct, ISparseValues<TValues>
    {
        // u = residual + common·w, and its sum.
        double largest = 0, common = 0, sum = SparseCentring.Sum(residual, n);
        for (nint k = 0; k < count; k++)
        {
            nint j = columns[k];
            SparseVector<TValues> column = x[j];
            double old = beta[j];
            double z = scale[j] * (column.Dot(residual) + common * sums[j] - shift[j] * sum) + old;
            double next = CoordinateStep.Minimise(z, l1[j], 1 + l2[j], lower[j], upper[j]);
            double delta = next - old;
            if (delta == 0)
                continue;
            beta[j] = next;
            double step = delta * scale[j];
            column.AddWeightedTo(-step, weights, residual);
            common += step * shift[j];
            sum -= step * (sums[j] - shift[j] * weight);
            largest = Math.Max(largest, Math.Abs(delta));
        }

        if (common != 0)
            Kernel.Axpy(common, weights, residual, n);
        return largest;
    }
}
