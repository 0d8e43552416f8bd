using System.Buffers.Binary;
using ElasticNet.Fast.Models;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>What sections say is held to the rules of the format, behind right checksums.</summary>
public class SectionTests
{
    private const int Features = 7;

    public static TheoryData<string, int, object, string> Violations => new()
    {
        { "FMLY", 0, 1, "'family' (1) and 'link' (0) must be 0 (Gaussian) and 0 (identity)" },
        { "FMLY", 4, 2, "'family' (0) and 'link' (2) must be" },
        { "COEF", 0, 8, "section 'COEF' (204 bytes) must have 160 bytes left at 64" },
        { "COEF", 0, -1, "'coefficient count' (4294967295) must be at most 2147483647" },
        { "COEF", 0, int.MaxValue, "must have 42949672940 bytes left at 64" },
        { "COEF", 4, 1, "reserved bytes of section 'COEF' must be 0" },
        { "COEF", 16, 1, "reserved bytes of section 'COEF' must be 0" },
        { "COEF", 60, 1, "reserved bytes of section 'COEF' must be 0" },
        { "COEF", 8, double.NaN, "'intercept' (NaN) must be finite" },
        { "COEF", 64, double.PositiveInfinity, "'coefficient' of feature 0 (Infinity) must be finite and not 0" },
        { "COEF", 64, double.NaN, "'coefficient' of feature 0 (NaN) must be finite and not 0" },
        { "COEF", 64, 0.0, "'coefficient' of feature 0 (0) must be finite and not 0" },
        { "COEF", 120, -1.5, "'standard deviation' of feature 0 (-1.5) must be finite and not negative" },
        { "COEF", 120, double.NaN, "'standard deviation' of feature 0 (NaN) must be finite and not negative" },
        { "COEF", 176, -1, "'index' 0 (-1) must be above the one before (-1) and below the 7 features" },
        { "COEF", 180, 0, "'index' 1 (0) must be above the one before (0) and below the 7 features" },
        { "COEF", 200, 7, "'index' 6 (7) must be above the one before (5) and below the 7 features" },
        { "SCHM", 0, 8, "section 'SCHM'" },
        { "SCHM", 0, -1, "'feature count' (4294967295) must be at most 2147483647" },
        { "SCHM", 4, 4, "flags of section 'SCHM' (0x4) must be below 0x4" },
        { "SCHM", 4, 0, "must be 0 where there are none" },
        { "SCHM", 8, -1, "section 'SCHM'" },
        { "SCHM", 12, 1, "section 'SCHM'" },
        { "SCHM", 16, 999, "the end of feature name 0 (999) must be in [0, " },
        { "SCHM", 20, 0, "the end of feature name 1 (0) must be in [1, " },
        { "SCHM", 40, 6, "the feature names (6 bytes) must fill their 7 bytes" },
        { "FIT ", 0, -1.0, "'lambda' (-1) must be finite and not negative" },
        { "FIT ", 0, double.NaN, "'lambda' (NaN) must be finite and not negative" },
        { "FIT ", 0, double.PositiveInfinity, "'lambda' (Infinity) must be finite and not negative" },
        { "FIT ", 8, 1.5, "'l1 ratio' (1.5) must be in [0, 1]" },
        { "FIT ", 8, -0.5, "'l1 ratio' (-0.5) must be in [0, 1]" },
        { "FIT ", 8, double.NaN, "'l1 ratio' (NaN) must be in [0, 1]" },
        { "PROV", 0, -1, "'rows' (4294967295) must be at most 2147483647" },
        { "PROV", 4, 32, "flags of section 'PROV' (0x20) must be below 0x20" },
        { "PROV", 4, 0, "'seed' (77) must be 0 where there is none" },
        { "PROV", 8, -1, "'folds' (4294967295) must be at most 2147483647" },
        { "PROV", 12, 9, "'measure' (9) must be 0 or 1 or 2 or 3 or 4 or 5 or 6 or 7 or 8" },
        { "PROV", 16, -1, "'selection' (4294967295) must be 0 or 1" },
        { "PROV", 20, 6, "section 'PROV' (61 bytes) must have 6 bytes left at 56" },
        { "PROV", 32, -0.5, "'lambda min' (-0.5) must be NaN, or finite and not negative" },
        { "PROV", 40, double.PositiveInfinity, "'lambda 1se' (Infinity) must be NaN, or finite and not negative" },
        { "PROV", 48, -1, "'repeats' (4294967295) must be at most 2147483647" },
        { "CURV", 0, 0, "'cross-validation points' (0) must not be 0" },
        { "CURV", 0, 3, "section 'CURV' (104 bytes) must have 144 bytes left at 8" },
        { "CURV", 4, 1, "reserved bytes of section 'CURV' must be 0" },
        { "CURV", 8, 2.0, "'l1 ratio' of cross-validation point 0 (2) must be in [0, 1]" },
        { "CURV", 64, -2.0, "'lambda' of cross-validation point 1 (-2) must be finite and not negative" },
        { "CURV", 96, 8, "'non-zero count' of cross-validation point 1 (8) must be in [0, 7]" },
        { "CURV", 100, 1, "reserved bytes of section 'CURV' must be 0" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(string section, int at, object value, string message)
    {
        byte[] file = RawModel.Parse(SampleModels.Bytes(Content())).Edit(section, payload => Put(payload.AsSpan(at), value)).ToBytes();
        string actual = Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(file)).Message;
        Assert.Contains(message, actual);
        Assert.StartsWith("Bad model file: ", actual);
    }

    [Theory]
    [InlineData("SCHM")]
    [InlineData("COEF")]
    [InlineData("FMLY")]
    [InlineData("FIT ")]
    [InlineData("PROV")]
    [InlineData("CURV")]
    public void A_section_of_the_wrong_length_is_refused(string kind)
    {
        byte[] file = SampleModels.Bytes(Content());
        int length = RawModel.Parse(file).Sections[RawModel.Parse(file).IndexOf(kind)].Payload.Length;
        for (int shorter = 0; shorter < length; shorter++)
            Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(RawModel.Parse(file).Replace(kind, payload => payload[..shorter]).ToBytes()));
        Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(RawModel.Parse(file).Replace(kind, payload => [.. payload, 0]).ToBytes()));
    }

    [Theory]
    [InlineData("SCHM", "feature name")]
    [InlineData("PROV", "library version")]
    public void Text_must_be_UTF8(string section, string name)
    {
        // An encoded surrogate half, which UTF-8 forbids, and a lone continuation byte.
        foreach (byte[] bad in new byte[][] { [0xED, 0xA0, 0x80], [0x80] })
        {
            byte[] file = RawModel.Parse(SampleModels.Bytes(Content())).Edit(section, payload => bad.CopyTo(payload, payload.Length - bad.Length)).ToBytes();
            Assert.Contains($"'{name}'", Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(file)).Message);
        }
    }

    [Fact]
    public void Statistics_may_be_any_number()
    {
        byte[] file = RawModel.Parse(SampleModels.Bytes(Content()))
            .Edit("FIT ", payload => Put(payload.AsSpan(32), double.NaN))
            .Edit("CURV", payload => Put(payload.AsSpan(24), double.PositiveInfinity))
            .ToBytes();
        using ElasticNetModel model = ElasticNetModel.Load(file);
        Assert.Equal(double.NaN, model.Fit.RelativeGap);
        Assert.Equal(double.PositiveInfinity, model.CrossValidation[0].Mean);
    }

    [Fact]
    public void A_huge_feature_count_without_names_takes_no_memory()
    {
        byte[] file = RawModel.Parse(SampleModels.Bytes(Content() with { FeatureNames = null }))
            .Edit("SCHM", payload => Put(payload, int.MaxValue)).ToBytes();
        ElasticNetModel.Load(file).Dispose();
        long before = GC.GetAllocatedBytesForCurrentThread();
        using ElasticNetModel model = ElasticNetModel.Load(file);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 * file.Length);
        Assert.Equal(int.MaxValue, model.FeatureCount);
    }

    /// <summary>Seven features named a … g, all with coefficients, and two points of a curve.</summary>
    private static ModelContent Content()
    {
        ModelContent content = SampleModels.Content(2, Features, density: 1, curvePoints: 2);
        return content with
        {
            FeatureNames = [.. "abcdefg".Select(c => c.ToString())],
            TargetName = "y",
            Provenance = content.Provenance with { LibraryVersion = "0.1.0", Seed = 77 },
        };
    }

    internal static void Put(Span<byte> at, object value)
    {
        if (value is double number)
            BinaryPrimitives.WriteDoubleLittleEndian(at, number);
        else
            BinaryPrimitives.WriteInt32LittleEndian(at, (int)value);
    }
}
