using FsCheck.Xunit;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>A path that is kept comes back bit for bit, and what its section says is held to the rules of the format.</summary>
[Reproducible]
public class PathSectionTests
{
    // 4 features, all selected, 2 λ: 32 bytes, 2 records of 56, 4 deviations at 144, 8 coefficients at 176, 4 features at 240, 8 features at 256.
    public static TheoryData<int, object, string> Violations => new()
    {
        { 0, 0, "'λ of the path' (0) must not be 0" },
        { 0, -1, "'λ of the path' (4294967295) must be at most 2147483647" },
        { 0, 3, "section 'PATH' (288 bytes) must have 312 bytes left at 32" },
        { 4, 5, "section 'PATH' (288 bytes) must have 268 bytes left at 32" },
        { 8, 9, "section 'PATH' (288 bytes) must have 268 bytes left at 32" },
        { 12, -1, "'rows of the path' (4294967295) must be at most 2147483647" },
        { 16, 1.5, "'l1 ratio' of the path (1.5) must be in [0, 1]" },
        { 24, double.NaN, "'λ_max' of the path (NaN) must be finite and not negative" },
        { 32, double.PositiveInfinity, "'lambda' 0 of the path (Infinity) must be finite, not negative, and below the one before" },
        { 88, 7.0, "'lambda' 1 of the path (7) must be finite, not negative, and below the one before" },
        { 40, double.NaN, "'intercept' 0 of the path (NaN) must be finite" },
        { 80, 3, "the non-zero counts of the path (7) must come to its 8 coefficients" },
        { 80, -1, "'non-zero count of the path' (4294967295) must be at most 2147483647" },
        { 84, 1, "the reserved bytes of section 'PATH' must be 0" },
        { 144, -1.0, "a 'standard deviation' of the path (-1) must be finite and not negative" },
        { 176, 0.0, "a coefficient of feature 0 on the path (0) must be finite and not 0" },
        { 232, double.NaN, "a coefficient of feature 3 on the path (NaN) must be finite and not 0" },
        { 240, 1, "a feature of the path (1) must be above the one before (1) and below the 4 features" },
        { 252, 4, "a feature of the path (4) must be above the one before (2) and below the 4 features" },
        { 268, -1, "a feature of the path (-1) must be above the one before (2) and below the 4 features" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(int at, object value, string message) =>
        Assert.Contains(message, Refuse(RawModel.Parse(Bytes()).Edit("PATH", payload => SectionTests.Put(payload.AsSpan(at), value))), StringComparison.Ordinal);

    [Fact]
    public void A_section_of_the_wrong_length_is_refused()
    {
        for (int shorter = 0; shorter < 288; shorter++)
            Refuse(RawModel.Parse(Bytes()).Replace("PATH", payload => payload[..shorter]));
        Refuse(RawModel.Parse(Bytes()).Replace("PATH", payload => [.. payload, 0]));
    }

    [Fact]
    public void Its_features_are_those_with_a_coefficient()
    {
        byte[] sparse = SampleModels.Bytes(SampleModels.Content(3, 9, density: 0.3, pathPoints: 2));
        RegularizationPath path = ElasticNetModel.Load(sparse).Path!;
        int first = path.EverSelected.Span[0], unused = Enumerable.Range(0, 9).First(j => j < first || !path.EverSelected.Span.Contains(j));
        int at = 32 + 56 * 2 + 8 * (path.EverSelected.Length + path.Sum(point => point.Coefficients.Count));
        Assert.True(unused < first);
        string message = Refuse(RawModel.Parse(sparse).Edit("PATH", payload => SectionTests.Put(payload.AsSpan(at), unused)));
        Assert.Contains("has a coefficient on the path but is not among its", message, StringComparison.Ordinal);
    }

    [Property]
    public void A_loaded_path_is_the_saved_one_bit_for_bit(int seed, byte features, byte points)
    {
        var content = SampleModels.Content(seed, features, pathPoints: 1 + points % 9);
        byte[] file = SampleModels.Bytes(content);
        using ElasticNetModel loaded = ElasticNetModel.Load(file);
        RegularizationPath expected = content.Path!, actual = loaded.Path!;
        Assert.Equal((expected.L1Ratio, expected.LambdaMax, expected.Rows, expected.FeatureCount), (actual.L1Ratio, actual.LambdaMax, actual.Rows, actual.FeatureCount));
        Assert.Equal(expected.EverSelected.ToArray(), actual.EverSelected.ToArray());
        Assert.Equal(expected.StandardDeviations.ToArray(), actual.StandardDeviations.ToArray());
        Assert.Equal(loaded.FeatureNames, actual.FeatureNames);
        Assert.Equal(expected.Count, actual.Count);
        for (int k = 0; k < expected.Count; k++)
        {
            Assert.Equal(expected[k].Fit with { L1Ratio = expected.L1Ratio }, actual[k].Fit);
            Assert.Equal(expected[k].Coefficients.Indices, actual[k].Coefficients.Indices);
            Assert.Equal(expected[k].Coefficients.Values, actual[k].Coefficients.Values);
        }

        Assert.Equal(file, SampleModels.Bytes(loaded));
    }

    [Fact]
    public void A_model_keeps_the_path_that_it_is_given()
    {
        double[,] x = { { 1, 5 }, { 2, 1 }, { 3, 4 }, { 4, 2 }, { 5, 9 }, { 6, 3 } };
        double[] y = [1.1, 2.3, 2.9, 4.2, 5.3, 5.8];
        CrossValidationResult cv = ElasticNetEstimator.CrossValidate(x, y, new() { Folds = 3 });
        Assert.Null(cv.Model.Path);
        using ElasticNetModel kept = cv.Model.WithPath(cv.Best.Path), loaded = ElasticNetModel.Load(SampleModels.Bytes(kept));
        Assert.Equal(cv.Best.Path.Select(point => point.Lambda), loaded.Path!.Select(point => point.Lambda));
        Assert.Equal([0, 1], loaded.Path!.EverSelected.ToArray());
        Assert.Equal(Math.Sqrt(35.0 / 12), loaded.Path!.StandardDeviations.Span[0], 1e-14);
        Assert.Equal(cv.Model.Predict([2.5, 3]), loaded.Predict([2.5, 3]));
        RegularizationPath other = ElasticNetEstimator.Path(new double[,] { { 1 }, { 2 }, { 4 } }, [1, 2, 3]);
        Assert.Equal("'path' (1 features) must have the 2 features of the model. (Parameter 'path')", Assert.Throws<ArgumentException>(() => kept.WithPath(other)).Message);
    }

    private static string Refuse(RawModel model) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(model.ToBytes())).Message;

    private static byte[] Bytes() => SampleModels.Bytes(SampleModels.Content(1, 4, density: 1, pathPoints: 2));
}
