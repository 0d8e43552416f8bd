using System.Text.RegularExpressions;
using ElasticNet.Fast.Tests.Cli;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>Every command of the pages runs, and the page of commands has every option.</summary>
[Collection(nameof(CommandLineTests))]
public partial class PageCommandTests
{
    private const string CommandPage = "src/ElasticNet.Fast.Cli/COMMANDS.md";

    private static readonly string[] s_commands =
        [.. ListedCommand().Matches(EnetRun.Of("--help").Output).Select(command => command.Groups[1].Value)];

    [NeedsFact(Tool.Font)]
    public void Every_command_runs()
    {
        int commands = 0;
        foreach (string page in Pages.All.Except(Pages.Walkthroughs))
        {
            using var directory = new TemporaryDirectory();
            foreach (string command in Pages.Blocks(page, "sh").SelectMany(block => block.Split('\n')))
            {
                EnetRun run = PageCommands.Run(command, directory);
                Assert.True(run.ExitCode == 0, $"{page}: {command}: {run.ExitCode}, {run.Error}");
                commands++;
            }
        }

        Assert.InRange(commands, 12, 100);
    }

    /// <summary>What stands in a sentence or a table is cut short, so it is held to the help: the command is there, and so are its options.</summary>
    [Fact]
    public void Commands_in_sentences_exist()
    {
        foreach (string page in Pages.All)
        {
            foreach (Match span in Inline().Matches(Pages.Read(page)))
            {
                if (span.Groups["command"].Value is not ("" or "COMMAND") and var command)
                    Assert.All(Options(span.Value), option => Assert.Contains(option, OptionsOf(command)));
            }
        }
    }

    [Fact]
    public void The_page_of_commands_has_every_command_and_every_option_and_no_other()
    {
        string page = Pages.Read(CommandPage);
        Assert.Contains("fit", s_commands);
        Assert.All(s_commands, command =>
        {
            Assert.Contains(command, Pages.Anchors(CommandPage));
            Assert.Subset(new HashSet<string>(Options(page)), OptionsOf(command));
            Assert.Contains(Pages.Blocks(CommandPage, "sh"), block => block.Contains($"enet {command} ", StringComparison.Ordinal));
        });
        HashSet<string> all = [.. s_commands.SelectMany(OptionsOf)];
        Assert.All(Pages.Blocks(CommandPage, "").SelectMany(Options), option => Assert.Contains(option, all));
        foreach (string synopsis in Pages.Blocks(CommandPage, "").Where(block => block.StartsWith("enet ", StringComparison.Ordinal)))
            Assert.All(Options(synopsis), option => Assert.Contains(option, OptionsOf(synopsis.Split(' ')[1])));
    }

    private static HashSet<string> OptionsOf(string command)
    {
        Assert.Contains(command, s_commands);
        return [.. Option().Matches(EnetRun.Of(command, "--help").Output).Select(option => option.Groups[1].Value)];
    }

    private static IEnumerable<string> Options(string text) =>
        AnyOption().Matches(text).Select(option => option.Value).Where(option => option is not ("--help" or "--alpha" or "--project"));

    [GeneratedRegex("^  ([a-z]+)  ", RegexOptions.Multiline)]
    private static partial Regex ListedCommand();

    [GeneratedRegex("`enet(?: (?<command>[A-Za-z]+))?[^`\n]*`")]
    private static partial Regex Inline();

    [GeneratedRegex("^  (--[a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();

    [GeneratedRegex("--[a-z][a-z0-9-]*")]
    private static partial Regex AnyOption();
}
