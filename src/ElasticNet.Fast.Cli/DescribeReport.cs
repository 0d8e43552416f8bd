using System.Globalization;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>The columns of a table as text, a line each.</summary>
internal static class DescribeReport
{
    private const int LongestLevel = 20;
    private const int MostLevels = 4;
    private const int Width = 11;

    /// <summary>Writes the table.</summary>
    public static void Write(ColumnSummary[] columns, int rows, string? target, Terminal terminal)
    {
        TextWriter output = terminal.Output;
        output.WriteLine(Text($"{Count(rows, "row")}, {Count(columns.Length, "column")}, {columns.Count(column => column.Kind == InputKind.Category)} of them categories; {Count(columns.Sum(column => (long)column.Missing), "missing value")} in {Count(columns.Count(column => column.Missing > 0), "column")}"));
        output.WriteLine(target is null ? "" : $"r, or η of a category: correlation with {PlainText.OneLine(target)}\n");

        var names = terminal.Names("column", columns.Select(column => column.Name));
        string association = target is null ? "" : $"{"r",7}  ";
        output.WriteLine($"{names["column"]}  {"type",-8}  {"missing",8}  {"share",6}  {association}{Cells(["min", "mean", "median", "max", "SD"])}");
        for (int j = 0; j < columns.Length; j++)
        {
            ColumnSummary column = columns[j];
            string kind = column.Kind == InputKind.Number ? "number" : "category";
            string share = Text($"{column.Missing / (double)rows:0.0%}");
            if (target is not null)
                association = $"{(double.IsNaN(column.Association) ? "" : Text($"{column.Association:0.000}")),7}  ";
            output.WriteLine($"{names[column.Name]}  {kind,-8}  {(column.Missing == 0 ? "" : Text($"{column.Missing}")),8}  {(column.Missing == 0 ? "" : share),6}  {association}{Details(column)}".TrimEnd());
        }
    }

    private static string Details(ColumnSummary column)
    {
        if (column.Kind == InputKind.Number)
            return Cells([.. new[] { column.Minimum, column.Mean, column.Median, column.Maximum, column.StandardDeviation }.Select(Number)]);
        string shown = string.Join(", ", column.Levels.Take(MostLevels).Select(level => Text($"{PlainText.Shorten(PlainText.OneLine(level.Level), LongestLevel)} {level.Count}")));
        string levels = column.Levels.Length == 1 ? "1 level: " : Text($"{column.Levels.Length} levels: ");
        return levels + shown + (column.Levels.Length > MostLevels ? ", …" : "");
    }

    private static string Count(long count, string what) => Text($"{count} {what}{(count == 1 ? "" : "s")}");

    private static string Cells(string[] cells) => string.Join("  ", cells.Select(cell => cell.PadLeft(Width)));

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("g5", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
