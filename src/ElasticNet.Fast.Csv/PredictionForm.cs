using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ElasticNet.Fast.Csv;

/// <summary>What stands around a prediction: the one column of a CSV.</summary>
internal class PredictionForm
{
    /// <summary>What a prediction is called.</summary>
    public const string Name = "prediction";

    /// <summary>What the predictions of a row are called, where it has several; then in JSON they are an array.</summary>
    protected string[] Names { get; private init; } = [Name];

    /// <summary>Of several outputs what they are called; else null.</summary>
    protected IReadOnlyList<string>? OutputNames { get; private init; }

    /// <summary>What stands between two predictions of a row.</summary>
    public virtual char Separator => ',';

    /// <summary>What stands before the fraction of a prediction.</summary>
    public virtual char DecimalSeparator => '.';

    /// <summary>The form that was asked for.</summary>
    /// <exception cref="CsvDataException">A column that is kept is not there, or called like the prediction.</exception>
    public static PredictionForm Of(PredictionOptions options, CsvFeatureReader reader, ElasticNetModel model)
    {
        IReadOnlyList<string>? outputs = options.Type == PredictionType.Class ? null : model.OutputNames;
        string[] names = options.Type == PredictionType.Survival
            ? [.. options.Times.Select(time => string.Create(CultureInfo.InvariantCulture, $"{Name}_{time}"))]
            : NamesOf(outputs);
        return reader.Source switch
        {
            JsonRecords objects => new JsonPredictions(objects, options.KeepsAll, [.. options.Keep.Distinct()], reader) { Names = names, OutputNames = outputs },
            var records when options.KeepsAll || options.Keep.Count > 0 => new CsvPredictions(records, options.KeepsAll ? null : [.. options.Keep.Distinct()], reader, names),
            _ => new() { Names = names },
        };
    }

    /// <summary>Predictions alone.</summary>
    /// <param name="outputs">Of several outputs what they are called; else null.</param>
    public static PredictionForm Alone(IReadOnlyList<string>? outputs) => new() { Names = NamesOf(outputs) };

    /// <summary>A label as it is written.</summary>
    public virtual byte[] Label(string label) => Encoding.UTF8.GetBytes(CsvField.Quoted(label, ','));

    /// <summary>What comes before all rows.</summary>
    public virtual void Begin(PredictionLines lines) => lines.Add(string.Join(Separator, Names.Select(name => CsvField.Quoted(name, Separator)))).Add("\n"u8);

    /// <summary>What comes before a prediction.</summary>
    public virtual void BeginRow(PredictionLines lines)
    {
    }

    /// <summary>What comes before one of the predictions of a row.</summary>
    public virtual void BeginPrediction(PredictionLines lines, int place)
    {
        if (place > 0)
            lines.Add(Separator);
    }

    /// <summary>What comes after it.</summary>
    public virtual void EndRow(PredictionLines lines) => lines.Add("\n"u8);

    private static string[] NamesOf(IReadOnlyList<string>? outputs) => outputs is null ? [Name] : [.. outputs.Select(output => $"{Name}_{output}")];

    /// <summary>The prediction after columns of a CSV.</summary>
    private sealed class CsvPredictions : PredictionForm
    {
        private readonly RowSource _records;
        private readonly CsvRecords? _lines;
        private readonly char _delimiter;
        private readonly int[]? _fields;
        private readonly string[] _names;

        public CsvPredictions(RowSource records, string[]? kept, CsvFeatureReader reader, string[] names)
        {
            Names = names;
            // What is no text yet becomes that of an ordinary CSV.
            (_records, _lines) = (records, records as CsvRecords);
            (_delimiter, DecimalSeparator) = _lines is null ? (',', '.') : (_lines.Delimiter, reader.DecimalSeparator);
            if (DecimalSeparator == _delimiter)
                throw new CsvDataException($"fields are separated by '{DecimalSeparator}', which is the decimal sign of the predictions, too; write them alone, as JSON, or separate fields by another sign");
            _fields = kept is not null ? Array.ConvertAll(kept, name => reader.FindOne(name, "output")) : _lines is null ? [.. Enumerable.Range(0, records.Names.Count)] : null;
            _names = kept ?? [.. records.Names];
            if (Array.Find(names, _names.Contains) is { } twice)
            {
                throw new CsvDataException($"the {(_lines is null ? "table" : "CSV")} has a column '{twice}', and predictions would stand in another of that name; rename it, or name the columns to keep")
                {
                    Remedy = CsvRemedy.NameKept,
                };
            }
        }

        public override char DecimalSeparator { get; }

        public override char Separator => _delimiter;

        public override byte[] Label(string label) => Encoding.UTF8.GetBytes(CsvField.Quoted(label, _delimiter));

        public override void Begin(PredictionLines lines)
        {
            foreach (string name in _names)
                lines.Add(CsvField.Quoted(name, _delimiter)).Add(_delimiter);
            base.Begin(lines);
        }

        public override void BeginRow(PredictionLines lines)
        {
            if (_fields is null)
                lines.Add(_lines!.RawFields).Add(_delimiter);
            foreach (int field in _fields ?? [])
                lines.Add(CsvField.Quoted(_records[field], _delimiter)).Add(_delimiter);
        }
    }

    /// <summary>The prediction in an object, after properties of the row's.</summary>
    private sealed class JsonPredictions(JsonRecords objects, bool keepsAll, string[] kept, CsvFeatureReader reader) : PredictionForm
    {
        private readonly byte[][] _names = Array.ConvertAll(kept, name => Encoding.UTF8.GetBytes($"{Text(name)}:"));
        private readonly int[] _fields = Array.ConvertAll(kept, name => reader.FindOne(name, "output"));
        private byte[][]? _outputs;

        public override byte[] Label(string label) => Encoding.UTF8.GetBytes(Text(label));

        public override void Begin(PredictionLines lines)
        {
            if (kept.Contains(Name))
                throw new CsvDataException("'prediction' cannot be kept: predictions would stand in another property of that name");
        }

        public override void BeginRow(PredictionLines lines)
        {
            if (keepsAll)
            {
                if (objects.HasPrediction)
                    throw new CsvDataException(objects.Row, null, "has a 'prediction', and the prediction would stand in another of that name; rename it, or name the columns to keep") { Remedy = CsvRemedy.NameKept };
                lines.Add(objects.Line[..^1].TrimEnd()).Add(objects.IsEmpty ? [] : ",");
            }
            else
            {
                lines.Add("{");
                for (int k = 0; k < kept.Length; k++)
                    lines.Add(_names[k]).Add(objects.Raw(_fields[k])).Add(",");
            }

            lines.Add(OutputNames is not null ? "\"prediction\":{"u8 : IsList ? "\"prediction\":["u8 : "\"prediction\":"u8);
        }

        public override void BeginPrediction(PredictionLines lines, int place)
        {
            base.BeginPrediction(lines, place);
            if (OutputNames is not null)
                lines.Add((_outputs ??= [.. OutputNames.Select(output => Encoding.UTF8.GetBytes($"{Text(output)}:"))])[place]);
        }

        public override void EndRow(PredictionLines lines) => lines.Add(OutputNames is not null ? "}}\n"u8 : IsList ? "]}\n"u8 : "}\n"u8);

        // One of one time is a list, too.
        private bool IsList => Names[0] != Name;

        private static string Text(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
    }
}
