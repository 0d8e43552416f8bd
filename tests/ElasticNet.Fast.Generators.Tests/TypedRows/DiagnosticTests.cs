using System.Globalization;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ElasticNet.Fast.Generators.Tests.TypedRows;

/// <summary>Every diagnostic, by a type that is right but for one thing.</summary>
public class DiagnosticTests
{
    [Theory]
    [InlineData("[ElasticNetFeatures] public record struct House(float Area);", "ENF001", "'House' must be partial, so that the features of 'House' can be written into it")]
    [InlineData("public class Outer { [ElasticNetFeatures] private partial class House { public float Area; } }", "ENF001", "'Outer' must be partial, so that the features of 'House' can be written into it")]
    [InlineData("[ElasticNetFeatures] public static partial class House { public static float Area; }", "ENF002", "'House' must not be static: its instances are rows")]
    [InlineData("[ElasticNetFeatures] public ref partial struct House { public float Area; }", "ENF002", "'House' must not be a ref struct: rows are held in spans and arrays")]
    [InlineData("[ElasticNetFeatures] file partial struct House { public float Area; }", "ENF002", "'House' must not be local to its file: its features are written in another")]
    [InlineData("file partial class Outer { [ElasticNetFeatures] public partial struct House { public float Area; } }", "ENF002", "'Outer' must not be local to its file: its features are written in another")]
    [InlineData("[ElasticNetFeatures] public partial record struct House;", "ENF004", "'House' must have a feature: a public field or readable property that is a number, a string, an enumeration")]
    [InlineData("[ElasticNetFeatures] public partial record House([FeatureIgnore] int Key) { private double Area { get; } }", "ENF004", "'House' must have a feature: a public field or readable property that is a number, a string, an enumeration")]
    [InlineData("[ElasticNetFeatures] public partial record House(float Area, [FeatureName(\"Area\")] float Surface);", "ENF005", "'House.Area' and 'House.Surface' must have different names, but both are 'Area'")]
    [InlineData("[ElasticNetFeatures] public partial class House { [FeatureName(\" \")] public float Area; }", "ENF006", "The feature name of 'House.Area' must not be empty")]
    [InlineData("[ElasticNetFeatures] public partial class House { [FeatureName(null!)] public float Area; }", "ENF006", "The feature name of 'House.Area' must not be empty")]
    public void A_wrong_type_is_named_and_not_mapped(string text, string id, string message) => AssertOnly(text, id, message);

    [Theory]
    [InlineData("System.DateTime", "DateTime", "turn it into a number or a string")]
    [InlineData("System.DateTime?", "DateTime?", "turn it into a number or a string")]
    [InlineData("System.DateOnly", "DateOnly", "turn it into a number or a string")]
    [InlineData("System.TimeSpan", "TimeSpan", "turn it into a number or a string")]
    [InlineData("System.Guid", "Guid", "turn it into a number or a string")]
    [InlineData("double[]", "double[]", "turn it into a number or a string")]
    [InlineData("System.Collections.Generic.List<double>", "List<double>", "turn it into a number or a string")]
    [InlineData("System.Memory<double>", "Memory<double>", "turn it into a number or a string")]
    [InlineData("object", "object", "turn it into a number or a string")]
    [InlineData("dynamic", "dynamic", "turn it into a number or a string")]
    [InlineData("(double X, double Y)", "(double X, double Y)", "turn it into a number or a string")]
    [InlineData("T", "T", "turn it into a number or a string")]
    [InlineData("System.Numerics.BigInteger", "BigInteger", "turn it into a number or a string")]
    [InlineData("System.Attribute", "Attribute", "turn it into a number or a string")]
    [InlineData("System.AttributeTargets", "AttributeTargets", "turn each flag into a bool")]
    [InlineData("System.AttributeTargets?", "AttributeTargets?", "turn each flag into a bool")]
    public void An_unsupported_member_is_named_with_the_remedy(string type, string shown, string remedy)
    {
        string text = $"[ElasticNetFeatures] public partial class House<T> {{ public float Area; public {type} Other {{ get; set; }} = default!; }}";
        AssertOnly(text, "ENF003", $"'House.Other' has the type '{shown}', which is neither a number nor a category; {remedy}, or leave it out with [FeatureIgnore]");
        Assert.Empty(RowRun.OfText(text.Replace($"public {type} Other", $"[FeatureIgnore] public {type} Other", StringComparison.Ordinal)).Problems());
    }

    [Theory]
    [InlineData("static float Other { get; }", "it belongs to the type, not to a row")]
    [InlineData("const float Other = 1;", "it belongs to the type, not to a row")]
    [InlineData("float Other { set { } }", "it cannot be read")]
    [InlineData("float Other { private get; set; }", "it cannot be read")]
    [InlineData("float this[int index] => index;", "it is an indexer")]
    [InlineData("[FeatureIgnore] float Other;", "it is left out with [FeatureIgnore]")]
    [InlineData("internal float Other;", "it is not public")]
    public void A_name_on_something_else_is_refused(string member, string reason)
    {
        string accessible = member.StartsWith("internal", StringComparison.Ordinal) ? member : member.StartsWith('[') ? member.Replace("float", "public float", StringComparison.Ordinal) : "public " + member;
        string name = member.Contains("this", StringComparison.Ordinal) ? "this[]" : "Other";
        AssertOnly($"[ElasticNetFeatures] public partial class House {{ public float Area; [FeatureName(\"other\")] {accessible} }}", "ENF007", $"'House.{name}' has a feature name, but is no feature: {reason}");
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        GeneratorRun run = RowRun.OfText("[ElasticNetFeatures] public record struct House(DateTime Built, int[] Rooms, float Area, [FeatureName(\"Area\")] float Surface);");
        Assert.Equal(["ENF001", "ENF003", "ENF003", "ENF005"], run.Diagnostics.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_diagnostic_points_at_the_member()
    {
        GeneratorRun run = RowRun.OfText("[ElasticNetFeatures] public partial record struct House(float Area, DateTime Built);");
        FileLinePositionSpan place = Assert.Single(run.Diagnostics).Location.GetLineSpan();
        Assert.Equal(("Row.cs", 3, 77), (place.Path, place.StartLinePosition.Line, place.StartLinePosition.Character));
    }

    [Fact]
    public void A_member_inherited_from_an_assembly_is_reported_at_the_type()
    {
        GeneratorRun run = RowRun.OfText("[ElasticNetFeatures] public partial class House : System.Threading.Tasks.TaskCompletionSource { public float Area; }");
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("'House.Task' has the type 'Task', which is neither a number nor a category; turn it into a number or a string, or leave it out with [FeatureIgnore]", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Row.cs", diagnostic.Location.GetLineSpan().Path);
    }

    [Fact]
    public void What_the_compiler_reports_is_not_said_twice()
    {
        GeneratorRun run = RowRun.OfText("[ElasticNetFeatures] public partial record struct House(Unheard Area);");
        Assert.Empty(run.Diagnostics);
        Assert.Contains(run.Problems(), diagnostic => diagnostic.Id == "CS0246");
    }

    private static void AssertOnly(string text, string id, string message)
    {
        GeneratorRun run = RowRun.OfText(text);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(message, diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal("Row.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Empty(run.FileNames());
    }
}
