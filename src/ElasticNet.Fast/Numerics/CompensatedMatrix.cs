namespace ElasticNet.Fast.Numerics;

/// <summary>A square matrix of double-double numbers that grows; its rows are vectors.</summary>
internal sealed unsafe class CompensatedMatrix : IDisposable
{
    private readonly AlignedBuffer<double> _memory = new();
    private nint _stride;

    /// <summary>Row <paramref name="i"/>.</summary>
    public DoubleDoubles this[int i] => new(_memory.Pointer + 2 * i * _stride, _memory.Pointer + (2 * i + 1) * _stride);

    /// <summary>Makes room for <paramref name="size"/> rows and columns; the first <paramref name="known"/> stay.</summary>
    public void Reserve(int size, int known)
    {
        if (size <= _stride)
            return;
        nint before = _stride, after = Math.Max((size + 7) & ~7, Math.Min(2 * _stride, 4096));
        _memory.Grow(2 * after * after, 2 * known * before);
        _stride = after;
        // From the last row down, so that nothing is overwritten before it has moved.
        for (int plane = 2 * known - 1; plane > 0; plane--)
            Buffer.MemoryCopy(_memory.Pointer + plane * before, _memory.Pointer + plane * after, before * sizeof(double), before * sizeof(double));
    }

    public void Dispose() => _memory.Dispose();
}
