namespace ElasticNet.Fast.PreparationBenchmark;

/// <summary>What the verbs have in common.</summary>
internal static class CommandLine
{
    /// <summary>Whether the command line was understood well enough to start.</summary>
    public static bool IsUnderstood { get; set; }

    /// <summary>Prints a report, and writes it to a file where one is named.</summary>
    public static void Report(string text, string? file)
    {
        Console.Write(text);
        if (file is not null)
            File.WriteAllText(file, text);
    }
}
