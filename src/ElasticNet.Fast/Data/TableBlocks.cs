namespace ElasticNet.Fast.Data;

/// <summary>
/// A table of typed columns that comes in blocks of rows: a row group, a batch, some rows of a cursor. Of a block only what is asked for is
/// decoded, a column at a time. What a library says of damaged bytes becomes one exception that names the file.
/// </summary>
/// <param name="source">What messages call it: the path of the file in quotes, or "the stream".</param>
/// <param name="format">What it should be: "Parquet".</param>
internal abstract class TableBlocks(string source, string format) : IAsyncDisposable
{
    /// <summary>What messages call it.</summary>
    public string Source => source;

    /// <summary>All columns, in their order.</summary>
    public abstract IReadOnlyList<BlockColumn> Columns { get; }

    /// <summary>The number of rows, where it is known beforehand.</summary>
    public virtual long? Rows => null;

    /// <summary>What messages call a stream, or a file.</summary>
    public static string NameOf(Stream stream) => stream is FileStream file ? $"'{file.Name}'" : "the stream";

    /// <summary>Goes to the next block.</summary>
    /// <returns>Its number of rows, perhaps 0; −1 at the end.</returns>
    /// <exception cref="InvalidDataException">The bytes are not what they must be.</exception>
    public async ValueTask<int> NextAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await MoveNextAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfBytes(exception))
        {
            throw Unreadable(source, format, exception);
        }
    }

    /// <summary>Reads one column of the current block.</summary>
    /// <param name="column">Which, of <see cref="Columns"/>.</param>
    /// <param name="values">As many as the block has rows: numbers, days, truth values or codes; NaN where they are missing.</param>
    /// <param name="levels">Takes the levels of text.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The bytes are not what they must be.</exception>
    public async ValueTask ReadAsync(int column, Memory<double> values, LevelCollector levels, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await ReadColumnAsync(column, values, levels, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfBytes(exception))
        {
            throw Unreadable(source, format, exception, Columns[column].Name);
        }
    }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>As <see cref="NextAsync"/>.</summary>
    protected abstract ValueTask<int> MoveNextAsync(CancellationToken cancellationToken);

    /// <summary>As <see cref="ReadAsync"/>.</summary>
    protected abstract ValueTask ReadColumnAsync(int column, Memory<double> values, LevelCollector levels, CancellationToken cancellationToken);

    /// <summary>Opens something, and says what is wrong with its bytes if it cannot.</summary>
    protected static async Task<T> OpenedAsync<T>(string source, string format, Func<Task<T>> open)
    {
        try
        {
            return await open().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfBytes(exception))
        {
            throw Unreadable(source, format, exception);
        }
    }

    // Readers of binary formats meet damaged bytes with whatever exception they run into, out of memory where a length is nonsense.
    private static bool IsOfBytes(Exception exception) => exception is not (OperationCanceledException or ObjectDisposedException);

    private static InvalidDataException Unreadable(string source, string format, Exception exception, string? column = null)
    {
        string what = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return new($"{source} cannot be read as {format}: {(column is null ? "" : $"column '{column}': ")}{what}", exception);
    }
}
