using ElasticNet.Fast.Tests.Cli;
using ElasticNet.Fast.Tests.Models;
using ElasticNet.Fast.Tests.Repository;
using TemporaryDirectory = ElasticNet.Fast.Tests.Models.TemporaryDirectory;

namespace ElasticNet.Fast.Tests.Verify;

/// <summary>A second opinion on file format and proof: the program in Python, which shares nothing with the library.</summary>
[Collection(nameof(CommandLineTests))]
public class PythonVerifyTests
{
    private static readonly string s_script = Path.Combine(SourceTree.Root, "tests", "verify", "verify.py");

    [NeedsFact(Tool.Python)]
    public async Task Claims_hold_and_changes_are_found()
    {
        using TemporaryDirectory directory = new();
        foreach (string options in (string[])[
            "", "--l1-ratio 0.5 --no-intercept", "--no-standardize --weights w --offset o", "--impute median --indicators --scale robust --weights w",
            "--impute constant --fill-value 3 --encode ordinal", "--impute drop --weights w --scale standard-sample"])
        {
            string data = VerifyTable.Write(directory, options.Contains("impute", StringComparison.Ordinal)), model = directory.File("m.enet");
            string[] left = [.. new[] { "w", "o" }.Where(name => !options.Contains($" {name}", StringComparison.Ordinal)), "note"];
            Assert.Equal(0, EnetRun.Of(["fit", data, "--target", "y", "--exclude", string.Join(',', left), "--lambda", "0.05", "--out", model, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).ExitCode);
            ProgramRun run = await ProgramRun.Of("python3", [s_script, model, data]);
            Assert.True(run.ExitCode == 0 && run.Text.Contains("the claim holds", StringComparison.Ordinal), $"{options}: {run.Text}{run.Error}");
            RawModel file = RawModel.Parse(File.ReadAllBytes(model)).Edit("COEF", payload => SectionTests.Put(payload.AsSpan(64), 0.123));
            File.WriteAllBytes(model, file.ToBytes());
            run = await ProgramRun.Of("python3", [s_script, model, data]);
            Assert.True(run.ExitCode == 1 && run.Text.Contains("the claim does not hold", StringComparison.Ordinal), $"{options}: {run.Text}{run.Error}");
        }
    }

    [NeedsFact(Tool.Python)]
    public async Task So_do_those_of_classes_and_responses()
    {
        using TemporaryDirectory directory = new();
        string data = VerifyTable.Write(directory, gaps: false), model = directory.File("m.enet");
        foreach (string options in (string[])[
            "--target town --family multinomial --lambda 0.05", "--target town --family multinomial --l1-ratio 0.4 --lambda 0.02 --no-intercept --weights w", "--target y,b --family multigaussian --lambda 0.1 --weights w",
            "--target y,b --family multigaussian --lambda 0.3 --l1-ratio 0.5 --no-standardize"])
        {
            string left = string.Join(',', new[] { "w", "o", "note", "town" }.Where(name => !options.Contains($" {name}", StringComparison.Ordinal)));
            Assert.Equal(0, EnetRun.Of(["fit", data, "--exclude", left, "--out", model, .. options.Split(' ')]).ExitCode);
            ProgramRun run = await ProgramRun.Of("python3", [s_script, model, data]);
            Assert.True(run.ExitCode == 0 && run.Text.Contains("the claim holds", StringComparison.Ordinal), $"{options}: {run.Text}{run.Error}");
            RawModel file = RawModel.Parse(File.ReadAllBytes(model)).Edit("COEF", payload => SectionTests.Put(payload.AsSpan(64), 0.123));
            File.WriteAllBytes(model, file.ToBytes());
            run = await ProgramRun.Of("python3", [s_script, model, data]);
            Assert.True(run.ExitCode == 1 && run.Text.Contains("the claim does not hold", StringComparison.Ordinal), $"{options}: {run.Text}{run.Error}");
        }

        foreach ((string options, string name) in ((string, string)[])[("--target y,b --family multigaussian --grouped", "penalised by their norm over the outputs"), ("--target y --group-levels", "penalised in groups of features")])
        {
            Assert.Equal(0, EnetRun.Of(["fit", data, "--exclude", "w,o,note", "--lambda", "0.1", "--out", model, .. options.Split(' ')]).ExitCode);
            ProgramRun run = await ProgramRun.Of("python3", [s_script, model, data]);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(name, run.Error, StringComparison.Ordinal);
        }
    }

    [NeedsFact(Tool.Python)]
    public async Task What_it_does_not_know_is_refused_by_name()
    {
        using TemporaryDirectory directory = new();
        string data = VerifyTable.Write(directory, gaps: true), model = directory.File("m.enet");
        foreach ((string imputation, string name) in ((string, string)[])[("knn", "nearest neighbours"), ("iterative", "chained equations"), ("multiple", "several draws")])
        {
            Assert.Equal(0, EnetRun.Of("fit", data, "--target", "y", "--exclude", "note,w,o", "--lambda", "0.05", "--impute", imputation, "--out", model).ExitCode);
            ProgramRun run = await ProgramRun.Of("python3", [s_script, model, data]);
            Assert.Equal((2, $"cannot be verified: a model whose gaps are filled by {name} cannot be verified here\n"), (run.ExitCode, run.Error));
        }

        string whole = VerifyTable.Write(directory, gaps: false);
        Assert.Equal(0, EnetRun.Of("fit", whole, "--target", "y", "--exclude", "note,w,o", "--lambda", "0.05", "--family", "huber", "--delta", "1", "--out", model).ExitCode);
        ProgramRun huber = await ProgramRun.Of("python3", [s_script, model, whole]);
        Assert.Equal((2, "cannot be verified: a model of another family than the Gaussian, multinomial and multi-response Gaussian cannot be verified here\n"), (huber.ExitCode, huber.Error));
    }
}
