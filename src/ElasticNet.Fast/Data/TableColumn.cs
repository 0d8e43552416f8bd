using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// A named column of an array, for <see cref="FeatureTable.FromColumns"/>; a pair of name and array converts by itself:
/// <c>("area", areas)</c>. Numbers and truth values (0 and 1) are numbers, text is a category, dates are days since 1970-01-01.
/// Missing are null, NaN and blank text. Immutable, as long as the array is left alone.
/// </summary>
public sealed class TableColumn
{
    private TableColumn(string name, ReadOnlyMemory<double> values, bool isDate = false)
        : this(Column(name), values) => IsDate = isDate;

    private TableColumn(InputColumn column, ReadOnlyMemory<double> values) => (Input, Values) = (column, values);

    /// <summary>Name and kind.</summary>
    public InputColumn Input { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Values.Length;

    /// <summary>Numbers or codes, NaN for missing.</summary>
    internal ReadOnlyMemory<double> Values { get; }

    /// <summary>Whether the numbers are days.</summary>
    internal bool IsDate { get; }

    /// <summary>Name and kind.</summary>
    public override string ToString() => Input.ToString();

    /// <summary>Numbers; NaN is missing.</summary>
    /// <param name="column">Name and values, one for each row.</param>
    public static implicit operator TableColumn((string Name, double[] Values) column)
    {
        ArgumentNullException.ThrowIfNull(column.Values, nameof(column));
        return new(column.Name, column.Values);
    }

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, double[]})"/>
    public static implicit operator TableColumn((string Name, float[] Values) column) => Of(column.Name, column.Values, value => value);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, double[]})"/>
    public static implicit operator TableColumn((string Name, int[] Values) column) => Of(column.Name, column.Values, value => value);

    /// <summary>Truth values: 1 for true, 0 for false.</summary>
    /// <param name="column">Name and values, one for each row.</param>
    public static implicit operator TableColumn((string Name, bool[] Values) column) => Of(column.Name, column.Values, value => value ? 1 : 0);

    /// <summary>Numbers; null and NaN are missing.</summary>
    /// <param name="column">Name and values, one for each row.</param>
    public static implicit operator TableColumn((string Name, double?[] Values) column) => Of(column.Name, column.Values, value => value ?? double.NaN);

    /// <inheritdoc cref="op_Implicit(ValueTuple{string, double?[]})"/>
    public static implicit operator TableColumn((string Name, int?[] Values) column) => Of(column.Name, column.Values, value => value ?? double.NaN);

    /// <summary>Truth values: 1 for true, 0 for false; null is missing.</summary>
    /// <param name="column">Name and values, one for each row.</param>
    public static implicit operator TableColumn((string Name, bool?[] Values) column) => Of(column.Name, column.Values, value => value is { } known ? (known ? 1 : 0) : double.NaN);

    /// <summary>Dates, read as days since 1970-01-01 with the time of day as a fraction, as columns of dates in a CSV are.</summary>
    /// <param name="column">Name and values, one for each row.</param>
    public static implicit operator TableColumn((string Name, DateTime[] Values) column) => Of(column.Name, column.Values, DateParts.Days, isDate: true);

    /// <summary>Dates, read as days since 1970-01-01; null is missing.</summary>
    /// <param name="column">Name and values, one for each row.</param>
    public static implicit operator TableColumn((string Name, DateTime?[] Values) column) =>
        Of(column.Name, column.Values, value => value is { } date ? DateParts.Days(date) : double.NaN, isDate: true);

    /// <summary>A category: each different text, without blanks around it, is a level, in ordinal order. Null and blank text are missing.</summary>
    /// <param name="column">Name and values, one for each row.</param>
    public static implicit operator TableColumn((string Name, string?[] Values) column)
    {
        ArgumentNullException.ThrowIfNull(column.Values, nameof(column));
        LevelCollector levels = new();
        double[] codes = Array.ConvertAll(column.Values, text => string.IsNullOrWhiteSpace(text) ? double.NaN : levels.CodeOf(text.AsSpan().Trim()));
        ArgumentNullException.ThrowIfNull(column.Name, nameof(column));
        return new(levels.Finish(column.Name, codes), codes);
    }

    private static TableColumn Of<T>(string name, T[] values, Converter<T, double> convert, bool isDate = false)
    {
        ArgumentNullException.ThrowIfNull(values, "column");
        return new(name, Array.ConvertAll(values, convert), isDate);
    }

    private static InputColumn Column(string name)
    {
        ArgumentNullException.ThrowIfNull(name, "column");
        return InputColumn.Number(name);
    }
}
