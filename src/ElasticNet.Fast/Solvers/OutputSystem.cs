using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The system of Newton's method where groups are the outputs of a feature and the loss is squared error: outputs meet in the penalty alone. Of another
/// loss it is what the system is like on average, and conditions it. G + P is A = G₁ + D for each output, G₁ the Gram matrix of the features times
/// <see cref="Scale"/>, less RRᵀ with a column for each feature: (A₁ ⊗ I − RRᵀ). Vectors are given feature by feature and multiplied output by output,
/// so that a matrix is read once for all outputs.
/// </summary>
internal sealed unsafe class OutputSystem : IDisposable
{
    private readonly AlignedBuffer<double> _gram = new();
    private readonly AlignedBuffer<double> _values = new();

    /// <summary>Features.</summary>
    public int Count { get; private set; }

    /// <summary>K.</summary>
    public int Outputs { get; private set; }

    /// <summary>Elements from one row of G₁, and from one output, to the next.</summary>
    public nint Stride { get; private set; }

    /// <summary>G₁, all of it.</summary>
    public double* Gram => _gram.Pointer;

    /// <summary>What G₁ is to be multiplied with.</summary>
    public double Scale { get; private set; } = 1;

    /// <summary>R, output by output.</summary>
    public double* Radials => _values.Pointer;

    /// <summary>D of each feature.</summary>
    public double* Diagonal => Radials + Outputs * Stride;

    private double* Right => Diagonal + Stride;

    private double* Product => Right + Outputs * Stride;

    /// <summary>Takes a system.</summary>
    /// <param name="problem">Has G.</param>
    /// <param name="positions">The members, all outputs of each feature.</param>
    /// <param name="count">Features.</param>
    /// <param name="diagonal">D of each member, which is the same for all outputs of a feature, less the square of the radial.</param>
    /// <param name="radials">The rows of R.</param>
    /// <param name="scale">What G₁ is to be multiplied with.</param>
    /// <param name="hasSame">Whether the features are those of the system before, of the same problem.</param>
    public void Take(GroupProblem problem, int* positions, int count, double* diagonal, double* radials, double scale, bool hasSame)
    {
        (Count, Outputs, Stride, Scale) = (count, problem.Outputs, (count + 7) & ~7, scale);
        _values.Require((3 * Outputs + 1) * Stride);
        for (int f = 0, at = 0; f < count; f++)
        {
            Diagonal[f] = diagonal[at] + radials[at] * radials[at];
            for (int k = 0; k < Outputs; k++)
                Radials[k * Stride + f] = radials[at++];
        }

        double* gram = _gram.Require(count * Stride);
        for (int f = 0; f < count && !hasSame; f++)
        {
            double* from = problem.Row(positions[f * Outputs] / Outputs), row = gram + f * Stride;
            for (int g = 0; g < count; g++)
                row[g] = from[positions[g * Outputs] / Outputs];
        }
    }

    /// <summary>result ← (G + P)vector.</summary>
    public void Multiply(double* vector, double* result)
    {
        new Span<double>(Right, 2 * Outputs * (int)Stride).Clear();
        for (int f = 0, at = 0; f < Count; f++)
        {
            for (int k = 0; k < Outputs; k++)
                Right[k * Stride + f] = vector[at++];
        }

        Kernel.Gram(Right, Stride, Outputs, Gram, Stride, Count, Count, Product, Stride, Count);
        for (int f = 0, at = 0; f < Count; f++)
        {
            double along = 0;
            for (int k = 0; k < Outputs; k++)
                along += Radials[k * Stride + f] * vector[at + k];
            for (int k = 0; k < Outputs; k++, at++)
                result[at] = Scale * Product[k * Stride + f] + Diagonal[f] * vector[at] - Radials[k * Stride + f] * along;
        }
    }

    public void Dispose()
    {
        _gram.Dispose();
        _values.Dispose();
    }
}
