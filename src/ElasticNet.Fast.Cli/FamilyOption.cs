namespace ElasticNet.Fast.Cli;

/// <summary>Commands that know squared error only say so where another loss is asked for, in place of not knowing the option.</summary>
internal static class FamilyOption
{
    private const string Name = "--family";

    private static readonly (string Command, string Reason)[] s_gaussian =
    [
        ("judge", "judge knows the objectives of squared error so far"),
    ];

    /// <summary>Throws where a command without families is given one.</summary>
    /// <exception cref="UsageException">It is.</exception>
    public static void Refuse(string[] args)
    {
        foreach ((string command, string reason) in s_gaussian)
        {
            if (args[0] != command || Array.FindIndex(args, arg => arg == Name || arg.StartsWith(Name + "=", StringComparison.Ordinal)) is not (> 0 and var at))
                continue;
            string family = args[at].Length > Name.Length ? args[at][(Name.Length + 1)..] : at + 1 < args.Length ? args[at + 1] : "";
            throw new UsageException($"{Name} {family}: {reason}");
        }
    }
}
