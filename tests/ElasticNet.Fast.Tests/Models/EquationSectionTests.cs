using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>What the section of chained equations says is held to the rules of the format, behind right checksums.</summary>
public class EquationSectionTests
{
    // Two columns, two rounds: 80 + 16 + 16 bytes of limits, 4 equations of 24 bytes, 8 bytes of order.
    public static TheoryData<int, object, string> Violations => new()
    {
        { 0, 3, "'columns of equations' (3) must be the 2 raw columns of numbers" },
        { 0, -1, "'columns of equations' (4294967295) must be at most 2147483647" },
        { 4, 0, "'rounds' (0) must be from 1 to 5, or 0 for fewer than 2 columns of equations (2)" },
        { 4, 6, "'rounds' (6) must be from 1 to 5" },
        { 4, 3, "section 'EQNS' (216 bytes) must have 184 bytes left at 80" },
        { 8, 8, "the flags of section 'EQNS' (0x8) must be below 0x8" },
        { 12, 0, "'rounds' (2) must be from 1 to 0" },
        { 16, -1.0, "'Tolerance' (-1) must be finite and not negative" },
        { 16, double.NaN, "'Tolerance' (NaN) must be finite and not negative" },
        { 24, double.PositiveInfinity, "'Minimum' (Infinity) must be a number or −∞" },
        { 24, double.NaN, "'Minimum' (NaN) must be a number or −∞" },
        { 32, double.NaN, "'Maximum' (NaN) must be at least 'Minimum' (-Infinity)" },
        { 56, 1, "'Imputations' (1) must be at least 2" },
        { 60, 0, "'Rounds' (0) must be at least 1" },
        { 60, -1, "'rounds of draws' (4294967295) must be at most 2147483647" },
        { 72, 1.5, "'L1Ratio' (1.5) must be in [0, 1]" },
        { 80, double.NaN, "the limits of column of equations 0 (NaN and" },
        { 104, double.NaN, "the limits of column of equations 1 (-Infinity and NaN) must be in order" },
        { 112, double.NaN, "number 0 of equation 0 (NaN) must be finite, and 0 for the column itself" },
        { 120, 1.0, "number 1 of equation 0 (1) must be finite, and 0 for the column itself" },
        { 152, 1.0, "number 2 of equation 1 (1) must be finite, and 0 for the column itself" },
        { 200, double.PositiveInfinity, "number 2 of equation 3 (Infinity) must be finite" },
        { 208, 2, "column 0 in the order of equations (2) must be one of the 2, each once" },
        { 208, -1, "column 0 in the order of equations (-1) must be one of the 2, each once" },
        { 212, 0, "column 1 in the order of equations (0) must be one of the 2, each once" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(int at, object value, string message)
    {
        RawModel model = RawModel.Parse(Bytes()).Edit("EQNS", payload => SectionTests.Put(payload.AsSpan(at), value));
        string actual = Refuse(model);
        Assert.StartsWith("Bad model file: ", actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", actual, StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_of_the_wrong_length_is_refused()
    {
        byte[] file = Bytes();
        int length = RawModel.Parse(file).Sections[RawModel.Parse(file).IndexOf("EQNS")].Payload.Length;
        Assert.Equal(216, length);
        for (int shorter = 0; shorter < length; shorter++)
            Refuse(RawModel.Parse(file).Replace("EQNS", payload => payload[..shorter]));
        Refuse(RawModel.Parse(file).Replace("EQNS", payload => [.. payload, 0]));
    }

    [Fact]
    public void It_belongs_to_iterative_imputation_alone()
    {
        RawModel without = RawModel.Parse(Bytes()), other = RawModel.Parse(Bytes()).Edit("PREP", payload => SectionTests.Put(payload, 1));
        without.Sections.RemoveAll(section => section.Kind == "EQNS");
        Assert.Contains("section 'EQNS' must be there for iterative and multiple imputation", Refuse(without), StringComparison.Ordinal);
        Assert.Contains("section 'EQNS' must be there for iterative and multiple imputation", Refuse(other), StringComparison.Ordinal);
        RawModel alone = RawModel.Parse(Bytes());
        alone.Sections.RemoveAll(section => section.Kind is "INPT" or "PREP");
        Assert.Contains("section 'EQNS' must not be present without 'PREP'", Refuse(alone), StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_must_be_a_number()
    {
        RawModel model = RawModel.Parse(Bytes()).Edit("PREP", payload => SectionTests.Put(payload.AsSpan(64), double.NaN));
        Assert.Contains("the fill of column of equations 0 (NaN) must be finite", Refuse(model), StringComparison.Ordinal);
    }

    private static string Refuse(RawModel model) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(model.ToBytes())).Message;

    private static byte[] Bytes()
    {
        InputColumn[] columns = [InputColumn.Number("a"), InputColumn.Number("b")];
        Preparation preparation = Preparation.Learn(
            new FeatureTable(columns, new double[] { 1, 2, 3, 4, 1, 3, double.NaN, 8 }, 4),
            new() { Imputation = ImputationMethod.Iterative, Iterative = new() { MaxRounds = 5 } });
        ChainedEquations equations = preparation.Equations!;
        Assert.Equal(2, equations.Convergence.Rounds);
        Assert.Equal([0, 1], equations.Order.ToArray());
        return SampleModels.Bytes(SampleModels.Prepared(1, preparation));
    }
}
