using System.Globalization;
using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Tests.Verify;

/// <summary>A table with everything that a fit can take: numbers with gaps, categories, weights, an offset, a column that is left out.</summary>
internal static class VerifyTable
{
    /// <summary>Writes it; the last column but one holds text and numbers, which no reader of all columns takes.</summary>
    public static string Write(TemporaryDirectory directory, bool gaps)
    {
        Random random = new(5);
        List<string> lines = ["a,b,town,note,c,w,o,y"];
        for (int i = 0; i < 40; i++)
        {
            double a = random.NextDouble() - 0.3, b = 10 * random.NextDouble(), c = random.Next(5);
            string town = ((string[])["north", "south", "east"])[random.Next(3)];
            double y = 3 * a - 0.2 * b + (town == "east" ? 2 : 0) + random.NextDouble();
            string[] cells = [Text(a), gaps && i % 9 == 4 ? "NA" : Text(b), gaps && i % 13 == 5 ? "" : town, i % 2 == 0 ? "x" : "7", gaps && i == 20 ? "" : Text(c), Text(i % 11 == 3 ? 0 : 1 + i % 3), Text(random.NextDouble()), Text(y)];
            lines.Add(string.Join(',', cells));
        }

        string path = directory.File(gaps ? "gaps.csv" : "data.csv");
        File.WriteAllLines(path, lines);
        return path;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
