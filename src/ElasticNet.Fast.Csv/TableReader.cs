using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Reads one table: this thread finds the fields of a block of rows while another turns those of the block before into
/// numbers. What comes out, and which fault is told, does not depend on the two: blocks are parsed in their order.
/// </summary>
internal sealed class TableReader
{
    private readonly CsvRecords _records;
    private readonly TableColumns _columns;
    private readonly ColumnParser[] _parsers;
    private readonly ColumnStore _store;
    private readonly TableLimit _limit;
    private readonly CancellationToken _cancellationToken;
    private Encoding? _encoding;
    private long _bytes;
    private long _expected;

    private TableReader(CsvRecords records, CsvReadOptions options, CancellationToken cancellationToken)
    {
        _records = records;
        _columns = new TableColumns(records.Names, options);
        var missing = new MissingTokens(options.MissingTokens);
        _parsers = Array.ConvertAll(_columns.Fields, j => new ColumnParser(records.Names[j], _columns.KindOf(j), missing, options.NumbersOnly));
        _limit = new TableLimit(options.MemoryLimit);
        _store = new ColumnStore(_parsers.Length, _limit);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Reads to the end.</summary>
    /// <param name="text">The CSV.</param>
    /// <param name="length">Its length in bytes, where that is known.</param>
    /// <param name="options">What the columns are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvTable Read(TextReader text, long? length, CsvReadOptions options, CancellationToken cancellationToken)
    {
        using CsvRecords records = CsvRecords.Open(text, options.Delimiter);
        var reader = new TableReader(records, options, cancellationToken);
        if (length is not null)
            reader._encoding = text is StreamReader decoder ? decoder.CurrentEncoding : Encoding.UTF8;
        reader.ReadBlocks(length);
        return reader.Complete();
    }

    private void ReadBlocks(long? length)
    {
        var block = new CellBlock(_columns.Fields);
        bool more = Fill(block, out CsvDataException? fault);
        if (more && length is { } bytes)
            Plan(block, bytes);
        if (more)
        {
            // All blocks are parsed before a malformed row is told: faults in them are further up.
            using var queue = new BlockQueue(Append, _columns.Fields);
            while (more && queue.TryExchange(ref block))
                more = Fill(block, out fault);
            queue.Complete();
        }
        Append(block);
        if (fault is not null)
            throw fault;
    }

    // True where the block was full before the rows ended.
    private bool Fill(CellBlock block, out CsvDataException? fault)
    {
        fault = null;
        block.Clear();
        try
        {
            while (!block.IsFull)
            {
                if (!_records.Read())
                    return false;
                _cancellationToken.ThrowIfCancellationRequested();
                block.Add(_records);
                if (_encoding is not null)
                    _bytes += _encoding.GetByteCount(_records.Raw);
            }
            return true;
        }
        catch (CsvDataException exception)
        {
            fault = exception;
            return false;
        }
    }

    // What the first rows take, the others will take: enough to refuse what cannot fit, and to make room once.
    private void Plan(CellBlock first, long length)
    {
        double rows = first.Rows * (length / (double)_bytes);
        _encoding = null;
        _limit.DemandExpected(rows, _parsers.Length);
        _expected = (long)(rows * 1.02) + 1;
    }

    private void Append(CellBlock block)
    {
        int before = _store.Rows;
        _store.Reserve(block.Rows, _expected);
        int worst = block.Rows;
        int at = 0;
        for (int k = 0; k < _parsers.Length; k++)
        {
            int row = _parsers[k].Append(block, k, before, _store.Slice(k, before, block.Rows));
            if (row < worst || (row == worst && row < block.Rows && _columns.Fields[k] < _columns.Fields[at]))
                (worst, at) = (row, k);
        }
        if (worst < block.Rows)
            throw _parsers[at].FaultOf(block[worst, at], before + worst + 1L);
        _store.Add(block.Rows);
    }

    private CsvTable Complete()
    {
        int rows = _store.Rows;
        if (rows == 0)
            throw new CsvDataException("the CSV has a header but no rows");
        var columns = new InputColumn[_parsers.Length];
        for (int k = 0; k < columns.Length; k++)
            columns[k] = _parsers[k].Complete(_store.Slice(k, 0, rows));
        return new CsvTable(_store.Compact(), columns, Array.ConvertAll(_parsers, parser => parser.Gaps), _columns.Apart, rows);
    }
}
