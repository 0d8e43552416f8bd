using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// The records of one CSV: a header, then rows of as many fields, one at a time. Blank lines are accepted at the end
/// only, because anywhere else they are as likely a lost row as a harmless gap.
/// </summary>
internal sealed class CsvRecords : RowSource
{
    // A record must fit; 2²⁶ characters are some three million columns, and bound what an unclosed quote can swallow.
    private const int LargestRecord = 1 << 26;

    private readonly CsvDataReader _reader;

    private readonly string[] _names;
    private readonly bool _endsInDelimiter;

    private CsvRecords(CsvDataReader reader, string[] header, char delimiter, IReadOnlyList<string> notes)
    {
        _reader = reader;
        Delimiter = delimiter;
        // Lines that end in a separator: a field after it, of which only that is known.
        _endsInDelimiter = header.Length > 1 && string.IsNullOrWhiteSpace(header[^1]);
        string[] names = _endsInDelimiter ? header[..^1] : header;
        _names = Array.ConvertAll(names, name => name.Trim());
        string[] blank = [.. names.Where(name => name.Length > 0 && name.Trim().Length is > 0 and var length && length < name.Length)];
        Notes =
        [
            .. notes,
            .. blank.Length > 0 ? [$"blanks around the names of columns are left out ({ColumnList.Quote(blank)})"] : Array.Empty<string>(),
            .. _endsInDelimiter ? [$"the header ends in a separator, as if there were another column, which is left out"] : Array.Empty<string>(),
        ];
    }

    /// <summary>The column names as they stand in the header, without blanks around them; not checked for duplicates or blanks.</summary>
    public override IReadOnlyList<string> Names => _names;

    /// <summary>What separates fields.</summary>
    public char Delimiter { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Notes { get; }

    /// <summary>The text of one field of the current row, quotes removed.</summary>
    public override ReadOnlySpan<char> this[int field] => _reader.GetFieldSpan(field);

    /// <summary>The current row as it stands in the file, its line end included.</summary>
    public ReadOnlySpan<char> Raw => _reader.GetRawRecordSpan();

    /// <summary>The named fields of the current row as they stand in the file.</summary>
    public ReadOnlySpan<char> RawFields
    {
        get
        {
            ReadOnlySpan<char> row = Raw;
            row = row is [.., '\n'] ? row[..^1] : row;
            row = row is [.., '\r'] ? row[..^1] : row;
            return _reader.RowFieldCount > _names.Length ? row[..row.LastIndexOf(Delimiter)] : row;
        }
    }

    /// <summary>Reads the header. The reader is owned from here on.</summary>
    /// <param name="text">The table.</param>
    /// <param name="delimiter">What separates fields; null: the first line tells.</param>
    /// <param name="decimalSeparator">What stands before the fraction of a number, and so does not separate fields.</param>
    public static CsvRecords Open(TextReader text, char? delimiter, char decimalSeparator = '.')
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var ahead = new HeadReader(text);
            char usual = decimalSeparator == ',' ? ';' : ',';
            TablePreamble preamble = TablePreamble.Skip(ahead, delimiter, usual);
            ahead.Line(0, out _);
            char separator = delimiter ?? preamble.Delimiter ?? DelimiterOf(ahead.Head, usual);
            CsvDataReader reader = CsvDataReader.Create(ahead, Options(separator));
            if (!reader.Read())
                throw new CsvDataException("the CSV is empty; its first line must name the columns");
            string[] names = new string[reader.RowFieldCount];
            for (int j = 0; j < names.Length; j++)
                names[j] = reader.GetFieldSpan(j).ToString();
            CheckHeader(names);
            return new CsvRecords(reader, names, separator, preamble.Notes);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new CsvDataException("the header line cannot be read: " + Describe(exception), exception);
        }
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        long blank = 0;
        while (Advance())
        {
            Row++;
            // Blanks alone are a blank line, unless they are all that a row could hold.
            if (_reader.RowFieldCount == 1 && (_names.Length > 1 ? _reader.GetFieldSpan(0).Trim() : _reader.GetFieldSpan(0)).IsEmpty)
            {
                if (blank == 0)
                    blank = Row;
                continue;
            }
            if (blank != 0)
                throw new CsvDataException(blank, null, "is blank");
            if (_reader.RowFieldCount != _names.Length)
                CheckLast();
            return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader.Dispose();

    private void CheckLast()
    {
        bool isOneMore = _reader.RowFieldCount == _names.Length + 1;
        ReadOnlySpan<char> last = _reader.GetFieldSpan(_reader.RowFieldCount - 1).Trim();
        if (isOneMore && _endsInDelimiter)
        {
            if (last.IsEmpty)
                return;
            throw new CsvDataException(Row, null, string.Create(
                CultureInfo.InvariantCulture, $"has '{CellFault.Quote(last)}' in column {_names.Length + 1}, which has no name in the header"));
        }

        string hint = isOneMore && last.IsEmpty ? ", and the last is empty: where rows end in a separator, the header must end in one, too" : "";
        throw new CsvDataException(Row, null, string.Create(
            CultureInfo.InvariantCulture, $"has {Fields(_reader.RowFieldCount)}, the header has {_names.Length}{hint}"));
    }

    private static CsvDataReaderOptions Options(char delimiter) =>
        new()
        {
            // The header is read as a record: its faults get messages of the same form as all others.
            HasHeaders = false,
            Delimiter = delimiter,
            // '#' may start a name; no line is a comment.
            Comment = '\0',
            ResultSetMode = ResultSetMode.SingleResult,
            Culture = CultureInfo.InvariantCulture,
            BufferSize = 1 << 16,
            MaxBufferSize = LargestRecord,
            OwnsReader = true,
        };

    /// <summary>What separates the fields of a line, outside quotes.</summary>
    internal static char DelimiterOf(ReadOnlySpan<char> head, char usual)
    {
        int tabs = 0;
        int commas = 0;
        bool quoted = false;
        foreach (char c in head)
        {
            if (c == '"')
                quoted = !quoted;
            else if (quoted)
                continue;
            else if (c == '\n')
                break;
            else if (c == '\t')
                tabs++;
            else if (c == usual)
                commas++;
        }
        return tabs > 0 && tabs >= commas ? '\t' : usual;
    }

    private bool Advance()
    {
        try
        {
            return _reader.Read();
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new CsvDataException(Row + 1, null, "cannot be read: " + Describe(exception), exception);
        }
    }

    private static bool IsMalformed(Exception exception) =>
        exception is FormatException or CsvRecordTooLargeException or DecoderFallbackException or InvalidDataException;

    private static string Describe(Exception exception) => exception switch
    {
        DecoderFallbackException => "the text is not UTF-8 (from here on, or a little further)",
        InvalidDataException => "the compressed data are damaged",
        CsvRecordTooLargeException => string.Create(
            CultureInfo.InvariantCulture, $"it is longer than {LargestRecord} characters; perhaps a quote is not closed"),
        _ => exception.Message,
    };

    private static void CheckHeader(string[] names)
    {
        if (names is [""])
            throw new CsvDataException("the first line is blank; it must name the columns");
        bool counts = true;
        for (int j = 0; j < names.Length; j++)
        {
            if (j > 0 && j == names.Length - 1 && string.IsNullOrWhiteSpace(names[j]))
                continue; // Lines end in a separator.
            if (!double.TryParse(names[j], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                return;
            // 0, 1, 2, … or 1, 2, 3, …: names that programs give to columns without one.
            counts &= value == j || value == j + 1;
        }
        if (!counts)
            throw new CsvDataException("the header is missing: the first line must name the columns, but it holds only numbers");
    }

    private static string Fields(int count) =>
        count == 1 ? "1 field" : string.Create(CultureInfo.InvariantCulture, $"{count} fields");
}
