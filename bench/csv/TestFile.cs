using System.Buffers.Text;
using System.Globalization;

namespace ElasticNet.Fast.CsvBenchmark;

/// <summary>A CSV of random numbers, the same for the same seed.</summary>
internal static class TestFile
{
    /// <summary>Writes a file of at least so many bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="bytes">How long it should become.</param>
    /// <param name="columns">How many columns it has.</param>
    /// <param name="digits">Digits after the point, or null for all that a double has.</param>
    public static void Write(string path, long bytes, int columns, int? digits)
    {
        var random = new Random(1);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        file.Write(System.Text.Encoding.ASCII.GetBytes(string.Join(',', Enumerable.Range(1, columns).Select(j => $"x{j}")) + "\n"));
        Span<byte> cell = stackalloc byte[40];
        while (file.Position < bytes)
        {
            for (int j = 0; j < columns; j++)
            {
                double value = (random.NextDouble() - 0.5) * 2000;
                int length;
                if (digits is { } places)
                    Utf8Formatter.TryFormat(value, cell, out length, new('F', (byte)places));
                else
                    value.TryFormat(cell, out length, default, CultureInfo.InvariantCulture);
                cell[length] = j == columns - 1 ? (byte)'\n' : (byte)',';
                file.Write(cell[..(length + 1)]);
            }
        }
    }
}
