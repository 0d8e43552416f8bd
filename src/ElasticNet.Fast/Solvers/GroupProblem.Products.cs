using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>What multiplies G: where it is kept of features alone, vectors are turned so that those of an output lie next to each other.</summary>
internal sealed unsafe partial class GroupProblem
{
    private readonly AlignedBuffer<double> _byOutput = new();

    /// <summary>Begins sweeps: until <see cref="EndSweeps"/> the gradient is known to <see cref="GradientOf"/> alone.</summary>
    public void BeginSweeps()
    {
        if (Outputs > 1)
            Transpose(Gradient, _byOutput.Require(2 * (nint)Outputs * Padded));
    }

    /// <summary>An element of the gradient during sweeps.</summary>
    public double GradientOf(int position) => Outputs == 1 ? Gradient[position] : _byOutput.Pointer[position % Outputs * Padded + position / Outputs];

    /// <summary>Takes a move of one member into the gradient during sweeps.</summary>
    public void Move(int position, double change)
    {
        if (Outputs == 1)
            Kernel.Axpy(-change, Row(position), Gradient, Count);
        else
            Kernel.Axpy(-change * Scale, Row(position / Outputs), _byOutput.Pointer + position % Outputs * Padded, Features);
    }

    /// <summary>Ends sweeps.</summary>
    public void EndSweeps()
    {
        if (Outputs > 1)
            TransposeBack(_byOutput.Pointer, Gradient);
    }

    /// <summary>result ← G·vector for all members, the vector being 0 but at some positions.</summary>
    public void Multiply(int* positions, double* vector, int count, double* result)
    {
        new Span<double>(result, Count).Clear();
        if (Outputs == 1)
        {
            Kernel.PanelAxpy(Gram, Stride, positions, vector, count, result, Count);
            return;
        }

        double* from = _byOutput.Require(2 * (nint)Outputs * Padded), to = from + Outputs * Padded;
        new Span<double>(from, 2 * Outputs * (int)Padded).Clear();
        for (int k = 0; k < count; k++)
            from[positions[k] % Outputs * Padded + positions[k] / Outputs] = vector[k];
        Kernel.Gram(from, Padded, Outputs, Gram, Stride, Features, Features, to, Padded, Features);
        TransposeBack(to, result);
    }

    /// <inheritdoc/>
    public void Products(int position, int* others, int count, double* products)
    {
        for (int k = 0; k < count; k++)
            products[k] = Element(position, others[k]);
    }

    /// <inheritdoc/>
    public double Square(int position) => Element(position, position);

    /// <summary>Elements from one output to the next.</summary>
    private nint Padded => (Features + 7) & ~7;

    private void Transpose(double* members, double* outputs)
    {
        for (int f = 0, at = 0; f < Features; f++)
        {
            for (int k = 0; k < Outputs; k++)
                outputs[k * Padded + f] = members[at++];
        }
    }

    private void TransposeBack(double* outputs, double* members)
    {
        for (int f = 0, at = 0; f < Features; f++)
        {
            for (int k = 0; k < Outputs; k++)
                members[at++] = outputs[k * Padded + f];
        }
    }
}
