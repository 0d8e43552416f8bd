using ElasticNet.Fast.Models;
using ElasticNet.Fast.Preprocessing;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>A preparation comes back bit for bit, on every way in, and the same one gives the same bytes.</summary>
[Reproducible]
public class PreparedRoundTripTests
{
    [Property]
    public void A_loaded_preparation_is_the_saved_one_bit_for_bit(int seed)
    {
        ModelContent content = SampleModels.Prepared(seed, SamplePreparations.Any(seed));
        byte[] bytes = SampleModels.Bytes(content);
        using ElasticNetModel loaded = ElasticNetModel.Load(bytes);
        AssertSame(content.Preparation!, loaded.Preparation!);
        Assert.Equal(content.Preparation!.FeatureNames, loaded.FeatureNames);
        Assert.Equal(bytes, SampleModels.Bytes(loaded));
        Assert.Equal(bytes, SampleModels.Bytes(SampleModels.Prepared(seed, SamplePreparations.Any(seed))));
        Assert.Equal(bytes, RawModel.Parse(bytes).ToBytes());
    }

    [Property(MaxTest = 30)]
    public void Files_and_maps_agree(int seed)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        ModelContent content = SampleModels.Prepared(seed, SamplePreparations.Any(seed));
        using ElasticNetModel model = new(content);
        model.Save(path);
        using ElasticNetModel loaded = ElasticNetModel.Load(path), mapped = ElasticNetModel.OpenMapped(path, largestCopy: 0);
        AssertSame(content.Preparation!, loaded.Preparation!);
        AssertSame(content.Preparation!, mapped.Preparation!);
        Assert.Equal(File.ReadAllBytes(path), SampleModels.Bytes(mapped));
    }

    [Theory]
    [InlineData(false, "SCHM", "COEF", "FMLY", "FIT ", "PROV", "INPT", "PREP")]
    [InlineData(true, "SCHM", "COEF", "FMLY", "FIT ", "PROV", "INPT", "PREP", "DONR")]
    public void Sections_are_the_documented_ones_in_any_order(bool hasDonors, params string[] kinds)
    {
        Preparation preparation = hasDonors ? SamplePreparations.WithDonors(rows: 5, columns: 2) : SamplePreparations.WithLevels(columns: 2, levels: 3);
        byte[] bytes = SampleModels.Bytes(SampleModels.Prepared(1, preparation) with { CrossValidation = default });
        RawModel model = RawModel.Parse(bytes);
        Assert.Equal(kinds, model.Sections.Select(section => section.Kind));
        model.Sections.Reverse();
        using ElasticNetModel reversed = ElasticNetModel.Load(model.ToBytes());
        Assert.Equal(bytes, SampleModels.Bytes(reversed));
    }

    private static void AssertSame(Preparation expected, Preparation actual)
    {
        Assert.Equal(expected.Options with { Inputs = null }, actual.Options with { Inputs = null });
        PreparationRules.CheckColumns("actual", actual.Inputs, expected.Inputs);
        Assert.Equal(expected.Encodings.ToArray().Select(Text), actual.Encodings.ToArray().Select(Text));
        Assert.Equal(Bits(expected.Centers), Bits(actual.Centers));
        Assert.Equal(Bits(expected.Scales), Bits(actual.Scales));
        Assert.Equal(expected.Convergence, actual.Convergence);
        if (expected.Equations is { } equations)
        {
            Assert.Equal(equations.Order.ToArray(), actual.Equations!.Order.ToArray());
            Assert.Equal(Bits(equations.Equations.ToArray()), Bits(actual.Equations.Equations.ToArray()));
            Assert.Equal(Bits(equations.Lower.ToArray()), Bits(actual.Equations.Lower.ToArray()));
            Assert.Equal(Bits(equations.Upper.ToArray()), Bits(actual.Equations.Upper.ToArray()));
        }

        Assert.Equal(expected.Neighbors is null, actual.Neighbors is null);
        if (expected.Neighbors is { } donors)
        {
            Assert.Equal((donors.Rows, donors.Columns), (actual.Neighbors!.Rows, actual.Neighbors.Columns));
            Assert.Equal((donors.Neighbors, donors.Weighting), (actual.Neighbors.Neighbors, actual.Neighbors.Weighting));
            Assert.Equal(Bits(donors.Donors), Bits(actual.Neighbors.Donors));
        }
    }

    private static string Text(InputEncoding encoding) => Invariant(
        $"{encoding.Feature} {encoding.MissingFeature} {encoding.UnknownFeature} [{string.Join(' ', encoding.LevelFeatures.ToArray())}] {BitConverter.DoubleToInt64Bits(encoding.Fill)}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static long[] Bits(ReadOnlyMemory<double> values) => [.. values.ToArray().Select(BitConverter.DoubleToInt64Bits)];
}
