using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// A whole CSV in memory as named numeric columns, ready to be fitted: the features as one column-major matrix, and
/// beside it the columns asked for apart (target, weights, offset, folds). Immutable.
/// </summary>
/// <remarks>
/// The first line names the columns. Fields are separated by commas and may be quoted; numbers are culture-invariant.
/// Missing, infinite and non-numeric cells are refused by row and column. Rows are data lines counted from 1.
/// </remarks>
public sealed class CsvTable
{
    private readonly double[] _columns;
    private readonly string[] _names;
    private readonly int _apart;

    private CsvTable(double[] columns, string[] names, int apart, int rows)
    {
        _columns = columns;
        _names = names;
        _apart = apart;
        Rows = rows;
        FeatureNames = Array.AsReadOnly(names[..^apart]);
    }

    /// <summary>Number of rows, at least 1.</summary>
    public int Rows { get; }

    /// <summary>Names of the columns of <see cref="Features"/>, in the order of the file.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>All columns that were neither set apart nor skipped, as a column-major matrix.</summary>
    public MatrixView<double> Features =>
        MatrixView.ColumnMajor<double>(_columns.AsSpan(0, Rows * FeatureNames.Count), Rows, FeatureNames.Count);

    /// <summary>The values of one column, feature or set apart.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ReadOnlyMemory<double> Column(string name)
    {
        int j = Array.IndexOf(_names, name);
        return j >= 0
            ? _columns.AsMemory(j * Rows, Rows)
            : throw new ArgumentException($"'{nameof(name)}' ({name}) must be a column that was read.", nameof(name));
    }

    /// <summary>Reads a file.</summary>
    /// <inheritdoc cref="Read(TextReader, IReadOnlyCollection{string}?, IReadOnlyCollection{string}?, CancellationToken)"/>
    public static CsvTable Read(
        string path, IReadOnlyCollection<string>? apart = null, IReadOnlyCollection<string>? skip = null, CancellationToken cancellationToken = default) =>
        Read(CsvText.Open(path), apart, skip, cancellationToken);

    /// <summary>Reads a stream to its end.</summary>
    /// <inheritdoc cref="Read(TextReader, IReadOnlyCollection{string}?, IReadOnlyCollection{string}?, CancellationToken)"/>
    public static CsvTable Read(
        Stream stream, IReadOnlyCollection<string>? apart = null, IReadOnlyCollection<string>? skip = null, CancellationToken cancellationToken = default) =>
        Read(CsvText.Open(stream), apart, skip, cancellationToken);

    /// <summary>Reads text to its end, and closes it.</summary>
    /// <param name="text">The CSV.</param>
    /// <param name="apart">Columns that are no features; read, but not part of <see cref="Features"/>.</param>
    /// <param name="skip">Columns not to be read at all; they may hold text.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="CsvDataException">The CSV is empty, malformed, ragged, has a blank or duplicate name, no such column, no rows, or a cell that is not a finite number.</exception>
    public static CsvTable Read(
        TextReader text, IReadOnlyCollection<string>? apart = null, IReadOnlyCollection<string>? skip = null, CancellationToken cancellationToken = default)
    {
        using TextReader owned = text;
        using CsvRecords records = CsvRecords.Open(owned);
        Dictionary<string, int> ordinals = CheckNames(records.Names);
        HashSet<int> left = Find(skip, ordinals, records.Names);
        HashSet<int> separate = Find(apart, ordinals, records.Names);
        separate.ExceptWith(left);
        int[] fields = [.. Enumerable.Range(0, records.Names.Count).Where(j => !left.Contains(j) && !separate.Contains(j)), .. separate];

        string[] names = [.. fields.Select(j => records.Names[j])];
        var builder = new ColumnBuilder(fields.Length);
        while (records.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Span<double> row = builder.AddRow();
            for (int j = 0; j < fields.Length; j++)
                row[j] = CsvNumber.Parse(records[fields[j]], records.Row, names[j]);
        }
        if (builder.Rows == 0)
            throw new CsvDataException("the CSV has a header but no rows");
        int rows = builder.Rows;
        return new CsvTable(builder.ToColumns(), names, separate.Count, rows);
    }

    private static Dictionary<string, int> CheckNames(IReadOnlyList<string> names)
    {
        var ordinals = new Dictionary<string, int>(names.Count, StringComparer.Ordinal);
        for (int j = 0; j < names.Count; j++)
        {
            if (string.IsNullOrWhiteSpace(names[j]))
                throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"column {j + 1} of {names.Count} has no name in the header"));
            if (!ordinals.TryAdd(names[j], j))
            {
                throw new CsvDataException(string.Create(
                    CultureInfo.InvariantCulture, $"the header names '{names[j]}' twice, as columns {ordinals[names[j]] + 1} and {j + 1}"));
            }
        }
        return ordinals;
    }

    private static HashSet<int> Find(IReadOnlyCollection<string>? wanted, Dictionary<string, int> ordinals, IReadOnlyList<string> names)
    {
        var found = new HashSet<int>();
        foreach (string name in wanted ?? [])
        {
            if (!ordinals.TryGetValue(name, out int j))
                throw new CsvDataException($"there is no column '{name}'; {ColumnList.Describe(names)}");
            found.Add(j);
        }
        return found;
    }
}
