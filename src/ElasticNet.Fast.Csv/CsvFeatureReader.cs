using System.Globalization;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Csv;

/// <summary>
/// Reads rows for a model one at a time, in constant memory. Columns are matched by name to the columns that the model
/// was fitted from, or by position for a model without names. Only what the model uses is read; other columns may be
/// absent, hold text, or hold nothing.
/// </summary>
/// <remarks>
/// For a model with a <see cref="ElasticNetModel.Preparation"/> a missing cell is NaN, and a category its code, as the
/// model's own prediction takes them. For one without, every cell that it uses must be a finite number.
/// </remarks>
public sealed class CsvFeatureReader : IDisposable
{
    private const int None = -1;

    private readonly RowSource _records;
    private readonly CellFormat _format;
    private readonly TextColumn?[] _ways;
    private readonly Preparation? _preparation;
    private readonly double[] _row;
    private readonly int[] _used;
    private readonly int[] _fields;
    private readonly int[] _offset;
    private readonly double[] _offsets;
    private readonly bool _isExposure;
    private readonly int _target;
    private readonly int _stratum;

    /// <summary>Reads the header and matches it to the model. Closes the text at the end.</summary>
    /// <param name="text">The CSV.</param>
    /// <param name="model">The model that the rows are for.</param>
    /// <param name="options">How to read them; null means the defaults.</param>
    /// <exception cref="CsvDataException">The CSV is empty or malformed, or lacks a column that the model needs.</exception>
    public CsvFeatureReader(TextReader text, ElasticNetModel model, CsvRowOptions? options = null)
        : this(text, model, options, isJson: false, kept: [])
    {
    }

    /// <summary>The same, perhaps for rows that are objects.</summary>
    /// <param name="text">The rows.</param>
    /// <param name="model">The model that they are for.</param>
    /// <param name="options">How to read them; null means the defaults.</param>
    /// <param name="isJson">Whether a row is a JSON object on a line of its own.</param>
    /// <param name="kept">What of an object is wanted besides.</param>
    internal CsvFeatureReader(TextReader text, ElasticNetModel model, CsvRowOptions? options, bool isJson, IReadOnlyCollection<string> kept)
        : this(model, options, isJson, (needed, format) => isJson ? Objects(text, needed!, kept) : CsvRecords.Open(text, options?.Delimiter, format.DecimalSeparator))
    {
    }

    /// <summary>The same for rows of any source, which is closed at the end.</summary>
    /// <param name="records">The rows.</param>
    /// <param name="model">The model that they are for.</param>
    /// <param name="options">How to read them; null means the defaults.</param>
    internal CsvFeatureReader(RowSource records, ElasticNetModel model, CsvRowOptions? options)
        : this(model, options, isJson: false, (_, _) => records)
    {
    }

    // Which fields an object is asked for is known before there are any.
    private CsvFeatureReader(ElasticNetModel model, CsvRowOptions? options, bool isJson, Func<string[]?, TextFormat, RowSource> open)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= CsvRowOptions.Default;
        if (options.OffsetColumn is not null && options.ExposureColumn is not null)
            throw new ArgumentException($"'{nameof(options)}' must not name both an offset ({options.OffsetColumn}) and an exposure ({options.ExposureColumn}).", nameof(options));
        string? single = options.OffsetColumn ?? options.ExposureColumn;
        if (single is not null && !options.OffsetColumns.IsEmpty)
            throw new ArgumentException($"'{nameof(options)}' must not name both one offset ({single}) and one for each output ({string.Join(", ", options.OffsetColumns)}).", nameof(options));
        string[] known = single is null ? [.. options.OffsetColumns] : [single];
        _isExposure = options.ExposureColumn is not null;
        CheckOffset(model, known);
        _preparation = model.Preparation;
        TextFormat format = FormatOf(model, options);
        _format = new CellFormat(format, readsDates: true);
        DecimalSeparator = format.DecimalSeparator;
        _used = model.UsedInputs.ToArray();
        IReadOnlyList<string>? names = _preparation is null ? model.FeatureNames : [.. _preparation.Inputs.Select(input => input.Name)];
        Dictionary<string, TextColumn> ways = format.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        _ways = names is null ? new TextColumn?[_used.Length] : Array.ConvertAll(_used, k => ways.GetValueOrDefault(names[k]));
        string[]? needed = names is not null ? [.. _used.Select((k, at) => _ways[at]?.Source ?? names[k])]
            : isJson ? Array.ConvertAll(_used, k => string.Create(CultureInfo.InvariantCulture, $"x{k + 1}"))
            : null;
        string[] apart = [.. known, .. new[] { options.TargetColumn, options.StratumColumn }.OfType<string>()];
        _records = open(isJson ? [.. needed!.Concat(apart).Distinct()] : null, format);
        _offset = Array.ConvertAll(known, name => FindOne(name, _isExposure ? "exposure" : "offset"));
        _offsets = new double[known.Length];
        _target = options.TargetColumn is { } target ? FindOne(target, "target") : None;
        _stratum = options.StratumColumn is { } stratum ? FindOne(stratum, "stratum") : None;
        _fields = needed is null ? MatchByPosition(model.FeatureCount) : isJson ? Array.ConvertAll(needed, name => FindOne(name, "model")) : MatchByName(needed);
        Tally = _preparation is null ? new() : new(_preparation, _used);
        // After the match: a damaged model that claims two billion unnamed features takes no memory for them.
        _row = new double[model.InputCount];
    }

    /// <summary>The current row, counted from 1 at the line after the header.</summary>
    public long RowNumber => _records.Row;

    /// <summary>The current row as the model takes it; 0 in what the model does not use. Overwritten by the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<double> Row => _row;

    /// <summary>The offset of the current row; 0 for a model without.</summary>
    public double Offset => _offsets.Length == 0 ? 0 : _offsets[0];

    /// <summary>The offsets of the current row, one for each output; empty for a model without. Overwritten by the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<double> Offsets => _offsets;

    /// <summary>The target of the current row; NaN where it is missing, or where no column was named.</summary>
    public double Target { get; private set; } = double.NaN;

    /// <summary>What was decided about the form of the table that somebody may want to know, a sentence each without full stop: lines before the header, blanks in it.</summary>
    public IReadOnlyList<string> Notes => _records.Notes;

    /// <summary>What was missing or unknown in the rows so far, and what became of it; nothing for a model without a <see cref="ElasticNetModel.Preparation"/>.</summary>
    public InputTally Tally { get; }

    /// <summary>Whether rows are in strata.</summary>
    internal bool HasStrata => _stratum != None;

    /// <summary>The place of the current row's stratum in a baseline; 0 where no column was named and there is but one.</summary>
    /// <exception cref="CsvDataException">There is no such stratum.</exception>
    internal int StratumIn(BaselineHazard baseline)
    {
        if (_stratum == None)
            return 0;
        ReadOnlySpan<char> cell = _records[_stratum].Trim();
        int place = baseline.IndexOf(cell);
        return place >= 0 ? place : throw Fault(_stratum, $"'{CellFault.Quote(cell)}' is a stratum that the model does not know");
    }

    /// <summary>The rows as they are written.</summary>
    internal RowSource Source => _records;

    /// <summary>What stands before the fraction of a number in the rows.</summary>
    internal char DecimalSeparator { get; }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="CsvDataException">The row is malformed, or a cell that the model uses is not what it must be.</exception>
    public bool Read()
    {
        if (!_records.Read())
            return false;
        for (int k = 0; k < _fields.Length; k++)
            _row[_used[k]] = Value(_fields[k], _preparation?.Inputs[_used[k]], _ways[k], _used[k]);
        if (_preparation is not null)
            Tally.Add(_row);
        for (int k = 0; k < _offsets.Length; k++)
            _offsets[k] = _isExposure ? LogExposure() : Value(_offset[k], input: null, way: null, used: None);
        if (_target != None)
            Target = _format.Missing.Contains(_records[_target]) ? double.NaN : Value(_target, input: null, way: null, used: None);
        return true;
    }

    /// <summary>Why the current row predicts NaN, if the model's preparation is the reason.</summary>
    internal CsvDataException? ExplainUnpredictable()
    {
        if (_preparation is null)
            return null;
        for (int k = 0; k < _used.Length; k++)
        {
            double value = _row[_used[k]];
            if (_preparation.Leaves(_used[k], value))
            {
                return Fault(_fields[k], value == InputColumn.UnknownLevel
                    ? $"'{CellFault.Quote(_records[_fields[k]].Trim())}' is a level that the model does not know"
                    : "the value is missing, and the model has nothing to put in its place");
            }
        }
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _records.Dispose();

    private double LogExposure()
    {
        double exposure = Value(_offset[0], input: null, way: null, used: None);
        return exposure > 0 ? Math.Log(exposure) : throw Fault(_offset[0], $"the exposure '{CellFault.Quote(_records[_offset[0]].Trim())}' must be above 0");
    }

    private double Value(int field, InputColumn? input, TextColumn? way, int used)
    {
        ReadOnlySpan<char> cell = _records[field];
        if (way is not null && way.Part != TextPart.Number)
            return Date(field, cell, input, way.Part);
        if (input?.Kind == InputKind.Category)
            return Level(cell.Trim(), input, used);
        char sign = '\0';
        bool isNumber = _records.IsNumber(field, out double value) || _format.TryParse(cell, out value, out sign);
        if (isNumber && !_format.Missing.ContainsNumber(cell))
        {
            string wanted = way?.Sign ?? "";
            bool isSame = sign == '\0' ? wanted.Length == 0 : wanted.Length == 1 && wanted[0] == sign;
            return isSame || used == None ? value : throw Fault(field, $"'{CellFault.Quote(cell.Trim())}' has {(sign == '\0' ? "no sign" : $"the sign {sign}")}, but the model was fitted to numbers with {(wanted.Length == 0 ? "none" : $"the sign {wanted}")}");
        }
        if (!_format.Missing.Contains(cell))
            throw Fault(field, CellFault.NoNumber(cell));
        return input is null ? throw Fault(field, CellFault.Missing(cell)) : double.NaN;
    }

    // A level of the model is that level, even where the same text means "missing" elsewhere.
    private double Level(ReadOnlySpan<char> cell, InputColumn input, int used)
    {
        double code = input.CodeOf(cell);
        if (code != InputColumn.UnknownLevel)
            return code;
        if (_format.Missing.Contains(cell))
            return double.NaN;
        Tally.Remember(used, cell);
        return code;
    }

    private double Date(int field, ReadOnlySpan<char> cell, InputColumn? input, TextPart part)
    {
        if (DateText.TryParse(cell, out double days))
            return input?.Kind == InputKind.Category ? input.CodeOf(DateParts.Level(days, part)) : DateParts.Of(days, part);
        if (!_format.Missing.Contains(cell))
            throw Fault(field, $"'{CellFault.Quote(cell.Trim())}' is not a date such as 2024-03-01");
        return input is null ? throw Fault(field, CellFault.Missing(cell)) : double.NaN;
    }

    private CsvDataException Fault(int field, string problem) => new(_records.Row, _records.Names[field], problem);

    private static void CheckOffset(ElasticNetModel model, string[] columns)
    {
        if (!model.Provenance.HasOffset)
        {
            if (columns.Length > 0)
                throw new CsvDataException($"the model was fitted without an offset; column '{columns[0]}' cannot be one");
            return;
        }

        if (model.OutputNames is { } outputs && columns.Length != outputs.Count)
        {
            throw new CsvDataException(string.Create(
                CultureInfo.InvariantCulture, $"the model was fitted with an offset for each of its {outputs.Count} outputs ({ClassLabels.Listed(outputs)}) and needs as many columns in their order; {columns.Length} {(columns.Length == 1 ? "is" : "are")} named"));
        }

        if (columns.Length == 0)
            throw new CsvDataException("the model was fitted with an offset and needs one to predict; name its column");
        if (columns.Length > model.Outputs)
            throw new CsvDataException(string.Create(CultureInfo.InvariantCulture, $"the model has one output and one offset, and {columns.Length} columns are named"));
    }

    private static TextFormat FormatOf(ElasticNetModel model, CsvRowOptions options)
    {
        TextFormat format = model.TextFormat ?? TextFormat.Default;
        return format with
        {
            MissingTokens = options.MissingTokens.IsEmpty ? format.MissingTokens : options.MissingTokens,
            DecimalSeparator = options.DecimalSeparator ?? format.DecimalSeparator,
            GroupSeparator = options.GroupSeparator ?? (options.DecimalSeparator is { } point && point != format.DecimalSeparator ? null : format.GroupSeparator),
        };
    }

    private int[] MatchByName(string[] needed)
    {
        // A header is read without the blanks around its names.
        string[] plain = Array.ConvertAll(needed, name => name.Trim());
        if (plain.Distinct().Count() != needed.Distinct().Count())
            throw new CsvDataException($"the model has columns whose names differ by blanks alone, which the header of a CSV does not tell apart: {ColumnList.Quote([.. needed.Where(name => name.Trim() != name)])}");
        Dictionary<string, int> found = Find(plain);
        string[] missing = [.. plain.Distinct().Where(name => !found.ContainsKey(name))];
        return missing.Length == 0
            ? [.. plain.Select(name => found[name])]
            : throw ColumnList.Lacks($"the model needs {(missing.Length == 1 ? "a column" : "columns")} that the CSV lacks: {ColumnList.Quote(missing)}", _records.Names);
    }

    private int[] MatchByPosition(int featureCount)
    {
        int[] apart = [.. _offset.Concat([_target, _stratum]).Where(field => field != None).Distinct().Order()];
        int columns = _records.Names.Count - apart.Length;
        if (columns != featureCount)
        {
            throw new CsvDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"the model has no feature names, so that columns are matched by position: it has {featureCount} features, the CSV {columns} columns{(apart.Length == 0 ? "" : _stratum != None ? " beside what else is named" : _target == None ? " beside the offset" : " beside offset and target")}"));
        }
        // The columns that are no features are skipped, the first of them first.
        return [.. _used.Select(feature => apart.Aggregate(feature, (field, skipped) => field >= skipped ? field + 1 : field))];
    }

    private static JsonRecords Objects(TextReader text, string[] cells, IReadOnlyCollection<string> kept) => new(text, cells, [.. kept.Distinct().Except(cells)]);

    /// <summary>Which field has a name.</summary>
    /// <exception cref="CsvDataException">None has, or two have.</exception>
    internal int FindOne(string name, string role) => Find([name]).TryGetValue(name, out int field)
        ? field
        : throw ColumnList.Lacks($"there is no column '{name}' for the {role}", _records.Names);

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
