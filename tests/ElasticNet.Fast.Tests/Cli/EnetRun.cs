using System.Text;
using ElasticNet.Fast.Cli;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>One run of the program inside this process: what it returned and wrote.</summary>
internal sealed record EnetRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command line.</summary>
    public static EnetRun Of(params string[] args) => WithInput("", args);

    /// <summary>Runs a command line with text on standard input.</summary>
    public static EnetRun WithInput(string input, params string[] args) =>
        Run(input, args, showsProgress: false, CancellationToken.None);

    /// <summary>Runs a command line as on a terminal, or one that is cancelled.</summary>
    public static EnetRun Run(string input, string[] args, bool showsProgress, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int exitCode;
        using (var terminal = new Terminal(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error, showsProgress))
            exitCode = new CommandLine(terminal).Run(args, cancellationToken);
        return new(exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>What standard error has where one feature is constant in the rows that were fitted.</summary>
    public static string ConstantNote(string feature) =>
        $"enet: note: feature '{feature}' is constant up to rounding in the rows that were fitted, and has coefficient 0 for it\n";

    /// <summary>Asserts that the run failed as it must: this code, nothing on standard output, one line on standard error.</summary>
    public void AssertRefused(int exitCode, string message)
    {
        Assert.Equal("", Output);
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.StartsWith("enet: ", Error, StringComparison.Ordinal);
        Assert.Equal(Error.Length - 1, Error.IndexOf('\n', StringComparison.Ordinal));
        Assert.Equal(exitCode, ExitCode);
    }
}

/// <summary>The framework keeps its log in static fields, so that command lines run one after another.</summary>
[CollectionDefinition(nameof(CommandLineTests))]
public class CommandLineTests;
