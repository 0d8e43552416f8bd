using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Designs;

/// <summary>
/// Rows of weight 0 contribute nothing, whatever they hold. Kernels multiply what they hold by 0, which is 0 unless it is NaN,
/// infinite, or so large that it overflows before; where a row of weight 0 holds such a value, all of them are made to hold what
/// the first row that counts does, in memory of our own.
/// </summary>
internal sealed unsafe class RowMask : IDisposable
{
    /// <summary>Rows that count which tell how large the values of a column are.</summary>
    private const int SampleRows = 64;

    /// <summary>
    /// So much larger than those, or than 1, a value may be: a column's norm is not below 1e-305, and not below 1e-178 of any of its
    /// values that count unless all are alike.
    /// </summary>
    private const double Tame = 1e100;

    private readonly AlignedBuffer<int> _rows = new();
    private int _masked;
    private int _sample;

    /// <summary>The rows of weight 0.</summary>
    public ReadOnlySpan<int> Masked => new(_rows.Pointer, _masked);

    private ReadOnlySpan<int> Sample => new(_rows.Pointer + _masked, _sample);

    /// <summary>Looks which rows these are.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Find(ReadOnlySpan<double> weights)
    {
        _masked = _sample = 0;
        foreach (double weight in weights)
            _masked += weight > 0 ? 0 : 1;
        if (_masked == 0)
            return false;
        int* rows = _rows.Require(_masked + SampleRows);
        for (int i = 0, k = 0; i < weights.Length; i++)
        {
            if (!(weights[i] > 0))
                rows[k++] = i;
            else if (_sample < SampleRows)
                rows[_masked + _sample++] = i;
        }

        return true;
    }

    /// <summary>Whether they hold anything that times 0 may not be 0.</summary>
    /// <param name="origin">The first element.</param>
    /// <param name="step">From one row to the next.</param>
    /// <param name="stride">From one column to the next.</param>
    /// <param name="columns">Number of columns.</param>
    public bool IsNeeded<T>(T* origin, nint step, nint stride, int columns)
        where T : unmanaged
    {
        for (int j = 0; j < columns; j++)
        {
            T* column = origin + j * stride;
            double largest = 1 / Tame;
            foreach (int i in Sample)
                largest = Math.Max(largest, Math.Abs(Widen(column[i * step])));
            double limit = largest * Tame;
            foreach (int i in Masked)
            {
                double size = Math.Abs(Widen(column[i * step]));
                if (!(size <= limit && size <= double.MaxValue))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Makes them hold what the first row that counts does.</summary>
    /// <param name="origin">The first element of columns in memory of our own.</param>
    /// <param name="stride">From one column to the next.</param>
    /// <param name="columns">Number of columns.</param>
    public void Apply<T>(T* origin, nint stride, int columns)
        where T : unmanaged
    {
        for (int j = 0; j < columns; j++)
        {
            T* column = origin + j * stride;
            foreach (int i in Masked)
                column[i] = column[Sample[0]];
        }
    }

    public void Dispose() => _rows.Dispose();

    private static double Widen<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? *(float*)&value : *(double*)&value;
}
