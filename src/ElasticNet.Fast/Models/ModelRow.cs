using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast;

/// <summary>
/// One row to be predicted, its values given by the names of the model's inputs: from JSON, a dictionary, a form. Make it once
/// (<see cref="ElasticNetModel.CreateRow"/>), set values and predict as often as wanted: neither allocates, but for the parts of a date and for levels that the model does not know. It belongs to
/// one call at a time; the model is not owned. What is not given is missing, and means to the model what it means in a table.
/// </summary>
public sealed class ModelRow
{
    private readonly IReadOnlyList<InputColumn> _inputs;
    private readonly Dictionary<string, int> _slots;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly double[] _values;
    private readonly string[] _sources; // of dates: what they are called where the parts come from
    private readonly DateTime?[] _dates; // as they were given
    private readonly int[] _sourceOf; // of each input; −1 for none
    private string?[]? _unknown; // levels that the model does not know

    internal ModelRow(ElasticNetModel model, IReadOnlyList<InputColumn> inputs)
    {
        (Model, _inputs) = (model, inputs);
        _slots = new(inputs.Count, StringComparer.Ordinal);
        for (int slot = 0; slot < inputs.Count; slot++)
        {
            if (!_slots.TryAdd(inputs[slot].Name, slot))
                Throw.Data("model", Throw.Invariant($"'model' must have inputs of different names, but inputs {_slots[inputs[slot].Name]} and {slot} of {inputs.Count} are both '{inputs[slot].Name}'."));
        }

        _bySpan = _slots.GetAlternateLookup<ReadOnlySpan<char>>();
        _values = new double[inputs.Count];
        _sources = [.. (model.TextFormat?.Columns ?? []).Where(column => column.Part != TextPart.Number).Select(column => column.Source).Distinct()];
        _dates = new DateTime?[_sources.Length];
        _sourceOf = new int[inputs.Count];
        Array.Fill(_sourceOf, -1);
        foreach (TextColumn column in model.TextFormat?.Columns ?? [])
        {
            if (column.Part != TextPart.Number && _slots.TryGetValue(column.Name, out int slot))
                _sourceOf[slot] = Array.IndexOf(_sources, column.Source);
        }

        Clear();
    }

    /// <summary>The model that the row is for.</summary>
    public ElasticNetModel Model { get; }

    /// <summary>The names that values are given by, in the order of <see cref="Values"/>.</summary>
    public IEnumerable<string> Names => _inputs.Select(input => input.Name);

    /// <summary>The row as the model takes it: numbers, codes of levels, NaN for missing. Goes wherever a row goes.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>
    /// The value of one input, read as it was set. A level that the model does not know is an unknown level; a number given to a category is the level that is written
    /// so. A date goes into all columns that were made of it, and is read by the name of their source.
    /// </summary>
    /// <param name="name">The name of the input, or of the column of dates that inputs are parts of.</param>
    /// <exception cref="ArgumentException">The model has no such input (the message has the nearest name), or it is a number and is given text.</exception>
    public RowValue this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            int source = SourceOf(name);
            if (source >= 0 && (_dates[source] is not null || !_slots.ContainsKey(name)))
                return _dates[source];
            int slot = Slot(name);
            double value = _values[slot];
            if (_inputs[slot].Kind == InputKind.Number)
                return value;
            return value == InputColumn.UnknownLevel ? _unknown?[slot] : double.IsNaN(value) ? value : _inputs[slot].Levels[(int)value];
        }

        set
        {
            ArgumentNullException.ThrowIfNull(name);
            Set(name, value);
        }
    }

    /// <inheritdoc cref="this[string]"/>
    public RowValue this[ReadOnlySpan<char> name]
    {
        set => Set(name, value);
    }

    /// <summary>Everything is missing again.</summary>
    public void Clear()
    {
        _values.AsSpan().Fill(double.NaN);
        _dates.AsSpan().Clear();
    }

    /// <summary>Sets what a dictionary holds; what it does not hold is missing.</summary>
    /// <param name="values">Names with numbers, truth values, text, dates, elements of JSON, or null for missing.</param>
    /// <exception cref="ArgumentException">A name is unknown, or a value is of another kind than the input.</exception>
    public void Fill(IEnumerable<KeyValuePair<string, object?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Clear();
        foreach ((string name, object? value) in values)
        {
            if (value is JsonElement json)
                Set(name, json);
            else if (RowValue.TryOf(value, out RowValue known))
                this[name] = known;
            else
                Throw.Data(name, $"'{name}' must be {RowValue.Accepted}, but is of the type {value!.GetType().Name}.");
        }
    }

    /// <summary>Sets what an object of JSON holds; what it does not hold is missing, as is null.</summary>
    /// <param name="json">An object of numbers, truth values, strings (levels, or dates as 2024-03-01 for a column of dates) and nulls.</param>
    /// <exception cref="ArgumentException">It is no object, a name is unknown, or a value is of another kind than the input.</exception>
    public void Fill(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            Throw.Data(nameof(json), $"'{nameof(json)}' must be an object with a value for each name, but is of the kind {json.ValueKind}.");
        Clear();
        foreach (JsonProperty property in json.EnumerateObject())
            Set(property.Name, property.Value);
    }

    /// <summary>Predicts the row.</summary>
    /// <exception cref="ArgumentException">A value is missing that the model needs and nothing fills; or the model was fitted with an offset and needs one.</exception>
    public double Predict() => Known(Model.Predict(_values));

    /// <summary>Predicts the row by a model fitted with an offset.</summary>
    /// <param name="offset">The known part of the row's linear predictor.</param>
    /// <exception cref="ArgumentException">A value is missing that the model needs and nothing fills; or the model was fitted without an offset.</exception>
    public double Predict(double offset) => Known(Model.Predict(_values, offset));

    /// <summary>Predicts every output of the row: the probabilities of the classes, the responses.</summary>
    /// <param name="predictions">Filled with one prediction for each output of the model; exactly <see cref="ElasticNetModel.Outputs"/> long.</param>
    /// <param name="offset">The known part of each output's linear predictor for a model fitted with offsets, empty for a model fitted without.</param>
    /// <exception cref="ArgumentException">A value is missing that the model needs and nothing fills; a length does not agree; or an offset is missing or given to a model fitted without.</exception>
    public void Predict(Span<double> predictions, ReadOnlySpan<double> offset = default)
    {
        Model.Predict(_values, predictions, offset);
        foreach (double prediction in predictions)
            Known(prediction);
    }

    /// <summary>The class of the row: of two the event from the threshold on, of several the most probable.</summary>
    /// <param name="threshold">From which probability on the event is called, in [0, 1]; not for several classes.</param>
    /// <returns>One of <see cref="ElasticNetModel.Classes"/>.</returns>
    /// <exception cref="ArgumentException">A value is missing that the model needs and nothing fills, or the model was fitted with an offset.</exception>
    /// <exception cref="NotSupportedException">The family has no classes.</exception>
    public string PredictClass(double threshold = 0.5)
    {
        if (Lacks())
            Known(double.NaN);
        return Model.PredictClass(_values, threshold);
    }

    /// <summary>The values by name, culture-invariant; what is missing is not among them.</summary>
    public override string ToString() => string.Join(", ", Names.Where(name => !this[name].IsMissing).Select(name => $"{name} = {this[name].ToString()}"));

    private void Set(string name, JsonElement value)
    {
        // As the clock shows it where it was written: a DateTime would be that of this machine.
        if (value.ValueKind == JsonValueKind.String && SourceOf(name) >= 0 && value.TryGetDateTimeOffset(out DateTimeOffset date))
            this[name] = date.DateTime;
        else if (RowValue.TryOf(value, out RowValue known))
            this[name] = known;
        else
            Throw.Data(name, $"'{name}' must be a number, truth value, string or null, but is of the kind {value.ValueKind}.");
    }

    private void Set(ReadOnlySpan<char> name, RowValue value)
    {
        if (value.Kind is RowValueKind.Date or RowValueKind.Missing && SetParts(name, value))
            return;
        int slot = Slot(name);
        InputColumn input = _inputs[slot];
        // A date of which a part is set apart is no longer what was given.
        if (_sourceOf[slot] >= 0)
            _dates[_sourceOf[slot]] = null;
        if (input.Kind == InputKind.Category)
            _values[slot] = Code(slot, value);
        else if (value.Kind == RowValueKind.Text)
            Throw.Data(input.Name, $"'{input.Name}' must be a number for this model, but is the text '{value.Text}'.");
        else
            _values[slot] = value.Number;
    }

    // A column of dates may have become several.
    private bool SetParts(ReadOnlySpan<char> name, RowValue value)
    {
        bool any = false;
        if (Model.TextFormat is not { } format)
            return false;
        for (int k = 0; k < format.Columns.Count; k++)
        {
            TextColumn column = format.Columns[k];
            if (column.Part == TextPart.Number || !name.SequenceEqual(column.Source) || !_slots.TryGetValue(column.Name, out int slot))
                continue;
            _values[slot] = value.IsMissing ? double.NaN
                : _inputs[slot].Kind == InputKind.Category ? Code(slot, DateParts.Level(value.Number, column.Part))
                : DateParts.Of(value.Number, column.Part);
            any = true;
        }

        if (any)
            _dates[SourceOf(name)] = value.Date;
        return any;
    }

    private double Code(int slot, RowValue value)
    {
        double code = Code(_inputs[slot], value);
        if (code == InputColumn.UnknownLevel)
        {
            // Kept to be read again; the same as before takes no memory.
            ref string? kept = ref (_unknown ??= new string?[_inputs.Count])[slot];
            kept = value.Kind switch
            {
                RowValueKind.Truth => value.Number == 1 ? "true" : "false",
                RowValueKind.Text when kept is not null && value.Text.SequenceEqual(kept) => kept,
                _ => value.ToString(),
            };
        }

        return code;
    }

    private static double Code(InputColumn input, RowValue value)
    {
        Span<char> written = stackalloc char[32];
        switch (value.Kind)
        {
            case RowValueKind.Missing:
                return double.NaN;
            case RowValueKind.Text:
                return input.CodeOf(value.Text);
            case RowValueKind.Truth:
                // As CSV files, .NET and R write them.
                bool truth = value.Number == 1;
                double code = input.CodeOf(truth ? "true" : "false");
                if (code == InputColumn.UnknownLevel)
                    code = input.CodeOf(truth ? "True" : "False");
                return code == InputColumn.UnknownLevel ? input.CodeOf(truth ? "TRUE" : "FALSE") : code;
            case RowValueKind.Number when value.Number.TryFormat(written, out int length, default, CultureInfo.InvariantCulture):
                return input.CodeOf(written[..length]);
            default:
                Throw.Data(input.Name, $"'{input.Name}' must be a level for this model, but is a date; give the text that the level is.");
                return InputColumn.UnknownLevel;
        }
    }

    private int SourceOf(ReadOnlySpan<char> name)
    {
        for (int source = 0; source < _sources.Length; source++)
        {
            if (name.SequenceEqual(_sources[source]))
                return source;
        }

        return -1;
    }

    private int Slot(ReadOnlySpan<char> name)
    {
        if (!_bySpan.TryGetValue(name, out int slot))
            Throw.Data(nameof(name), Throw.Invariant($"'{nameof(name)}' ({name.ToString()}) must be one of the {_inputs.Count} inputs of the model{NearestName.Hint(name.ToString(), Names)}."));
        return slot;
    }

    private bool Lacks()
    {
        foreach (int input in Model.UsedInputs)
        {
            if (Model.Preparation?.Leaves(input, _values[input]) ?? double.IsNaN(_values[input]))
                return true;
        }

        return false;
    }

    private double Known(double prediction)
    {
        if (!double.IsNaN(prediction))
            return prediction;
        List<string> lacking = [], unknown = [];
        foreach (int input in Model.UsedInputs)
        {
            if (Model.Preparation?.Leaves(input, _values[input]) ?? double.IsNaN(_values[input]))
                (double.IsNaN(_values[input]) ? lacking : unknown).Add($"'{_inputs[input].Name}'");
        }

        Throw.Data("row", lacking.Count > 0
            ? $"'row' must have what the model needs and nothing fills, but lacks {string.Join(", ", lacking)}."
            : Array.FindIndex(_values, double.IsInfinity) is var at and >= 0 ? Throw.Invariant($"'{_inputs[at].Name}' ({_values[at]}) must be finite.")
            : $"'row' must have levels that the model knows, as it was told to refuse others{(unknown.Count > 0 ? $", but has another of {string.Join(", ", unknown)}" : "")}.");
        return prediction;
    }
}
