using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>What <c>enet fit</c> does about gaps before anything is fitted: leaves rows out and says so, or refuses.</summary>
internal static class MissingValues
{
    // A few lost rows are an accident; more of them are a choice that somebody should make knowingly.
    private const double FewRows = 0.05;

    /// <summary>The rows that have a target; the others teach nothing. Says how many they are.</summary>
    /// <exception cref="CsvDataException">None has one.</exception>
    public static CsvTable DropRowsWithoutTarget(CsvTable table, string target, Terminal terminal)
    {
        CsvTable known = table.WithoutRowsLacking(target);
        int lost = table.Rows - known.Rows;
        if (known.Rows == 0)
            throw new CsvDataException(Text($"column '{target}', the target, is missing in all {table.Rows} rows"));
        if (lost > 0)
            terminal.Say(Text($"note: {lost} of {table.Rows} rows {(lost == 1 ? "has" : "have")} no '{target}' and {(lost == 1 ? "is" : "are")} left out"));
        return known;
    }

    /// <summary>The complete rows. Says how many are lost.</summary>
    /// <exception cref="CsvDataException">None is left.</exception>
    public static CsvTable DropRows(CsvTable table, Terminal terminal)
    {
        CsvTable complete = table.WithoutIncompleteRows();
        int lost = table.Rows - complete.Rows;
        if (complete.Rows == 0)
            throw new CsvDataException(Text($"none of the {table.Rows} rows is complete: {Worst(table)}; leave columns out with --exclude, or fill the gaps with --impute median"));
        if (lost == 0)
            return complete;
        double share = lost / (double)table.Rows;
        string said = Text($"{lost} of {table.Rows} rows ({share:0.0%}) are left out for missing values");
        terminal.Say(share > FewRows ? $"warning: {said}; so many can bias the model: {Worst(table)}" : said);
        return complete;
    }

    /// <summary>Refuses gaps that nothing is said about. Gaps of one-hot categories are a level of their own.</summary>
    /// <param name="table">The table.</param>
    /// <param name="apart">The columns that cannot be filled: target, weights, offset, folds.</param>
    /// <param name="options">What becomes of the others.</param>
    /// <exception cref="CsvDataException">There are some.</exception>
    public static void Refuse(CsvTable table, string[] apart, PreparationOptions options)
    {
        foreach (string name in apart)
        {
            ColumnGaps gaps = table.Gaps(name);
            if (gaps.Count > 0)
                throw new CsvDataException(gaps.FirstRow, name, Text($"the value is missing, one of {gaps.Count} in this column, which nothing fills; take such rows out, or have --impute drop leave out every row with a gap"));
        }
        if (options.Imputation != ImputationMethod.None)
        {
            RefuseEmpty(table, options);
            return;
        }
        InputColumn[] incomplete = [.. table.Table.Columns.Where(column => (column.Kind == InputKind.Number || options.Encoding == CategoryEncoding.Ordinal) && table.Gaps(column.Name).Count > 0)];
        if (incomplete.Length == 0)
            return;
        ColumnGaps first = table.Gaps(incomplete[0].Name);
        string others = incomplete.Length switch { 1 => "", 2 => " (another column has some, too)", var n => Text($" ({n - 1} other columns have some, too)") };
        throw new CsvDataException(Text(
            $"column '{incomplete[0].Name}' has {Values(first.Count)}, the first in row {first.FirstRow}{others}; say what becomes of them: --impute mean|median|mode|constant|knn|iterative|multiple fills them, --impute drop leaves the rows out, --exclude the column"));
    }

    // A fill is learnt from values; a constant, and "missing" as a level, need none.
    private static void RefuseEmpty(CsvTable table, PreparationOptions options)
    {
        foreach (InputColumn column in table.Table.Columns)
        {
            bool isNumber = column.Kind == InputKind.Number;
            bool isLearnt = isNumber ? options.Imputation != ImputationMethod.Constant : options.Encoding == CategoryEncoding.Ordinal;
            if (isLearnt && table.Gaps(column.Name).Count == table.Rows)
                throw new CsvDataException(Text($"column '{column.Name}' is missing in all {table.Rows} rows, and nothing can be learnt to fill it with; leave it out with --exclude{(isNumber ? ", or give it a value with --impute constant" : "")}"));
        }
    }

    private static string Worst(CsvTable table)
    {
        string worst = table.ColumnNames.MaxBy(name => table.Gaps(name).Count)!;
        return Text($"column '{worst}' alone has {Values(table.Gaps(worst).Count)}");
    }

    private static string Values(int count) => count == 1 ? "1 missing value" : Text($"{count} missing values");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
