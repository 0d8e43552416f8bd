using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.AotDemo;

/// <summary>The native predictor, published for the baseline CPU into a directory of its own: once, for all tests that ask for it.</summary>
public sealed class PublishedPredictor : IAsyncLifetime
{
    private static readonly Lazy<Task<string>> s_program = new(Publish);

    /// <summary>Path of the executable.</summary>
    public string Program { get; private set; } = "";

    // Where there is no linker, nobody asks.
    public async Task InitializeAsync() => Program = Tools.Missing(Tool.Linker) is null ? await s_program.Value : "";

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<string> Publish()
    {
        TemporaryDirectory directory = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => directory.Dispose();
        string program = Path.Combine(directory.Path, "publish", "enet-predict");
        // Its own artifacts: the build that started these tests may still be writing to the usual ones. No build servers:
        // they would outlive the publish and keep its output open.
        ProgramRun publish = await ProgramRun.Of(ProgramRun.Dotnet, [
            "publish", Path.Combine(SourceTree.Root, "aot-demo", "ElasticNet.Fast.Predictor.csproj"), "-c", "Release", "--disable-build-servers",
            "--artifacts-path", directory.File("artifacts"), "-o", Path.GetDirectoryName(program)!]);
        Assert.True(publish.ExitCode == 0, $"publish failed with {publish.ExitCode}:\n{publish.Text}\n{publish.Error}");
        return program;
    }
}
