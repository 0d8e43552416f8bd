using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The system of Newton's method where groups are the outputs of a feature and the loss is squared error: outputs meet in the penalty alone. G + P is
/// A = G₁ + D for each output, G₁ the Gram matrix of the features, less RRᵀ with a column for each feature: (A₁ ⊗ I − RRᵀ)⁻¹ takes a factor of
/// A and one of S = I − RᵀA⁻¹R, in which A⁻¹ meets the products of R's rows element by element. Both are as large as there are features.
/// </summary>
internal sealed unsafe class OutputSystem(WorkCrew crew) : IDisposable
{
    private readonly CholeskyFactor _features = new();
    private readonly CholeskyFactor _inner = new();
    private readonly GramBlocks _products = new();
    private readonly AlignedBuffer<double> _inverse = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private int _count, _outputs;

    /// <summary>R: for each feature and output.</summary>
    private double* Radials => _vectors.Pointer;

    private double* Solution => Radials + (nint)_count * _outputs;

    private double* Single => Solution + (nint)_count * _outputs;

    private double* Inner => Single + _count;

    /// <summary>Factors.</summary>
    /// <param name="problem">Has G, the outputs of a feature next to each other.</param>
    /// <param name="positions">The members, those of a feature next to each other.</param>
    /// <param name="count">Features.</param>
    /// <param name="outputs">K.</param>
    /// <param name="diagonal">D of each member, which is the same for all outputs of a feature, less the square of the radial.</param>
    /// <param name="radials">The rows of R.</param>
    /// <returns>False where either is singular to rounding.</returns>
    public bool TryFactor(GroupProblem problem, int* positions, int count, int outputs, double* diagonal, double* radials)
    {
        (_count, _outputs) = (count, outputs);
        nint stride = (count + 7) & ~7;
        _vectors.Require((nint)count * (2 * outputs + 2));
        Buffer.MemoryCopy(radials, Radials, (nint)count * outputs * sizeof(double), (nint)count * outputs * sizeof(double));
        _features.Clear();
        _features.Reserve(count);
        for (int f = 0; f < count; f++)
        {
            double* row = _features.Row(f), from = problem.Row(positions[f * outputs]);
            for (int g = 0; g <= f; g++)
                row[g] = from[positions[g * outputs]];
            row[f] += diagonal[f * outputs] + radials[f * outputs] * radials[f * outputs];
        }

        if (_features.FactorInPlace(count) >= 0)
            return false;
        // A⁻¹ = L⁻ᵀL⁻¹.
        double* triangle = _inverse.Require(2 * count * stride), inverse = triangle + count * stride;
        _features.InvertTriangle(triangle, stride);
        new Span<double>(inverse, (int)(count * stride)).Clear();
        _products.AddLower(crew, triangle, stride, 0, count, count, inverse, stride);
        _inner.Clear();
        _inner.Reserve(count);
        for (int f = 0; f < count; f++)
        {
            double* row = _inner.Row(f);
            for (int g = 0; g <= f; g++)
            {
                double product = 0;
                for (int k = 0; k < outputs; k++)
                    product += Radials[f * outputs + k] * Radials[g * outputs + k];
                row[g] = -product * inverse[f * stride + g];
            }

            row[f] += 1;
        }

        return _inner.FactorInPlace(count) < 0;
    }

    /// <summary>vector ← (G + P)⁻¹vector.</summary>
    public void Solve(double* vector)
    {
        new Span<double>(Inner, _count).Clear();
        for (int k = 0; k < _outputs; k++)
        {
            for (int f = 0; f < _count; f++)
                Single[f] = vector[f * _outputs + k];
            _features.Solve(Single);
            for (int f = 0; f < _count; f++)
            {
                Solution[f * _outputs + k] = Single[f];
                Inner[f] += Radials[f * _outputs + k] * Single[f];
            }
        }

        _inner.Solve(Inner);
        for (int k = 0; k < _outputs; k++)
        {
            for (int f = 0; f < _count; f++)
                Single[f] = Radials[f * _outputs + k] * Inner[f];
            _features.Solve(Single);
            for (int f = 0; f < _count; f++)
                vector[f * _outputs + k] = Solution[f * _outputs + k] + Single[f];
        }
    }

    public void Dispose()
    {
        _features.Dispose();
        _inner.Dispose();
        _inverse.Dispose();
        _vectors.Dispose();
    }
}
