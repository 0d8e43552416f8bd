using ElasticNet.Fast.Models;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>Several outputs come back bit for bit, what their sections say is held to the rules of the format, and a file of one output is what it was.</summary>
[Reproducible]
public class OutputSectionTests
{
    // Two features with three outputs each. OUTP: u32 3, u32 30, three intercepts at 8, ends 10, 20 and 30 at 32, names at 44: 74 bytes.
    // COEF: six coefficients at 64, two deviations at 112, two features at 128: 136 bytes.
    public static TheoryData<string, int, object, string> Violations => new()
    {
        { "OUTP", 0, 1, "'outputs' (1) must be 2 or more in a section of their own" },
        { "OUTP", 0, 0, "'outputs' (0) must be 2 or more" },
        { "OUTP", 0, -1, "'outputs' (4294967295) must be at most 2147483647" },
        { "OUTP", 0, int.MaxValue, "section 'OUTP' (74 bytes) must have 25769803794 bytes left at 8" },
        { "OUTP", 0, 2, "section 'OUTP' (74 bytes) must have 54 bytes left at 8" },
        { "OUTP", 4, -1, "section 'OUTP' (74 bytes) must have 4294967331 bytes left at 8" },
        { "OUTP", 8, double.NaN, "'intercept' of output 'class 0 ß' (NaN) must be finite" },
        { "OUTP", 24, double.NegativeInfinity, "'intercept' of output 'class 2 ß' (-Infinity) must be finite" },
        { "OUTP", 32, 31, "the end of output name 0 (31) must be in [0, 30]" },
        { "OUTP", 36, 9, "the end of output name 1 (9) must be in [10, 30]" },
        { "OUTP", 40, 20, "the output names (20 bytes) must fill their 30 bytes" },
        { "OUTP", 40, 29, "'output name' (9 bytes) must be UTF-8" },
        { "OUTP", 44, -1, "must be UTF-8" },
        { "COEF", 0, 3, "section 'COEF' (136 bytes) must have 108 bytes left at 64" },
        { "COEF", 0, int.MaxValue, "must have 77309411292 bytes left at 64" },
        { "COEF", 4, 0, "'outputs' of the coefficients (0) must be the 3 of section 'OUTP'" },
        { "COEF", 4, 4, "'outputs' of the coefficients (4) must be the 3 of section 'OUTP'" },
        { "COEF", 4, -1, "'outputs' of the coefficients (4294967295) must be the 3" },
        { "COEF", 8, 1.0, "'intercept' (1) must be 0 where each of 3 outputs has its own" },
        { "COEF", 64, double.NaN, "'coefficient' of feature 0 (NaN) must be finite" },
        { "COEF", 104, double.PositiveInfinity, "'coefficient' of feature 1 (Infinity) must be finite" },
        { "COEF", 128, 1, "'index' 1 (1) must be above the one before (1)" },
        { "FMLY", 0, 2, "'family' (2) and 'link' (5) must be" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(string section, int at, object value, string message) =>
        Assert.Contains(message, Refuse(RawModel.Parse(Bytes()).Edit(section, payload => SectionTests.Put(payload.AsSpan(at), value))), StringComparison.Ordinal);

    [Fact]
    public void Sections_of_the_wrong_length_and_those_that_belong_together_are_refused()
    {
        foreach (string kind in (string[])["OUTP", "COEF"])
        {
            int length = RawModel.Parse(Bytes()).Sections.Single(section => section.Kind == kind).Payload.Length;
            for (int shorter = 0; shorter < length; shorter++)
                Refuse(RawModel.Parse(Bytes()).Replace(kind, payload => payload[..shorter]));
            Refuse(RawModel.Parse(Bytes()).Replace(kind, payload => [.. payload, 0]));
        }

        RawModel without = RawModel.Parse(Bytes());
        Assert.Equal(1u, without.Sections[without.IndexOf("OUTP")].Flags);
        without.Sections.RemoveAt(without.IndexOf("OUTP"));
        Assert.Contains("the reserved bytes of section 'COEF' must be 0", Refuse(without), StringComparison.Ordinal);
        RawModel gaussian = RawModel.Parse(Bytes()).Edit("FMLY", payload => payload.AsSpan().Clear()).Edit("PROV", payload => SectionTests.Put(payload.AsSpan(12), 0));
        Assert.Contains("'outputs' must not be given for the family Gaussian", Refuse(gaussian), StringComparison.Ordinal);
        RawModel one = RawModel.Parse(SampleModels.Bytes(SampleModels.Content(1, 3, curvePoints: 0))).Edit("FMLY", payload => { SectionTests.Put(payload, 9); SectionTests.Put(payload.AsSpan(4), 5); }).Edit("PROV", payload => SectionTests.Put(payload.AsSpan(12), 2));
        Assert.Contains("'outputs' must be given for the family multinomial", Refuse(one), StringComparison.Ordinal);
        Assert.Contains("'coefficients' of feature 0 must not all be 0, but those of all 3 outputs are", Refuse(RawModel.Parse(Bytes()).Edit("COEF", payload => payload.AsSpan(64, 24).Clear())), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_not_written()
    {
        ModelContent content = Content(), gaussian = SampleModels.Content(1, 3);
        Says("'output names' must differ, but two are 'a'", content with { OutputNames = ["a", "b", "a"] });
        Says("'intercepts' (length 2) must be one for each of the 3 outputs", content with { Intercepts = new double[2] });
        Says("'intercepts' of the fit must be the intercepts of the model", content with { Intercepts = new double[3] });
        Says("must have 3 × as many values (2) and standard deviations (2)", content with { Values = new double[2] });
        Says("'classes' must not be given for the family multinomial", content with { Classes = ["a", "b"] });
        Says("'intercepts' of the fit (length 2) must be none for a model of one output", gaussian with { Fit = gaussian.Fit with { Intercepts = new double[2] } });

        static void Says(string message, ModelContent wrong) =>
            Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => SampleModels.Bytes(wrong)).Message, StringComparison.Ordinal);
    }

    [Property(MaxTest = 60)]
    public void A_loaded_model_is_the_saved_one_bit_for_bit(int seed)
    {
        Random random = new(seed);
        Family family = random.Next(2) == 0 ? Family.Multinomial : Family.MultiGaussian;
        ModelContent content = SampleOutputs.Content(family, seed, random.Next(1, 30), random.Next(2, 6), pathPoints: random.Next(3));
        byte[] bytes = SampleModels.Bytes(content);
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        File.WriteAllBytes(path, bytes);
        using ElasticNetModel loaded = ElasticNetModel.Load(bytes), mapped = ElasticNetModel.OpenMapped(path, largestCopy: 0);
        double[] row = [.. Enumerable.Range(0, content.FeatureCount).Select(_ => random.NextDouble())];
        double[] expected = new double[content.Outputs], actual = new double[content.Outputs];
        using ElasticNetModel saved = new(content);
        saved.Predict(row, expected);
        foreach (ElasticNetModel model in new[] { loaded, mapped })
        {
            Assert.Equal(content.OutputNames, model.OutputNames);
            Assert.Equal(content.Intercepts.ToArray(), model.Intercepts.ToArray());
            Assert.Equal(content.Values.ToArray(), model.Values.ToArray());
            Assert.Equal(bytes, SampleModels.Bytes(model));
            model.Predict(row, actual);
            Assert.Equal(expected, actual);
            Assert.Equal(content.Path?.Count, model.Path?.Count);
            for (int k = 0; k < content.Path?.Count; k++)
            {
                Assert.Equal(content.Path[k].Coefficients, model.Path![k].Coefficients);
                Assert.Equal(content.Path[k].Intercepts.ToArray(), model.Path[k].Intercepts.ToArray());
            }
        }
    }

    [Fact]
    public void A_path_of_other_outputs_is_refused()
    {
        using ElasticNetModel model = new(SampleOutputs.Content(Family.Multinomial, 1, 6, 3)), kept = new(SampleOutputs.Content(Family.Multinomial, 1, 6, 3, pathPoints: 2)), other = new(SampleOutputs.Content(Family.Multinomial, 1, 6, 4, pathPoints: 2));
        Assert.Equal(2, model.WithPath(kept.Path!).Path!.Count);
        Assert.Contains("'path' (4 outputs) must have the 3 outputs of the model", Assert.Throws<ArgumentException>(() => model.WithPath(other.Path!)).Message, StringComparison.Ordinal);
        byte[] file = SampleModels.Bytes(kept);
        Assert.Contains("'intercept' 0 of the path (7) must be 0 where each of 3 outputs has its own", Refuse(RawModel.Parse(file).Edit("PATH", payload => SectionTests.Put(payload.AsSpan(40), 7.0))), StringComparison.Ordinal);
        Assert.Contains("'intercept' 0 of the path (NaN) must be finite", Refuse(RawModel.Parse(file).Edit("PATH", payload => SectionTests.Put(payload.AsSpan(32 + 2 * 56), double.NaN))), StringComparison.Ordinal);
        int length = RawModel.Parse(file).Sections.Single(section => section.Kind == "PATH").Payload.Length;
        for (int shorter = 0; shorter < length; shorter++)
            Refuse(RawModel.Parse(file).Replace("PATH", payload => payload[..shorter]));
    }

    /// <summary>Any 4 bytes of the sections that know of outputs, made extreme: refused, or read; never more.</summary>
    [Fact]
    public void Damage_is_refused_or_read()
    {
        byte[] file = SampleModels.Bytes(SampleOutputs.Content(Family.Multinomial, 1, 6, 3, pathPoints: 2));
        int refused = 0;
        foreach (string kind in (string[])["OUTP", "COEF", "PATH"])
        {
            int length = RawModel.Parse(file).Sections.Single(section => section.Kind == kind).Payload.Length;
            for (int at = 0; at + 4 <= length; at += 4)
            {
                foreach (int value in (int[])[0, 1, 2, -1, int.MaxValue, int.MinValue, 0x7FF00000])
                {
                    try
                    {
                        using ElasticNetModel read = ElasticNetModel.Load(RawModel.Parse(file).Edit(kind, payload => SectionTests.Put(payload.AsSpan(at), value)).ToBytes());
                        read.Predict(new double[6], new double[read.Outputs]);
                    }
                    catch (ModelFormatException)
                    {
                        refused++;
                    }
                }
            }
        }

        Assert.True(refused > 200);
    }

    private static ModelContent Content()
    {
        ModelContent content = SampleOutputs.Content(Family.Multinomial, 1, 2, 3, density: 1);
        return content with { FeatureNames = null, TargetName = null };
    }

    private static byte[] Bytes() => SampleModels.Bytes(Content());

    private static string Refuse(RawModel model) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(model.ToBytes())).Message;
}
