using System.Text;
using ElasticNet.Fast.Compare.Kernels;
using ElasticNet.Fast.Compare.Problems;
using ElasticNet.Fast.Compare.Reports;

namespace ElasticNet.Fast.Compare;

/// <summary>The verb <c>kernels</c>.</summary>
internal static class KernelsCommand
{
    /// <summary>
    /// Times the Gram matrix beside OpenBLAS dsyrk, a pass over X beside a plain read of the same memory, and a factor beside a
    /// solve with it, in turns, and prints Markdown.
    /// </summary>
    /// <param name="grams">Problems whose Gram matrix is made. Default: tall-10k, tall-100k.</param>
    /// <param name="passes">Problems that are passed over. Default: square, wide.</param>
    /// <param name="factors">Sizes of the Cholesky factors, made on one thread. Default: 100, 400, 900.</param>
    /// <param name="threads">Threads, one table each. Default: 1, 2.</param>
    /// <param name="repeats">Alternating runs that count, after one warm-up.</param>
    /// <param name="seed">Of the problems.</param>
    public static int Run(string[]? grams = null, string[]? passes = null, int[]? factors = null, int[]? threads = null, int repeats = 15, ulong seed = 1)
    {
        CompareCommand.Started = true;
        OpenBlas? blas = OpenBlas.Find();
        List<Race> races = [];
        foreach (string name in grams ?? ["tall-10k", "tall-100k"])
        {
            Problem problem = ProblemCatalog.Find(name).Generate(seed);
            races.AddRange((threads ?? [1, 2]).Select(count => GramRace.Run(problem, blas, count, repeats)));
        }
        foreach (string name in passes ?? ["square", "wide"])
        {
            Problem problem = ProblemCatalog.Find(name).Generate(seed);
            races.AddRange((threads ?? [1, 2]).Select(count => PassRace.Run(problem, count, repeats)));
        }

        races.AddRange((factors ?? [100, 400, 900]).Select(size => FactorRace.Run(size, repeats)));
        StringBuilder text = new();
        text.AppendLine("# Kernels");
        text.AppendLine();
        text.AppendLine($"- {MachineInfo.Describe()}");
        text.AppendLine($"- {blas?.Description ?? "OpenBLAS (Debian package libopenblas0-pthread) is not installed"}");
        text.AppendLine($"- seed {seed}, {repeats} alternating runs after a warm-up; CPU seconds on one thread, else wall-clock seconds; × first: least over that of the first line");
        foreach (Race race in races)
        {
            text.AppendLine();
            text.AppendLine($"| {race.Title}, {race.Threads} thread(s) | s, least | s, median | 10⁹ {race.Unit} / s | × first |");
            text.AppendLine("|---|--:|--:|--:|--:|");
            foreach ((string name, double speed, double least, double median, double ratio) in race.Results)
                text.AppendLine($"| {name} | {Number.Seconds(least)} | {Number.Seconds(median)} | {speed:0.0} | {Number.Ratio(ratio)} |");
        }
        Console.Write(text);
        return 0;
    }
}
