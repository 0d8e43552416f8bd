using Xunit;

namespace ElasticNet.Fast.Generators.Tests.TypedRows;

/// <summary>Every shape that a row type may have compiles, without a warning, and has the features it should.</summary>
public class ShapeTests
{
    [Theory]
    [InlineData("public partial class Row { public float A { get; set; } public int B; }", "AB")]
    [InlineData("public partial record Row(float A, int B);", "AB")]
    [InlineData("public partial record class Row(float A) { public int B { get; init; } }", "AB")]
    [InlineData("public sealed partial record Row { public required float A { get; init; } public required string B; }", "AB")]
    [InlineData("public partial struct Row { public float A; public int? B { get; set; } }", "AB")]
    [InlineData("public readonly partial struct Row { public float A { get; init; } public int B => 1; }", "AB")]
    [InlineData("public readonly partial record struct Row(float A, in int B);", "AB")]
    [InlineData("public partial class Row(float a) { public float A => a; }", "A")]
    [InlineData("public abstract partial class Row { public abstract float A { get; } }", "A")]
    [InlineData("public partial record struct Row<T>(float A, [FeatureIgnore] T Key) where T : struct;", "A")]
    [InlineData("internal partial record struct Row(nint A, nuint B, Half C, Int128 D, UInt128 E, decimal F);", "ABCDEF")]
    [InlineData("public partial record struct Row(nint? A, ulong? B, Half? C, Int128? D, bool? E, decimal? F, char? G);", "ABCDEFG")]
    [InlineData("public partial record struct Row(DayOfWeek A, DayOfWeek? B);", "AB")]
    [InlineData("public partial class Row : Base { public float B; }\npublic class Base { public float A; private float X() => 1; }", "AB")]
    [InlineData("public partial record Row(float A, float B) : Base(A);\npublic record Base(float A);", "AB")]
    [InlineData("public partial class Row : Base { public new string A = \"\"; public float B; }\npublic class Base { public float A; }", "AB")]
    [InlineData("public partial class Row : Base { public float B; }\n[ElasticNetFeatures] public partial class Base { public float A; }", "AB")]
    [InlineData("public partial class Row : Base<float> { public float B; }\npublic class Base<T> { public T A = default!; }", "AB")]
    [InlineData("public partial class Row { [Obsolete] public float A; [Obsolete(\"B.\")] public float B { get; set; } }", "AB")]
    [InlineData("public partial class Row { public float row, sink, value, Members, @event, A; public void Write() { } }", "row sink value Members event A")]
    [InlineData("[Serializable] public partial class Row { private float _a; public ref readonly float A => ref _a; }", "A")]
    public void Compiles_and_has_its_features(string declaration, string names)
    {
        GeneratorRun run = RowRun.OfText("[ElasticNetFeatures] " + declaration);
        Assert.Empty(run.Problems());
        Assert.Equal(names.Contains(' ', StringComparison.Ordinal) ? names.Split(' ') : names.Select(name => name.ToString()), Names(run, run.FileNames().Single(name => name.StartsWith("Demo.Row", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("partial interface IOuter<T> { [ElasticNetFeatures] public partial record struct Row(float A); }", "Demo.IOuter{T}.Row.g.cs")]
    [InlineData("partial class Outer<T, U> where T : class { private partial record Middle { [ElasticNetFeatures] private protected partial struct Row { public float A => 1; } } }", "Demo.Outer{T, U}.Middle.Row.g.cs")]
    [InlineData("partial struct Outer { readonly partial record struct Middle { [ElasticNetFeatures] internal partial record Row(float A); } }", "Demo.Outer.Middle.Row.g.cs")]
    [InlineData("[ElasticNetFeatures] partial class @event { public float A => 1; }", "Demo.event.g.cs")]
    [InlineData("[ElasticNetFeatures] partial class Größe { public float A => 1; }", "Demo.Größe.g.cs")]
    public void Nested_types_are_found_again(string declaration, string file)
    {
        GeneratorRun run = RowRun.OfText(declaration);
        Assert.Empty(run.Problems());
        Assert.Equal([file], run.FileNames());
    }

    [Fact]
    public void The_global_namespace_is_one()
    {
        GeneratorRun run = RowRun.Of(("Row.cs", "[ElasticNet.Fast.TypedRows.ElasticNetFeatures] partial record struct Row(float A);"));
        Assert.Empty(run.Problems());
        Assert.Equal(["Row.g.cs"], run.FileNames());
    }

    [Fact]
    public void Types_of_the_same_names_as_the_librarys_do_not_disturb()
    {
        GeneratorRun run = RowRun.OfText("class FeatureMember; class InputKind; class IElasticNetFeatures<T>; class Demo; [ElasticNetFeatures] partial record struct Row(float A);");
        Assert.Empty(run.Problems());
    }

    [Fact]
    public void A_name_is_written_as_it_is()
    {
        GeneratorRun run = RowRun.OfText("[ElasticNetFeatures] partial record struct Row([FeatureName(\"a \\\"b\\\" \\\\ ü\\n\")] float A);");
        Assert.Empty(run.Problems());
        Assert.Contains("new(\"a \\\"b\\\" \\\\ ü\\n\", ", run.Text("Demo.Row.g.cs"), StringComparison.Ordinal);
    }

    private static string[] Names(GeneratorRun run, string file) =>
        [.. run.Text(file).Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("new(\"", StringComparison.Ordinal)).Select(line => line.Split('"')[1])];
}
