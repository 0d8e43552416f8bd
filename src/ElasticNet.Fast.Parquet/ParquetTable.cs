namespace ElasticNet.Fast.Parquet;

/// <summary>
/// Reads Parquet into a table that can be fitted or predicted, row group by row group and of these column by column: beside the table itself
/// memory holds one column of one row group.
/// </summary>
/// <remarks>
/// Numbers of all types, decimals included, are numbers; text, dictionary-encoded or not, is a category; dates and timestamps are days since
/// 1970-01-01; truth values are a category of "false" and "true". Null, NaN and blank text are missing. Lists, maps, structures, bytes and
/// times of day are refused by name and can be left out (<see cref="TableReadOptions.Skip"/>).
/// </remarks>
public static class ParquetTable
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Which columns are read, and as what; null means all, as their types say.</param>
    /// <param name="target">The column that is to be predicted: no feature, and rows without it are left out (<see cref="TrainingTable.RowsWithoutTarget"/>). Null: what the options say.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">The options contradict each other or name a column that is not there; a column is of a type that is refused; a number is not finite; or no row has the target.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or no Parquet file, or the table does not fit into memory.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TrainingTable Read(string path, TableReadOptions? options = null, string? target = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        // The reading library is asynchronous only; on a thread without a context nobody waits for this one.
        return Task.Run(() => ReadAsync(path, options, target, cancellationToken), cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Reads a file, waiting for it without a thread.</summary>
    /// <inheritdoc cref="Read(string, TableReadOptions?, string?, CancellationToken)"/>
    public static async Task<TrainingTable> ReadAsync(string path, TableReadOptions? options = null, string? target = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        FileStream file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
            return await ReadAsync(file, With(options, target), $"'{path}'", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a stream, which is not closed. One that cannot seek is received into memory first, because a Parquet file begins at its end.</summary>
    /// <param name="stream">The bytes of a Parquet file, from the current position of the stream.</param>
    /// <param name="options">Which columns are read, and as what; null means all, as their types say.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="Read(string, TableReadOptions?, string?, CancellationToken)"/>
    public static TrainingTable Read(Stream stream, TableReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Task.Run(() => ReadAsync(stream, options, cancellationToken), cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Reads a stream, waiting for it without a thread; it is not closed. One that cannot seek is received into memory first, because a Parquet file begins at its end.</summary>
    /// <inheritdoc cref="Read(Stream, TableReadOptions?, CancellationToken)"/>
    public static async Task<TrainingTable> ReadAsync(Stream stream, TableReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        string source = Data.TableBlocks.NameOf(stream);
        if (stream.CanSeek && stream.Position == 0)
            return await ReadAsync(stream, With(options, null), source, cancellationToken).ConfigureAwait(false);
        using MemoryStream held = new();
        await stream.CopyToAsync(held, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(held, With(options, null), source, cancellationToken).ConfigureAwait(false);
    }

    private static TableReadOptions With(TableReadOptions? options, string? target)
    {
        options ??= TableReadOptions.Default;
        return target is null ? options : options with { Target = target };
    }

    private static async Task<TrainingTable> ReadAsync(Stream stream, TableReadOptions options, string source, CancellationToken cancellationToken)
    {
        ParquetBlocks blocks = await ParquetBlocks.OpenAsync(stream, source, cancellationToken).ConfigureAwait(false);
        await using (blocks.ConfigureAwait(false))
            return await Data.BlockTable.ReadAsync(blocks, options, cancellationToken).ConfigureAwait(false);
    }
}
