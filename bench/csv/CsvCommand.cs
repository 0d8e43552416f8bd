using System.Diagnostics;
using System.Globalization;
using ElasticNet.Fast.Compare.Reports;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.CsvBenchmark;

/// <summary>Reading a large CSV, beside the bare speed of the library that finds its fields.</summary>
internal static class CsvCommand
{
    private static readonly (string Name, Func<string, double> Read)[] s_readers =
    [
        ("Sylvan.Data.Csv, every field's text", Readers.Fields),
        ("Sylvan.Data.Csv, GetDouble", Readers.Numbers),
        ("ours, CsvTable.Read", Readers.Table),
    ];

    /// <summary>Times the readers in turn and prints Markdown.</summary>
    /// <param name="megabytes">Size of the file.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="repeats">Runs that count, after one that does not.</param>
    /// <param name="out">A file for the Markdown, too.</param>
    /// <param name="peak">Read this file once and print what it took; used for the memory.</param>
    public static void Run(int megabytes = 1000, int columns = 50, int repeats = 5, string? @out = null, string? peak = null)
    {
        if (peak is not null)
        {
            CsvTable table = CsvTable.Read(peak);
            using var self = Process.GetCurrentProcess();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{self.PeakWorkingSet64} {table.Rows * (long)table.FeatureNames.Count * sizeof(double)}"));
            return;
        }
        var lines = new List<string>
        {
            "# Reading numbers",
            "",
            Text($"`dotnet run -c Release --project bench/csv -- --megabytes {megabytes} --columns {columns} --repeats {repeats}`"),
            "",
            Text($"- {MachineInfo.Describe()}"),
            Text($"- {repeats} alternating runs after a warm-up; the file is in the system's cache; MB/s by the least wall seconds"),
            "- *of bare*: speed over that of the first and of the second row, by wall seconds; in brackets by CPU seconds",
            "",
            "| cells | who | wall s, least | wall s, median | CPU s, least | MB/s | of bare text | of bare GetDouble |",
            "|---|---|--:|--:|--:|--:|--:|--:|",
        };
        var memory = new List<string>();
        foreach ((string cells, int? digits) in new (string, int?)[] { ("4 decimals", 4), ("all digits", null) })
        {
            string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            try
            {
                TestFile.Write(path, megabytes * 1_000_000L, columns, digits);
                Measure(path, cells, repeats, lines);
                memory.Add(Memory(path, cells));
            }
            finally
            {
                File.Delete(path);
            }
        }
        lines.AddRange(["", .. memory]);
        string report = string.Join('\n', lines) + "\n";
        Console.Write(report);
        if (@out is not null)
            File.WriteAllText(@out, report);
    }

    private static void Measure(string path, string cells, int repeats, List<string> lines)
    {
        var wall = new double[s_readers.Length][];
        var cpu = new double[s_readers.Length][];
        for (int k = 0; k < s_readers.Length; k++)
            (wall[k], cpu[k]) = (new double[repeats], new double[repeats]);
        for (int run = -1; run < repeats; run++)
        {
            for (int k = 0; k < s_readers.Length; k++)
            {
                GC.Collect();
                TimeSpan before = Environment.CpuUsage.TotalTime;
                long start = Stopwatch.GetTimestamp();
                s_readers[k].Read(path);
                if (run < 0)
                    continue;
                wall[k][run] = Stopwatch.GetElapsedTime(start).TotalSeconds;
                cpu[k][run] = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
                Console.Error.WriteLine(Text($"{cells}, {s_readers[k].Name}: {wall[k][run]:0.00} s, CPU {cpu[k][run]:0.00} s"));
            }
        }
        double megabytes = new FileInfo(path).Length / 1e6;
        for (int k = 0; k < s_readers.Length; k++)
        {
            double least = wall[k].Min();
            lines.Add(Text($"| {cells} | {s_readers[k].Name} | {least:0.00} | {wall[k].Order().ElementAt(repeats / 2):0.00} | {cpu[k].Min():0.00} | {megabytes / least:0} | {Of(0)} | {Of(1)} |"));

            string Of(int bare) => Text($"{wall[bare].Min() / least:0%} ({cpu[bare].Min() / cpu[k].Min():0%})");
        }
    }

    // In a process of its own: what was read before does not count.
    private static string Memory(string path, string cells)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        // By "dotnet program.dll", the process is dotnet and the program its argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add("--peak");
        start.ArgumentList.Add(path);
        using Process child = Process.Start(start)!;
        string[] sizes = child.StandardOutput.ReadToEnd().Split(' ');
        child.WaitForExit();
        double peak = double.Parse(sizes[0], CultureInfo.InvariantCulture) / 1e6;
        double table = double.Parse(sizes[1], CultureInfo.InvariantCulture) / 1e6;
        return Text($"- {cells}: ours takes {peak:0} MB of memory at its peak, {table:0} MB of them the table");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
