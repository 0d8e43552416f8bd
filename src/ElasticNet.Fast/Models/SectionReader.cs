using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace ElasticNet.Fast.Models;

/// <summary>Reads one section from front to back; no step leaves it.</summary>
internal ref struct SectionReader(SectionKind kind, ReadOnlySpan<byte> section, int fileOffset)
{
    private readonly ReadOnlySpan<byte> _section = section;
    private int _position;

    /// <summary>Where in the file the next byte lies.</summary>
    public readonly int FilePosition => fileOffset + _position;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _section.Length - _position;

    /// <summary>The next <paramref name="count"/> bytes, where they lie.</summary>
    public ReadOnlySpan<byte> Bytes(uint count)
    {
        if (count > (uint)Remaining)
            Throw.ModelFile($"section '{kind.Name()}' ({_section.Length} bytes) must hold {count} bytes at {_position}");
        ReadOnlySpan<byte> bytes = _section.Slice(_position, (int)count);
        _position += (int)count;
        return bytes;
    }

    /// <summary>A number of 4 bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    /// <summary>A number of 8 bytes.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    /// <summary>A floating-point number of 8 bytes.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(sizeof(double)));

    /// <summary>Numbers of 8 bytes; their length was checked before memory is taken.</summary>
    public double[] Doubles(int count) => MemoryMarshal.Cast<byte, double>(Bytes(checked((uint)count * sizeof(double)))).ToArray();

    /// <summary>Signed numbers of 4 bytes; their length was checked before memory is taken.</summary>
    public int[] Integers(int count) => MemoryMarshal.Cast<byte, int>(Bytes(checked((uint)count * sizeof(int)))).ToArray();

    /// <summary>A count of 4 bytes that must fit into a signed number.</summary>
    public int Count(string name)
    {
        uint value = UInt32();
        if (value > int.MaxValue)
            Throw.ModelFile($"'{name}' ({value}) must be at most {int.MaxValue}");
        return (int)value;
    }

    /// <summary>Flags, of which this version knows the ones below <paramref name="bound"/>.</summary>
    public uint Flags(uint bound)
    {
        uint value = UInt32();
        if (value >= bound)
            Throw.ModelFile($"the flags of section '{kind.Name()}' (0x{value:X}) must be below 0x{bound:X}");
        return value;
    }

    /// <summary>Skips reserved bytes, which are 0.</summary>
    public void Zeros(uint count)
    {
        if (Bytes(count).ContainsAnyExcept((byte)0))
            Throw.ModelFile($"the reserved bytes of section '{kind.Name()}' must be 0");
    }

    /// <summary>UTF-8 text of known length. Only valid text gets memory.</summary>
    public string Text(string name, uint byteCount)
    {
        ReadOnlySpan<byte> text = Bytes(byteCount);
        if (!Utf8.IsValid(text))
            Throw.ModelFile($"'{name}' ({byteCount} bytes) must be UTF-8");
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>Says that exactly this many bytes must remain: the check before every allocation.</summary>
    public readonly void RequireRemaining(long count)
    {
        if (Remaining != count)
            Throw.ModelFile($"section '{kind.Name()}' ({_section.Length} bytes) must have {count} bytes left at {_position}");
    }
}
