namespace ElasticNet.Fast.Paths;

/// <summary>Writes a path into the caller's memory. One object serves one path after another, so that a warm workspace allocates nothing.</summary>
internal sealed unsafe class SpanSink : PathSink
{
    private ElasticNetFit[] _fits = [];
    private int _most;
    private double* _coefficients;
    private long _length;
    private int _columns;

    /// <summary>The solutions received.</summary>
    public ReadOnlySpan<ElasticNetFit> Fits => _fits.AsSpan(0, Count);

    /// <summary>Solutions received.</summary>
    public int Count { get; private set; }

    /// <summary>Begins with other memory.</summary>
    /// <param name="most">So many λ have room with the caller.</param>
    /// <param name="coefficients">The caller's memory, pinned.</param>
    /// <param name="length">Its length.</param>
    /// <param name="columns">p.</param>
    public SpanSink Start(int most, double* coefficients, int length, int columns)
    {
        (_most, _length, _columns, Count) = (most, length, columns, 0);
        _coefficients = coefficients;
        return this;
    }

    public override void Begin(in PathStart start)
    {
        int count = start.Lambdas.Length;
        if (_most < count)
            Throw.Length("fits", _most, $"have room for {count} λ");
        if (_length < (long)count * _columns)
            Throw.Length("coefficients", (int)_length, $"have room for {count} λ × {_columns} columns");
        if (_fits.Length < count)
            _fits = new ElasticNetFit[count];
    }

    public override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients)
    {
        Span<double> dense = new(_coefficients + (nint)Count * _columns, _columns);
        dense.Clear();
        for (int k = 0; k < features.Length; k++)
            dense[features[k]] = coefficients[k];
        _fits[Count++] = fit;
    }
}
