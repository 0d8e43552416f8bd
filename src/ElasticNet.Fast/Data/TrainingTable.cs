using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// A table as it is learnt from: the features, and beside them what is to be predicted and other columns that are no features. Immutable.
/// </summary>
public sealed class TrainingTable
{
    private readonly InputColumn[] _columns;
    private readonly ReadOnlyMemory<double> _values;

    /// <summary>Features first, then the columns apart.</summary>
    internal TrainingTable(InputColumn[] columns, ReadOnlyMemory<double> values, int rows, int apart, TextFormat? format)
    {
        (_columns, _values) = (columns, values);
        int features = columns.Length - apart;
        Table = new(columns[..features], values[..(features * rows)], rows) { Format = format };
    }

    /// <summary>Number of rows.</summary>
    public int Rows => Table.Rows;

    /// <summary>The features: all columns that were neither set apart nor skipped.</summary>
    public FeatureTable Table { get; }

    /// <summary>What the columns are: those of <see cref="Table"/>, and after them those set apart.</summary>
    public ListOf<InputColumn> Columns => _columns;

    /// <summary>The name of the column that is to be predicted, or null.</summary>
    public string? TargetName { get; internal init; }

    /// <summary>How many rows were left out because they have no target; they teach nothing.</summary>
    public int RowsWithoutTarget { get; internal init; }

    /// <summary>What is to be predicted, by its name: numbers, or the labels of classes where it is text or truth values.</summary>
    /// <exception cref="InvalidOperationException">No target was named.</exception>
    /// <exception cref="ArgumentException">It is a category of fewer than two levels.</exception>
    public Target Target
    {
        get
        {
            string name = TargetName ?? throw new InvalidOperationException($"'{nameof(TargetName)}' must be known: name the target where the table is read, Read(path, target: \"price\").");
            if (_columns[Find(name)].Kind == InputKind.Number)
                return new(Column(name).Span) { Name = name };
            string?[] labels = Array.ConvertAll(Column(name).ToArray(), code => double.IsNaN(code) ? null : Levels(name)[(int)code]);
            return Fast.Target.Labels(labels) with { Name = name };
        }
    }

    /// <summary>The values of one column, feature or set apart: numbers, or codes of <see cref="Levels"/>; NaN where they are missing.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ReadOnlyMemory<double> Column(string name) => _values.Slice(Find(name) * Rows, Rows);

    /// <summary>The levels of a category, feature or set apart, in the order of their codes; empty for a column of numbers.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public IReadOnlyList<string> Levels(string name) => _columns[Find(name)].Levels;

    /// <summary>Its size, the first columns and the target, on one line, culture-invariant.</summary>
    public override string ToString() => Table + (TargetName is null ? "" : $"; target '{TargetName}'");

    /// <summary>All columns, one after another.</summary>
    internal ReadOnlyMemory<double> Values => _values;

    private int Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int at = Array.FindIndex(_columns, column => column.Name == name);
        if (at < 0)
            Throw.Data(nameof(name), Throw.Invariant($"'{nameof(name)}' ({name}) must be one of the {_columns.Length} columns{NearestName.Hint(name, _columns.Select(column => column.Name))}."));
        return at;
    }
}
