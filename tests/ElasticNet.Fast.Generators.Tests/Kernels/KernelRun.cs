namespace ElasticNet.Fast.Generators.Tests.Kernels;

/// <summary>The kernel generator, run on templates.</summary>
internal static class KernelRun
{
    public static GeneratorRun Of(params (string Name, string Text)[] files) =>
        GeneratorRun.Of(new KernelGenerator.KernelGenerator(), [("Support.cs", TemplateText.Support), .. files]);
}
