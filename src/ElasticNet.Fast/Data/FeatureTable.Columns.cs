using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <content>From columns, and to other columns.</content>
public sealed partial class FeatureTable
{
    /// <summary>A table of named columns, each an array of one value for each row: <c>FromColumns(("area", areas), ("district", districts))</c>. They are copied.</summary>
    /// <param name="columns">The columns; see <see cref="TableColumn"/> for what they may be.</param>
    /// <exception cref="ArgumentException">There is none, they differ in length, or two have the same name; or there are more values than one array holds.</exception>
    public static FeatureTable FromColumns(params ReadOnlySpan<TableColumn> columns)
    {
        if (columns.IsEmpty)
            Throw.Length(nameof(columns), 0, "hold at least one column");
        for (int j = 0; j < columns.Length; j++)
        {
            if (columns[j] is null)
                Throw.Data(nameof(columns), Throw.Invariant($"'{nameof(columns)}' must not be null, but column {j} (counted from 0) of {columns.Length} is."));
        }

        int rows = columns[0].Rows;
        DemandRoom(rows, columns.Length);
        double[] values = new double[rows * columns.Length];
        List<TextColumn> dates = [];
        InputColumn[] inputs = new InputColumn[columns.Length];
        for (int j = 0; j < inputs.Length; j++)
        {
            TableColumn column = columns[j];
            if (column.Rows != rows)
                Throw.Data(nameof(columns), Throw.Invariant($"'{nameof(columns)}' must be equally long, but '{columns[0].Input.Name}' has {rows} rows and '{column.Input.Name}' has {column.Rows}."));
            column.Values.Span.CopyTo(values.AsSpan(j * rows));
            inputs[j] = column.Input;
            if (column.IsDate)
                dates.Add(new(column.Input.Name, column.Input.Name, TextPart.Days));
        }

        DemandNames(nameof(columns), inputs);
        return new(inputs, values, rows) { Format = FormatOf(dates) };
    }

    /// <summary>What is to be predicted, by the name of its column: numbers, or the labels of classes where it is a category. The features are then <see cref="Without"/> it.</summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column, or it is a category of fewer than two levels.</exception>
    public Target Target(string name)
    {
        int at = Find(name);
        if (Columns[at].Kind == InputKind.Number)
            return new(Column(at)) { Name = name };
        IReadOnlyList<string> levels = Columns[at].Levels;
        string?[] labels = new string?[Rows];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = double.IsNaN(Column(at)[i]) ? null : levels[(int)Column(at)[i]];
        return Fast.Target.Labels(labels) with { Name = name };
    }

    /// <summary>The table without some columns: what is to be predicted, identifiers, what would not be known beforehand. The others are copied.</summary>
    /// <param name="names">The columns that are left out.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public FeatureTable Without(params ReadOnlySpan<string> names)
    {
        bool[] gone = new bool[Columns.Count];
        foreach (string name in names)
            gone[Find(name)] = true;
        int[] kept = [.. Enumerable.Range(0, gone.Length).Where(j => !gone[j])];
        double[] values = new double[kept.Length * Rows];
        for (int k = 0; k < kept.Length; k++)
            Column(kept[k]).CopyTo(values.AsSpan(k * Rows));
        return new([.. kept.Select(j => Columns[j])], values, Rows) { Format = Format };
    }

    /// <summary>The table without the rows that have no value in one column, the target for instance; the same table where all have one.</summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public FeatureTable WithoutRowsLacking(string name)
    {
        int at = Find(name);
        int[] kept = [.. Enumerable.Range(0, Rows).Where(i => !double.IsNaN(Column(at)[i]))];
        if (kept.Length == Rows)
            return this;
        double[] values = new double[kept.Length * Columns.Count];
        for (int j = 0; j < Columns.Count; j++)
        {
            ReadOnlySpan<double> column = Column(j);
            for (int k = 0; k < kept.Length; k++)
                values[j * kept.Length + k] = column[kept[k]];
        }

        return new(Columns, values, kept.Length) { Format = Format };
    }

    /// <summary>The table with some numbers taken as categories: postal codes, keys. A level is called as its number is written, without digits that say nothing; of a column of dates as 2024-03-01, with the time of day where there is one.</summary>
    /// <param name="names">The columns; those that are categories already stay as they are.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public FeatureTable WithCategories(params ReadOnlySpan<string> names)
    {
        InputColumn[] columns = [.. Columns];
        double[] values = Values.ToArray();
        TextFormat? format = Format;
        foreach (string name in names)
        {
            int at = Find(name);
            if (columns[at].Kind == InputKind.Category)
                continue;
            // As text: whoever reads rows for a model is not to make days of it.
            TextColumn? days = format?.Columns.FirstOrDefault(column => column.Name == name && column.Part == TextPart.Days);
            if (days is not null)
                format = format! with { Columns = [.. format.Columns.Where(column => column != days)] };
            LevelCollector levels = new();
            Span<double> codes = values.AsSpan(at * Rows, Rows);
            foreach (ref double value in codes)
                value = double.IsNaN(value) ? double.NaN : levels.CodeOf(days is null ? Throw.Invariant($"{value}") : DateParts.Text(value));
            columns[at] = levels.Finish(name, codes);
        }

        return new(columns, values, Rows) { Format = format };
    }

    private int Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (int j = 0; j < Columns.Count; j++)
        {
            if (Columns[j].Name == name)
                return j;
        }

        Throw.Data(nameof(name), Throw.Invariant($"'{nameof(name)}' ({name}) must be one of the {Columns.Count} columns{NearestName.Hint(name, Columns.Select(column => column.Name))}."));
        return -1;
    }

    /// <summary>Dates are read from text as they were from values: what predicts rows of a CSV has to know which columns they are.</summary>
    private static TextFormat? FormatOf(List<TextColumn> dates) => dates.Count == 0 ? null : TextFormat.Default with { Columns = [.. dates] };

    private static void DemandRoom(long rows, int columns)
    {
        if (rows * columns > Array.MaxLength)
            Throw.Length(nameof(rows), rows, Throw.Invariant($"be at most {Array.MaxLength / columns} for {columns} columns"));
    }

    private static void DemandNames(string what, InputColumn[] columns)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        for (int j = 0; j < columns.Length; j++)
        {
            if (!seen.TryAdd(columns[j].Name, j))
                Throw.Data(what, Throw.Invariant($"'{what}' must have names that differ, but '{columns[j].Name}' is column {seen[columns[j].Name]} and column {j} (counted from 0) of {columns.Length}."));
        }
    }
}
