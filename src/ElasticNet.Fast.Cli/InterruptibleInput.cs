using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>An input that is given up when somebody interrupts: another thread waits for its bytes, because nothing wakes one that waits in a read.</summary>
/// <param name="input">The input, owned from here on.</param>
/// <param name="interrupted">Says that nobody wants to wait any more.</param>
internal sealed class InterruptibleInput(Stream input, CancellationToken interrupted) : ForwardStream(input)
{
    private readonly byte[] _piece = new byte[1 << 16];
    private int _at, _end;

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">Somebody interrupted.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_at == _end)
            (_at, _end) = (0, Task.Run(() => Below.Read(_piece, 0, _piece.Length), interrupted).WaitAsync(interrupted).GetAwaiter().GetResult());
        int count = Math.Min(buffer.Length, _end - _at);
        _piece.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
