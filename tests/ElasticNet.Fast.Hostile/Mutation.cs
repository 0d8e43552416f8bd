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
        byte[] file = Pick(corpus, random);
        if (random.Next(3) == 0)
            file = Rearrange(file, corpus, random);
        for (int steps = random.Next(1, 4); steps > 0; steps--)
            file = Damage(file, corpus, random);
        if (random.Next(2) == 0 && file.Length >= 24)
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(16), file.Length);
        if (random.Next(8) != 0)
            RawModel.Repair(file);
        return file;
    }

    /// <summary>Sections of one or two files, put together with a sound layout.</summary>
    private static byte[] Rearrange(byte[] file, Corpus corpus, Random random)
    {
        RawModel model = RawModel.Parse(file);
        List<RawModel.Section> sections = model.Sections;
        int at = random.Next(sections.Count);
        RawModel.Section section = sections[at];
        switch (random.Next(8))
        {
            case 0: sections.Insert(random.Next(sections.Count + 1), section); break;
            case 1: sections.RemoveAt(at); break;
            case 2: sections.Reverse(); break;
            case 3: sections[at] = section with { Kind = sections[random.Next(sections.Count)].Kind }; break;
            case 4: sections[at] = section with { Flags = (uint)random.Next(3) }; break;
            case 5: sections.Insert(at, new RawModel.Section("XTRA", (uint)random.Next(2), Noise(random, random.Next(200)))); break;
            case 6: sections[at] = section with { Payload = Resize(section.Payload, random) }; break;
            default:
                List<RawModel.Section> others = RawModel.Parse(Pick(corpus, random)).Sections;
                sections[at] = others[Math.Min(at, others.Count - 1)];
                break;
        }
        return model.ToBytes();
    }

    private static byte[] Damage(byte[] file, Corpus corpus, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                for (int flips = random.Next(1, 9); flips > 0 && file.Length > 0; flips--)
                    file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
            case 1:
                return Resize(file, random);
            case 2:
                byte[] other = Pick(corpus, random);
                int cut = random.Next(Math.Min(file.Length, other.Length) + 1);
                return [.. file[..cut], .. other[cut..]];
            case 3:
                Noise(random, Math.Min(16, file.Length)).CopyTo(file, random.Next(Math.Max(1, file.Length - 15)));
                return file;
            case 4:
                return Number(file, random);
            default:
                return Field(file, random);
        }
    }

    /// <summary>Sets a field of header or table, or one of the first fields of a section, to something awkward.</summary>
    private static byte[] Field(byte[] file, Random random)
    {
        int at = random.Next(3) switch
        {
            0 => 8 + 4 * random.Next(6),
            1 => 32 + 4 * random.Next(8 * 6),
            _ => SectionStart(file, random) + 4 * random.Next(16),
        };
        if (at < 0 || at + 8 > file.Length)
            return file;
        Span<byte> field = file.AsSpan(at);
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(field);
        value = random.Next(4) switch
        {
            0 => value + (ulong)random.Next(1, 9),
            1 => value - (ulong)random.Next(1, 9),
            2 => (ulong)(file.Length + random.Next(-8, 9)),
            _ => s_spicyIntegers[random.Next(s_spicyIntegers.Length)],
        };
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(field, (uint)value);
        return file;
    }

    /// <summary>Sets a floating-point number of a section to something awkward.</summary>
    private static byte[] Number(byte[] file, Random random)
    {
        int at = SectionStart(file, random) + 8 * random.Next(24);
        if (at >= 0 && at + 8 <= file.Length)
            BinaryPrimitives.WriteDoubleLittleEndian(file.AsSpan(at), s_spicyNumbers[random.Next(s_spicyNumbers.Length)]);
        return file;
    }

    /// <summary>Where the table says that one of its sections starts, which may be anywhere.</summary>
    private static int SectionStart(byte[] file, Random random)
    {
        int at = 32 + 32 * random.Next(6) + 8;
        return at + 4 <= file.Length ? BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at)) & 0xFF_FFFF : 0;
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
        int small = corpus.Files.Count - 3;
        return [.. corpus.Files[random.Next(16) == 0 ? small + random.Next(3) : random.Next(small)]];
    }
}
