using System.Text;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Reads one table: this thread finds the fields of a block of rows while another turns those of the block before into
/// numbers. What comes out, and which fault is told, does not depend on the two: blocks are parsed in their order.
/// </summary>
internal sealed class TableReader
{
    private readonly CsvRecords _records;
    private readonly CsvReadOptions _options;
    private readonly TextFormat _format;
    private readonly TableColumns _columns;
    private readonly ColumnParser[] _parsers;
    private readonly ColumnStore _store;
    private readonly TableLimit _limit;
    private readonly CancellationToken _cancellationToken;
    private Encoding? _encoding;
    private long _bytes;
    private long _expected;

    private TableReader(CsvRecords records, CsvReadOptions options, IReadOnlyDictionary<string, CellKind> settled, CancellationToken cancellationToken)
    {
        _records = records;
        _options = options;
        _columns = new TableColumns(records.Names, options);
        _format = options.Format;
        var format = new CellFormat(_format, options.Dates.Count > 0);
        _parsers = Array.ConvertAll(_columns.Fields, j => new ColumnParser(
            records.Names[j], _columns.KindOf(j), settled.TryGetValue(records.Names[j], out CellKind kind) ? kind : null, format, options.NumbersOnly));
        _limit = new TableLimit(options.MemoryLimit);
        _store = new ColumnStore(_parsers.Length, _limit);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Reads to the end, and where a column was not what its first cells were a second time.</summary>
    /// <param name="text">The CSV.</param>
    /// <param name="options">What the columns are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static CsvTable Read(TableText text, CsvReadOptions options, CancellationToken cancellationToken)
    {
        var settled = new Dictionary<string, CellKind>(StringComparer.Ordinal);
        CsvTable? table = Read(text.Open(out long? length), length, options, settled, cancellationToken);
        if (table is null)
        {
            TextReader again = text.OpenAgain(out length)
                ?? throw new CsvDataException($"column '{settled.Keys.First()}' is mostly text and does not begin so, and what comes through a pipe is not read twice at this length; declare the column a category, or read from a file")
                {
                    Remedy = CsvRemedy.DeclareCategory,
                };
            table = Read(again, length, options, settled, cancellationToken)!;
        }

        return options.Target is { } target ? table.Predicting(target) : table;
    }

    // Null where columns have to be read as something else, which is in settled then.
    private static CsvTable? Read(TextReader text, long? length, CsvReadOptions options, Dictionary<string, CellKind> settled, CancellationToken cancellationToken)
    {
        using CsvRecords records = CsvRecords.Open(text, options.Delimiter, options.DecimalSeparator);
        var reader = new TableReader(records, options, settled, cancellationToken);
        if (length is not null)
            reader._encoding = text is StreamReader decoder ? decoder.CurrentEncoding : Encoding.UTF8;
        reader.ReadBlocks(length);
        return reader.Complete(settled);
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

    private CsvTable? Complete(Dictionary<string, CellKind> settled)
    {
        int rows = _store.Rows;
        if (rows == 0)
            throw new CsvDataException("the CSV has a header but no rows");
        CsvDataException? fault = null;
        foreach (int k in Enumerable.Range(0, _parsers.Length).OrderBy(k => _columns.Fields[k]))
        {
            if (_parsers[k].Decide() is { } found && (fault is null || found.Row < fault.Row))
                fault = found;
            if (_parsers[k].MustBeReadAs is { } kind)
                settled[_parsers[k].Name] = kind;
        }

        if (fault is not null)
            throw fault;
        if (_parsers.Any(parser => parser.MustBeReadAs is not null))
            return null;
        var columns = new InputColumn[_parsers.Length];
        for (int k = 0; k < columns.Length; k++)
            columns[k] = _parsers[k].Complete(_store.Slice(k, 0, rows));
        bool[] isDate = Array.ConvertAll(_parsers, parser => parser.IsDate);
        (InputColumn[] spread, ColumnGaps[] gaps, ReadOnlyMemory<double> values) = DateColumns.Spread(
            columns, isDate, Array.ConvertAll(_parsers, parser => parser.Gaps), _store.Compact(), rows, _options.Dates);
        return new CsvTable(values, spread, gaps, _columns.Apart, rows, _format with { Columns = OwnWays() }, [.. Notes()]);
    }

    private TextColumn[] OwnWays() =>
    [
        .. _parsers.Where(parser => parser.IsDate).SelectMany(parser => _options.Dates.Select(part => new TextColumn(DateParts.Name(parser.Name, part), parser.Name, part))),
        .. _parsers.Where(parser => parser.Sign.Length > 0).Select(parser => new TextColumn(parser.Name, parser.Name, TextPart.Number, parser.Sign)),
    ];

    private IEnumerable<string> Notes()
    {
        foreach (string note in _records.Notes)
            yield return note;
        if (_columns.Note is { } unnamed)
            yield return unnamed;
        string parts = string.Join(", ", _options.Dates.Select(DateParts.Word));
        foreach (ColumnParser parser in _parsers)
        {
            if (parser.IsDate)
                yield return $"column '{parser.Name}' is a date and is read as {(parts == "days" ? "days since 1970-01-01" : parts)}";
            if (parser.Note is { } note)
                yield return note;
        }
    }
}
