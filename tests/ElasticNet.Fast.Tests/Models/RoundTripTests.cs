using ElasticNet.Fast.Models;
using FsCheck.Xunit;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>What is saved comes back bit for bit, on every way in, and the same model gives the same bytes.</summary>
[Reproducible]
public class RoundTripTests
{
    [Property]
    public void A_loaded_model_is_the_saved_one_bit_for_bit(int seed, byte features)
    {
        ModelContent content = SampleModels.Content(seed, features);
        using ElasticNetModel loaded = ElasticNetModel.Load(SampleModels.Bytes(content));
        AssertSame(content, loaded);
    }

    [Property]
    public void Saving_a_loaded_model_gives_the_same_bytes(int seed, byte features)
    {
        byte[] bytes = SampleModels.Bytes(SampleModels.Content(seed, features));
        using ElasticNetModel loaded = ElasticNetModel.Load(bytes);
        Assert.Equal(bytes, SampleModels.Bytes(loaded));
    }

    [Property]
    public void The_same_content_gives_the_same_bytes(int seed, byte features) =>
        Assert.Equal(SampleModels.Bytes(SampleModels.Content(seed, features)), SampleModels.Bytes(SampleModels.Content(seed, features)));

    [Property(MaxTest = 30)]
    public void Files_streams_and_maps_agree(int seed, byte features)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        ModelContent content = SampleModels.Content(seed, features);
        using ElasticNetModel model = new(content);
        model.Save(path);
        Assert.Equal(SampleModels.Bytes(content), File.ReadAllBytes(path));
        using ElasticNetModel loaded = ElasticNetModel.Load(path);
        using ElasticNetModel mapped = ElasticNetModel.OpenMapped(path, largestCopy: 0);
        AssertSame(content, loaded);
        AssertSame(content, mapped);
        Assert.Equal(File.ReadAllBytes(path), SampleModels.Bytes(mapped));
    }

    [Fact]
    public void The_smallest_numbers_and_negative_zero_survive()
    {
        ModelContent content = SampleModels.Content(1, 3, density: 1) with { Values = new[] { double.Epsilon, -double.Epsilon, double.MaxValue }, Intercept = -0.0 };
        content = content with { Fit = content.Fit with { Intercept = -0.0, RelativeGap = double.NaN, KktResidual = double.PositiveInfinity } };
        using ElasticNetModel loaded = ElasticNetModel.Load(SampleModels.Bytes(content));
        AssertSame(content, loaded);
    }

    [Fact]
    public void The_trace_stays_out_of_the_file()
    {
        ModelContent content = SampleModels.Content(1, 3);
        ModelContent traced = content with { Fit = content.Fit with { Trace = new SolveTrace { Sweeps = 7, Elapsed = TimeSpan.FromSeconds(1) } } };
        Assert.Equal(SampleModels.Bytes(content), SampleModels.Bytes(traced));
    }

    [Fact]
    public void Coefficients_list_the_same_numbers()
    {
        using ElasticNetModel model = SampleModels.Model(4, 20);
        Assert.Equal(model.FeatureCount, model.Coefficients.FeatureCount);
        Assert.Equal(model.Indices, model.Coefficients.Indices);
        Assert.Equal(model.Values, model.Coefficients.Values);
    }

    private static void AssertSame(ModelContent expected, ElasticNetModel actual)
    {
        Assert.Equal(expected.FeatureCount, actual.FeatureCount);
        Assert.Equal(expected.FeatureNames, actual.FeatureNames);
        Assert.Equal(expected.TargetName, actual.TargetName);
        Assert.Equal(BitConverter.DoubleToInt64Bits(expected.Intercept), BitConverter.DoubleToInt64Bits(actual.Intercept));
        Assert.Equal(expected.Indices.ToArray(), actual.Indices.ToArray());
        Assert.Equal(Bits(expected.Values.Span), Bits(actual.Values));
        Assert.Equal(Bits(expected.StandardDeviations.Span), Bits(actual.StandardDeviations));
        Assert.Equal(expected.Fit, actual.Fit);
        Assert.Equal(expected.Provenance, actual.Provenance);
        Assert.Equal(expected.CrossValidation.ToArray(), actual.CrossValidation.ToArray());
    }

    private static long[] Bits(ReadOnlySpan<double> values) => [.. values.ToArray().Select(BitConverter.DoubleToInt64Bits)];
}
