namespace ElasticNet.Fast.KernelGenerator;

/// <summary>The names of the pipeline's steps, for the tests that prove what an edit does not redo.</summary>
internal static class StepNames
{
    public const string Parse = nameof(Parse);
    public const string Template = nameof(Template);
    public const string Kernel = nameof(Kernel);
    public const string Catalog = nameof(Catalog);
    public const string Duplicates = nameof(Duplicates);
}
