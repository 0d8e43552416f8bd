using System.Globalization;

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
    private readonly int[]? _rowNumbers; // null: all rows are there

    /// <summary>Features first, then the columns apart.</summary>
    internal CsvTable(ReadOnlyMemory<double> values, InputColumn[] columns, ColumnGaps[] gaps, int apart, int rows, TextFormat format, IReadOnlyList<string> notes, int[]? rowNumbers = null)
    {
        _rowNumbers = rowNumbers;
        Notes = notes;
        _values = values;
        _columns = columns;
        _gaps = gaps;
        _ordinals = new(columns.Length, StringComparer.Ordinal);
        for (int j = 0; j < columns.Length; j++)
            _ordinals.Add(columns[j].Name, j);
        int features = columns.Length - apart;
        Table = new FeatureTable(columns[..features], values[..(rows * features)], rows) { Format = format };
        string[] names = Array.ConvertAll(columns, column => column.Name);
        ColumnNames = Array.AsReadOnly(names);
        FeatureNames = names[..features];
    }

    /// <summary>Number of rows, at least 1 in a table that was read.</summary>
    public int Rows => Table.Rows;

    /// <summary>How cells became values; a model that is fitted to <see cref="Table"/> keeps it.</summary>
    public TextFormat Format => Table.Format!;

    /// <summary>What was decided about columns that somebody may want to know, a sentence each without full stop: which are dates, which are text with numbers among it.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>All columns that were neither set apart nor skipped.</summary>
    public FeatureTable Table { get; }

    /// <summary>Names of the columns of <see cref="Table"/>, in the order of the file.</summary>
    public ListOf<string> FeatureNames { get; }

    /// <summary><see cref="FeatureNames"/>, and after them the names of the columns set apart.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary><see cref="Table"/> as a column-major matrix of numbers, NaN for missing values.</summary>
    /// <exception cref="InvalidOperationException">A column is a category: its codes are no numbers to fit, <see cref="Table"/> says what they are.</exception>
    public MatrixView<double> Features => Table.Columns.FirstOrDefault(column => column.Kind == InputKind.Category) is { } category
        ? throw new InvalidOperationException($"'{nameof(Features)}' must be numbers, but column '{category.Name}' is a category; '{nameof(Table)}' goes wherever features go, and knows what its codes stand for.")
        : Table.View;

    /// <summary>The values of one column, feature or set apart.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ReadOnlyMemory<double> Column(string name) => Values(Ordinal(name));

    /// <summary>The levels of a category, feature or set apart, in the order of their codes; empty for a column of numbers.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<string> Levels(string name) => _columns[Ordinal(name)].Levels;

    /// <summary>The missing values of one column, feature or set apart.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ColumnGaps Gaps(string name) => _gaps[Ordinal(name)];

    /// <summary>The name of the column that is to be predicted, or null.</summary>
    public string? TargetName { get; private init; }

    /// <summary>What is to be predicted, by its name; goes wherever a target goes.</summary>
    /// <exception cref="InvalidOperationException">No target was named.</exception>
    public Target Target => TargetName is { } name
        ? new(Column(name).Span) { Name = name }
        : throw new InvalidOperationException($"'{nameof(TargetName)}' must be known: name the target where the table is read, CsvTable.Read(path, target: \"price\").");

    /// <summary>The number that a row has in what was read: data lines counted from 1, those included that were left out since. Messages about it should say this one.</summary>
    /// <param name="row">The row in this table, counted from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public int RowNumber(int row) => (uint)row < (uint)Rows
        ? _rowNumbers?[row] ?? row + 1
        : throw new ArgumentOutOfRangeException(nameof(row), string.Create(CultureInfo.InvariantCulture, $"'{nameof(row)}' ({row}) must be in [0, {Rows})."));

    /// <summary>How many rows were left out because they have no target; they teach nothing.</summary>
    public int RowsWithoutTarget { get; private init; }

    /// <summary>The rows without a missing value in any column, those set apart included; the same table where there are no gaps.</summary>
    public CsvTable WithoutIncompleteRows()
    {
        bool[] incomplete = new bool[Rows];
        for (int j = 0; j < _columns.Length; j++)
        {
            if (_gaps[j].Count > 0)
                MarkGaps(Values(j).Span, incomplete);
        }
        return Without(incomplete);
    }

    /// <summary>The rows that have a value in one column; the same table where all have.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public CsvTable WithoutRowsLacking(string name)
    {
        bool[] lacking = new bool[Rows];
        MarkGaps(Column(name).Span, lacking);
        return Without(lacking);
    }

    /// <summary>The same with a target, without the rows that lack it.</summary>
    /// <exception cref="CsvDataException">None has it.</exception>
    internal CsvTable Predicting(string target)
    {
        CsvTable known = WithoutRowsLacking(target);
        if (known.Rows == 0)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"column '{target}', the target, is missing in all {Rows} rows"));
        return new(known._values, known._columns, known._gaps, _columns.Length - FeatureNames.Count, known.Rows, Format, Notes, known._rowNumbers) { TargetName = target, RowsWithoutTarget = Rows - known.Rows };
    }

    /// <summary>The same with other names for some columns.</summary>
    /// <param name="names">New names by those that were read.</param>
    internal CsvTable Called(IReadOnlyDictionary<string, string> names)
    {
        if (names.All(name => name.Key == name.Value))
            return this;
        InputColumn[] columns = Array.ConvertAll(_columns, column => !names.TryGetValue(column.Name, out string? name) ? column
            : column.Kind == InputKind.Category ? InputColumn.Category(name, column.Levels) : InputColumn.Number(name));
        return new(_values, columns, _gaps, _columns.Length - FeatureNames.Count, Rows, Format, Notes, _rowNumbers) { TargetName = TargetName, RowsWithoutTarget = RowsWithoutTarget };
    }

    private CsvTable Without(bool[] left)
    {
        int rows = left.Length - left.Count(gone => gone);
        if (rows == left.Length)
            return this;
        double[] values = new double[rows * _columns.Length];
        var gaps = new ColumnGaps[_columns.Length];
        int[] rowNumbers = [.. Enumerable.Range(0, left.Length).Where(i => !left[i]).Select(RowNumber)];
        int at = 0;
        for (int j = 0; j < _columns.Length; j++)
        {
            ReadOnlySpan<double> column = Values(j).Span;
            for (int i = 0; i < column.Length; i++)
            {
                if (left[i])
                    continue;
                if (double.IsNaN(column[i]))
                    gaps[j] = new(gaps[j].Count + 1, gaps[j].Count == 0 ? RowNumber(i) : gaps[j].FirstRow);
                values[at++] = column[i];
            }
        }
        return new CsvTable(values, _columns, gaps, _columns.Length - FeatureNames.Count, rows, Format, Notes, rowNumbers) { TargetName = TargetName, RowsWithoutTarget = RowsWithoutTarget };
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What the columns are; null means that their values say it.</param>
    /// <param name="target">The column that is to be predicted: no feature, and rows without it are left out (<see cref="RowsWithoutTarget"/>). Null: what the options say.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="Read(TextReader, CsvReadOptions?, CancellationToken)"/>
    public static CsvTable Read(string path, CsvReadOptions? options = null, string? target = null, CancellationToken cancellationToken = default)
    {
        options ??= CsvReadOptions.Default;
        return Read(CsvText.OpenFile(path), target is null ? options : options with { Target = target }, cancellationToken);
    }

    /// <summary>Reads a stream to its end, and closes it. One that can seek tells by its length whether the table fits into memory.</summary>
    /// <inheritdoc cref="Read(TextReader, CsvReadOptions?, CancellationToken)"/>
    public static CsvTable Read(Stream stream, CsvReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= CsvReadOptions.Default;
        using var text = new TableText(stream, options.Encoding);
        return TableReader.Read(text, options, cancellationToken);
    }

    /// <summary>
    /// Reads a stream to its end, waiting for it without a thread, and closes it; it is never read synchronously, which the body of a web request
    /// refuses. The bytes are received first and stay in memory until the table is made of them;
    /// <see cref="CsvReadOptions.MemoryLimit"/> holds for them, too.
    /// </summary>
    /// <inheritdoc cref="Read(TextReader, CsvReadOptions?, CancellationToken)"/>
    /// <param name="stream">The bytes of the CSV; see <see cref="CsvText"/> for what they may be.</param>
    /// <param name="options">What the columns are; null means that their values say it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static Task<CsvTable> ReadAsync(Stream stream, CsvReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Receive();

        async Task<CsvTable> Receive()
        {
            HeldStream held = await HeldStream.ReceiveAsync(stream, options?.MemoryLimit, cancellationToken).ConfigureAwait(false);
            return await Task.Run(() => Read(held, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
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
        ArgumentNullException.ThrowIfNull(text);
        using var owned = new TableText(text);
        return TableReader.Read(owned, options ?? CsvReadOptions.Default, cancellationToken);
    }

    /// <summary>Its size, the first columns and the target, on one line, culture-invariant.</summary>
    public override string ToString() => Table + (TargetName is null ? "" : $"; target '{TargetName}'");

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
