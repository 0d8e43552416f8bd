namespace ElasticNet.Fast.Csv;

/// <summary>
/// A whole CSV (or TSV) in memory, ready to be fitted: the features as one table of numbers and categories, and beside
/// it the columns asked for apart (target, weights, offset, folds). Immutable.
/// </summary>
/// <remarks>
/// The first line names the columns. Fields are separated by commas or tabs and may be quoted; numbers are
/// culture-invariant; missing values become NaN. What a column is, its values say, or <see cref="CsvReadOptions"/>; the
/// levels of a category are in ordinal order. Rows are data lines counted from 1.
/// </remarks>
public sealed class CsvTable
{
    private readonly ReadOnlyMemory<double> _values;
    private readonly InputColumn[] _columns;
    private readonly ColumnGaps[] _gaps;
    private readonly Dictionary<string, int> _ordinals;

    /// <summary>Features first, then the columns apart.</summary>
    internal CsvTable(ReadOnlyMemory<double> values, InputColumn[] columns, ColumnGaps[] gaps, int apart, int rows)
    {
        _values = values;
        _columns = columns;
        _gaps = gaps;
        _ordinals = new(columns.Length, StringComparer.Ordinal);
        for (int j = 0; j < columns.Length; j++)
            _ordinals.Add(columns[j].Name, j);
        int features = columns.Length - apart;
        Table = new FeatureTable(columns[..features], values[..(rows * features)], rows);
        string[] names = Array.ConvertAll(columns, column => column.Name);
        ColumnNames = Array.AsReadOnly(names);
        FeatureNames = names[..features];
    }

    /// <summary>Number of rows, at least 1 in a table that was read.</summary>
    public int Rows => Table.Rows;

    /// <summary>All columns that were neither set apart nor skipped.</summary>
    public FeatureTable Table { get; }

    /// <summary>Names of the columns of <see cref="Table"/>, in the order of the file.</summary>
    public ListOf<string> FeatureNames { get; }

    /// <summary><see cref="FeatureNames"/>, and after them the names of the columns set apart.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary><see cref="Table"/> as a column-major matrix: codes for categories, NaN for missing values.</summary>
    public MatrixView<double> Features => Table.View;

    /// <summary>The values of one column, feature or set apart.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ReadOnlyMemory<double> Column(string name) => Values(Ordinal(name));

    /// <summary>The levels of a category, feature or set apart, in the order of their codes; empty for a column of numbers.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<string> Levels(string name) => _columns[Ordinal(name)].Levels;

    /// <summary>The missing values of one column, feature or set apart.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ColumnGaps Gaps(string name) => _gaps[Ordinal(name)];

    /// <summary>The rows without a missing value in any column, those set apart included; the same table where there are no gaps.</summary>
    public CsvTable WithoutIncompleteRows()
    {
        if (_gaps.All(gaps => gaps.Count == 0))
            return this;
        bool[] incomplete = new bool[Rows];
        for (int j = 0; j < _columns.Length; j++)
        {
            if (_gaps[j].Count > 0)
                MarkGaps(Values(j).Span, incomplete);
        }
        int rows = incomplete.Count(gap => !gap);
        double[] values = new double[rows * _columns.Length];
        int at = 0;
        for (int j = 0; j < _columns.Length; j++)
        {
            ReadOnlySpan<double> column = Values(j).Span;
            for (int i = 0; i < column.Length; i++)
            {
                if (!incomplete[i])
                    values[at++] = column[i];
            }
        }
        return new CsvTable(values, _columns, new ColumnGaps[_columns.Length], _columns.Length - FeatureNames.Count, rows);
    }

    /// <summary>Reads a file.</summary>
    /// <inheritdoc cref="Read(TextReader, CsvReadOptions?, CancellationToken)"/>
    public static CsvTable Read(string path, CsvReadOptions? options = null, CancellationToken cancellationToken = default) =>
        Read(CsvText.OpenFile(path), options, cancellationToken);

    /// <summary>Reads a stream to its end, and closes it. One that can seek tells by its length whether the table fits into memory.</summary>
    /// <inheritdoc cref="Read(TextReader, CsvReadOptions?, CancellationToken)"/>
    public static CsvTable Read(Stream stream, CsvReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        using StreamReader text = CsvText.Open(stream, out long? length);
        return TableReader.Read(text, length, options ?? CsvReadOptions.Default, cancellationToken);
    }

    /// <summary>Reads text to its end, and closes it.</summary>
    /// <param name="text">The CSV.</param>
    /// <param name="options">What the columns are; null means that their values say it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CsvDataException">
    /// The CSV is empty, malformed, ragged, has a blank or duplicate name, lacks a column of the options or has no rows;
    /// a column has numbers and text; a number is not finite; or the table does not fit into memory.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static CsvTable Read(TextReader text, CsvReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        using TextReader owned = text;
        return TableReader.Read(owned, length: null, options ?? CsvReadOptions.Default, cancellationToken);
    }

    private ReadOnlyMemory<double> Values(int ordinal) => _values.Slice(ordinal * Rows, Rows);

    private int Ordinal(string name) => _ordinals.TryGetValue(name, out int ordinal)
        ? ordinal
        : throw new ArgumentException($"'{nameof(name)}' ({name}) must be a column that was read.", nameof(name));

    private static void MarkGaps(ReadOnlySpan<double> values, bool[] gaps)
    {
        for (int i = 0; i < values.Length; i++)
            gaps[i] |= double.IsNaN(values[i]);
    }
}
