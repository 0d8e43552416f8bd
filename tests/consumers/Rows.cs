using System.Globalization;

/// <summary>A plain table of numbers, and what is expected to be predicted for each of its rows.</summary>
internal sealed record Rows(string[] Names, double[][] Values, double[] Expected)
{
    /// <summary>Reads a CSV without quotes or gaps, and the output of <c>enet predict</c> for it.</summary>
    public static Rows Read(string rows, string expected)
    {
        string[] lines = File.ReadAllLines(rows);
        return new(lines[0].Split(','), [.. lines.Skip(1).Select(line => Array.ConvertAll(line.Split(','), Number))],
            [.. File.ReadLines(expected).Skip(1).Select(Number)]);
    }

    /// <summary>The cells of one row in the order of these columns.</summary>
    public double[] Of(int row, IEnumerable<string> names) => [.. names.Select(name => Values[row][Array.IndexOf(Names, name)])];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
