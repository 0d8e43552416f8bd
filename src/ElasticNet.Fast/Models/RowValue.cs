using ElasticNet.Fast.Models;

namespace ElasticNet.Fast;

/// <summary>
/// A value of a <see cref="ModelRow"/>. Converts by itself from numbers, truth values, text and dates; those that are null are missing, as is <see langword="default"/>.
/// </summary>
public readonly ref struct RowValue
{
    private readonly double _number;

    private RowValue(RowValueKind kind, double number, ReadOnlySpan<char> text = default, DateTime date = default)
    {
        (Kind, _number, Date) = (kind, number, date);
        Text = text;
    }

    /// <summary>Whether there is none: no value, NaN or blank text.</summary>
    public bool IsMissing => Kind == RowValueKind.Missing;

    /// <summary>The number; of a truth value 1 or 0, of a date the days since 1970-01-01; NaN for text and where it is missing.</summary>
    public double Number => Kind == RowValueKind.Missing ? double.NaN : _number;

    /// <summary>The text, without blanks around it; empty for anything else.</summary>
    public ReadOnlySpan<char> Text { get; }

    internal RowValueKind Kind { get; }

    internal DateTime Date { get; }

    /// <summary>The text or the number, culture-invariant; empty where it is missing.</summary>
    public override string ToString() => Kind switch
    {
        RowValueKind.Missing => "",
        RowValueKind.Text => Text.ToString(),
        _ => Throw.Invariant($"{Number}"),
    };

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
    public static implicit operator RowValue(DateTime? date) => date is { } known ? new(RowValueKind.Date, Data.DateParts.Days(known), default, known) : new(RowValueKind.Missing, double.NaN);
}
