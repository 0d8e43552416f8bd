using System.Globalization;
using System.Text;
using ElasticNet.Fast.Csv;
using Sylvan.Data.Csv;

namespace ElasticNet.Fast.CsvBenchmark;

/// <summary>What is timed. Each returns a number that depends on every field, so that none is left out.</summary>
internal static class Readers
{
    /// <summary>The reading library alone: every record is split and every field's text looked at, no field is parsed.</summary>
    public static double Fields(string path)
    {
        using CsvDataReader reader = Open(path);
        double sum = 0;
        while (reader.Read())
        {
            for (int j = 0; j < reader.RowFieldCount; j++)
                sum += reader.GetFieldSpan(j).Length;
        }
        return sum;
    }

    /// <summary>The reading library's own numbers: GetDouble of every field; nothing is kept.</summary>
    public static double Numbers(string path)
    {
        using CsvDataReader reader = Open(path);
        reader.Read();
        double sum = 0;
        while (reader.Read())
        {
            for (int j = 0; j < reader.RowFieldCount; j++)
                sum += reader.GetDouble(j);
        }
        return sum;
    }

    /// <summary>Ours: types inferred, missing values looked for, every column in memory.</summary>
    public static double Table(string path)
    {
        CsvTable table = CsvTable.Read(path);
        return table.Rows + table.Table.Column(0)[^1];
    }

    private static CsvDataReader Open(string path)
    {
        var bytes = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        // The same decoding and the same options as ours.
        var text = new StreamReader(bytes, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        return CsvDataReader.Create(text, new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = ',',
            Comment = '\0',
            ResultSetMode = ResultSetMode.SingleResult,
            Culture = CultureInfo.InvariantCulture,
            BufferSize = 1 << 16,
            OwnsReader = true,
        });
    }
}
