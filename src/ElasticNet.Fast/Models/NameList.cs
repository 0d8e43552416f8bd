using System.Buffers.Binary;

namespace ElasticNet.Fast.Models;

/// <summary>A list of names in a section: first where each ends, in bytes from the start of the first, then all of them as UTF-8, one after another.</summary>
internal static class NameList
{
    /// <summary>Names as they will stand in the file.</summary>
    /// <exception cref="InvalidOperationException">A name has no UTF-8 form.</exception>
    public static byte[][] Encode(string what, IReadOnlyList<string> names)
    {
        byte[][] encoded = new byte[names.Count][];
        for (int j = 0; j < encoded.Length; j++)
            encoded[j] = SectionWriter.Encode(what, names[j]);
        return encoded;
    }

    /// <summary>Bytes of all names together.</summary>
    public static uint ByteCount(byte[][] names) => (uint)names.Sum(name => (long)name.Length);

    /// <summary>Writes where each name ends.</summary>
    public static void WriteEnds(SectionWriter file, byte[][] names)
    {
        uint end = 0;
        foreach (byte[] name in names)
            file.UInt32(end += (uint)name.Length);
    }

    /// <summary>Writes the names.</summary>
    public static void WriteText(SectionWriter file, byte[][] names)
    {
        foreach (byte[] name in names)
            file.Numbers<byte>(name);
    }

    /// <summary>Reads names back; their total length was checked.</summary>
    /// <param name="what">What the names name, for messages.</param>
    /// <param name="ends">Where each ends.</param>
    /// <param name="text">At the first name.</param>
    /// <param name="textLength">Bytes of all names, which they must fill.</param>
    public static string[] Read(string what, ReadOnlySpan<byte> ends, ref SectionReader text, uint textLength)
    {
        string[] names = new string[ends.Length / sizeof(uint)];
        uint start = 0;
        for (int j = 0; j < names.Length; j++)
        {
            uint end = BinaryPrimitives.ReadUInt32LittleEndian(ends[(j * sizeof(uint))..]);
            if (end < start || end > textLength)
                Throw.ModelFile($"the end of {what} {j} ({end}) must be in [{start}, {textLength}]");
            names[j] = text.Text(what, end - start);
            start = end;
        }
        if (start != textLength)
            Throw.ModelFile($"the {what}s ({start} bytes) must fill their {textLength} bytes");
        return names;
    }
}
