using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// A value of a <see cref="ModelRow"/>. Converts by itself from numbers, truth values, text and dates; those that are null are missing, as is <see langword="default"/>.
/// </summary>
public readonly ref struct RowValue
{
    /// <summary>What the types are of which values are taken, for a message.</summary>
    internal const string Accepted = "a number, truth value, text or date";

    private readonly double _number;
    private readonly DateTime _date;

    private RowValue(RowValueKind kind, double number, ReadOnlySpan<char> text = default, DateTime date = default)
    {
        (Kind, _number, _date) = (kind, number, date);
        Text = text;
    }

    /// <summary>Whether there is none: no value, NaN or blank text.</summary>
    public bool IsMissing => Kind == RowValueKind.Missing;

    /// <summary>The number; of a truth value 1 or 0, of a date the days since 1970-01-01; NaN for text and where it is missing.</summary>
    public double Number => Kind == RowValueKind.Missing ? double.NaN : _number;

    /// <summary>The text, without blanks around it; empty for anything else.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>The date with its time of day; null for anything else.</summary>
    public DateTime? Date => Kind == RowValueKind.Date ? _date : null;

    internal RowValueKind Kind { get; }

    /// <summary>The text, the date or the number, culture-invariant; empty where it is missing.</summary>
    public override string ToString() => Kind switch
    {
        RowValueKind.Missing => "",
        RowValueKind.Text => Text.ToString(),
        RowValueKind.Date => DateParts.Text(Number),
        _ => Throw.Invariant($"{Number}"),
    };

    /// <summary>A value of any type that rows come in: from databases, dictionaries, JSON. <see cref="DBNull"/> is missing; a date with an offset is what the clock showed where it was written.</summary>
    /// <param name="given">The value.</param>
    /// <param name="value">The same.</param>
    /// <returns>Whether it is of such a type.</returns>
    internal static bool TryOf(object? given, out RowValue value)
    {
        switch (given)
        {
            case null or DBNull:
                value = default;
                break;
            case string text:
                value = text;
                break;
            case char letter:
                value = letter.ToString();
                break;
            case bool truth:
                value = truth;
                break;
            case DateTime date:
                value = date;
                break;
            case DateTimeOffset date:
                value = date.DateTime;
                break;
            case DateOnly date:
                value = date.ToDateTime(TimeOnly.MinValue);
                break;
            case Half number:
                value = (double)number;
                break;
            case double or float or decimal or sbyte or byte or short or ushort or int or uint or long or ulong:
                value = Convert.ToDouble(given, CultureInfo.InvariantCulture);
                break;
            case JsonElement json:
                return TryOf(json, out value);
            default:
                value = default;
                return false;
        }

        return true;
    }

    private static bool TryOf(JsonElement json, out RowValue value)
    {
        value = json.ValueKind switch
        {
            JsonValueKind.Number => json.GetDouble(),
            JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
            JsonValueKind.String => json.GetString(),
            _ => default,
        };
        return json.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object);
    }

    /// <summary>A number; null and NaN are missing.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator RowValue(double? number) => number is { } known && !double.IsNaN(known) ? new(RowValueKind.Number, known) : new(RowValueKind.Missing, double.NaN);

    /// <summary>A whole number.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator RowValue(int number) => new(RowValueKind.Number, number);

    /// <summary>A whole number, rounded to double.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator RowValue(long number) => new(RowValueKind.Number, number);

    /// <summary>A number, rounded to double.</summary>
    /// <param name="number">The number.</param>
    public static implicit operator RowValue(decimal number) => new(RowValueKind.Number, (double)number);

    /// <summary>A truth value: to a number 1 or 0, to a category the level "true" or "false", however it writes them; null is missing.</summary>
    /// <param name="truth">The truth value.</param>
    public static implicit operator RowValue(bool? truth) => truth is { } known ? new(RowValueKind.Truth, known ? 1 : 0) : new(RowValueKind.Missing, double.NaN);

    /// <summary>A level; null and blank text are missing.</summary>
    /// <param name="text">The level, compared ordinally, without blanks around it.</param>
    public static implicit operator RowValue(string? text) => text.AsSpan();

    /// <inheritdoc cref="op_Implicit(string?)"/>
    public static implicit operator RowValue(ReadOnlySpan<char> text) =>
        text.Trim() is { IsEmpty: false } trimmed ? new(RowValueKind.Text, double.NaN, trimmed) : new(RowValueKind.Missing, double.NaN);

    /// <summary>A date: days since 1970-01-01, or the parts that the model was fitted to; null is missing.</summary>
    /// <param name="date">The date, with its time of day.</param>
    public static implicit operator RowValue(DateTime? date) => date is { } known ? new(RowValueKind.Date, DateParts.Days(known), default, known) : new(RowValueKind.Missing, double.NaN);
}
