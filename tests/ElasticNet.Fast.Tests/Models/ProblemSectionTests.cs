using FsCheck.Xunit;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>What a model is the solution of comes back bit for bit, and its section is held to the rules of the format.</summary>
[Reproducible]
public class ProblemSectionTests
{
    // 3 features: 40 bytes, 3 factors at 40, 3 lower bounds at 64, 1 upper bound at 88, 2 exclusions at 96, "w" and "off" at 104: 108 bytes.
    public static TheoryData<int, object, string> Violations => new()
    {
        { 0, 2, "section 'PROB' (108 bytes) must have 60 bytes left at 40" },
        { 0, -1, "'penalty factors' (4294967295) must be at most 2147483647" },
        { 4, int.MaxValue, "section 'PROB' (108 bytes) must have 17179869220 bytes left at 40" },
        { 8, 3, "section 'PROB' (108 bytes) must have 84 bytes left at 40" },
        { 12, 1, "section 'PROB' (108 bytes) must have 64 bytes left at 40" },
        { 16, 8, "the flags of section 'PROB' (0x8) must be below 0x8" },
        { 16, 7, "'outputs' must be several to be grouped" },
        { 16, 2, "the lengths of the names of weights (1) and offset (3) must be 0 where there are none" },
        { 20, -1, "section 'PROB' (108 bytes) must have 4294967362 bytes left at 40" },
        { 28, 1, "the reserved bytes of section 'PROB' must be 0" },
        { 32, double.NaN, "'λ_max' of the problem (NaN) must be finite and not negative" },
        { 40, -1.0, "a 'penalty factor' (-1) must be finite and not negative" },
        { 48, double.PositiveInfinity, "a 'penalty factor' (Infinity) must be finite and not negative" },
        { 64, 0.5, "a 'lower bound' (0.5) must not be positive" },
        { 64, double.NaN, "a 'lower bound' (NaN) must not be positive" },
        { 88, -0.5, "a 'upper bound' (-0.5) must not be negative" },
        { 96, 2, "an 'excluded feature' (2) must be above the one before (2) and below the 3 features" },
        { 100, 3, "an 'excluded feature' (3) must be above the one before (1) and below the 3 features" },
        { 96, -1, "an 'excluded feature' (-1) must be above the one before (-1) and below the 3 features" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(int at, object value, string message) =>
        Assert.Contains(message, Refuse(RawModel.Parse(Bytes()).Edit("PROB", payload => SectionTests.Put(payload.AsSpan(at), value))), StringComparison.Ordinal);

    [Fact]
    public void A_section_of_the_wrong_length_is_refused()
    {
        for (int shorter = 0; shorter < 108; shorter++)
            Refuse(RawModel.Parse(Bytes()).Replace("PROB", payload => payload[..shorter]));
        Refuse(RawModel.Parse(Bytes()).Replace("PROB", payload => [.. payload, 0]));
        Assert.Contains("'name of the offset'", Refuse(RawModel.Parse(Bytes()).Edit("PROB", payload => payload[^1] = 0x80)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_section_of_the_wrong_number_is_refused()
    {
        using ElasticNetModel model = new(Content() with { Problem = Problem() with { PenaltyFactors = new double[2] } });
        Assert.Contains("'penalty factors' (length 2) must be none, or one for each of the 3 features", Assert.Throws<InvalidOperationException>(() => SampleModels.Bytes(model)).Message);
        using ElasticNetModel other = new(Content() with { Problem = Problem() with { UpperBounds = new double[2] } });
        Assert.Contains("'upper bounds' (length 2) must be none, one for all, or one for each of the 3 features", Assert.Throws<InvalidOperationException>(() => SampleModels.Bytes(other)).Message);
    }

    [Fact]
    public void A_reader_that_does_not_know_it_may_skip_it()
    {
        RawModel file = RawModel.Parse(Bytes());
        Assert.Equal(0u, file.Sections[file.IndexOf("PROB")].Flags);
        file.Sections.RemoveAt(file.IndexOf("PROB"));
        using ElasticNetModel without = ElasticNetModel.Load(file.ToBytes());
        Assert.Null(without.Problem);
    }

    [Property]
    public void A_loaded_problem_is_the_saved_one_bit_for_bit(int seed, byte features)
    {
        byte[] file = SampleModels.Bytes(SampleModels.Content(seed, features, problem: true));
        using ElasticNetModel loaded = ElasticNetModel.Load(file);
        SolvedProblem expected = SampleModels.Content(seed, features, problem: true).Problem!, actual = loaded.Problem!;
        Assert.Equal((expected.LambdaMax, expected.WeightsName, expected.OffsetName), (actual.LambdaMax, actual.WeightsName, actual.OffsetName));
        Assert.Equal(expected.PenaltyFactors.ToArray(), actual.PenaltyFactors.ToArray());
        Assert.Equal(expected.LowerBounds.ToArray(), actual.LowerBounds.ToArray());
        Assert.Equal(expected.UpperBounds.ToArray(), actual.UpperBounds.ToArray());
        Assert.Equal(expected.ExcludedFeatures.ToArray(), actual.ExcludedFeatures.ToArray());
        Assert.Equal(file, SampleModels.Bytes(loaded));
    }

    [Fact]
    public void A_fit_says_what_it_solved()
    {
        double[,] x = { { 1, 5 }, { 2, 1 }, { 3, 4 }, { 4, 2 }, { 5, 9 }, { 6, 3 } };
        double[] y = [1.1, 2.3, 2.9, 4.2, 5.3, 5.8];
        ElasticNetOptions options = new() { PenaltyFactors = new[] { 1.0, 2 }, UpperBounds = new[] { 0.75 }, ExcludedFeatures = new[] { 1, 1 }, Weights = new double[] { 1, 2, 1, 1, 1, 1 }, WeightsName = "w", Folds = 3 };
        RegularizationPath path = ElasticNetEstimator.Path(x, y, 1, options);
        foreach (ElasticNetModel model in (ElasticNetModel[])[ElasticNetEstimator.Fit(x, y, 0.1, 1, options), ElasticNetEstimator.CrossValidate(x, y, options).Model, ElasticNetEstimator.Criteria(x, y, 1, options).Model(Criterion.Bic)])
        {
            Assert.Equal(path.LambdaMax, model.Problem!.LambdaMax, path.LambdaMax * 1e-12);
            Assert.Equal([1.0, 2], model.Problem.PenaltyFactors.ToArray());
            Assert.Equal([0.75], model.Problem.UpperBounds.ToArray());
            Assert.Equal([1], model.Problem.ExcludedFeatures.ToArray());
            Assert.Equal(("w", null), (model.Problem.WeightsName, model.Problem.OffsetName));
        }
    }

    private static SolvedProblem Problem() => new()
    {
        LambdaMax = 2,
        PenaltyFactors = new double[] { 1, 0, 2 },
        LowerBounds = new double[] { -1, double.NegativeInfinity, 0 },
        UpperBounds = new double[] { 3 },
        ExcludedFeatures = new[] { 1, 2 },
        WeightsName = "w",
        OffsetName = "off",
    };

    private static Fast.Models.ModelContent Content() => SampleModels.Content(1, 3, density: 1) with { Problem = Problem() };

    private static string Refuse(RawModel model) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(model.ToBytes())).Message;

    private static byte[] Bytes() => SampleModels.Bytes(Content());
}
