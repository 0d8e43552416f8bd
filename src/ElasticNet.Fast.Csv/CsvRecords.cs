using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// The records of one CSV: a header, then rows of as many fields, one at a time. Blank lines are accepted at the end
/// only, because anywhere else they are as likely a lost row as a harmless gap.
/// </summary>
internal sealed class CsvRecords : IDisposable
{
    // A record must fit; 2²⁶ characters are some three million columns, and bound what an unclosed quote can swallow.
    private const int LargestRecord = 1 << 26;

    private readonly CsvDataReader _reader;

    private CsvRecords(CsvDataReader reader, string[] names)
    {
        _reader = reader;
        Names = names;
    }

    /// <summary>The column names as they stand in the header; not checked for duplicates or blanks.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The current row, counted from 1 at the line after the header.</summary>
    public long Row { get; private set; }

    /// <summary>The text of one field of the current row, quotes removed.</summary>
    public ReadOnlySpan<char> this[int column] => _reader.GetFieldSpan(column);

    /// <summary>The current row as it stands in the file, its line end included.</summary>
    public ReadOnlySpan<char> Raw => _reader.GetRawRecordSpan();

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
            CsvDataReader reader = CsvDataReader.Create(ahead, Options(delimiter ?? DelimiterOf(ahead.Head, decimalSeparator == ',' ? ';' : ',')));
            if (!reader.Read())
                throw new CsvDataException("the CSV is empty; its first line must name the columns");
            string[] names = new string[reader.RowFieldCount];
            for (int j = 0; j < names.Length; j++)
                names[j] = reader.GetFieldSpan(j).ToString();
            CheckHeader(names);
            return new CsvRecords(reader, names);
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            throw new CsvDataException("the header line cannot be read: " + Describe(exception), exception);
        }
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Read()
    {
        long blank = 0;
        while (Advance())
        {
            Row++;
            if (_reader.RowFieldCount == 1 && _reader.GetFieldSpan(0).IsEmpty)
            {
                if (blank == 0)
                    blank = Row;
                continue;
            }
            if (blank != 0)
                throw new CsvDataException(blank, null, "is blank");
            if (_reader.RowFieldCount != Names.Count)
            {
                throw new CsvDataException(Row, null, string.Create(
                    CultureInfo.InvariantCulture, $"has {Fields(_reader.RowFieldCount)}, the header has {Names.Count}"));
            }
            return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

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

    // Outside quotes.
    private static char DelimiterOf(ReadOnlySpan<char> head, char usual)
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
