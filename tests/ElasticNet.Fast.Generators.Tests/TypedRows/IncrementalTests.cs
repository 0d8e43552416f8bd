using ElasticNet.Fast.ModelGenerator;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ElasticNet.Fast.Generators.Tests.TypedRows;

/// <summary>What an edit does not redo. Without this a generator works, and makes every keystroke slow.</summary>
public class IncrementalTests
{
    private const string Enumeration = "namespace Demo; public enum Sort { House, Flat }";
    private const string Base = "namespace Demo; public class Base { public float A; }";
    private const string Row = "using ElasticNet.Fast.TypedRows; namespace Demo; [ElasticNetFeatures] public partial class Row : Base { public Sort Sort; public float B() => 1; }";

    private static readonly IncrementalStepRunReason[] s_idle = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    private static GeneratorRun Start() => RowRun.Of(("House.cs", RowText.House), ("Row.cs", Row), ("Base.cs", Base), ("Sort.cs", Enumeration), ("Other.cs", "class Other;"));

    [Fact]
    public void An_edit_elsewhere_writes_nothing()
    {
        GeneratorRun run = Start().Edit("Other.cs", "class Other { int _edited; }").Edit("New.cs", "class New;");
        AssertIdle(run.Reasons(StepNames.Parse));
        AssertIdle(run.Reasons(StepNames.Row));
        AssertIdle(run.OutputReasons());
    }

    [Theory]
    [InlineData("using ElasticNet", "// A comment.\nusing ElasticNet")]
    [InlineData("=> 1", "=> 2")]
    [InlineData("float B()", "float C()")]
    public void An_edit_that_leaves_the_features_alone_writes_nothing(string old, string edited)
    {
        Assert.Contains(old, Row, StringComparison.Ordinal);
        GeneratorRun run = Start().Edit("Row.cs", Row.Replace(old, edited, StringComparison.Ordinal));
        AssertIdle(run.Reasons(StepNames.Row));
        AssertIdle(run.OutputReasons());
    }

    [Theory]
    [InlineData("Row.cs", "float B() =>", "float B =", "sink.Number(row.B);")]
    [InlineData("Base.cs", "float A", "string A", "sink.Category(value);")]
    [InlineData("Sort.cs", "Flat", "Tent", "case global::Demo.Sort.Tent: sink.Category(\"Tent\"); break;")]
    public void An_edited_feature_rewrites_its_type_alone(string file, string old, string edited, string written)
    {
        string before = file switch { "Row.cs" => Row, "Base.cs" => Base, _ => Enumeration };
        GeneratorRun run = Start().Edit(file, before.Replace(old, edited, StringComparison.Ordinal));
        Assert.Single(run.Reasons(StepNames.Row), reason => reason == IncrementalStepRunReason.Modified);
        Assert.Contains(written, run.Text("Demo.Row.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_without_the_attribute_loses_its_file()
    {
        GeneratorRun run = Start().Edit("Row.cs", Row.Replace("[ElasticNetFeatures]", "", StringComparison.Ordinal));
        Assert.Equal(["Demo.House.g.cs"], run.FileNames());
    }

    private static void AssertIdle(IncrementalStepRunReason[] reasons)
    {
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Contains(reason, s_idle));
    }
}
