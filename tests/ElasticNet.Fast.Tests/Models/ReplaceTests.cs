using System.Diagnostics;
using System.Globalization;
using ElasticNet.Fast.Models;
using ElasticNet.Fast.Tests.Repository;
using Xunit;

namespace ElasticNet.Fast.Tests.Models;

/// <summary>What a file that takes the place of another takes over from it, and what becomes of files that were left half written.</summary>
public class ReplaceTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData("600")]
    [InlineData("640")]
    [InlineData("666")]
    [InlineData("444")]
    [InlineData("755")]
    public void The_mode_is_that_of_the_file_which_is_replaced(string octal)
    {
        if (OperatingSystem.IsWindows())
            return; // Files have no mode there.
        UnixFileMode mode = (UnixFileMode)Convert.ToInt32(octal, 8);
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet"), link = directory.File("link.enet");
        File.WriteAllBytes(path, [1, 2, 3]);
        File.SetUnixFileMode(path, mode);
        File.CreateSymbolicLink(link, path);
        using ElasticNetModel model = SampleModels.Model(1, 3);
        model.Save(link);
        model.Save(path);
        model.Save(path);
        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.Null(new FileInfo(link).LinkTarget);
        Assert.Equal(mode, File.GetUnixFileMode(link));
        Assert.Equal(2, Directory.GetFiles(directory.Path).Length);
    }

    [Fact]
    public void Nobody_else_may_read_it_while_it_is_written()
    {
        if (OperatingSystem.IsWindows())
            return;
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet"), fresh = directory.File("fresh.enet");
        File.WriteAllBytes(path, [1, 2, 3]);
        File.WriteAllBytes(fresh, [1, 2, 3]);
        UnixFileMode usual = File.GetUnixFileMode(fresh);
        File.Delete(fresh);
        File.SetUnixFileMode(path, OwnerOnly);
        using (AtomicFile file = new(path))
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(directory.Path, ".model.enet.*.tmp"))));
        AtomicFile.Write(fresh, [4]);
        Assert.Equal(usual, File.GetUnixFileMode(fresh));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal([fresh, path], Directory.GetFiles(directory.Path).Order());
    }

    [Theory]
    [InlineData("640", "600")]
    [InlineData("660", "600")]
    [InlineData("664", "644")]
    [InlineData("604", "600")]
    [InlineData("755", "755")]
    public void Another_group_may_do_what_everybody_could(string octal, string narrowed) =>
        Assert.Equal((UnixFileMode)Convert.ToInt32(narrowed, 8), FilePermissions.ForAnotherGroup((UnixFileMode)Convert.ToInt32(octal, 8)));

    [NeedsTheory(Tool.Superuser)]
    [InlineData("12345:23456", "640")]
    [InlineData("3000000:2000000000", "664")]
    [InlineData("0:23456", "600")]
    public async Task Owner_and_group_are_those_of_the_file_which_is_replaced(string owners, string octal)
    {
        if (OperatingSystem.IsWindows())
            return; // Skipped there.
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        await File.WriteAllBytesAsync(path, new byte[5000]);
        await ProgramRun.Of("chown", [owners, path]);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(octal, 8));
        AtomicFile.Write(path, [1]);
        Assert.Equal($"{owners} {octal}\n", (await ProgramRun.Of("stat", ["-c", "%u:%g %a", path])).Text);
    }

    /// <summary>Another user that may write the directory: the file becomes its own, and no mode is wider.</summary>
    [NeedsTheory(Tool.Superuser)]
    [InlineData("12345:23456", "664", "65534:65534 644")]
    [InlineData("12345:65534", "640", "65534:65534 640")]
    public async Task Who_may_not_give_it_away_lets_nobody_read_it_who_could_not(string owners, string octal, string expected)
    {
        if (OperatingSystem.IsWindows())
            return; // Skipped there.
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet"), data = directory.File("d.csv");
        await File.WriteAllTextAsync(data, "x,y\n1,2\n2,3\n3,5\n4,4\n5,7\n");
        await File.WriteAllBytesAsync(path, new byte[5000]);
        await ProgramRun.Of("chown", [owners, path]);
        File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(octal, 8));
        File.SetUnixFileMode(directory.Path, (UnixFileMode)Convert.ToInt32("777", 8));
        string enet = typeof(ElasticNet.Fast.Cli.CommandLine).Assembly.Location;
        ProgramRun run = await ProgramRun.Of("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", ProgramRun.Dotnet, enet, "fit", data, "--target", "y", "--lambda", "0.1", "--out", path]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(expected + "\n", (await ProgramRun.Of("stat", ["-c", "%u:%g %a", path])).Text);
    }

    [Fact]
    public async Task What_killed_processes_left_is_removed_and_nothing_else()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        string made = TemporaryFile.NameFor(path);
        int ended = await EndedProcess();
        string[] gone =
        [
            Of(made, ended, "aaaaaaaa"),
            Old(Of(made, ended, "bbbbbbbb").Replace(Machine(made), "00000000", StringComparison.Ordinal), TimeSpan.FromDays(2)),
            Old(Of(made, Environment.ProcessId, "cccccccc"), TimeSpan.FromMinutes(5)),
        ];
        string[] kept =
        [
            Of(made, Environment.ProcessId, "dddddddd"),
            Of(made, ended, "eeeeeeee").Replace(Machine(made), "00000000", StringComparison.Ordinal),
            directory.File(".model.enet.notes.tmp"),
            directory.File(".model.enet.tmp"),
            directory.File("model.enet.tmp"),
            Of(TemporaryFile.NameFor(directory.File("other.enet")), ended, "ffffffff"),
        ];
        string locked = Of(made, ended, "gggggggg");
        foreach (string file in gone.Concat(kept))
        {
            if (!File.Exists(file))
                await File.WriteAllBytesAsync(file, [1]);
        }

        using ElasticNetModel model = SampleModels.Model(1, 3);
        using (new FileStream(locked, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            model.Save(path);
        Assert.Equal(kept.Append(locked).Append(path).Order(), Directory.GetFiles(directory.Path).Order());
        model.Save(path);
        Assert.Equal(kept.Append(path).Order(), Directory.GetFiles(directory.Path).Order());
    }

    [Fact]
    public void Saves_of_one_name_at_the_same_time_do_not_disturb_each_other()
    {
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        byte[][] bytes = [.. Enumerable.Range(1, 4).Select(k => SampleModels.Bytes(SampleModels.Content(k, 50)))];
        Parallel.For(0, 200, new() { MaxDegreeOfParallelism = 8 }, i => AtomicFile.Write(path, bytes[i % bytes.Length]));
        Assert.Contains(File.ReadAllBytes(path), bytes);
        Assert.Equal([path], Directory.GetFiles(directory.Path));
    }

    [Theory]
    [InlineData(255)]
    [InlineData(150)]
    public void A_name_may_be_as_long_as_names_are(int length)
    {
        using TemporaryDirectory directory = new();
        string path = directory.File(new string('m', length));
        using ElasticNetModel model = SampleModels.Model(1, 3);
        model.Save(path);
        model.Save(path);
        Assert.Equal([path], Directory.GetFiles(directory.Path));
    }

    [Fact]
    public void A_file_that_is_overwritten_in_place_is_nothing_to_a_model_that_was_opened_from_it()
    {
        if (OperatingSystem.IsWindows())
            return; // What is mapped cannot be overwritten there.
        using TemporaryDirectory directory = new();
        string path = directory.File("model.enet");
        using ElasticNetModel first = SampleModels.Model(1, 5000, density: 1, offset: false);
        using ElasticNetModel second = SampleModels.Model(2, 5000, density: 1, offset: false);
        double[] row = new double[5000];
        row.AsSpan().Fill(1.25);
        first.Save(path);
        using ElasticNetModel copied = ElasticNetModel.OpenMapped(path), mapped = ElasticNetModel.OpenMapped(path, largestCopy: 0);
        File.WriteAllBytes(path, SampleModels.Bytes(second));
        Assert.Equal(first.Predict(row), copied.Predict(row));
        Assert.NotEqual(first.Predict(row), mapped.Predict(row));
        File.WriteAllBytes(path, [1]);
        Assert.Equal(first.Predict(row), copied.Predict(row));
        Assert.Equal(SampleModels.Bytes(first), SampleModels.Bytes(copied));
    }

    private static async Task<int> EndedProcess()
    {
        using Process process = Process.Start(new ProcessStartInfo(ProgramRun.Dotnet, "--version") { RedirectStandardOutput = true })!;
        await process.WaitForExitAsync();
        return process.Id;
    }

    private static string Machine(string made) => Path.GetFileName(made).Split('.')[^2].Split('-')[0];

    private static string Of(string made, int process, string random)
    {
        string[] maker = Path.GetFileName(made).Split('.')[^2].Split('-');
        return made.Replace(string.Join('-', maker), string.Create(CultureInfo.InvariantCulture, $"{maker[0]}-{process}-{random}"), StringComparison.Ordinal);
    }

    private static string Old(string file, TimeSpan age)
    {
        File.WriteAllBytes(file, [1]);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow - age);
        return file;
    }
}
