using System.Diagnostics;
using System.Globalization;
using ElasticNet.Fast.Tests.Csv;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>What only shows from outside: exit codes, the separation of the streams, Ctrl-C.</summary>
public class ProcessTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "enet.dll");

    [Theory]
    [InlineData(0, "predict", "MODEL", "ROWS")]
    [InlineData(1, "predict", "MODEL", "MODEL")]
    [InlineData(1, "predict", "ROWS", "ROWS")]
    [InlineData(1, "fit", "no-such-file.csv", "--target", "y")]
    [InlineData(2, "fit", "ROWS", "--target", "y", "--alpha", "1")]
    [InlineData(2, "predict", "MODEL")]
    public async Task Exit_codes_and_streams(int exitCode, params string[] args)
    {
        using var directory = new TemporaryDirectory();
        string model = SaveModel(directory);
        string rows = directory.Write("rows.csv", "a,b\n1,2\n");

        ProgramRun run = await Enet([.. args.Select(arg => arg switch { "MODEL" => model, "ROWS" => rows, _ => arg })]);

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal(exitCode == 0 ? "prediction\n-2.25\n" : "", run.Text);
        Assert.Equal(exitCode == 0 ? 0 : 1, run.Error.Count(c => c == '\n'));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Standard_input_is_read_as_bytes()
    {
        using var directory = new TemporaryDirectory();
        string model = SaveModel(directory);
        string rows = directory.Write("rows.csv", "\uFEFFa,b\r\n1,2\r\n");
        using Process process = ProgramRun.Start(ProgramRun.Dotnet, Program, "predict", model, "-");
        Assert.Equal("prediction\n-2.25\n", (await ProgramRun.Finish(process, rows)).Text);
    }

    [Fact]
    public async Task Ctrl_C_ends_even_a_read_that_blocks_with_130()
    {
        if (!OperatingSystem.IsLinux())
            return; // The tools below are Linux's.
        using var directory = new TemporaryDirectory();
        // A shell starts its background jobs with the signal ignored, and whatever runs the tests may be one.
        using Process process = ProgramRun.Start("env", "--default-signal=INT", ProgramRun.Dotnet, Program, "predict", SaveModel(directory), "-");
        // Enough rows to fill its output buffer once: what comes out says that it is at work, and then waits for more.
        await process.StandardInput.WriteAsync("a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 15_000)));
        await process.StandardInput.FlushAsync();
        byte[] first = new byte[1];
        Assert.Equal(1, await process.StandardOutput.BaseStream.ReadAsync(first));

        using (Process kill = ProgramRun.Start("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture)))
            await kill.WaitForExitAsync();
        // Its input stays open: nothing but the signal can end it.
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("enet: cancelled\n", await process.StandardError.ReadToEndAsync());
    }

    private static Task<ProgramRun> Enet(string[] args) => ProgramRun.Of(ProgramRun.Dotnet, [Program, .. args]);

    private static string SaveModel(TemporaryDirectory directory)
    {
        string path = directory.File("model.enet");
        using ElasticNetModel model = SampleModel.Create(0.5, [0.25, -1.5], ["a", "b"]);
        model.Save(path);
        return path;
    }
}
