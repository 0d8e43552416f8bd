using ElasticNet.Fast.KernelGenerator;
using Microsoft.CodeAnalysis;
using Xunit;

namespace ElasticNet.Fast.Generators.Tests.Kernels;

/// <summary>What an edit does not redo. Without this a generator works, and makes every keystroke slow.</summary>
public class IncrementalTests
{
    private static readonly IncrementalStepRunReason[] s_idle = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    private static GeneratorRun Start() => KernelRun.Of(("Scale.cs", TemplateText.Scale), ("First.cs", TemplateText.First), ("Other.cs", "class Other;"));

    [Fact]
    public void An_edit_elsewhere_writes_nothing()
    {
        GeneratorRun run = Start().Edit("Other.cs", "class Other { int _edited; }").Edit("New.cs", "class New;");
        foreach (string step in new[] { StepNames.Parse, StepNames.Template, StepNames.Kernel, StepNames.Catalog, StepNames.Duplicates })
            AssertIdle(run.Reasons(step));
        AssertIdle(run.OutputReasons());
    }

    [Fact]
    public void An_edited_loop_restamps_its_variants_and_neither_front_door_nor_catalog()
    {
        GeneratorRun run = Start().Edit("Scale.cs", TemplateText.Scale.Replace("a * x[i]", "x[i] * a", StringComparison.Ordinal));
        Assert.Equal(1, run.Reasons(StepNames.Template).Count(reason => reason == IncrementalStepRunReason.Modified));
        AssertIdle(run.Reasons(StepNames.Kernel));
        AssertIdle(run.Reasons(StepNames.Catalog));
        Assert.Contains("y[i] = x[i] * a;", run.Text("ScaleSingle128.ScaleDouble256.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_comment_above_a_template_leaves_the_other_template_alone()
    {
        GeneratorRun run = Start().Edit("First.cs", "// A comment.\n" + TemplateText.First);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], run.Reasons(StepNames.Template).Order());
        AssertIdle(run.Reasons(StepNames.Kernel));
    }

    [Fact]
    public void An_edited_signature_reaches_the_front_door()
    {
        GeneratorRun run = Start().Edit("First.cs", TemplateText.First.Replace("First(S* x)", "First(S* values)", StringComparison.Ordinal).Replace("From(x)", "From(values)", StringComparison.Ordinal));
        Assert.Contains(IncrementalStepRunReason.Modified, run.Reasons(StepNames.Kernel));
        Assert.Contains("First(double* values)", run.Text("Kernel.FirstDouble256.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_removed_template_leaves_the_catalog()
    {
        GeneratorRun run = Start().Edit("First.cs", "class Gone;");
        Assert.DoesNotContain("First", run.Text("KernelCatalog.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("Kernel.FirstDouble256.g.cs", run.FileNames());
    }

    private static void AssertIdle(IncrementalStepRunReason[] reasons)
    {
        Assert.NotEmpty(reasons);
        Assert.All(reasons, reason => Assert.Contains(reason, s_idle));
    }
}
