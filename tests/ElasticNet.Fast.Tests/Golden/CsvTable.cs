using System.Globalization;

namespace ElasticNet.Fast.Tests.Golden;

/// <summary>Reads the plain numeric tables of the golden cases: one header line, commas, no quotes; an empty field is NaN.</summary>
internal static class CsvTable
{
    public static double[,] Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        int columns = lines[0].Split(',').Length;
        double[,] table = new double[lines.Length - 1, columns];
        for (int i = 0; i < table.GetLength(0); i++)
        {
            string[] fields = lines[i + 1].Split(',');
            if (fields.Length != columns)
                throw new InvalidDataException($"{Path.GetFileName(path)}, line {i + 2}: {fields.Length} fields, the header has {columns}.");
            for (int j = 0; j < columns; j++)
                table[i, j] = fields[j].Length == 0 ? double.NaN : double.Parse(fields[j], NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return table;
    }

    public static double[] ReadColumn(string path)
    {
        double[,] table = Read(path);
        double[] column = new double[table.GetLength(0)];
        for (int i = 0; i < column.Length; i++)
            column[i] = table[i, 0];
        return column;
    }
}
