namespace ElasticNet.Fast.Cli;

/// <summary>A file whose reading is shown on standard error, in megabytes.</summary>
internal sealed class WatchedFile : FileStream
{
    /// <summary>Smaller files are read before anybody could look.</summary>
    public const long LeastLength = 32L << Mega;

    private const int Mega = 20;

    private readonly ProgressLine _line;
    private readonly int _total;

    public WatchedFile(string path, ProgressLine line)
        : base(path, FileMode.Open, FileAccess.Read, FileShare.Read) =>
        (_line, _total) = (line, (int)(Length >> Mega));

    public override int Read(Span<byte> buffer) => Watch(base.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Watch(base.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Watch(await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Watch(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false));

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _line.Dispose();
        base.Dispose(disposing);
    }

    private int Watch(int read)
    {
        if (read == 0)
            _line.Dispose();
        else
            _line.Report(new((int)Math.Min(Position >> Mega, _total), _total));
        return read;
    }
}
