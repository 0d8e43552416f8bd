using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>The one way to a table of a command: text, or a file of typed columns, which its name tells.</summary>
internal static class TableInput
{
    /// <summary>Reads a table.</summary>
    /// <param name="terminal">Where standard input is, and reading is shown.</param>
    /// <param name="data">The file, - for standard input, which is a CSV.</param>
    /// <param name="reading">What was said about how it is read.</param>
    /// <param name="options">What the columns are.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <param name="isSilent">Whether nothing is shown.</param>
    /// <exception cref="UsageException">An option means nothing to such a file.</exception>
    /// <exception cref="CsvDataException">The table is not what it must be.</exception>
    /// <exception cref="InvalidDataException">The bytes of the file are not what its name says.</exception>
    public static CsvTable Read(Terminal terminal, string data, ReadingSettings reading, CsvReadOptions options, CancellationToken cancellationToken, bool isSilent = false)
    {
        if (!TypedTable.Is(data))
            return CsvTable.Read(terminal.OpenRead(data, isSilent), options, cancellationToken);
        TypedTable.CheckReading(data, reading);
        return TypedTable.Read(terminal, data, options, isSilent, cancellationToken);
    }

    /// <summary>Opens a table whose rows come one at a time.</summary>
    /// <inheritdoc cref="Read"/>
    public static CsvFeatureReader Rows(Terminal terminal, string data, ReadingSettings reading, ElasticNetModel model, CsvRowOptions options)
    {
        if (!TypedTable.Is(data))
            return new(CsvText.Open(terminal.OpenRead(data), reading.Encoding), model, options);
        TypedTable.CheckReading(data, reading);
        return new(new TypedRows(data, CancellationToken.None), model, options);
    }
}
