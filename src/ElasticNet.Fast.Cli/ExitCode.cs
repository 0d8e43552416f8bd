namespace ElasticNet.Fast.Cli;

/// <summary>What the program returns to the shell.</summary>
internal static class ExitCode
{
    /// <summary>Everything was done.</summary>
    public const int Done = 0;

    /// <summary>The data or the model are not what they must be.</summary>
    public const int Data = 1;

    /// <summary>The command line itself is wrong; no data were read.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted.</summary>
    public const int Cancelled = 130;
}
