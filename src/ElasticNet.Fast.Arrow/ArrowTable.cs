using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace ElasticNet.Fast.Arrow;

/// <summary>
/// Reads Arrow into a table that can be fitted or predicted, batch by batch: files and streams of the IPC format, compressed or not (a Feather
/// file of version 2 is one), and batches that are in memory.
/// </summary>
/// <remarks>
/// Numbers of all types, decimals included, are numbers; text, dictionary-encoded or not, is a category; dates and timestamps are days since
/// 1970-01-01; truth values are a category of "false" and "true". Null, NaN and blank text are missing. Lists, maps, structures, unions,
/// bytes, durations and times of day are refused by name and can be left out (<see cref="TableReadOptions.Skip"/>).
/// </remarks>
public static class ArrowTable
{
    /// <summary>Reads a file; whether it is of the file format or of the stream format, its first bytes say.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Which columns are read, and as what; null means all, as their types say.</param>
    /// <param name="target">The column that is to be predicted: no feature, and rows without it are left out (<see cref="TrainingTable.RowsWithoutTarget"/>). Null: what the options say.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ArgumentException">The options contradict each other or name a column that is not there; a column is of a type that is refused; a number is not finite; or no row has the target.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or no Arrow file, or the table does not fit into memory.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static TrainingTable Read(string path, TableReadOptions? options = null, string? target = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
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

    /// <summary>Reads a stream to the end of its table; it is not closed, and need not be able to seek if it is of the stream format.</summary>
    /// <param name="stream">The bytes, from the current position of the stream. Of the file format they are received into memory first where the stream cannot seek.</param>
    /// <param name="options">Which columns are read, and as what; null means all, as their types say.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="Read(string, TableReadOptions?, string?, CancellationToken)"/>
    public static TrainingTable Read(Stream stream, TableReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Task.Run(() => ReadAsync(stream, options, cancellationToken), cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Reads a stream to the end of its table, waiting for it without a thread.</summary>
    /// <inheritdoc cref="Read(Stream, TableReadOptions?, CancellationToken)"/>
    public static Task<TrainingTable> ReadAsync(Stream stream, TableReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ReadAsync(stream, With(options, null), Data.TableBlocks.NameOf(stream), cancellationToken);
    }

    /// <summary>A table of batches as they come, from a database for instance. The reader is not disposed, its batches are.</summary>
    /// <param name="batches">The batches.</param>
    /// <param name="options">Which columns are read, and as what; null means all, as their types say.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <inheritdoc cref="Read(string, TableReadOptions?, string?, CancellationToken)"/>
    public static Task<TrainingTable> ReadAsync(IArrowArrayStream batches, TableReadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        return ReadAsync(new ArrowBlocks(batches, "the stream", owned: null), With(options, null), cancellationToken);
    }

    /// <summary>A table of one batch, which is copied.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="options">Which columns are read, and as what; null means all, as their types say.</param>
    /// <inheritdoc cref="Read(string, TableReadOptions?, string?, CancellationToken)"/>
    public static TrainingTable From(RecordBatch batch, TableReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        // Nothing is waited for: the batch is there.
        return ReadAsync(new ArrowBlocks(batch), With(options, null), CancellationToken.None).GetAwaiter().GetResult();
    }

    private static TableReadOptions With(TableReadOptions? options, string? target)
    {
        options ??= TableReadOptions.Default;
        return target is null ? options : options with { Target = target };
    }

    private static async Task<TrainingTable> ReadAsync(Stream stream, TableReadOptions options, string source, CancellationToken cancellationToken) =>
        await ReadAsync(await ArrowBlocks.OpenAsync(stream, source, cancellationToken).ConfigureAwait(false), options, cancellationToken).ConfigureAwait(false);

    private static async Task<TrainingTable> ReadAsync(ArrowBlocks blocks, TableReadOptions options, CancellationToken cancellationToken)
    {
        await using (blocks.ConfigureAwait(false))
            return await Data.BlockTable.ReadAsync(blocks, options, cancellationToken).ConfigureAwait(false);
    }
}
