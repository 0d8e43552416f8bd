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
    public async Task Endless_rows_end_where_nobody_reads_predictions()
    {
        using var directory = new TemporaryDirectory();
        using Process process = ProgramRun.Start(ProgramRun.Dotnet, Program, "predict", SaveModel(directory), "-");
        await PipedPredictor.EndsWhenNobodyReads(process);
    }

    [Fact]
    public async Task A_row_is_answered_when_no_more_is_at_hand()
    {
        using var directory = new TemporaryDirectory();
        using Process process = ProgramRun.Start(ProgramRun.Dotnet, Program, "predict", SaveModel(directory), "-");
        await PipedPredictor.AnswersWhatItWasAsked(process, "\n", "\r\n");
    }

    [Fact]
    public async Task A_file_that_others_write_too_gets_predictions_where_they_belong()
    {
        if (OperatingSystem.IsWindows())
            return; // The shell is another one there.
        using var directory = new TemporaryDirectory();
        string file = directory.File("out.csv"), rows = directory.Write("rows.csv", "a,b\n1,2\n");
        ProgramRun run = await ProgramRun.Of("sh", ["-c", "(echo before; \"$0\" \"$1\" predict \"$2\" \"$3\"; echo after) > \"$4\"", ProgramRun.Dotnet, Program, SaveModel(directory), rows, file]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal("before\nprediction\n-2.25\nafter\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Ctrl_C_ends_even_a_read_that_blocks_with_130()
    {
        if (!OperatingSystem.IsLinux())
            return; // The tools below are Linux's.
        using var directory = new TemporaryDirectory();
        using Process process = StartPredicting(directory);
        await Feed(process, rows: 15_000);
        // From here on everything it writes is taken, and nothing more is given.
        Task drained = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);

        await Interrupt(process);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal("enet: cancelled\n", await process.StandardError.ReadToEndAsync());
        await drained;
    }

    [Fact]
    public async Task Ctrl_C_ends_even_a_write_that_blocks_with_130()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var directory = new TemporaryDirectory();
        using Process process = StartPredicting(directory);
        // Twice what fits into the pipe, of which one byte is read.
        await Feed(process, rows: 30_000);

        await Interrupt(process);

        Assert.Equal(130, process.ExitCode);
    }

    // A shell starts its background jobs with the signal ignored, and whatever runs the tests may be one.
    private static Process StartPredicting(TemporaryDirectory directory) =>
        ProgramRun.Start("env", "--default-signal=INT", ProgramRun.Dotnet, Program, "predict", SaveModel(directory), "-");

    // Enough rows to fill its output buffer at least once: what comes out says that it is at work.
    private static async Task Feed(Process process, int rows)
    {
        await process.StandardInput.WriteAsync("a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", rows)));
        await process.StandardInput.FlushAsync();
        Assert.Equal(1, await process.StandardOutput.BaseStream.ReadAsync(new byte[1]));
    }

    private static async Task Interrupt(Process process)
    {
        using (Process kill = ProgramRun.Start("kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture)))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail("The program outlived Ctrl-C by a minute.");
        }
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
