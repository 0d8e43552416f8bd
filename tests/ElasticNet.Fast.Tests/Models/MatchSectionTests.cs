using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>What the section of matches says is held to the rules of the format, behind right checksums.</summary>
public class MatchSectionTests
{
    // Two columns with 3 and 2 donors: 16 bytes, 5 predictions, 5 values at 56, 2 counts at 96.
    public static TheoryData<int, object, string> Violations => new()
    {
        { 0, 0, "'donors of a match' (0) must be from 1 to 64" },
        { 0, 65, "'donors of a match' (65) must be from 1 to 64" },
        { 0, -1, "'donors of a match' (4294967295) must be at most 2147483647" },
        { 4, 3, "'columns of matches' (3) must be the 2 raw columns of numbers" },
        { 8, 6, "section 'MTCH' (104 bytes) must have 104 bytes left at 16" },
        { 8, -1, "'matches' (4294967295) must be at most 2147483647" },
        { 12, 1, "the reserved bytes of section 'MTCH' must be 0" },
        { 16, double.NaN, "prediction 0 of the matches of column 0 (NaN) must be finite and above the one before" },
        { 24, -100.0, "prediction 1 of the matches of column 0 (-100) must be finite and above the one before" },
        { 48, double.PositiveInfinity, "prediction 1 of the matches of column 1 (Infinity) must be finite" },
        { 56, double.NaN, "value 0 of the matches of column 0 (NaN) must be finite" },
        { 88, double.NegativeInfinity, "value 1 of the matches of column 1 (-Infinity) must be finite" },
        { 96, -1, "the matches of column 0 (4294967295) must be among the 5 left of 5" },
        { 96, 6, "the matches of column 0 (6) must be among the 5 left of 5" },
        { 100, 3, "the matches of column 1 (3) must be among the 2 left of 5" },
        { 100, 1, "the matches of the columns (4) must come to the 5 of the section" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(int at, object value, string message) =>
        Assert.Contains(message, Refuse(RawModel.Parse(Bytes()).Edit("MTCH", payload => SectionTests.Put(payload.AsSpan(at), value))), StringComparison.Ordinal);

    [Fact]
    public void A_section_of_the_wrong_length_is_refused()
    {
        for (int shorter = 0; shorter < 104; shorter++)
            Refuse(RawModel.Parse(Bytes()).Replace("MTCH", payload => payload[..shorter]));
        Refuse(RawModel.Parse(Bytes()).Replace("MTCH", payload => [.. payload, 0]));
    }

    [Fact]
    public void It_belongs_to_equations_and_must_be_understood()
    {
        RawModel alone = RawModel.Parse(SampleModels.Bytes(SampleModels.Content(1, 3)));
        alone.Sections.Add(RawModel.Parse(Bytes()).Sections.Single(section => section.Kind == "MTCH"));
        Assert.Contains("section 'MTCH' must not be present without 'EQNS'", Refuse(alone), StringComparison.Ordinal);
        Assert.Equal(1u, RawModel.Parse(Bytes()).Sections.Single(section => section.Kind == "MTCH").Flags);
    }

    private static string Refuse(RawModel model) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(model.ToBytes())).Message;

    private static byte[] Bytes()
    {
        Preparation preparation = Preparation.Learn(
            new FeatureTable([InputColumn.Number("a"), InputColumn.Number("b")], new double[] { 1, 2, 3, 4, double.NaN, 8 }, 3),
            new() { Imputation = ImputationMethod.Iterative, Iterative = new() { MaxRounds = 5, Matching = 2 } });
        MatchTable[] tables = preparation.Equations!.Matches.ToArray();
        Assert.Equal([3, 2], tables.Select(table => table.Values.Length));
        return SampleModels.Bytes(SampleModels.Prepared(1, preparation));
    }
}
