using System.Buffers.Binary;
using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Hostile;

/// <summary>
/// Makes a damaged file from sound ones: sections moved, cut and mixed, then bytes, fields and lengths changed; most
/// of the time with checksums computed again, so that the damage gets past them.
/// </summary>
internal static class Mutation
{
    private static readonly ulong[] s_spicyIntegers =
    [
        0, 1, 2, 7, 8, 63, 64, 65, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 0x0CCC_CCCC, 0x0CCC_CCCD, 0x1999_999A,
        0x3FFF_FFFF, 0x4000_0000, 0x1000_0000, 0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFC0,
    ];

    private static readonly double[] s_spicyNumbers =
        [0, -0.0, 1, -1, 2, double.NaN, -double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue];

    /// <summary>One damaged file. The same random numbers make the same file.</summary>
    public static byte[] Make(Corpus corpus, Random random)
    {
        // Half of the files have a sound container, so that the damage reaches the readers of sections.
        byte[] file = Pick(corpus, random);
        if (random.Next(2) == 0)
            return Sections(file, corpus, random);
        if (random.Next(3) == 0)
            file = Sections(file, corpus, random);
        for (int steps = random.Next(1, 4); steps > 0; steps--)
            file = Bytes(file, corpus, random);
        if (random.Next(8) != 0 && file.Length >= 24)
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(16), file.Length);
        if (random.Next(8) != 0)
            RawModel.Repair(file);
        return file;
    }

    /// <summary>Sections of one or two files, damaged inside or moved, in a container with sound layout and checksums.</summary>
    private static byte[] Sections(byte[] file, Corpus corpus, Random random)
    {
        RawModel model = RawModel.Parse(file);
        for (int steps = random.Next(1, 4); steps > 0 && model.Sections.Count > 0; steps--)
        {
            int at = random.Next(model.Sections.Count);
            if (random.Next(4) == 0)
                Rearrange(model.Sections, at, corpus, random);
            else
                model.Sections[at] = model.Sections[at] with { Payload = Inside(model.Sections[at].Payload, random) };
        }
        return model.ToBytes();
    }

    private static void Rearrange(List<RawModel.Section> sections, int at, Corpus corpus, Random random)
    {
        RawModel.Section section = sections[at];
        switch (random.Next(7))
        {
            case 0: sections.Insert(random.Next(sections.Count + 1), section); break;
            case 1: sections.RemoveAt(at); break;
            case 2: sections.Reverse(); break;
            case 3: sections[at] = section with { Kind = sections[random.Next(sections.Count)].Kind }; break;
            case 4: sections[at] = section with { Flags = (uint)random.Next(3) }; break;
            case 5: sections.Insert(at, new RawModel.Section("XTRA", (uint)random.Next(2), Noise(random, random.Next(200)))); break;
            default: sections[at] = RawModel.Parse(Pick(corpus, random)).Sections.Find(other => other.Kind == section.Kind) ?? section; break;
        }
    }

    private static byte[] Inside(byte[] payload, Random random) => random.Next(6) switch
    {
        0 => Flip(payload, random),
        1 => Resize(payload, random),
        2 => Number(payload, 8 * random.Next(payload.Length / 8 + 1), random),
        3 => Field(payload, 4 * random.Next(payload.Length / 4 + 1), random),
        _ => Field(payload, 4 * random.Next(12), random), // Counts, lengths, options and flags stand in front.
    };

    /// <summary>Bytes of the file anywhere, its header and table in particular.</summary>
    private static byte[] Bytes(byte[] file, Corpus corpus, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                return Flip(file, random);
            case 1:
                return Resize(file, random);
            case 2:
                byte[] other = Pick(corpus, random);
                int cut = random.Next(Math.Min(file.Length, other.Length) + 1);
                return [.. file[..cut], .. other[cut..]];
            case 3:
                Noise(random, Math.Min(16, file.Length)).CopyTo(file, random.Next(Math.Max(1, file.Length - 15)));
                return file;
            default:
                return Field(file, 8 + 4 * random.Next(54), random);
        }
    }

    /// <summary>Sets a whole number to something awkward.</summary>
    private static byte[] Field(byte[] bytes, int at, Random random)
    {
        if (at + sizeof(ulong) > bytes.Length)
            return bytes;
        Span<byte> field = bytes.AsSpan(at);
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(field);
        value = random.Next(4) switch
        {
            0 => value + (ulong)random.Next(1, 9),
            1 => value - (ulong)random.Next(1, 9),
            2 => (ulong)(bytes.Length + random.Next(-8, 9)),
            _ => s_spicyIntegers[random.Next(s_spicyIntegers.Length)],
        };
        if (random.Next(3) == 0)
            BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(field, (uint)value);
        return bytes;
    }

    /// <summary>Sets a floating-point number to something awkward.</summary>
    private static byte[] Number(byte[] bytes, int at, Random random)
    {
        if (at + sizeof(double) <= bytes.Length)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(at), s_spicyNumbers[random.Next(s_spicyNumbers.Length)]);
        return bytes;
    }

    private static byte[] Flip(byte[] bytes, Random random)
    {
        for (int flips = random.Next(1, 9); flips > 0 && bytes.Length > 0; flips--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] Resize(byte[] bytes, Random random) => random.Next(3) switch
    {
        0 => bytes[..random.Next(bytes.Length + 1)],
        1 => bytes[..Math.Max(0, bytes.Length - random.Next(1, 9))],
        _ => [.. bytes, .. Noise(random, random.Next(1, 100))],
    };

    private static byte[] Noise(Random random, int length)
    {
        byte[] noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Pick(Corpus corpus, Random random)
    {
        // Large files are slow to hash; one in sixteen is enough of them.
        byte[][] files = random.Next(16) == 0 ? corpus.Large : corpus.Small;
        return [.. files[random.Next(files.Length)]];
    }
}
