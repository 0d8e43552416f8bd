using System.Buffers.Binary;

namespace ElasticNet.Fast.Hostile;

/// <summary>
/// What a file may take memory for beyond its length: names, raw columns, and the λ of a path. What it claims and its bytes do not bear
/// out allows none.
/// </summary>
/// <param name="Names">Features, raw columns, levels, outputs and texts of "READ".</param>
/// <param name="Inputs">Raw columns.</param>
/// <param name="Lambdas">λ of the path.</param>
internal readonly record struct Claims(long Names, long Inputs, long Lambdas)
{
    /// <summary>As FORMAT.md promises.</summary>
    public long Allowance => 96 * Names + 512 * (Inputs + Lambdas);

    /// <summary>Looks at the counts of the sections.</summary>
    public static Claims Of(byte[] file)
    {
        ReadOnlySpan<byte> path = Section(file, "PATH"u8);
        ReadOnlySpan<byte> schema = Section(file, "SCHM"u8), inputs = Section(file, "INPT"u8);
        long features = Math.Min(Count(schema, 0), schema.Length / sizeof(uint)), columns = Math.Min(Count(inputs, 0), inputs.Length / 12);
        long names = columns;
        for (int j = 0; j < columns; j++)
            names += Count(inputs, 12 + 8 * j);
        ReadOnlySpan<byte> reading = Section(file, "READ"u8);
        features += Math.Min(Count(reading, 12) + (3L * Count(reading, 16)), reading.Length / sizeof(uint));
        ReadOnlySpan<byte> outputs = Section(file, "OUTP"u8);
        features += Math.Min(Count(outputs, 0), outputs.Length / 12);
        return new(features + Math.Min(names, inputs.Length / sizeof(uint)), columns, Math.Min(Count(path, 0), path.Length / 56));
    }

    private static uint Count(ReadOnlySpan<byte> section, int at) =>
        at + sizeof(uint) <= section.Length ? BinaryPrimitives.ReadUInt32LittleEndian(section[at..]) : 0;

    private static ReadOnlySpan<byte> Section(byte[] file, ReadOnlySpan<byte> kind)
    {
        for (int entry = 32; entry + 32 <= file.Length; entry += 32)
        {
            if (!file.AsSpan(entry, 4).SequenceEqual(kind))
                continue;
            ulong offset = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(entry + 8));
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(entry + 16));
            return offset <= (ulong)file.Length && length <= (ulong)file.Length - offset ? file.AsSpan((int)offset, (int)length) : default;
        }
        return default;
    }
}
