namespace ElasticNet.Fast.ModelGenerator;

/// <summary>The names of the pipeline's steps, for the tests that prove what an edit does not redo.</summary>
internal static class StepNames
{
    public const string Parse = nameof(Parse);
    public const string Row = nameof(Row);
}
