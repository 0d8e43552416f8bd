using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Anderson's mixing (1965) of a few steps towards a fixed point: what steps that are all made with the same inexact matrix leave shrinks by the
/// same factors each time, and the last few steps tell these factors.
/// </summary>
internal sealed unsafe class StepMixing : IDisposable
{
    /// <summary>Earlier steps that are made use of.</summary>
    private const int Depth = 4;

    /// <summary>A change of steps that the others explain but for this share of its square has nothing to tell.</summary>
    private const double LeastShare = 1e-10;

    private readonly AlignedBuffer<double> _vectors = new();
    private readonly CholeskyFactor _factor = new();
    private int _length, _known;
    private nint _stride;

    private double* LastRaw => _vectors.Pointer;

    private double* LastTaken => _vectors.Pointer + _stride;

    /// <summary>Begins with steps of so many elements, none of which is known.</summary>
    public void Start(int length)
    {
        (_length, _known) = (length, 0);
        _stride = (length + 7) & ~7;
        _vectors.Require((2 + 2 * Depth) * _stride);
    }

    /// <summary>Makes of a step, as the inexact matrix has it, one that the steps before it improve.</summary>
    public void Mix(double* step)
    {
        int n = _length;
        if (_known > 0)
        {
            int slot = (_known - 1) % Depth;
            double* change = Change(slot), moved = Moved(slot);
            for (int i = 0; i < n; i++)
            {
                change[i] = step[i] - LastRaw[i];
                moved[i] = LastTaken[i] + change[i];
            }
        }

        Copy(step, LastRaw);
        double* products = stackalloc double[Depth], weights = stackalloc double[Depth];
        int* slots = stackalloc int[Depth];
        _factor.Clear();
        int used = 0;
        // The latest first: they are the ones nearest to here.
        for (int back = 1; back <= Math.Min(_known, Depth); back++)
        {
            int slot = (_known - back) % Depth;
            double* change = Change(slot);
            double square = Kernel.Dot(change, change, n);
            for (int k = 0; k < used; k++)
                products[k] = Kernel.Dot(Change(slots[k]), change, n);
            if (!(square > 0) || !_factor.TryAppend(products, square * (1 + LeastShare)))
                continue;
            slots[used] = slot;
            weights[used++] = Kernel.Dot(change, step, n);
        }

        _factor.Solve(weights);
        for (int k = 0; k < used; k++)
            Kernel.Axpy(-weights[k], Moved(slots[k]), step, n);
        Copy(step, LastTaken);
        _known++;
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _factor.Dispose();
    }

    private double* Change(int slot) => _vectors.Pointer + (2 + 2 * slot) * _stride;

    private double* Moved(int slot) => _vectors.Pointer + (3 + 2 * slot) * _stride;

    private void Copy(double* from, double* to) => Buffer.MemoryCopy(from, to, (long)_length * sizeof(double), (long)_length * sizeof(double));
}
