namespace ElasticNet.Fast.Csv;

/// <summary>
/// Columns that grow together inside one array, each with room for the rows to come. Room that is never written to
/// takes address space and no memory, so a good guess of the number of rows makes the table its own and only copy.
/// </summary>
internal sealed class ColumnStore(int width, TableLimit limit)
{
    private double[] _values = [];
    private int _capacity;

    /// <summary>Rows that were added.</summary>
    public int Rows { get; private set; }

    /// <summary>The values of one column in rows that <see cref="Reserve"/> made room for.</summary>
    public Span<double> Slice(int column, int first, int count) => _values.AsSpan((column * _capacity) + first, count);

    /// <summary>Makes room for rows after the last.</summary>
    /// <param name="count">How many come now.</param>
    /// <param name="expected">How many there may be in the end; only a guess.</param>
    /// <exception cref="CsvDataException">The table outgrows the limit.</exception>
    public void Reserve(int count, long expected)
    {
        long needed = (long)Rows + count;
        if (needed <= _capacity)
            return;
        limit.Demand(needed, width);
        int capacity = (int)Math.Min(Math.Max(Math.Max(needed, expected), _capacity + (_capacity / 2L)), limit.MostRows(width));
        double[] values = GC.AllocateUninitializedArray<double>(capacity * width);
        HugePages.Advise(values);
        for (int j = 0; j < width; j++)
            Slice(j, 0, Rows).CopyTo(values.AsSpan(j * capacity));
        (_values, _capacity) = (values, capacity);
    }

    /// <summary>Counts rows whose values were written.</summary>
    public void Add(int count) => Rows += count;

    /// <summary>All columns, one after another; the store is empty afterwards.</summary>
    public ReadOnlyMemory<double> Compact()
    {
        double[] values = _values;
        // The room between columns goes to the end.
        for (int j = 1; j < width && _capacity > Rows; j++)
            Slice(j, 0, Rows).CopyTo(values.AsSpan(j * Rows));
        (_values, _capacity) = ([], 0);
        return values.AsMemory(0, Rows * width);
    }
}
