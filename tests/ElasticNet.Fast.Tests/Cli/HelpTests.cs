using System.Text.RegularExpressions;
using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Help, and what is answered to command lines that are nearly right. Command lines run one after another.</summary>
[Collection(nameof(CommandLineTests))]
public partial class HelpTests
{
    public static TheoryData<string> Commands => [.. CommandLine.Names];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_command_has_usage_and_three_examples_of_its_own_options(string command)
    {
        string help = EnetRun.Of(command, "--help").Output;
        Assert.StartsWith($"Usage: enet {command} ", help, StringComparison.Ordinal);
        string[] options = [.. Option().Matches(help).Select(match => match.Groups[1].Value)];
        Assert.Equal(options.Length, options.Distinct().Count());
        string[] examples = [.. help.Split('\n').SkipWhile(line => line != "Examples:").Skip(1).Where(line => line.Length > 0)];
        Assert.Equal(3, examples.Distinct().Count());
        Assert.All(examples, example => Assert.StartsWith($"  enet {command} ", example, StringComparison.Ordinal));
        Assert.All(examples.SelectMany(example => AnyOption().Matches(example)), option => Assert.Contains(option.Value, options));
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 100 && line == line.TrimEnd(), line));
        Assert.DoesNotContain("string", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_option_with_a_group_exists_and_belongs_to_one()
    {
        string[] grouped = [.. HelpWords.Groups.SelectMany(group => group.Options)];
        Assert.Equal(grouped.Length, grouped.Distinct().Count());
        string all = string.Concat(CommandLine.Names.Select(command => EnetRun.Of(command, "--help").Output));
        Assert.All(grouped, option => Assert.Contains($"  {option} ", all, StringComparison.Ordinal));
        Assert.Contains("\n  --delta NUMBER ", EnetRun.Of("fit", "--help").Output, StringComparison.Ordinal);
        Assert.Contains("\nPreparation:\n  --impute", EnetRun.Of("fit", "--help").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit d.csv --taget y", "fit has no option '--taget' (did you mean '--target'?)")]
    [InlineData("predict m r --apend", "predict has no option '--apend' (did you mean '--append'?)")]
    [InlineData("inspect m --zzzzzz", "inspect has no option '--zzzzzz'; enet inspect --help has all")]
    [InlineData("fit d.csv --target=y", "'--target=y' is not recognized; write --target y")]
    [InlineData("fit d.csv -target y", "'-target' is not recognized; write --target COLUMN")]
    [InlineData("fit d.csv --target", "--target must be followed by its value (COLUMN)")]
    [InlineData("judge a b --target y", "--objective must be given: enet judge COEFFICIENTS DATA --target COLUMN --objective NAME [options]")]
    [InlineData("predict m", "'rows' must be given: enet predict MODEL ROWS [options]")]
    [InlineData("predict m r x", "'x' is one argument too many: enet predict MODEL ROWS [options]")]
    [InlineData("predit m r", "there is no command 'predit' (did you mean 'predict'?); the commands are fit, predict")]
    [InlineData("completion fish", "shell (fish) must be bash, zsh or powershell")]
    public void What_is_nearly_right_is_told_what_is(string commandLine, string message) => EnetRun.Of(commandLine.Split(' ')).AssertRefused(2, message);

    [NeedsTheory(Tool.Bash)]
    [InlineData("pr", 1, "predict")]
    [InlineData("predict --ap", 2, "--append")]
    [InlineData("completion z", 2, "zsh")]
    [InlineData("predict model --he", 3, "--help")]
    public async Task Bash_completes(string words, int place, string expected)
    {
        using var directory = new TemporaryDirectory();
        string script = directory.Write("enet.bash", EnetRun.Of("completion", "bash").Output);
        ProgramRun run = await ProgramRun.Of("bash", ["-c", $"source '{script}'; COMP_WORDS=(enet {words}); COMP_CWORD={place}; _enet; echo \"${{COMPREPLY[@]}}\""]);
        Assert.Equal((0, expected + "\n", ""), (run.ExitCode, run.Text, run.Error));
    }

    [Theory]
    [InlineData("zsh", "predict) compadd -- ")]
    [InlineData("powershell", "'predict' = '")]
    public void Other_shells_have_every_command_and_option(string shell, string start)
    {
        string script = EnetRun.Of("completion", shell).Output;
        Assert.Contains(start, script, StringComparison.Ordinal);
        Assert.All(CommandLine.Names, command => Assert.Contains(command, script, StringComparison.Ordinal));
        Assert.Contains("--append --id --json --out", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, 100, 1, "", "[#...................] 5 of 100")]
    [InlineData(400, 4000, 60, " MB", "[....] 400 of 4000 MB, about 9 min left")]
    [InlineData(99999, 1000000, 600, "", "[.......] 99999 of 1000000, 91 min left")]
    public void Progress_fits_a_narrow_window(int completed, int total, int seconds, string unit, string expected)
    {
        string text = ProgressLine.Text(new(completed, total), TimeSpan.FromSeconds(seconds), unit);
        Assert.Equal(expected, text);
        Assert.InRange(text.Length, 1, 39);
    }

    [GeneratedRegex("^  (--[a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex("--[a-z][a-z0-9-]*")]
    private static partial Regex AnyOption();
}
