namespace ElasticNet.Fast.Csv;

/// <summary>
/// Writes to a pipe in pieces that it takes whole or not at all: a program that shares it may have made it one that refuses instead of waiting,
/// and of a larger piece nobody could tell how much was taken.
/// </summary>
internal sealed class PipeStream(Stream pipe) : Stream
{
    // EAGAIN.
    private const int LinuxWouldBlock = 11;
    private const int WouldBlock = 35;

    // PIPE_BUF.
    private static readonly int s_atomic = OperatingSystem.IsLinux() ? 4096 : 512;
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(2);

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            ReadOnlySpan<byte> piece = buffer[..Math.Min(buffer.Length, s_atomic)];
            try
            {
                pipe.Write(piece);
                buffer = buffer[piece.Length..];
            }
            catch (IOException exception) when (exception.HResult == (OperatingSystem.IsLinux() ? LinuxWouldBlock : WouldBlock))
            {
                Thread.Sleep(s_pause);
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
