using System.Buffers.Binary;

namespace ElasticNet.Fast.Models;

/// <summary>Takes the head of an archive's first entry, and refuses what comes after it.</summary>
internal sealed class TarHead : Stream
{
    private const int HeadLength = 512;
    private const int OwnerAt = 108;
    private const int GroupAt = 116;
    private const int NumberLength = 8;

    private readonly byte[] _head = new byte[HeadLength];
    private int _length;
    private bool _hasRefused;

    /// <summary>Whether the head is complete.</summary>
    public bool IsFull => _length == HeadLength;

    /// <summary>The number of the user that the file belongs to; null where none is told.</summary>
    public uint? Owner => Number(OwnerAt);

    /// <summary>The number of the group that the file belongs to; null where none is told.</summary>
    public uint? Group => Number(GroupAt);

    // Octal digits up to a blank or a zero; what these do not hold stands there in binary, after a byte of 128.
    private uint? Number(int at)
    {
        ReadOnlySpan<byte> field = _head.AsSpan(at, NumberLength);
        if (!IsFull)
            return null;
        if (field[0] == 0x80)
            return BinaryPrimitives.ReadInt64BigEndian(field) is var number && (number & uint.MaxValue) is var low && (number ^ low) << 8 == 0 ? (uint)low : null;
        ReadOnlySpan<byte> digits = field.Trim(" \0"u8);
        uint value = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return null;
            value = 8 * value + (digit - (uint)'0');
        }

        return digits.IsEmpty ? null : value;
    }

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
        int taken = Math.Min(buffer.Length, HeadLength - _length);
        buffer[..taken].CopyTo(_head.AsSpan(_length));
        _length += taken;
        // Once: the archive is closed after that.
        if (taken == buffer.Length || _hasRefused)
            return;
        _hasRefused = true;
        throw new IOException("The head is complete.");
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
