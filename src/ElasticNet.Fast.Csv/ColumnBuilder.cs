namespace ElasticNet.Fast.Csv;

/// <summary>
/// Collects rows of unknown number and hands them out as columns. Rows wait in blocks that are let go one by one while
/// the columns are filled, so that the peak is little more than the table itself.
/// </summary>
internal sealed class ColumnBuilder
{
    private const int BlockLength = 1 << 16;

    private readonly List<double[]> _blocks = [];
    private readonly int _width;
    private readonly int _rowsPerBlock;

    public ColumnBuilder(int width)
    {
        _width = width;
        _rowsPerBlock = Math.Max(1, BlockLength / Math.Max(1, width));
    }

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>The next row, to be filled.</summary>
    /// <exception cref="CsvDataException">The table outgrows one array.</exception>
    public Span<double> AddRow()
    {
        if ((Rows + 1L) * _width > Array.MaxLength)
            throw new CsvDataException(Rows + 1L, null, FormattableString.Invariant($"is one too many: with {_width} columns the table exceeds {Array.MaxLength} numbers"));
        int at = Rows % _rowsPerBlock;
        if (at == 0)
            _blocks.Add(new double[_rowsPerBlock * _width]);
        Rows++;
        return _blocks[^1].AsSpan(at * _width, _width);
    }

    /// <summary>All rows as columns, one after another; the builder is empty afterwards.</summary>
    public double[] ToColumns()
    {
        double[] columns = new double[Rows * _width];
        for (int b = 0; b < _blocks.Count; b++)
        {
            double[] block = _blocks[b];
            int first = b * _rowsPerBlock;
            int count = Math.Min(_rowsPerBlock, Rows - first);
            for (int j = 0; j < _width; j++)
            {
                Span<double> column = columns.AsSpan((j * Rows) + first, count);
                for (int i = 0; i < count; i++)
                    column[i] = block[(i * _width) + j];
            }
            _blocks[b] = [];
        }
        _blocks.Clear();
        return columns;
    }
}
