namespace ElasticNet.Fast.Predictor;

/// <summary>The command line.</summary>
/// <param name="Model">Path of the model file.</param>
/// <param name="Rows">Path of the CSV; "-" for standard input.</param>
/// <param name="Offset">The offset's column, or null.</param>
/// <param name="Bench">Whether to measure instead of predicting.</param>
internal sealed record Arguments(string Model, string Rows, string? Offset, bool Bench)
{
    /// <summary>Null where the command line is wrong.</summary>
    public static Arguments? Parse(ReadOnlySpan<string> args)
    {
        var files = new List<string>();
        string? offset = null;
        bool bench = false;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--bench":
                    bench = true;
                    break;
                case "--offset" when i + 1 < args.Length:
                    offset = args[++i];
                    break;
                case "-":
                case [not '-', ..]:
                    files.Add(args[i]);
                    break;
                default:
                    return null;
            }
        }
        return files.Count == 2 ? new(files[0], files[1], offset, bench) : null;
    }
}
