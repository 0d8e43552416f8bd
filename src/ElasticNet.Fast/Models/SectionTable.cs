using System.Buffers.Binary;
using System.IO.Hashing;

namespace ElasticNet.Fast.Models;

/// <summary>
/// The container of a model file: header, section table, sections, checksum. Opening it proves that every section
/// lies inside the file, where the layout puts it, with the bytes that were written; it allocates nothing.
/// </summary>
internal readonly ref struct SectionTable
{
    private readonly ReadOnlySpan<byte> _file;
    private readonly int _count;

    private SectionTable(ReadOnlySpan<byte> file, int count)
    {
        _file = file;
        _count = count;
    }

    /// <summary>Checks the container. What the sections say is for their readers to check.</summary>
    public static SectionTable Open(ReadOnlySpan<byte> file)
    {
        CheckHeader(file, file.Length);
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(file[12..]);
        if (count > ModelFile.MaxSections)
            Throw.ModelFile($"the section count ({count}) must be at most {ModelFile.MaxSections}");
        long tableEnd = ModelFile.HeaderSize + count * (long)ModelFile.EntrySize;
        if (tableEnd + ModelFile.TrailerSize > file.Length)
            Throw.ModelFile($"the table of {count} sections must fit into the file ({file.Length} bytes)");

        SectionTable table = new(file, (int)count);
        long end = tableEnd;
        for (int i = 0; i < table._count; i++)
            end = table.CheckEntry(i, end);
        if (end + ModelFile.TrailerSize != file.Length)
            Throw.ModelFile($"the file ({file.Length} bytes) must end {ModelFile.TrailerSize} bytes after its last section (at {end})");
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(file[^ModelFile.TrailerSize..]);
        uint actual = Crc32.HashToUInt32(file[..^ModelFile.TrailerSize]);
        if (actual != expected)
            Throw.ModelFile($"the checksum of the file (0x{actual:X8}) must be the one stored at its end (0x{expected:X8})");
        return table;
    }

    /// <summary>Checks the first bytes of a file before the rest is read.</summary>
    /// <param name="start">The file, or at least its header where it has one.</param>
    /// <param name="fileLength">Bytes in the whole file.</param>
    public static void CheckHeader(ReadOnlySpan<byte> start, long fileLength)
    {
        if (!start.StartsWith(ModelFile.Magic))
            Throw.ModelFile($"the first bytes of a model file must be its magic number, of this file ({fileLength} bytes) they are not");
        if (start.Length < ModelFile.HeaderSize)
            Throw.ModelFile($"the file ({fileLength} bytes) must hold a header of {ModelFile.HeaderSize} bytes: it is truncated");
        uint version = BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (version > ModelFile.Version)
            Throw.ModelFile($"the version ({version}) must be at most {ModelFile.Version}: the file was written by a newer library");
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start[16..]);
        if (length != (ulong)fileLength)
            Throw.ModelFile($"the length in the header ({length}) must be that of the file ({fileLength} bytes): it is truncated or damaged");
        if (start[24..ModelFile.HeaderSize].ContainsAnyExcept((byte)0))
            Throw.ModelFile($"the reserved bytes of the header must be 0");
    }

    /// <summary>How long the table says that a section is, which nothing has checked; 0 where it names none.</summary>
    /// <param name="start">The beginning of a file, with a header that was checked.</param>
    /// <param name="kind">The section.</param>
    public static ulong ClaimedLength(ReadOnlySpan<byte> start, SectionKind kind)
    {
        ReadOnlySpan<byte> entries = start[ModelFile.HeaderSize..];
        uint count = BinaryPrimitives.ReadUInt32LittleEndian(start[12..]);
        for (; count > 0 && entries.Length >= ModelFile.EntrySize; count--, entries = entries[ModelFile.EntrySize..])
        {
            if (Kind(entries) == kind)
                return Length(entries);
        }

        return 0;
    }

    /// <summary>The length of a model by its header, which is all that is known of it.</summary>
    /// <param name="header">The first bytes, as many as a header has or, of less than a header, all.</param>
    public static int LengthIn(ReadOnlySpan<byte> header)
    {
        ulong length = header.Length < ModelFile.HeaderSize ? (ulong)header.Length : BinaryPrimitives.ReadUInt64LittleEndian(header[16..]);
        CheckHeader(header, (long)Math.Min(length, long.MaxValue));
        if (length < ModelFile.HeaderSize || length > (ulong)Array.MaxLength)
            Throw.ModelFile($"the length in the header ({length}) must be from {ModelFile.HeaderSize} to {Array.MaxLength} bytes");
        return (int)length;
    }

    /// <summary>A section that every model has.</summary>
    public SectionReader Require(SectionKind kind)
    {
        if (!TryFind(kind, out SectionReader section))
            Throw.ModelFile($"section '{kind.Name()}' must be present");
        return section;
    }

    /// <summary>A section that a model may have.</summary>
    public bool TryFind(SectionKind kind, out SectionReader section)
    {
        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<byte> entry = Entry(i);
            if (Kind(entry) != kind)
                continue;
            int offset = (int)Offset(entry);
            section = new SectionReader(kind, _file.Slice(offset, (int)Length(entry)), offset);
            return true;
        }
        section = default;
        return false;
    }

    /// <summary>Checks one entry and the section it points to; returns where that section ends.</summary>
    private long CheckEntry(int index, long previousEnd)
    {
        ReadOnlySpan<byte> entry = Entry(index);
        SectionKind kind = Kind(entry);
        uint flags = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
        bool required = flags == 1;
        if (flags > 1 || (kind.IsKnown() && required != kind.IsRequired()))
            Throw.ModelFile($"section '{kind.Name()}' has flags ({flags}) that it must not have");
        if (required && !kind.IsKnown())
            Throw.ModelFile($"section '{kind.Name()}' must be understood to use this model, and this library does not know it");
        for (int i = 0; i < index; i++)
            if (Kind(Entry(i)) == kind)
                Throw.ModelFile($"section '{kind.Name()}' must be present only once");

        // Sections follow each other without a free choice: nothing can overlap, and nothing can hide between them.
        long start = ModelFile.Align(previousEnd);
        if (Offset(entry) != (ulong)start)
            Throw.ModelFile($"section '{kind.Name()}' (offset {Offset(entry)}) must start at {start}");
        long room = _file.Length - ModelFile.TrailerSize - start;
        if (room < 0 || Length(entry) > (ulong)room)
            Throw.ModelFile($"section '{kind.Name()}' ({Length(entry)} bytes from {start}) must end inside the file ({_file.Length} bytes)");
        if (_file[(int)previousEnd..(int)start].ContainsAnyExcept((byte)0))
            Throw.ModelFile($"the padding before section '{kind.Name()}' must be 0");
        if (BinaryPrimitives.ReadUInt32LittleEndian(entry[28..]) != 0)
            Throw.ModelFile($"the reserved bytes of section '{kind.Name()}' must be 0");

        int length = (int)Length(entry);
        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        uint actual = Crc32.HashToUInt32(_file.Slice((int)start, length));
        if (actual != expected)
            Throw.ModelFile($"the checksum of section '{kind.Name()}' (0x{actual:X8}) must be the one in the table (0x{expected:X8})");
        return start + length;
    }

    private ReadOnlySpan<byte> Entry(int index) =>
        _file.Slice(ModelFile.HeaderSize + index * ModelFile.EntrySize, ModelFile.EntrySize);

    private static SectionKind Kind(ReadOnlySpan<byte> entry) => (SectionKind)BinaryPrimitives.ReadUInt32LittleEndian(entry);

    private static ulong Offset(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);

    private static ulong Length(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]);
}
