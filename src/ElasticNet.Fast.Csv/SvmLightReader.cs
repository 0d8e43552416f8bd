using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Reads the rows of a svmlight (libsvm) file one at a time, in constant memory: <c>target index:value index:value … # comment</c>.
/// Indices ascend in a line, none twice. Lines that are blank, or hold nothing but a comment, are no rows. Features are known by
/// their index alone.
/// </summary>
public sealed class SvmLightReader : IDisposable
{
    // Of more digits no index is meant.
    private const int MostDigits = 18;

    private readonly TextLines _lines;
    private readonly int _base;
    private readonly long _limit;
    private int[] _indices = new int[64];
    private double[] _values = new double[64];
    private int _count;

    /// <summary>Opens a text, which is closed at the end.</summary>
    /// <param name="text">The text; <see cref="CsvText.Open(string)"/> opens a file, compressed or not.</param>
    /// <param name="options">How to read it; null means the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of features is negative.</exception>
    public SvmLightReader(TextReader text, SvmLightOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= SvmLightOptions.Default;
        if (options.FeatureCount is { } count)
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(SvmLightOptions.FeatureCount));
        _lines = new TextLines(text);
        _base = options.ZeroBased ? 0 : 1;
        _limit = options.FeatureCount ?? long.MaxValue;
    }

    /// <summary>The line of the current row, counted from 1; comments and blank lines are counted.</summary>
    public long LineNumber => _lines.Number;

    /// <summary>The current row, counted from 1.</summary>
    public long RowNumber { get; private set; }

    /// <summary>The target of the current row; NaN where its line begins with a pair.</summary>
    public double Target { get; private set; } = double.NaN;

    /// <summary>The features given in the current row, counted from 0 whatever the file does, ascending. Overwritten by the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<int> Indices => _indices.AsSpan(0, _count);

    /// <summary>Their values. Overwritten by the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, _count);

    /// <summary>How many entries there were so far beyond <see cref="SvmLightOptions.FeatureCount"/>, which count nowhere.</summary>
    public long IgnoredCount { get; private set; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="CsvDataException">A line is not what it must be, the text not UTF-8, or compressed data damaged; the message names the line.</exception>
    public bool Read()
    {
        try
        {
            while (_lines.Read())
            {
                ReadOnlySpan<char> line = _lines.Current;
                int comment = line.IndexOf('#');
                line = (comment < 0 ? line : line[..comment]).Trim(" \t\r");
                if (line.IsEmpty)
                    continue;
                Parse(line);
                RowNumber++;
                return true;
            }

            return false;
        }
        catch (Exception exception) when (exception is DecoderFallbackException or InvalidDataException)
        {
            string problem = exception is DecoderFallbackException ? "the text is not UTF-8 (from here on, or a little further)" : "the compressed data are damaged";
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"line {LineNumber + 1}: {problem}"), exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    /// <summary>Says what is wrong with the current line.</summary>
    internal CsvDataException Fault(string problem) => new(string.Create(CultureInfo.InvariantCulture, $"line {LineNumber}: {problem}"));

    private void Parse(ReadOnlySpan<char> line)
    {
        _count = 0;
        Target = double.NaN;
        long last = -1;
        bool first = true;
        while (!line.IsEmpty)
        {
            int end = line.IndexOfAny(' ', '\t');
            ReadOnlySpan<char> token = end < 0 ? line : line[..end];
            line = end < 0 ? default : line[end..].TrimStart(" \t");
            int colon = token.IndexOf(':');
            if (first && colon < 0)
                Target = CsvNumber.TryParse(token, out double target) ? target : throw Fault($"the target {CellFault.NoNumber(token)}");
            else if (colon < 0)
                throw Fault($"'{CellFault.Quote(token)}' is no pair index:value");
            else
                last = AddPair(token, colon, last);
            first = false;
        }
    }

    private long AddPair(ReadOnlySpan<char> pair, int colon, long last)
    {
        ReadOnlySpan<char> name = pair[..colon];
        if (name.SequenceEqual("qid"))
            throw Fault($"'{CellFault.Quote(pair)}' groups rows for ranking, which is not what is fitted here; leave it out");
        long index = IndexOf(name, pair) - _base;
        if (index < 0)
            throw Fault("index 0, where the first is 1; is the file zero-based?");
        if (index <= last)
            throw Fault(string.Create(CultureInfo.InvariantCulture, $"index {index + _base} follows index {last + _base}; indices must ascend, none twice"));
        if (!CsvNumber.TryParse(pair[(colon + 1)..], out double value))
            throw Fault(string.Create(CultureInfo.InvariantCulture, $"index {index + _base}: {CellFault.NoNumber(pair[(colon + 1)..])}"));
        if (index >= _limit)
        {
            IgnoredCount++;
            return index;
        }

        if (index >= Array.MaxLength - 1)
            throw Fault(string.Create(CultureInfo.InvariantCulture, $"index {index + _base} is beyond the {Array.MaxLength - 1} features that a table holds"));
        if (_count == _indices.Length)
        {
            int room = (int)Math.Min(2L * _count, Array.MaxLength);
            Array.Resize(ref _indices, room);
            Array.Resize(ref _values, room);
        }

        _indices[_count] = (int)index;
        _values[_count++] = value;
        return index;
    }

    private long IndexOf(ReadOnlySpan<char> name, ReadOnlySpan<char> pair)
    {
        if (name.IsEmpty || name.ContainsAnyExceptInRange('0', '9') || name.Length > MostDigits)
            throw Fault($"'{CellFault.Quote(pair)}' is no pair index:value");
        long index = 0;
        foreach (char digit in name)
            index = 10 * index + (digit - '0');
        return index;
    }
}
