using System.Globalization;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ElasticNet.Fast.Generators.Tests.Kernels;

/// <summary>Every diagnostic, by a template that is right but for one thing.</summary>
public class DiagnosticTests
{
    [Theory]
    [InlineData("using S = float;\n", "", "ENK001", "Kernel template 'ScaleSingle128' must begin with 'using S = …;' (the header is S, A, V, Vec and Load)")]
    [InlineData("using S = float;", "using S = int;", "ENK002", "In kernel template 'ScaleSingle128' the alias 'S' must be 'float' or 'double', not 'int'")]
    [InlineData("using S = float;", "using S = double;", "ENK002", "In kernel template 'ScaleSingle128' the alias 'A' must be 'double', not 'float'")]
    [InlineData("using A = float;", "using A = decimal;", "ENK002", "In kernel template 'ScaleSingle128' the alias 'A' must be 'float' or 'double', not 'decimal'")]
    [InlineData("Vector128;", "Vector64;", "ENK002", "In kernel template 'ScaleSingle128' the alias 'V' must be 'System.Runtime.Intrinsics.Vector128', '…256' or '…512', not 'System.Runtime.Intrinsics.Vector64'")]
    [InlineData("Vector128<float>;", "Vector256<float>;", "ENK002", "In kernel template 'ScaleSingle128' the alias 'Vec' must be 'System.Runtime.Intrinsics.Vector128<float>', not 'System.Runtime.Intrinsics.Vector256<float>'")]
    [InlineData("SingleLoad128;\n", "SingleToDoubleLoad128;\n", "ENK002", "In kernel template 'ScaleSingle128' the alias 'Load' must be 'ElasticNet.Fast.Kernels.SingleLoad128', not 'ElasticNet.Fast.Kernels.SingleToDoubleLoad128'")]
    [InlineData("class ScaleSingle128", "class ScaleSingle256", "ENK003", "Kernel template 'ScaleSingle256' must be named after its kernel, types and width: its name must end in 'Single128'")]
    [InlineData("namespace ElasticNet.Fast.Kernels;", "namespace Elsewhere;\nusing ElasticNet.Fast.Kernels;", "ENK004", "Kernel template 'ScaleSingle128' must be a class of its own in the namespace 'ElasticNet.Fast.Kernels'")]
    [InlineData("static unsafe class", "static unsafe partial class", "ENK004", "Kernel template 'ScaleSingle128' must be a static unsafe class, not partial and not generic")]
    [InlineData("public static void Scale", "private static void Scale", "ENK004", "Kernel template 'ScaleSingle128' must have exactly one method that is not private, the kernel")]
    [InlineData("public static void Scale", "public static void Stretch", "ENK004", "Kernel template 'ScaleSingle128' must begin with the name of its kernel, 'Stretch'")]
    [InlineData("A a, S* x", "in A a, S* x", "ENK004", "Kernel template 'ScaleSingle128' must have a kernel without type parameters, modifiers and default values, so that a delegate can call it")]
    [InlineData(" | KernelTypes.Single)", ")", "ENK005", "Kernel template 'ScaleSingle128' is itself the variant 'Single', which its attribute must ask for")]
    [InlineData("A a, S* x, A* y", "S* x", "ENK006", "Kernel 'Scale' cannot have the variants 'SingleToDouble' and 'Single' at once: both would have the parameters (float*, nint)")]
    public void A_wrong_template_is_named_and_not_stamped(string right, string wrong, string id, string message)
    {
        Assert.Contains(right, TemplateText.Scale, StringComparison.Ordinal);
        GeneratorRun run = KernelRun.Of(("Scale.cs", TemplateText.Scale.Replace(right, wrong, StringComparison.Ordinal)));
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(message, diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.Equal("Scale.cs", diagnostic.Location.GetLineSpan().Path);
        Assert.Equal(["KernelCatalog.g.cs"], run.FileNames());
    }

    [Fact]
    public void Two_templates_of_one_kernel_are_refused()
    {
        GeneratorRun run = KernelRun.Of(("First.cs", TemplateText.First), ("Second.cs", TemplateText.First.Replace("256", "128", StringComparison.Ordinal)));
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("ENK007", diagnostic.Id);
        Assert.Equal("Kernel 'First' must have one template, but 'FirstDouble256' and 'FirstDouble128' both claim it", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("Second.cs", diagnostic.Location.GetLineSpan().Path);
    }

    [Fact]
    public void A_diagnostic_points_at_the_place()
    {
        GeneratorRun run = KernelRun.Of(("Scale.cs", TemplateText.Scale.Replace("using S = float;", "using S = int;", StringComparison.Ordinal)));
        FileLinePositionSpan place = Assert.Single(run.Diagnostics).Location.GetLineSpan();
        Assert.Equal((3, 10), (place.StartLinePosition.Line, place.StartLinePosition.Character));
    }
}
