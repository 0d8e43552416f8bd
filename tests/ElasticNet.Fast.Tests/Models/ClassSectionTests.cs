namespace ElasticNet.Fast.Tests.Models;

/// <summary>The labels of classes come back, their section is held to the rules of the format, and a probability becomes a label.</summary>
public class ClassSectionTests
{
    // u32 2, u32 5, ends 2 and 5, "no", "yes": 21 bytes.
    [Theory]
    [InlineData(0, 3, "'classes' (3) must be 2")]
    [InlineData(0, -1, "'classes' (4294967295) must be 2")]
    [InlineData(4, 6, "section 'CLSS' (21 bytes) must have 14 bytes left at 8")]
    [InlineData(4, -1, "section 'CLSS' (21 bytes) must have 4294967303 bytes left at 8")]
    [InlineData(8, 6, "the end of class label 0 (6) must be in [0, 5]")]
    [InlineData(12, 1, "the end of class label 1 (1) must be in [2, 5]")]
    [InlineData(12, 4, "the class labels (4 bytes) must fill their 5 bytes")]
    [InlineData(16, -1, "must be UTF-8")]
    public void Each_violation_has_its_message(int at, int value, string message) =>
        Assert.Contains(message, Refuse(RawModel.Parse(Bytes()).Edit("CLSS", payload => SectionTests.Put(payload.AsSpan(at), value))), StringComparison.Ordinal);

    [Fact]
    public void A_section_of_the_wrong_length_or_of_equal_labels_is_refused()
    {
        for (int shorter = 0; shorter < 21; shorter++)
            Refuse(RawModel.Parse(Bytes()).Replace("CLSS", payload => payload[..shorter]));
        Refuse(RawModel.Parse(Bytes()).Replace("CLSS", payload => [.. payload, 0]));
        using ElasticNetModel same = new(Content() with { Classes = ["a", "a"] });
        Assert.Contains("'classes' must differ, but both are 'a'", Assert.Throws<InvalidOperationException>(() => SampleModels.Bytes(same)).Message, StringComparison.Ordinal);
        using ElasticNetModel gaussian = new(SampleModels.Content(1, 3) with { Classes = ["a", "b"] });
        Assert.Contains("'classes' must not be given for the family Gaussian", Assert.Throws<InvalidOperationException>(() => SampleModels.Bytes(gaussian)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_survive_the_file_and_a_reader_may_skip_them()
    {
        using ElasticNetModel model = ElasticNetModel.Load(Bytes());
        Assert.Equal(["no", "yes"], model.Classes);
        Assert.Equal("yes", model.PositiveClass);
        Assert.Equal(Bytes(), SampleModels.Bytes(model));
        RawModel file = RawModel.Parse(Bytes());
        Assert.Equal(0u, file.Sections[file.IndexOf("CLSS")].Flags);
        file.Sections.RemoveAt(file.IndexOf("CLSS"));
        using ElasticNetModel without = ElasticNetModel.Load(file.ToBytes());
        Assert.Equal(["0", "1"], without.Classes);
    }

    [Fact]
    public void A_probability_becomes_a_label_at_the_threshold()
    {
        using ElasticNetModel model = new(Content());
        Assert.Equal("yes", model.ClassOf(0.5));
        Assert.Equal("no", model.ClassOf(Math.BitDecrement(0.5)));
        Assert.Equal("no", model.ClassOf(0.5, 0.75));
        Assert.Equal("yes", model.ClassOf(0, 0));
        double[] row = [1, -1, 0.5];
        double probability = model.Predict(row);
        Assert.Equal("yes", model.PredictClass(row, probability));
        Assert.Equal("no", model.PredictClass(row, Math.BitIncrement(probability)));
        Assert.Equal(model.PredictClass(row), model.PredictClass([1f, -1f, 0.5f]));
        Assert.Equal(model.PredictClass(row), model.OnLinkScale.PredictClass(row));
        Assert.Contains("'probability' (NaN)", Assert.Throws<ArgumentException>(() => model.PredictClass([double.NaN, 0, 0])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ClassOf(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => model.ClassOf(0.5, -0.1));
        using ElasticNetModel gaussian = SampleModels.Model(1, 3, offset: false);
        Assert.Null(gaussian.Classes);
        Assert.Contains("Gaussian, which has no classes", Assert.Throws<NotSupportedException>(() => gaussian.PredictClass([1.0, 2, 3])).Message, StringComparison.Ordinal);
    }

    private static Fast.Models.ModelContent Content()
    {
        Fast.Models.ModelContent content = FamilyPredictTests.Content(Family.Binomial, 3, 3, hasOffset: false);
        double[] values = [0.5, -0.25, 1];
        return content with { Classes = ["no", "yes"], Indices = new[] { 0, 1, 2 }, Values = values, StandardDeviations = values.Select(Math.Abs).ToArray(), Fit = content.Fit with { NonZeroCount = 3 } };
    }

    private static string Refuse(RawModel model) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(model.ToBytes())).Message;

    private static byte[] Bytes() => SampleModels.Bytes(Content());
}
