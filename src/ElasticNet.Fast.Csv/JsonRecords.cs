using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Rows as JSON, an object a line, of which some properties are asked for by their names. What else an object holds may be anything. Blank
/// lines are accepted at the end only.
/// </summary>
internal sealed class JsonRecords : RowSource
{
    private readonly TextLines _lines;
    private readonly string[] _names;
    private readonly int _cells;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ordinals;
    private readonly Value[] _values;
    private byte[] _bytes = new byte[256];
    private char[] _text = new char[256];
    private int _used;

    /// <param name="text">The lines, owned from here on.</param>
    /// <param name="cells">What is read as numbers and text, each once.</param>
    /// <param name="others">What may hold anything, each once and none of the others.</param>
    public JsonRecords(TextReader text, IReadOnlyList<string> cells, IReadOnlyList<string> others)
    {
        _lines = new TextLines(text);
        _names = [.. cells, .. others];
        _cells = cells.Count;
        _values = new Value[_names.Length];
        var ordinals = new Dictionary<string, int>(_names.Length, StringComparer.Ordinal);
        for (int k = 0; k < _names.Length; k++)
            ordinals.Add(_names[k], k);
        _ordinals = ordinals.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Names => _names;

    /// <summary>The current object as it stands in its line.</summary>
    public ReadOnlySpan<char> Line => _lines.Current.Trim();

    /// <summary>Whether the current object holds nothing.</summary>
    public bool IsEmpty { get; private set; }

    /// <summary>Whether the current object has a property of the name that a prediction is given.</summary>
    public bool HasPrediction { get; private set; }

    /// <inheritdoc/>
    public override ReadOnlySpan<char> this[int field] => _text.AsSpan(_values[field].Text, _values[field].TextLength);

    /// <summary>A value as it stands in its line.</summary>
    public ReadOnlySpan<byte> Raw(int field) => _bytes.AsSpan(_values[field].Start, _values[field].Length);

    /// <inheritdoc/>
    public override bool IsNumber(int field, out double value)
    {
        value = _values[field].Number;
        return !double.IsNaN(value);
    }

    /// <inheritdoc/>
    public override bool Read()
    {
        long blank = 0;
        while (NextLine())
        {
            Row++;
            ReadOnlySpan<char> line = Line;
            if (line.IsEmpty)
            {
                blank = blank == 0 ? Row : blank;
                continue;
            }

            if (blank != 0)
                throw new CsvDataException(blank, null, "is blank");
            try
            {
                Parse(line);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                // The second: an escape that is half a character.
                string place = exception is JsonException { BytePositionInLine: { } at } ? string.Create(CultureInfo.InvariantCulture, $" (at byte {at})") : "";
                throw new CsvDataException(Row, null, $"is not one JSON object on one line{place}: '{CellFault.Quote(line)}'", exception);
            }

            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Dispose() => _lines.Dispose();

    private bool NextLine()
    {
        try
        {
            return _lines.Read();
        }
        catch (Exception exception) when (exception is DecoderFallbackException or InvalidDataException)
        {
            throw new CsvDataException(Row + 1, null, exception is DecoderFallbackException ? "cannot be read: the text is not UTF-8 (from here on, or a little further)" : "cannot be read: the compressed data are damaged", exception);
        }
    }

    private void Parse(ReadOnlySpan<char> line)
    {
        int most = Encoding.UTF8.GetMaxByteCount(line.Length);
        if (_bytes.Length < most)
            (_bytes, _text) = (new byte[most], new char[most]);
        var reader = new Utf8JsonReader(_bytes.AsSpan(0, Encoding.UTF8.GetBytes(line, _bytes)));
        Array.Clear(_values);
        (_used, IsEmpty, HasPrediction) = (0, true, false);
        int found = 0;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new CsvDataException(Row, null, $"is not one JSON object on one line: '{CellFault.Quote(line)}'");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            IsEmpty = false;
            ReadOnlySpan<char> name = _text.AsSpan(_used, reader.CopyString(_text.AsSpan(_used)));
            HasPrediction |= name is "prediction";
            bool isWanted = _ordinals.TryGetValue(name, out int field);
            reader.Read();
            if (!isWanted)
            {
                reader.Skip();
                continue;
            }

            if (_values[field].Length > 0)
                throw new CsvDataException(Row, null, $"names '{_names[field]}' twice");
            Take(ref reader, field);
            found++;
        }

        // What follows the object is none of it.
        reader.Read();
        if (found < _names.Length)
            throw new CsvDataException(Row, null, $"has no '{_names[Array.FindIndex(_values, value => value.Length == 0)]}'; a value that is missing is null");
    }

    private void Take(ref Utf8JsonReader reader, int field)
    {
        ref Value value = ref _values[field];
        (value.Start, value.Text, value.Number) = ((int)reader.TokenStartIndex, _used, double.NaN);
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                value.TextLength = reader.CopyString(_text.AsSpan(_used));
                break;
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                value.TextLength = Encoding.UTF8.GetChars(reader.ValueSpan, _text.AsSpan(_used));
                // One beyond what double holds stays text, which is refused as in any table.
                if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double number) && double.IsFinite(number))
                    value.Number = number;
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray when field < _cells:
                throw new CsvDataException(Row, _names[field], $"{(reader.TokenType == JsonTokenType.StartArray ? "an array" : "an object")}, where a number or text must be");
            default:
                reader.Skip();
                break;
        }

        value.Length = (int)reader.BytesConsumed - value.Start;
        _used += value.TextLength;
    }

    /// <summary>A property: its bytes in the line, its text, and its number where it is one.</summary>
    private struct Value
    {
        public int Start, Length, Text, TextLength;
        public double Number;
    }
}
