namespace ElasticNet.Fast.Tests.Models;

/// <summary>The groups that a model was penalised in come back, and their section is held to the rules of the format.</summary>
public class GroupSectionTests
{
    // 2 groups of 3 features of 4: 16 bytes, 2 factors at 16, 2 ends at 32, 3 features at 40: 52 bytes.
    public static TheoryData<int, object, string> Violations => new()
    {
        { 0, 3, "section 'GRPS' (52 bytes) must have 48 bytes left at 16" },
        { 0, -1, "'groups' (4294967295) must be at most 2147483647" },
        { 4, 2, "section 'GRPS' (52 bytes) must have 32 bytes left at 16" },
        { 8, 1.5, "'mixing' of the groups (1.5) must be in [0, 1]" },
        { 8, double.NaN, "'mixing' of the groups (NaN) must be in [0, 1]" },
        { 16, 0.0, "a 'factor' of a group (0) must be finite and positive" },
        { 24, double.PositiveInfinity, "a 'factor' of a group (Infinity) must be finite and positive" },
        { 32, 0, "the end of group 0 (0) must be above the one before (0), and the last must be the number of columns in groups (3)" },
        { 36, 2, "the end of group 1 (2) must be above the one before (2), and the last must be the number of columns in groups (3)" },
        { 36, 4, "the end of group 1 (4) must be above the one before (2), and the last must be the number of columns in groups (3)" },
        { 40, 4, "a feature of a group (4) must be in [0, 4)" },
        { 44, -1, "a feature of a group (-1) must be in [0, 4)" },
        { 48, 3, "'groups' must not overlap, but feature 3 is in two of them" },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void Each_violation_has_its_message(int at, object value, string message) =>
        Assert.Contains(message, Refuse(RawModel.Parse(Bytes()).Edit("GRPS", payload => SectionTests.Put(payload.AsSpan(at), value))), StringComparison.Ordinal);

    [Fact]
    public void A_section_of_the_wrong_length_is_refused()
    {
        for (int shorter = 0; shorter < 52; shorter++)
            Refuse(RawModel.Parse(Bytes()).Replace("GRPS", payload => payload[..shorter]));
        Refuse(RawModel.Parse(Bytes()).Replace("GRPS", payload => [.. payload, 0]));
    }

    [Fact]
    public void Groups_without_their_problem_are_refused()
    {
        RawModel file = RawModel.Parse(Bytes());
        file.Sections.RemoveAt(file.IndexOf("PROB"));
        Assert.Contains("'GRPS' must not come without 'PROB'", Refuse(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_model_has_its_groups()
    {
        byte[] file = Bytes();
        using ElasticNetModel loaded = ElasticNetModel.Load(file);
        Assert.Equal([new FeatureGroup([3, 1]) { Factor = 0.5 }, new FeatureGroup([0]) { Factor = 1 }], loaded.Problem!.FeatureGroups);
        Assert.Equal(0.25, loaded.Problem.GroupMixing);
        Assert.Equal(file, SampleModels.Bytes(loaded));
    }

    [Fact]
    public void A_reader_that_does_not_know_it_may_skip_it()
    {
        RawModel file = RawModel.Parse(Bytes());
        Assert.Equal(0u, file.Sections[file.IndexOf("GRPS")].Flags);
        file.Sections.RemoveAt(file.IndexOf("GRPS"));
        using ElasticNetModel without = ElasticNetModel.Load(file.ToBytes());
        Assert.True(without.Problem!.FeatureGroups.IsEmpty);
    }

    [Fact]
    public void A_fit_says_in_which_groups()
    {
        Problem problem = Groups.GroupTests.Draw(30, 4, seed: 1);
        FeatureGroup[] groups = [new([0, 1]) { Name = "first" }, new([3])];
        using ElasticNetModel model = ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, new() { FeatureGroups = groups, GroupMixing = 0.5 });
        Assert.Equal(groups, model.Problem!.FeatureGroups);
        Assert.Equal(0.5, model.Problem.GroupMixing);
        using ElasticNetModel singles = ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, new() { FeatureGroups = [new([2])], GroupMixing = 0.5 });
        Assert.True(singles.Problem!.FeatureGroups.IsEmpty);
    }

    private static string Refuse(RawModel model) => Assert.Throws<ModelFormatException>(() => ElasticNetModel.Load(model.ToBytes())).Message;

    private static byte[] Bytes() => SampleModels.Bytes(SampleModels.Content(1, 4, density: 1) with
    {
        Problem = new() { LambdaMax = 2, FeatureGroups = [new([3, 1]) { Factor = 0.5 }, new([0])], GroupMixing = 0.25 },
    });
}
