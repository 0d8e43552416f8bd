namespace ElasticNet.Fast;

/// <summary>
/// A table as the user has it, in memory: named columns of numbers and categories, with gaps. Immutable, as long as the
/// memory it was given is left alone.
/// </summary>
public sealed partial class FeatureTable
{
    private const int MostShown = 10;

    /// <summary>Wraps columns that lie one after another.</summary>
    /// <param name="columns">What the columns are.</param>
    /// <param name="values">Column-major, rows × columns; codes for categories, NaN for missing. Not copied.</param>
    /// <param name="rows">Number of rows.</param>
    /// <exception cref="ArgumentException">The number of values is not rows × columns.</exception>
    public FeatureTable(IReadOnlyList<InputColumn> columns, ReadOnlyMemory<double> values, int rows)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        if (values.Length != (long)rows * columns.Count)
            Throw.Length(nameof(values), values.Length, Throw.Invariant($"be {rows} rows × {columns.Count} columns"));
        Columns = [.. columns];
        Values = values;
        Rows = rows;
    }

    /// <summary>What the columns are.</summary>
    public ListOf<InputColumn> Columns { get; }

    /// <summary>How text became the values, kept in a model that is fitted to them; null where they were no text.</summary>
    public TextFormat? Format { get; init; }

    /// <summary>The values, column by column.</summary>
    public ReadOnlyMemory<double> Values { get; }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>The values as a table.</summary>
    public MatrixView<double> View => MatrixView.ColumnMajor(Values.Span, Rows, Columns.Count);

    /// <summary>Its size and the first columns, on one line, culture-invariant.</summary>
    public override string ToString() => Throw.Invariant(
        $"{Rows} rows × {Columns.Count} columns{(Columns.Count == 0 ? "" : ": ")}{string.Join(", ", Columns.Take(MostShown))}{(Columns.Count > MostShown ? ", …" : "")}");

    /// <summary>The values of one column.</summary>
    public ReadOnlySpan<double> Column(int column) => Values.Span.Slice(checked(column * Rows), Rows);
}
