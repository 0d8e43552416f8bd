using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Reads rows for a model one at a time, in constant memory. Columns are matched to features by name, or by position
/// for a model without feature names. Only the columns of non-zero coefficients are read; others may be absent, hold
/// text, or hold nothing.
/// </summary>
public sealed class CsvFeatureReader : IDisposable
{
    private const int None = -1;

    private readonly CsvRecords _records;
    private readonly double[] _row;
    private readonly int[] _features;
    private readonly int[] _fields;
    private readonly int _offset;

    /// <summary>Reads the header and matches it to the model. Closes the text at the end.</summary>
    /// <param name="text">The CSV.</param>
    /// <param name="model">The model that the rows are for.</param>
    /// <param name="offsetColumn">The column that holds the offset; needed by, and only by, a model that was fitted with one.</param>
    /// <exception cref="CsvDataException">The CSV is empty or malformed, or lacks a column that the model needs.</exception>
    public CsvFeatureReader(TextReader text, ElasticNetModel model, string? offsetColumn = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        CheckOffset(model, offsetColumn);
        _records = CsvRecords.Open(text);
        _offset = offsetColumn is null ? None : FindOne(offsetColumn);
        if (_offset == None && offsetColumn is not null)
            throw new CsvDataException($"there is no column '{offsetColumn}' for the offset; {ColumnList.Describe(_records.Names)}");
        _features = model.Indices.ToArray();
        _fields = model.FeatureNames is { } names ? MatchByName(names) : MatchByPosition(model.FeatureCount);
        // After the match: a damaged model that claims two billion unnamed features takes no memory for them.
        _row = new double[model.FeatureCount];
    }

    /// <summary>The current row, counted from 1 at the line after the header.</summary>
    public long RowNumber => _records.Row;

    /// <summary>The features of the current row in the model's order; 0 where the coefficient is 0. Overwritten by the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<double> Row => _row;

    /// <summary>The offset of the current row; 0 for a model without.</summary>
    public double Offset { get; private set; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="CsvDataException">The row is malformed, or a feature that the model uses is not a finite number.</exception>
    public bool Read()
    {
        if (!_records.Read())
            return false;
        for (int k = 0; k < _fields.Length; k++)
            _row[_features[k]] = Number(_fields[k]);
        if (_offset != None)
            Offset = Number(_offset);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();

    private double Number(int field) => CsvNumber.Parse(_records[field], _records.Row, _records.Names[field]);

    private static void CheckOffset(ElasticNetModel model, string? offsetColumn)
    {
        if (model.Provenance.HasOffset && offsetColumn is null)
            throw new CsvDataException("the model was fitted with an offset and needs one to predict; name its column");
        if (!model.Provenance.HasOffset && offsetColumn is not null)
            throw new CsvDataException($"the model was fitted without an offset; column '{offsetColumn}' cannot be one");
    }

    private int[] MatchByName(IReadOnlyList<string> names)
    {
        string[] needed = [.. _features.Select(feature => names[feature])];
        Dictionary<string, int> found = Find(needed);
        string[] missing = [.. needed.Where(name => !found.ContainsKey(name))];
        return missing.Length == 0
            ? [.. needed.Select(name => found[name])]
            : throw new CsvDataException(
                $"the model needs {(missing.Length == 1 ? "a column" : "columns")} that the CSV lacks: {ColumnList.Quote(missing)}; {ColumnList.Describe(_records.Names)}");
    }

    private int[] MatchByPosition(int featureCount)
    {
        int columns = _records.Names.Count - (_offset == None ? 0 : 1);
        if (columns != featureCount)
        {
            throw new CsvDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"the model has no feature names, so that columns are matched by position: it has {featureCount} features, the CSV {columns} columns{(_offset == None ? "" : " beside the offset")}"));
        }
        return [.. _features.Select(feature => _offset != None && feature >= _offset ? feature + 1 : feature)];
    }

    private int FindOne(string name) => Find([name]).GetValueOrDefault(name, None);

    // Only a name that is asked for must be unique: what the model does not need may be called anything.
    private Dictionary<string, int> Find(string[] needed)
    {
        var wanted = new HashSet<string>(needed, StringComparer.Ordinal);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int j = 0; j < _records.Names.Count; j++)
        {
            string name = _records.Names[j];
            if (wanted.Contains(name) && !found.TryAdd(name, j))
            {
                throw new CsvDataException(string.Create(
                    CultureInfo.InvariantCulture, $"the header names '{name}' twice, as columns {found[name] + 1} and {j + 1}"));
            }
        }
        return found;
    }
}
