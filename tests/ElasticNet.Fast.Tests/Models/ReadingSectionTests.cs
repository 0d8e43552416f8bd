namespace ElasticNet.Fast.Tests.Models;

/// <summary>How text became values comes back from the file, and its section is held to the rules of the format.</summary>
public class ReadingSectionTests
{
    private static readonly TextFormat s_format = new()
    {
        MissingTokens = ["?", "−"],
        DecimalSeparator = ',',
        GroupSeparator = ' ',
        Signs = true,
        Columns = [new("day (month)", "day", TextPart.Month), new("rate", "rate", TextPart.Number, "%")],
    };

    // 24 bytes; 2 parts at 24; 8 ends at 32; text at 64: "?", "−" (3 bytes), "day (month)", "day", "", "rate", "rate", "%": 27 bytes.
    public static TheoryData<int, object, string> Violations => new()
    {
        { 0, 46 + 65536, "'decimal separator' (65582) and 'group separator' (32) must be at most 65535" },
        { 0, 59, "'decimal separator' (59) must be a point (46) or a comma (44)" },
        { 4, 44, "'group separator' (44) must be 0, a blank (32)" },
        { 4, 120, "'group separator' (120) must be 0, a blank (32)" },
        { 8, 2, "the flags of section 'READ' (0x2) must be below 0x2" },
        { 12, -1, "'token count' (4294967295) must be at most 2147483647" },
        { 12, 3, "section 'READ' (91 bytes) must have 71 bytes left at 24" },
        { 12, int.MaxValue, "section 'READ' (91 bytes) must have" },
        { 16, -1, "'column count' (4294967295) must be at most 2147483647" },
        { 16, int.MaxValue, "section 'READ' (91 bytes) must have" },
        { 20, -1, "section 'READ' (91 bytes) must have" },
        { 24, 7, "the part of column 'day (month)' (7) must be at most 6" },
        { 24, -1, "the part of column 'day (month)' (4294967295) must be at most 6" },
        { 32, -1, "the end of token or column of the text 0 (4294967295) must be in [0, 27]" },
        { 36, 0, "the end of token or column of the text 1 (0) must be in [1, 27]" },
        { 60, 26, "(26 bytes) must fill their 27 bytes" },
        { 64, 0x80, "'token or column of the text' (1 bytes) must be UTF-8" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(int at, object value, string message) => Assert.Contains(
        message,
        Refuse(RawModel.Parse(Bytes()).Edit("READ", payload => SectionTests.Put(payload.AsSpan(at), value))),
        StringComparison.Ordinal);

    [Fact]
    public void A_section_of_the_wrong_length_is_refused()
    {
        for (int shorter = 0; shorter < 91; shorter++)
            Refuse(RawModel.Parse(Bytes()).Replace("READ", payload => payload[..shorter]));
        Refuse(RawModel.Parse(Bytes()).Replace("READ", payload => [.. payload, 0]));
    }

    [Fact]
    public void A_format_comes_back()
    {
        using ElasticNetModel model = ElasticNetModel.Load(Bytes());
        TextFormat format = model.TextFormat!;
        Assert.Equal(s_format.MissingTokens, format.MissingTokens);
        Assert.Equal((',', ' ', true), (format.DecimalSeparator, format.GroupSeparator!.Value, format.Signs));
        Assert.Equal(s_format.Columns, format.Columns);
        Assert.Equal(Bytes(), SampleModels.Bytes(model));
    }

    [Fact]
    public void A_reader_that_does_not_know_it_may_skip_it()
    {
        RawModel file = RawModel.Parse(Bytes());
        Assert.Equal((91, 0u), (file.Sections[file.IndexOf("READ")].Payload.Length, file.Sections[file.IndexOf("READ")].Flags));
        file.Sections.RemoveAt(file.IndexOf("READ"));
        using ElasticNetModel without = ElasticNetModel.Load(file.ToBytes());
        Assert.Null(without.TextFormat);
    }

    [Fact]
    public void What_no_reader_would_take_is_not_saved()
    {
        Assert.Contains("must differ by name", Save(s_format with { Columns = [s_format.Columns[0], s_format.Columns[0]] }), StringComparison.Ordinal);
        Assert.Contains("'group separator' (44)", Save(s_format with { GroupSeparator = ',' }), StringComparison.Ordinal);
    }

    private static string Save(TextFormat format)
    {
        using ElasticNetModel model = new(Csv.SampleModel.Content(1, [2], ["a"]) with { TextFormat = format });
        return Assert.Throws<InvalidOperationException>(() => SampleModels.Bytes(model)).Message;
    }

    private static byte[] Bytes()
    {
        using ElasticNetModel model = new(Csv.SampleModel.Content(1, [2], ["a"]) with { TextFormat = s_format });
        return SampleModels.Bytes(model);
    }

    private static string Refuse(RawModel file) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(file.ToBytes())).Message;
}
