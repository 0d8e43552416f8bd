using System.Globalization;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// A table brought to the columns that a model was fitted to: columns are found by name, levels by what they are called. What another
/// table codes as 0 may be the model's 2.
/// </summary>
internal static class MatchedColumns
{
    private const int MostNamed = 12;

    /// <summary>The table with the model's columns in the model's order and coded by its levels; itself where it is so already.</summary>
    /// <param name="name">What the caller calls the table.</param>
    /// <param name="table">The table; columns that are not used may be absent, and others may be there.</param>
    /// <param name="inputs">The model's columns.</param>
    /// <param name="used">Which of them are read, ascending; the others become 0.</param>
    /// <param name="tally">Remembers levels that are unknown, or null.</param>
    /// <exception cref="ArgumentException">A used column is not there, twice, or a number where a category must be, or the other way round.</exception>
    public static FeatureTable Of(string name, FeatureTable table, IReadOnlyList<InputColumn> inputs, ReadOnlySpan<int> used, InputTally? tally = null)
    {
        if (AreSame(table.Columns, inputs))
            return table;
        Dictionary<string, int> found = Find(name, table.Columns, inputs, used);
        double[] values = new double[(long)table.Rows * inputs.Count];
        for (int k = 0; k < used.Length; k++)
        {
            InputColumn input = inputs[used[k]];
            int at = found[input.Name];
            InputColumn column = table.Columns[at];
            ReadOnlySpan<double> from = table.Column(at);
            Span<double> to = values.AsSpan((int)((long)used[k] * table.Rows), table.Rows);
            // Nothing but gaps is neither numbers nor levels.
            if (column.Kind != input.Kind && from.ContainsAnyExcept(double.NaN))
                Throw.Data(name, Throw.Invariant($"'{name}' must have '{input.Name}' as a {Word(input.Kind)}, as the model was fitted, but has it as a {Word(column.Kind)}; {Remedy(input.Kind)}."));
            if (input.Kind == InputKind.Number || column.Kind == InputKind.Number || SameLevels(column, input))
                from.CopyTo(to);
            else
                Recode(column, input, from, to, tally, used[k]);
        }

        return new(inputs, values, table.Rows);
    }

    private static void Recode(InputColumn column, InputColumn input, ReadOnlySpan<double> from, Span<double> to, InputTally? tally, int at)
    {
        double[] codes = [.. column.Levels.Select(level => input.CodeOf(level))];
        for (int i = 0; i < from.Length; i++)
        {
            bool isCode = InputColumn.IsCode(from[i], codes.Length);
            to[i] = double.IsNaN(from[i]) ? double.NaN : isCode ? codes[(int)from[i]] : InputColumn.UnknownLevel;
            if (isCode && to[i] == InputColumn.UnknownLevel)
                tally?.Remember(at, column.Levels[(int)from[i]]);
        }
    }

    private static Dictionary<string, int> Find(string name, ListOf<InputColumn> columns, IReadOnlyList<InputColumn> inputs, ReadOnlySpan<int> used)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (int input in used)
        {
            if (!wanted.Add(inputs[input].Name))
                Throw.Data(name, $"'{name}' must be matched by names that differ, but the model has two columns '{inputs[input].Name}'; give it a table without names, whose columns are matched by position.");
        }

        Dictionary<string, int> found = new(StringComparer.Ordinal);
        for (int j = 0; j < columns.Count; j++)
        {
            if (wanted.Contains(columns[j].Name) && !found.TryAdd(columns[j].Name, j))
                Throw.Data(name, Throw.Invariant($"'{name}' must have one column '{columns[j].Name}', but it is column {found[columns[j].Name]} and column {j} (counted from 0)."));
        }

        wanted.ExceptWith(found.Keys);
        if (wanted.Count > 0)
            Throw.Data(name, $"'{name}' must have the columns that the model needs, but lacks {List([.. wanted])}; it has {List([.. columns.Select(column => column.Name)])}.");
        return found;
    }

    // By index: a model that reads its own columns allocates nothing.
    private static bool AreSame(ListOf<InputColumn> columns, IReadOnlyList<InputColumn> inputs)
    {
        bool same = columns.Count == inputs.Count;
        for (int j = 0; j < inputs.Count && same; j++)
            same = columns[j].Equals(inputs[j]);
        return same;
    }

    private static bool SameLevels(InputColumn column, InputColumn input) => column.Levels.SequenceEqual(input.Levels, StringComparer.Ordinal);

    private static string Word(InputKind kind) => kind == InputKind.Number ? "number" : "category";

    private static string Remedy(InputKind kind) => kind == InputKind.Category
        ? "declare it a category where the table is read"
        : "its text is no number to the model";

    private static string List(string[] names) => string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'"))
        + (names.Length <= MostNamed ? "" : string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MostNamed} more"));
}
