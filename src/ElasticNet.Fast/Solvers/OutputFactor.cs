using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// What solves an <see cref="OutputSystem"/>: the inverse of A and a factor of S = I − RᵀA⁻¹R, in which A⁻¹ meets the products of R's rows element by
/// element. Both are as large as there are features.
/// </summary>
internal sealed unsafe class OutputFactor(WorkCrew crew) : IDisposable
{
    private readonly CholeskyFactor _features = new();
    private readonly CholeskyFactor _inner = new();
    private readonly GramBlocks _products = new();
    private readonly AlignedBuffer<double> _inverse = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private int _count, _outputs;
    private nint _stride;

    private double* Radials => _vectors.Pointer;

    private double* Right => Radials + _outputs * _stride;

    private double* Solution => Right + _outputs * _stride;

    private double* Inner => Solution + _outputs * _stride;

    private double* Inverse => _inverse.Pointer;

    /// <summary>Factors.</summary>
    /// <returns>False where the system is singular to rounding.</returns>
    public bool TryFactor(OutputSystem system)
    {
        (_count, _outputs, _stride) = (system.Count, system.Outputs, system.Stride);
        _vectors.Require((3 * _outputs + 1) * _stride);
        Buffer.MemoryCopy(system.Radials, Radials, _outputs * _stride * sizeof(double), _outputs * _stride * sizeof(double));
        _features.Clear();
        _features.Reserve(_count);
        for (int f = 0; f < _count; f++)
        {
            Buffer.MemoryCopy(system.Gram + f * _stride, _features.Row(f), (f + 1) * sizeof(double), (f + 1) * sizeof(double));
            for (int g = 0; g <= f && system.Scale != 1; g++)
                _features.Row(f)[g] *= system.Scale;
            _features.Row(f)[f] += system.Diagonal[f];
        }

        if (_features.FactorInPlace(_count) >= 0)
            return false;
        // A⁻¹ = L⁻ᵀL⁻¹.
        double* inverse = _inverse.Require(2 * _count * _stride), triangle = inverse + _count * _stride;
        _features.InvertTriangle(triangle, _stride);
        new Span<double>(inverse, (int)(_count * _stride)).Clear();
        _products.AddLower(crew, triangle, _stride, 0, _count, _count, inverse, _stride);
        _inner.Clear();
        _inner.Reserve(_count);
        for (int f = 0; f < _count; f++)
        {
            double* row = _inner.Row(f);
            new Span<double>(row, f + 1).Clear();
            for (int k = 0; k < _outputs; k++)
                Kernel.Axpy(-Radials[k * _stride + f], Radials + k * _stride, row, f + 1);
            for (int g = 0; g <= f; g++)
            {
                row[g] *= inverse[f * _stride + g];
                inverse[g * _stride + f] = inverse[f * _stride + g];
            }

            row[f] += 1;
        }

        return _inner.FactorInPlace(_count) < 0;
    }

    /// <summary>Clears what <see cref="Put"/> fills.</summary>
    public void Begin() => new Span<double>(Right, _outputs * (int)_stride).Clear();

    /// <summary>Sets the right side of a feature.</summary>
    public void Put(int feature, double* values)
    {
        for (int k = 0; k < _outputs; k++)
            Right[k * _stride + feature] = values[k];
    }

    /// <summary>Solves.</summary>
    public void Solve()
    {
        Invert(Right, Solution);
        new Span<double>(Inner, _count).Clear();
        for (int k = 0; k < _outputs; k++)
        {
            for (int f = 0; f < _count; f++)
                Inner[f] += Radials[k * _stride + f] * Solution[k * _stride + f];
        }

        _inner.Solve(Inner);
        for (int k = 0; k < _outputs; k++)
        {
            for (int f = 0; f < _count; f++)
                Right[k * _stride + f] += Radials[k * _stride + f] * Inner[f];
        }

        Invert(Right, Solution);
    }

    /// <summary>Reads the solution of a feature.</summary>
    public void Get(int feature, double* values)
    {
        for (int k = 0; k < _outputs; k++)
            values[k] = Solution[k * _stride + feature];
    }

    public void Dispose()
    {
        _features.Dispose();
        _inner.Dispose();
        _inverse.Dispose();
        _vectors.Dispose();
    }

    private void Invert(double* right, double* solution)
    {
        new Span<double>(solution, _outputs * (int)_stride).Clear();
        Kernel.Gram(right, _stride, _outputs, Inverse, _stride, _count, _count, solution, _stride, _count);
    }
}
