using System.Buffers.Binary;
using System.IO.Hashing;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>
/// A model file taken apart, to be put together wrongly. Written from FORMAT.md alone, without the library's own
/// reader and writer, so that it is a second opinion on the layout.
/// </summary>
internal sealed class RawModel
{
    private const int HeaderSize = 32;
    private const int EntrySize = 32;

    /// <summary>A section: its entry in the table and its bytes.</summary>
    public sealed record Section(string Kind, uint Flags, byte[] Payload);

    public uint Version { get; set; }

    public List<Section> Sections { get; } = [];

    /// <summary>Takes a sound file apart.</summary>
    public static RawModel Parse(ReadOnlySpan<byte> file)
    {
        RawModel model = new() { Version = BinaryPrimitives.ReadUInt32LittleEndian(file[8..]) };
        for (int i = 0; i < BinaryPrimitives.ReadInt32LittleEndian(file[12..]); i++)
        {
            ReadOnlySpan<byte> entry = file.Slice(HeaderSize + i * EntrySize, EntrySize);
            int offset = (int)BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(entry[16..]);
            model.Sections.Add(new Section(
                string.Concat(entry[..4].ToArray().Select(b => (char)b)), BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]), file.Slice(offset, length).ToArray()));
        }
        return model;
    }

    /// <summary>The position in <see cref="Sections"/> of a kind.</summary>
    public int IndexOf(string kind) => Sections.FindIndex(section => section.Kind == kind);

    /// <summary>Changes the bytes of one section.</summary>
    public RawModel Edit(string kind, Action<byte[]> edit)
    {
        edit(Sections[IndexOf(kind)].Payload);
        return this;
    }

    /// <summary>Puts other bytes into one section.</summary>
    public RawModel Replace(string kind, Func<byte[], byte[]> replace)
    {
        int i = IndexOf(kind);
        Sections[i] = Sections[i] with { Payload = replace(Sections[i].Payload) };
        return this;
    }

    /// <summary>The file, with a layout and checksums that are right.</summary>
    public byte[] ToBytes()
    {
        long[] offsets = new long[Sections.Count];
        long end = HeaderSize + EntrySize * Sections.Count;
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (end + 63) / 64 * 64;
            end = offsets[i] + Sections[i].Payload.Length;
        }
        byte[] file = new byte[end + 4];
        new byte[] { 0x89, (byte)'E', (byte)'N', (byte)'E', (byte)'T', 13, 10, 26 }.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), Sections.Count);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(16), file.Length);
        for (int i = 0; i < offsets.Length; i++)
        {
            Span<byte> entry = file.AsSpan(HeaderSize + i * EntrySize, EntrySize);
            for (int c = 0; c < 4; c++)
                entry[c] = (byte)Sections[i].Kind[c];
            BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], Sections[i].Flags);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], offsets[i]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], Sections[i].Payload.Length);
            Sections[i].Payload.CopyTo(file, offsets[i]);
        }
        Repair(file);
        return file;
    }

    /// <summary>Makes every checksum right again that has bytes to be computed from, whatever the file has become.</summary>
    public static void Repair(Span<byte> file)
    {
        if (file.Length < HeaderSize + 4)
            return;
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(file[12..]);
        for (int i = 0; i < count && HeaderSize + (i + 1) * EntrySize <= file.Length; i++)
        {
            Span<byte> entry = file.Slice(HeaderSize + i * EntrySize, EntrySize);
            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]);
            if (offset <= (ulong)file.Length && length <= (ulong)file.Length - offset)
                BinaryPrimitives.WriteUInt32LittleEndian(entry[24..], Crc32.HashToUInt32(file.Slice((int)offset, (int)length)));
        }
        BinaryPrimitives.WriteUInt32LittleEndian(file[^4..], Crc32.HashToUInt32(file[..^4]));
    }
}
