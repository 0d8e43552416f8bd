using System.Globalization;
using System.Text;

namespace ElasticNet.Fast.Tests.TypedTables;

/// <summary>A table with a column of each type, gaps in all of them, and the CSV that says the same.</summary>
internal static class SoldFlats
{
    public const int Rows = 60;

    /// <summary>Features of all types and, last, the price.</summary>
    public static (string Name, Array Values)[] Columns { get; } = Made();

    /// <summary>The same cells as text.</summary>
    public static string Csv => CsvOf(Columns);

    /// <summary>Columns as the text of a CSV.</summary>
    public static string CsvOf((string Name, Array Values)[] columns)
    {
        StringBuilder text = new(string.Join(',', columns.Select(column => column.Name)) + "\n");
        for (int i = 0; i < columns[0].Values.Length; i++)
            text.AppendJoin(',', columns.Select(column => Cell(column.Values.GetValue(i)))).Append('\n');
        return text.ToString();
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        DateTime date => date.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"\"{((string)value).Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };

    private static (string Name, Array Values)[] Made()
    {
        Random random = new(7);
        double?[] area = new double?[Rows];
        float?[] height = new float?[Rows];
        int?[] rooms = new int?[Rows];
        long?[] built = new long?[Rows];
        byte?[] floor = new byte?[Rows];
        decimal?[] fee = new decimal?[Rows];
        DateTime?[] sold = new DateTime?[Rows];
        bool?[] lift = new bool?[Rows];
        string?[] district = new string?[Rows];
        double?[] price = new double?[Rows];
        string[] names = ["south", "north", "Ärzte, \"old\"", "east"];
        for (int i = 0; i < Rows; i++)
        {
            area[i] = 20 + 100 * random.NextDouble();
            // A float of which the shortest digits are read back as the double of that float.
            height[i] = 2 + random.Next(16) / 8f;
            rooms[i] = random.Next(1, 6);
            built[i] = 1900 + random.Next(120);
            floor[i] = (byte)random.Next(9);
            fee[i] = random.Next(100000) / 100m;
            sold[i] = new DateTime(2024, 1, 1).AddTicks(random.NextInt64(TimeSpan.TicksPerDay * 400) / 10 * 10);
            lift[i] = random.Next(2) == 0;
            district[i] = names[random.Next(names.Length)];
            price[i] = 3 * area[i] + 10 * rooms[i] + (district[i] == "north" ? 50 : 0) + (lift[i] == true ? 20 : 0) + random.NextDouble();
        }

        (area[3], height[4], rooms[5], built[6], floor[7], fee[8], sold[9], lift[10], district[11], price[12], price[40]) = (null, null, null, null, null, null, null, null, null, null, null);
        return [("area", area), ("height", height), ("rooms", rooms), ("built", built), ("floor", floor), ("fee", fee), ("sold", sold), ("lift", lift), ("district", district), ("price", price)];
    }
}
