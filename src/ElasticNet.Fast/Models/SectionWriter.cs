using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace ElasticNet.Fast.Models;

/// <summary>Builds a model file in memory: header and table are reserved first and filled in as sections end.</summary>
internal sealed class SectionWriter
{
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly int _sectionCount;
    private byte[] _file = [];
    private int _length;
    private SectionKind _kind;
    private int _start;
    private int _ended;

    /// <summary>Starts a file of a known number of sections.</summary>
    public SectionWriter(int sectionCount)
    {
        _sectionCount = sectionCount;
        Extend(ModelFile.HeaderSize + sectionCount * ModelFile.EntrySize);
    }

    /// <summary>Starts a section where the layout wants it.</summary>
    public void Begin(SectionKind kind)
    {
        _kind = kind;
        Zeros((int)(ModelFile.Align(_length) - _length));
        _start = _length;
    }

    /// <summary>Ends the section and enters it into the table.</summary>
    public void End()
    {
        Span<byte> file = _file.AsSpan(0, _length);
        ReadOnlySpan<byte> section = file[_start..];
        Span<byte> entry = file.Slice(ModelFile.HeaderSize + _ended++ * ModelFile.EntrySize, ModelFile.EntrySize);
        BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)_kind);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], _kind.IsRequired() ? 1u : 0u);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], (ulong)_start);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], (ulong)section.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], Crc32.HashToUInt32(section));
    }

    /// <summary>Fills in the header, appends the checksum and hands the file over.</summary>
    public ReadOnlyMemory<byte> Finish()
    {
        Span<byte> header = _file.AsSpan(0, ModelFile.HeaderSize);
        ModelFile.Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], ModelFile.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)_sectionCount);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], (ulong)_length + ModelFile.TrailerSize);
        UInt32(Crc32.HashToUInt32(_file.AsSpan(0, _length)));
        return _file.AsMemory(0, _length);
    }

    /// <summary>A number of 4 bytes.</summary>
    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Extend(sizeof(uint)), value);

    /// <summary>A number of 8 bytes.</summary>
    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Extend(sizeof(ulong)), value);

    /// <summary>A floating-point number of 8 bytes, bit for bit.</summary>
    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Extend(sizeof(double)), value);

    /// <summary>Numbers as they lie in memory (the machine is little-endian), or text as UTF-8 without length or end.</summary>
    public void Numbers<T>(ReadOnlySpan<T> values)
        where T : unmanaged =>
        MemoryMarshal.AsBytes(values).CopyTo(Extend((long)values.Length * Unsafe.SizeOf<T>()));

    /// <summary>Reserved bytes, or padding.</summary>
    public void Zeros(int count) => Extend(count);

    /// <summary>Text as UTF-8.</summary>
    /// <exception cref="InvalidOperationException">The text holds half of a surrogate pair and has no UTF-8 form.</exception>
    public static byte[] Encode(string name, string text)
    {
        try
        {
            return s_strictUtf8.GetBytes(text);
        }
        catch (EncoderFallbackException e)
        {
            Throw.CannotSave($"'{name}' must be Unicode text, it has half a surrogate pair at {e.Index}", e);
            return [];
        }
    }

    /// <summary>Makes room at the end, filled with zeros.</summary>
    private Span<byte> Extend(long count)
    {
        long length = _length + count;
        if (length > Array.MaxLength)
            Throw.CannotSave($"its file must have at most {Array.MaxLength} bytes and would have {length}");
        if (length > _file.Length)
            Array.Resize(ref _file, (int)Math.Clamp(2L * _file.Length, length, Array.MaxLength));
        Span<byte> room = _file.AsSpan(_length, (int)count);
        _length = (int)length;
        return room;
    }
}
