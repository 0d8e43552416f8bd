using System.ComponentModel;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.AotDemo;

/// <summary>The native predictor, published once for the baseline CPU into a directory of its own.</summary>
public sealed class PublishedPredictor : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <summary>Path of the executable.</summary>
    public string Program => Path.Combine(_directory.Path, "publish", "enet-predict");

    public async Task InitializeAsync()
    {
        await RequireLinker();
        // Its own artifacts: the build that started these tests may still be writing to the usual ones. No build servers:
        // they would outlive the publish and keep its output open.
        ProgramRun publish = await ProgramRun.Of(ProgramRun.Dotnet, [
            "publish", Checkout.File("aot-demo", "ElasticNet.Fast.Predictor.csproj"), "-c", "Release", "--disable-build-servers",
            "--artifacts-path", _directory.File("artifacts"), "-o", Path.GetDirectoryName(Program)!]);
        Assert.True(publish.ExitCode == 0, $"publish failed with {publish.ExitCode}:\n{publish.Text}\n{publish.Error}");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _directory.Dispose();

    private static async Task RequireLinker()
    {
        try
        {
            Assert.Equal(0, (await ProgramRun.Of("gcc", ["--version"])).ExitCode);
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("Native publishing needs the packages gcc and libc6-dev, and there is no gcc.", exception);
        }
    }
}
