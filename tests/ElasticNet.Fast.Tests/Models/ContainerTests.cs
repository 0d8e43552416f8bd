using System.Buffers.Binary;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Damage to the container is refused, each kind with its own sentence.</summary>
public class ContainerTests
{
    private static readonly byte[] s_file = SampleModels.Bytes(SampleModels.Content(11, 5, names: true, curvePoints: 2));

    [Fact]
    public void A_file_put_together_from_the_specification_has_the_bytes_of_the_writer() =>
        Assert.Equal(s_file, RawModel.Parse(s_file).ToBytes());

    [Fact]
    public void Sections_are_the_documented_ones_in_the_documented_order() =>
        Assert.Equal(["SCHM", "COEF", "FMLY", "FIT ", "PROV", "CURV"], RawModel.Parse(s_file).Sections.Select(section => section.Kind));

    [Fact]
    public void Every_truncation_is_refused()
    {
        for (int length = 0; length < s_file.Length; length++)
            Refuse(s_file[..length]);
    }

    [Fact]
    public void Every_truncation_with_its_length_and_checksums_put_right_is_refused()
    {
        for (int length = 36; length < s_file.Length; length++)
        {
            byte[] file = s_file[..length];
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(16), length);
            RawModel.Repair(file);
            Refuse(file);
        }
    }

    [Fact]
    public void Every_damaged_byte_is_refused()
    {
        for (int i = 0; i < s_file.Length; i++)
        {
            foreach (byte damage in new byte[] { 0x01, 0x80, 0xFF })
            {
                byte[] file = [.. s_file];
                file[i] ^= damage;
                Refuse(file);
            }
        }
    }

    [Fact]
    public void Bytes_after_the_end_are_refused() => Assert.Contains("truncated or damaged", Refuse([.. s_file, 0]));

    [Fact]
    public void Something_else_is_said_to_be_something_else()
    {
        Assert.Contains("magic number", Refuse([]));
        Assert.Contains("magic number", Refuse("x,y\n1,2\n"u8.ToArray()));
        Assert.Contains("truncated", Refuse(s_file[..20]));
    }

    [Theory]
    [InlineData(8, 1, "version (1) must be at most 0")]
    [InlineData(12, 65, "section count (65) must be at most 64")]
    [InlineData(12, -1, "section count (4294967295) must be at most 64")]
    [InlineData(12, 60, "table of 60 sections must fit")]
    [InlineData(16, 1, "length in the header (1) must be that of the file")]
    [InlineData(24, 1, "reserved bytes of the header must be 0")]
    [InlineData(36, 0, "section 'SCHM' has flags (0)")]
    [InlineData(36, 3, "section 'SCHM' has flags (3)")]
    [InlineData(40, 192, "section 'SCHM' (offset 192) must start at 256")]
    [InlineData(40, 0, "section 'SCHM' (offset 0) must start at 256")]
    [InlineData(44, 1, "must start at 256")]
    [InlineData(48, 1_000_000, "section 'SCHM' (1000000 bytes from 256) must end inside the file")]
    [InlineData(52, 1, "must end inside the file")]
    [InlineData(52, -1, "must end inside the file")]
    [InlineData(60, 1, "reserved bytes of section 'SCHM' must be 0")]
    public void Fields_of_header_and_table_are_checked_behind_right_checksums(int at, int value, string message)
    {
        byte[] file = [.. s_file];
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        RawModel.Repair(file);
        Assert.Contains(message, Refuse(file));
    }

    [Fact]
    public void Padding_hides_nothing()
    {
        byte[] file = [.. s_file];
        file[255] = 1;
        RawModel.Repair(file);
        Assert.Contains("padding before section 'SCHM' must be 0", Refuse(file));
    }

    [Fact]
    public void A_damaged_section_is_named()
    {
        byte[] file = [.. s_file];
        file[256] ^= 1;
        Assert.Contains("checksum of section 'SCHM'", Refuse(file));
        file[^1] ^= 1;
        file[256] ^= 1;
        Assert.Contains("checksum of the file", Refuse(file));
    }

    [Theory]
    [InlineData("SCHM")]
    [InlineData("COEF")]
    [InlineData("FMLY")]
    [InlineData("FIT ")]
    [InlineData("PROV")]
    public void A_required_section_must_be_there_once(string kind)
    {
        RawModel without = RawModel.Parse(s_file);
        without.Sections.RemoveAt(without.IndexOf(kind));
        Assert.Contains($"section '{kind}' must be present", Refuse(without.ToBytes()));

        RawModel twice = RawModel.Parse(s_file);
        twice.Sections.Add(twice.Sections[twice.IndexOf(kind)]);
        Assert.Contains($"section '{kind}' must be present only once", Refuse(twice.ToBytes()));
    }

    [Fact]
    public void The_curve_may_be_missing()
    {
        RawModel without = RawModel.Parse(s_file);
        without.Sections.RemoveAt(without.IndexOf("CURV"));
        using ElasticNetModel model = ElasticNetModel.Load(without.ToBytes());
        Assert.Equal(0, model.CrossValidation.Length);
    }

    [Fact]
    public void Sections_may_come_in_any_order()
    {
        RawModel reversed = RawModel.Parse(s_file);
        reversed.Sections.Reverse();
        using ElasticNetModel model = ElasticNetModel.Load(reversed.ToBytes());
        Assert.Equal(s_file, SampleModels.Bytes(model));
    }

    [Fact]
    public void Unknown_sections_are_skipped_if_optional_and_refused_if_required()
    {
        RawModel model = RawModel.Parse(s_file);
        model.Sections.Insert(2, new RawModel.Section("NEWS", 0, [1, 2, 3]));
        using ElasticNetModel loaded = ElasticNetModel.Load(model.ToBytes());
        Assert.Equal(s_file, SampleModels.Bytes(loaded));

        model.Sections[2] = model.Sections[2] with { Flags = 1 };
        Assert.Contains("section 'NEWS' must be understood", Refuse(model.ToBytes()));
        model.Sections[2] = model.Sections[2] with { Kind = "N\0W\u00FF" };
        Assert.Contains("section '0xFF57004E' must be understood", Refuse(model.ToBytes()));
    }

    [Fact]
    public void An_unknown_section_must_be_there_only_once_too()
    {
        RawModel model = RawModel.Parse(s_file);
        model.Sections.Add(new RawModel.Section("NEWS", 0, []));
        model.Sections.Add(new RawModel.Section("NEWS", 0, [1]));
        Assert.Contains("section 'NEWS' must be present only once", Refuse(model.ToBytes()));
    }

    private static string Refuse(byte[] file) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(file)).Message;
}
