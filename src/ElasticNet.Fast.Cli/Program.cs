namespace ElasticNet.Fast.Cli;

/// <summary>The program <c>enet</c>.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        using var terminal = Terminal.OfProcess();
        return new CommandLine(terminal).Run(args);
    }
}
