using System.Runtime.CompilerServices;
using ElasticNet.Fast.Kernels;

namespace ElasticNet.Fast.Designs;

/// <summary>X as adjacent columns of <see cref="float"/> or <see cref="double"/>, somebody else's memory.</summary>
internal sealed unsafe class DenseDesign<T> : Design
    where T : unmanaged
{
    private T* _origin;
    private int _rows;
    private int _columns;
    private nint _stride;

    public override int Rows => _rows;

    public override int Columns => _columns;

    /// <summary>Looks at a table; the same object may look at one after another, so that a warm workspace allocates nothing.</summary>
    public DenseDesign<T> Of(T* origin, int rows, int columns, nint stride)
    {
        if (typeof(T) != typeof(double) && typeof(T) != typeof(float))
            throw new NotSupportedException($"X of {typeof(T)}.");
        _origin = origin;
        (_rows, _columns, _stride) = (rows, columns, stride);
        return this;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Moments(int column, double shift, double* weights, (double High, double Low) total, double* result)
    {
        if (typeof(T) == typeof(double))
            Kernel.ColumnMoments((double*)At(0, column), shift, weights, _rows, result);
        else
            Kernel.ColumnMoments((float*)At(0, column), shift, weights, _rows, result);
    }

    public override void Read(int column, nint start, nint count, double* destination)
    {
        T* values = At(start, column);
        if (typeof(T) == typeof(double))
            new Span<double>(values, (int)count).CopyTo(new(destination, (int)count));
        else
        {
            for (nint i = 0; i < count; i++)
                destination[i] = ((float*)values)[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Standardize(
        int column, double shift, double scale, double* rootWeights, nint start, nint count, double* destination)
    {
        if (typeof(T) == typeof(double))
            Kernel.Standardize((double*)At(start, column), shift, scale, rootWeights + start, destination, count);
        else
            Kernel.Standardize((float*)At(start, column), shift, scale, rootWeights + start, destination, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gradients(int start, int count, double* shift, double* u, double* result)
    {
        if (typeof(T) == typeof(double))
            Kernel.CenteredPanelDot((double*)At(0, start), _stride, count, shift, u, _rows, result);
        else
            Kernel.CenteredPanelDot((float*)At(0, start), _stride, count, shift, u, _rows, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Gradients(int start, int count, double* shift, double* u, nint strideU, int vectors, double* result, nint strideResult)
    {
        if (typeof(T) == typeof(double))
            Kernel.CenteredPanelProduct((double*)At(0, start), _stride, count, shift, u, strideU, vectors, _rows, result, strideResult);
        else
            Kernel.CenteredPanelProduct((float*)At(0, start), _stride, count, shift, u, strideU, vectors, _rows, result, strideResult);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddRows(int column, double coefficient, int* indices, int count, double* eta)
    {
        T* values = At(0, column);
        for (int i = 0; i < count; i++)
            eta[i] += coefficient * (typeof(T) == typeof(double) ? ((double*)values)[indices[i]] : ((float*)values)[indices[i]]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Sweep(
        int* indices, int count, double* shift, double* scale, double* weights, double* residual,
        double* beta, double* l1, double* l2, double* lower, double* upper) =>
        typeof(T) == typeof(double)
            ? Kernel.ResidualSweep((double*)_origin, _stride, indices, count, shift, scale, weights, residual, beta, l1, l2, lower, upper, _rows)
            : Kernel.ResidualSweep((float*)_origin, _stride, indices, count, shift, scale, weights, residual, beta, l1, l2, lower, upper, _rows);

    private T* At(nint row, int column) => _origin + column * _stride + row;
}
