namespace ElasticNet.Fast.Data;

/// <summary>One column of values of any type as they come, row by row: the first that is not missing says what the column is, and the others must agree.</summary>
internal sealed class ValueCollector(string name)
{
    private readonly List<double> _values = [];
    private LevelCollector? _levels;
    private bool _isNumber, _isDate;
    private string? _first;

    /// <summary>The name of the column.</summary>
    public string Name => name;

    /// <summary>Whether the values are days.</summary>
    public bool IsDate => _isDate;

    /// <summary>Takes the value of the next row.</summary>
    /// <param name="value">Null and <see cref="DBNull"/> are missing, as are NaN and blank text.</param>
    /// <exception cref="ArgumentException">It is no number, truth value, date or text, or of another kind than those before.</exception>
    public void Add(object? value)
    {
        if (!RowValue.TryOf(value, out RowValue known))
            Refuse($"of the type {value!.GetType().Name} and not {RowValue.Accepted}; leave the column out");
        if (known.Kind == RowValueKind.Text)
            Add(known.Text);
        else if (known.Date is { } date)
            AddDate(date);
        else
            Add(known.Number);
    }

    /// <summary>Takes a number.</summary>
    public void Add(double value)
    {
        if (!double.IsNaN(value) && !_isNumber)
        {
            Demand(_levels is null && !_isDate, "a number");
            (_isNumber, _first) = (true, "numbers");
        }

        _values.Add(value);
    }

    /// <summary>Takes text.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty)
        {
            _values.Add(double.NaN);
            return;
        }

        if (_levels is null)
        {
            Demand(!_isNumber && !_isDate, $"the text '{(text.Length > 40 ? text[..40] : text)}'");
            (_levels, _first) = (new(), "text");
        }

        _values.Add(_levels.CodeOf(text));
    }

    /// <summary>Writes the values, with their final codes.</summary>
    /// <returns>What the column is.</returns>
    public InputColumn Finish(Span<double> values)
    {
        _values.CopyTo(values);
        return _levels?.Finish(name, values) ?? InputColumn.Number(name);
    }

    private void AddDate(DateTime date)
    {
        if (!_isDate)
        {
            Demand(_levels is null && !_isNumber, "a date");
            (_isDate, _first) = (true, "dates");
        }

        _values.Add(DateParts.Days(date));
    }

    private void Demand(bool agrees, string what)
    {
        if (!agrees)
            Refuse($"{what}, but holds {_first} before");
    }

    private void Refuse(string what) => Throw.Data("reader", Throw.Invariant($"'reader' must have columns of one kind, but '{name}' has a value in row {_values.Count} (counted from 0) that is {what}."));
}
