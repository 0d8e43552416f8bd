using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>What the sections of a preparation say is held to the rules of the format, behind right checksums.</summary>
public class PreparedSectionTests
{
    public static TheoryData<string, int, object, string> Violations => new()
    {
        { "INPT", 0, -1, "'input count' (4294967295) must be at most 2147483647" },
        { "INPT", 0, 1000, "'input count' (1000) must fit into its section, of which 54 bytes are left" },
        { "INPT", 0, 4, "section 'INPT' (62 bytes) must have 42 bytes left at 40" },
        { "INPT", 4, 7, "section 'INPT' (62 bytes) must have 31 bytes left at 32" },
        { "INPT", 8, 2, "input 0 (kind 2, 0 levels) must be a number (0) without levels or a category (1)" },
        { "INPT", 24, 0, "input 2 (kind 0, 3 levels) must be a number (0) without levels" },
        { "INPT", 28, int.MaxValue, "section 'INPT' (62 bytes) must have" },
        { "INPT", 28, -1, "'level count' (4294967295) must be at most 2147483647" },
        { "INPT", 32, 99, "the end of input name or level 0 (99) must be in [0, 6]" },
        { "INPT", 36, 0, "the end of input name or level 1 (0) must be in [1, 6]" },
        { "INPT", 56, 0x78636161, "'Inputs' must differ by name, but 'a' is column 0 and column 1" },
        { "INPT", 58, 0x7A787863, "input 2 (kind 1, 3 levels) must be a number (0) without levels or a category (1) with levels that differ" },
        { "PREP", 0, 9, "'Imputation' (9) must be a defined value" },
        { "PREP", 0, -1, "'Imputation' (-1) must be a defined value" },
        { "PREP", 0, 1, "section 'DONR' must be there for imputation of numbers by neighbours, and for nothing else (Mean of 3 columns)" },
        { "PREP", 0, 7, "section 'DONR' must be there for imputation of numbers by neighbours, and for nothing else (Iterative" },
        { "PREP", 4, 4, "the flags of section 'PREP' (0x4) must be below 0x4" },
        { "PREP", 4, 1, "'scaling' (1) must be 0 where there is none" },
        { "PREP", 8, 0, "'Neighbors' (0) must be at least 1." },
        { "PREP", 8, -1, "'neighbors' (4294967295) must be at most 2147483647" },
        { "PREP", 12, 2, "'NeighborWeighting' (2) must be a defined value" },
        { "PREP", 16, double.NaN, "'FillValue' (NaN) must be finite" },
        { "PREP", 16, double.PositiveInfinity, "'FillValue' (Infinity) must be finite" },
        { "PREP", 24, 6, "'Scaling' (6) must be a defined value" },
        { "PREP", 28, 1, "section 'PREP' (228 bytes) must have 168 bytes left at 48" },
        { "PREP", 32, 3, "'Reference' (3) must be a defined value" },
        { "PREP", 36, 0, "'MinLevelCount' (0) must be at least 1" },
        { "PREP", 36, -1, "'least level count' (4294967295) must be at most 2147483647" },
        { "PREP", 40, 2, "'UnknownLevels' (2) must be a defined value" },
        { "PREP", 44, 5, "'scaled features' (5) must be the 6 features, or 0 without scaling" },
        { "PREP", 44, -1, "'scaled features' (4294967295) must be at most 2147483647" },
        { "PREP", 48, -1, "the encoding of input 0 (features -1, 1, -1, fill 0.5) must fit a Number" },
        { "PREP", 48, -2, "the encoding of input 0" },
        { "PREP", 48, 6, "the features of input 0 must be in [0, 6)" },
        { "PREP", 52, 0, "the encoding of input 0 (features 0, 0, -1" },
        { "PREP", 52, -2, "the encoding of input 0 (features 0, -2, -1" },
        { "PREP", 56, 0, "the encoding of input 0 (features 0, 1, 0" },
        { "PREP", 56, -2, "the encoding of input 0 (features 0, 1, -2" },
        { "PREP", 60, 1, "input 0 (1 features of levels) must have one for each of its 0 levels" },
        { "PREP", 64, double.NegativeInfinity, "the encoding of input 0" },
        { "PREP", 72, 0, "the features of input 1 must be in [2, 6)" },
        { "PREP", 72, 3, "the features of input 2 must be in [4, 6)" },
        { "PREP", 96, 3, "the encoding of input 2 (features 3, 5, -1" },
        { "PREP", 100, 2, "the features of input 2 must be in [3, 6)" },
        { "PREP", 100, 4, "feature 5 of 6 must come from an input" },
        { "PREP", 104, -3, "the encoding of input 2 (features -1, 5, -3" },
        { "PREP", 108, 2, "input 2 (2 features of levels) must have one for each of its 3 levels" },
        { "PREP", 108, -1, "input 2 (4294967295 features of levels) must have one for each of its 3 levels" },
        { "PREP", 120, double.NaN, "center (NaN) and scale (2) of feature 0 must be finite, the scale positive" },
        { "PREP", 168, 0.0, "center (1) and scale (0) of feature 0 must be finite, the scale positive" },
        { "PREP", 168, double.NaN, "center (1) and scale (NaN) of feature 0" },
        { "PREP", 208, double.PositiveInfinity, "center (1) and scale (Infinity) of feature 5" },
        { "PREP", 216, 6, "the features of input 2 must be in [3, 6)" },
        { "PREP", 216, -3, "the features of input 2 must be in [3, 6)" },
        { "PREP", 220, int.MaxValue, "the features of input 2 must be in [3, 6)" },
        { "DONR", 0, 0, "'donors' (0) must be at least 1 and 'columns of donors' (2) the 2 raw columns of numbers" },
        { "DONR", 0, 5, "section 'DONR' (72 bytes) must have 80 bytes left at 8" },
        { "DONR", 0, int.MaxValue, "section 'DONR' (72 bytes) must have 34359738352 bytes left at 8" },
        { "DONR", 0, -1, "'donors' (4294967295) must be at most 2147483647" },
        { "DONR", 4, 0, "'columns of donors' (0) the 2 raw columns of numbers" },
        { "DONR", 4, 3, "'columns of donors' (3) the 2 raw columns of numbers" },
        { "DONR", 48, double.NegativeInfinity, "'donor' 1, column 1 (-Infinity) must not be infinite" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(string section, int at, object value, string message)
    {
        RawModel model = RawModel.Parse(SampleModels.Bytes(Content())).Edit(section, payload => SectionTests.Put(payload.AsSpan(at), value));
        string actual = Refuse(model);
        Assert.StartsWith("Bad model file: ", actual, StringComparison.Ordinal);
        Assert.Contains(message, actual, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", actual, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INPT")]
    [InlineData("PREP")]
    [InlineData("DONR")]
    public void A_section_of_the_wrong_length_is_refused(string kind)
    {
        byte[] file = SampleModels.Bytes(Content());
        int length = RawModel.Parse(file).Sections[RawModel.Parse(file).IndexOf(kind)].Payload.Length;
        for (int shorter = 0; shorter < length; shorter++)
            Refuse(RawModel.Parse(file).Replace(kind, payload => payload[..shorter]));
        Refuse(RawModel.Parse(file).Replace(kind, payload => [.. payload, 0]));
    }

    [Theory]
    [InlineData("sections 'INPT' and 'PREP' must be present together", "INPT")]
    [InlineData("sections 'INPT' and 'PREP' must be present together", "PREP")]
    [InlineData("section 'DONR' must not be present without 'PREP'", "INPT", "PREP")]
    [InlineData("section 'DONR' must be there for imputation of numbers by neighbours", "DONR")]
    public void Sections_belong_together(string message, params string[] missing)
    {
        RawModel model = RawModel.Parse(SampleModels.Bytes(Content()));
        model.Sections.RemoveAll(section => missing.Contains(section.Kind));
        Assert.Contains(message, Refuse(model), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INPT")]
    [InlineData("PREP")]
    [InlineData("DONR")]
    public void No_reader_may_skip_them(string kind)
    {
        RawModel model = RawModel.Parse(SampleModels.Bytes(Content()));
        int at = model.IndexOf(kind);
        Assert.Equal(1u, model.Sections[at].Flags);
        model.Sections[at] = model.Sections[at] with { Flags = 0 };
        Assert.Contains($"section '{kind}' has flags (0)", Refuse(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Features_must_have_names()
    {
        ModelContent unnamed = SampleModels.Content(3, 6) with { FeatureNames = null, TargetName = null };
        RawModel model = RawModel.Parse(SampleModels.Bytes(Content())), other = RawModel.Parse(SampleModels.Bytes(unnamed));
        model.Replace("SCHM", _ => other.Sections[other.IndexOf("SCHM")].Payload);
        Assert.Contains("a model with preparation must have feature names, of 6 features it has none", Refuse(model), StringComparison.Ordinal);
    }

    /// <summary>Two billion rows of no column take no bytes, and must take no time either.</summary>
    [Fact]
    public void Donors_without_columns_are_refused()
    {
        Preparation preparation = Preparation.Learn(new FeatureTable([InputColumn.Category("c", ["x"])], new double[] { 0 }, 1), new() { Imputation = ImputationMethod.NearestNeighbors });
        RawModel model = RawModel.Parse(SampleModels.Bytes(SampleModels.Prepared(1, preparation)));
        model.Sections.Add(new("DONR", 1, [0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0]));
        Assert.Contains("section 'DONR' must be there for imputation of numbers by neighbours", Refuse(model), StringComparison.Ordinal);
    }

    /// <summary>No raw column, no feature: the intercept is what is left.</summary>
    [Fact]
    public void A_preparation_of_nothing_predicts_the_intercept()
    {
        Preparation nothing = new(new() { Inputs = [] }, Array.Empty<InputEncoding>(), [], [], []);
        using ElasticNetModel model = ElasticNetModel.Load(SampleModels.Bytes(SampleModels.Prepared(1, nothing, offset: false)));
        Assert.Equal(model.Intercept, model.Predict(Array.Empty<double>()));
    }

    private static string Refuse(RawModel model) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(model.ToBytes())).Message;

    /// <summary>Numbers a (with an indicator) and b, a category c of x, y and z (the reference), neighbours and scales.</summary>
    private static ModelContent Content()
    {
        PreparationOptions options = new()
        {
            Inputs = [InputColumn.Number("a"), InputColumn.Number("b"), InputColumn.Category("c", ["x", "y", "z"])],
            Imputation = ImputationMethod.NearestNeighbors,
            MissingIndicators = true,
            Scaling = ScalingMethod.Standard,
        };
        InputEncoding[] encodings =
        [
            new(0, 1, InputEncoding.None, default, 0.5),
            new(2, InputEncoding.None, InputEncoding.None, default, 0.5),
            new(InputEncoding.None, 5, InputEncoding.None, new[] { 3, 4, InputEncoding.None }, double.NaN),
        ];
        NeighborImputer neighbors = NeighborImputer.Learn(new double[] { 1, 2, 3, double.NaN, 5, 6, 7, 8 }, 4, 2, options.Neighbors, options.NeighborWeighting);
        Preparation preparation = new(
            options, encodings, ["a", "a (missing)", "b", "c=x", "c=y", "c (missing)"], [1, 1, 1, 1, 1, 1], [2, 2, 2, 2, 2, 2], neighbors);
        return SampleModels.Prepared(3, preparation, density: 1);
    }
}
