namespace ElasticNet.Fast.Models;

/// <summary>The numbers that fix the layout of a model file. FORMAT.md beside this file is the specification.</summary>
internal static class ModelFile
{
    /// <summary>The version written, and the newest one read.</summary>
    public const uint Version = 0;

    /// <summary>Bytes before the section table: magic, version, section count, file length, eight reserved bytes.</summary>
    public const int HeaderSize = 32;

    /// <summary>Bytes of one entry of the section table.</summary>
    public const int EntrySize = 32;

    /// <summary>Bytes of the checksum that ends the file.</summary>
    public const int TrailerSize = 4;

    /// <summary>Every section starts at a multiple of this, so that numbers can be used where they lie.</summary>
    public const int Alignment = 64;

    /// <summary>More sections than this are refused, which keeps the search for duplicates short.</summary>
    public const int MaxSections = 64;

    /// <summary>Bytes of the coefficient section before its first array.</summary>
    public const int CoefficientHeaderSize = 64;

    /// <summary>Bytes of one coefficient: value, standard deviation, index.</summary>
    public const int CoefficientSize = 2 * sizeof(double) + sizeof(int);

    /// <summary>Bytes of one point of the cross-validation curves.</summary>
    public const int CurvePointSize = 48;

    /// <summary>As in PNG: a byte above 127, the name, and line ends that a text-mode transfer would destroy.</summary>
    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'E', (byte)'N', (byte)'E', (byte)'T', 0x0D, 0x0A, 0x1A];

    /// <summary>The next multiple of <see cref="Alignment"/>.</summary>
    public static long Align(long position) => (position + (Alignment - 1)) & -Alignment;

    /// <summary>Arrays are used as they lie in the file, which takes a machine of its byte order.</summary>
    public static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            Throw.BigEndianMachine();
    }
}
