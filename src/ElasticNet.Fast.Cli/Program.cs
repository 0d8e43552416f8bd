namespace ElasticNet.Fast.Cli;

/// <summary>The program <c>enet</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // Not disposed: a command that was given up may still be blocked in its streams.
        var terminal = Terminal.OfProcess();
        return new CommandLine(terminal).Run(args);
    }
}
