namespace ElasticNet.Fast.Tests.Readme;

/// <summary>A table of a page.</summary>
/// <param name="Above">The last lines before it that were no table, the nearest first.</param>
/// <param name="Header">The cells of its heading.</param>
/// <param name="Rows">The cells of its rows.</param>
internal sealed record MarkdownTable(IReadOnlyList<string> Above, string[] Header, IReadOnlyList<string[]> Rows)
{
    public static List<MarkdownTable> Of(string page)
    {
        List<MarkdownTable> tables = [];
        List<string> above = [];
        string[] lines = Pages.Read(page).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith('|'))
            {
                above.Insert(0, lines[i]);
                continue;
            }

            string[][] cells = [.. lines[i..].TakeWhile(line => line.StartsWith('|')).Select(Cells)];
            tables.Add(new([.. above.Take(10)], cells[0], cells[2..]));
            i += cells.Length - 1;
        }

        return tables;
    }

    /// <summary>The cell of a row below a heading.</summary>
    public string Cell(string[] row, string heading) => row[Array.IndexOf(Header, heading)];

    private static string[] Cells(string line) => [.. line.Trim()[1..^1].Split('|').Select(cell => cell.Trim().Replace("<br>", ", ", StringComparison.Ordinal))];
}
