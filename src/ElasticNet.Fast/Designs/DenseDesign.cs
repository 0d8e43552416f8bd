using System.Runtime.CompilerServices;
using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Designs;

/// <summary>X as adjacent columns of <see cref="float"/> or <see cref="double"/>, somebody else's memory.</summary>
internal readonly unsafe struct DenseDesign<T>(T* origin, int rows, int columns, nint stride) : IDesign
    where T : unmanaged
{
    public int Rows => rows;

    public int Columns => columns;

    public double Element(int row, int column) =>
        typeof(T) == typeof(double) ? *(double*)At(row, column) : *(float*)At(row, column);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Moments(int column, double shift, double* weights, double* result)
    {
        if (typeof(T) == typeof(double))
            Kernel.ColumnMoments((double*)At(0, column), shift, weights, rows, result);
        else
            Kernel.ColumnMoments((float*)At(0, column), shift, weights, rows, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Standardize(
        int column, double shift, double scale, double* rootWeights, nint start, nint count, double* destination)
    {
        if (typeof(T) == typeof(double))
            Kernel.Standardize((double*)At(start, column), shift, scale, rootWeights + start, destination, count);
        else
            Kernel.Standardize((float*)At(start, column), shift, scale, rootWeights + start, destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gradients(int start, int count, double* shift, double* u, double* result)
    {
        if (typeof(T) == typeof(double))
            Kernel.CenteredPanelDot((double*)At(0, start), stride, count, shift, u, rows, result);
        else
            Kernel.CenteredPanelDot((float*)At(0, start), stride, count, shift, u, rows, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gradients(int start, int count, double* shift, double* u, nint strideU, int vectors, double* result, nint strideResult)
    {
        if (typeof(T) == typeof(double))
            Kernel.CenteredPanelProduct((double*)At(0, start), stride, count, shift, u, strideU, vectors, rows, result, strideResult);
        else
            Kernel.CenteredPanelProduct((float*)At(0, start), stride, count, shift, u, strideU, vectors, rows, result, strideResult);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRows(int column, double coefficient, int* indices, int count, double* eta)
    {
        for (int i = 0; i < count; i++)
            eta[i] += coefficient * Element(indices[i], column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Sweep(
        int* indices, int count, double* shift, double* scale, double* weights, double* residual,
        double* beta, double* l1, double* l2, double* lower, double* upper) =>
        typeof(T) == typeof(double)
            ? Kernel.ResidualSweep((double*)origin, stride, indices, count, shift, scale, weights, residual, beta, l1, l2, lower, upper, rows)
            : Kernel.ResidualSweep((float*)origin, stride, indices, count, shift, scale, weights, residual, beta, l1, l2, lower, upper, rows);

    private T* At(nint row, int column) => origin + column * stride + row;
}
