using System.Globalization;

namespace ElasticNet.Fast.Csv;

/// <summary>How large a table may be; says no with what it would take and what there is.</summary>
internal sealed class TableLimit(long? bytes)
{
    private readonly long _bytes = bytes ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The most rows of so many columns.</summary>
    public int MostRows(int width) => (int)Math.Min(_bytes / sizeof(double), Array.MaxLength) / Math.Max(1, width);

    /// <summary>Refuses a file that is expected to hold more rows than fit.</summary>
    /// <param name="rows">The expected number of rows.</param>
    /// <param name="width">The number of columns.</param>
    /// <exception cref="CsvDataException">It is.</exception>
    public void DemandExpected(double rows, int width)
    {
        if (rows > MostRows(width))
            throw new CsvDataException($"the table is too large: {Need(rows, width, "about ")}; {Remedy}");
    }

    /// <summary>Refuses rows of which there are more than fit.</summary>
    /// <exception cref="CsvDataException">There are.</exception>
    public void Demand(long rows, int width)
    {
        if (rows > MostRows(width))
            throw new CsvDataException(MostRows(width) + 1L, null, $"is one too many: {Need(rows, width, "")}; {Remedy}");
    }

    private const string Remedy = "leave out columns or rows";

    private string Need(double rows, int width, string about)
    {
        double cells = rows * width;
        return cells * sizeof(double) > _bytes
            ? Text($"{about}{rows:0} rows of {width} columns take {Size(cells * sizeof(double))} of memory, and there are {Size(_bytes)}")
            : Text($"{about}{rows:0} rows of {width} columns are {cells:0} numbers, and a table holds at most {Array.MaxLength}");
    }

    private static string Size(double bytes) => bytes switch
    {
        >= 1e9 => Text($"{bytes / 1e9:0.0} GB"),
        >= 1e6 => Text($"{bytes / 1e6:0.0} MB"),
        _ => Text($"{bytes:0} bytes"),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
