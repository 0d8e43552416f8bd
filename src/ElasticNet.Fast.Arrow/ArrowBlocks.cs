using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Arrow;

/// <summary>The record batches of an Arrow file or stream.</summary>
internal sealed class ArrowBlocks : TableBlocks
{
    private const string Format = "Arrow";

    private readonly IArrowArrayStream? _reader;
    private readonly IDisposable? _owned;
    private readonly BlockColumn[] _columns;
    private RecordBatch? _batch;
    private bool _hasBegun;

    /// <param name="reader">The batches.</param>
    /// <param name="source">What messages call them.</param>
    /// <param name="owned">What is disposed in the end, or null.</param>
    public ArrowBlocks(IArrowArrayStream reader, string source, IDisposable? owned)
        : this(reader.Schema, source) => (_reader, _owned) = (reader, owned);

    /// <summary>One batch, which stays the caller's.</summary>
    public ArrowBlocks(RecordBatch batch)
        : this(batch.Schema, "the batch")
    {
        _batch = batch;
        Rows = batch.Length;
    }

    private ArrowBlocks(Schema schema, string source)
        : base(source, Format) =>
        _columns = [.. schema.FieldsList.Select(field => new BlockColumn(field.Name, ArrowColumn.KindOf(field.DataType), ArrowColumn.NameOf(field.DataType)))];

    /// <inheritdoc/>
    public override IReadOnlyList<BlockColumn> Columns => _columns;

    /// <inheritdoc/>
    public override long? Rows { get; }

    /// <summary>Opens a file or stream.</summary>
    /// <param name="stream">Its bytes; not closed.</param>
    /// <param name="source">What messages call it.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static Task<ArrowBlocks> OpenAsync(Stream stream, string source, CancellationToken cancellationToken) => OpenedAsync(source, Format, async () =>
    {
        byte[] head = new byte[6];
        int length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        bool isFile = head.AsSpan(0, length).SequenceEqual("ARROW1"u8);
        if (length == 0)
            throw new InvalidDataException("it is empty");
        if (head.AsSpan(0, length).StartsWith("FEA1"u8))
            throw new InvalidDataException("it is a Feather file of version 1, which is no Arrow; write version 2");
        // A stream of batches begins with a length, of which 0xFFFFFFFF goes before since 2019; text has none that small.
        if (!isFile && (length < 6 || !(BitConverter.ToInt32(head) is -1 or (> 0 and < 1 << 24))))
            throw new InvalidDataException("it begins neither as an Arrow file nor as a stream of batches");
        Stream whole;
        if (stream.CanSeek && (stream.Position == length || !isFile))
        {
            stream.Position -= length;
            whole = stream;
        }
        else if (!isFile)
        {
            whole = new PrefixedStream(head, stream);
        }
        else
        {
            whole = new MemoryStream();
            whole.Write(head);
            await stream.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
            whole.Position = 0;
        }

        CompressionCodecFactory codecs = new();
        ArrowStreamReader reader = isFile ? new ArrowFileReader(whole, allocator: null, codecs, leaveOpen: true) : new ArrowStreamReader(whole, codecs, leaveOpen: true);
        if (await reader.GetSchema(cancellationToken).ConfigureAwait(false) is null)
            throw new InvalidDataException("it ends before its schema");
        return new ArrowBlocks(reader, source, reader);
    });

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        if (_reader is not null)
            _batch?.Dispose();
        _owned?.Dispose();
        return default;
    }

    /// <inheritdoc/>
    protected override async ValueTask<int> MoveNextAsync(CancellationToken cancellationToken)
    {
        if (_reader is not null)
        {
            _batch?.Dispose();
            _batch = await _reader.ReadNextRecordBatchAsync(cancellationToken).ConfigureAwait(false);
            return _batch?.Length ?? -1;
        }

        (bool isOver, _hasBegun) = (_hasBegun, true);
        return isOver ? -1 : _batch!.Length;
    }

    /// <inheritdoc/>
    protected override ValueTask ReadColumnAsync(int column, Memory<double> values, LevelCollector levels, CancellationToken cancellationToken)
    {
        IArrowArray array = _batch!.Column(column);
        if (array.Length != values.Length)
            throw new InvalidDataException($"it has {array.Length} values in a batch of {values.Length} rows");
        ArrowColumn.Read(array, values.Span, levels);
        return default;
    }
}
