using System.ComponentModel;
using System.Diagnostics;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.PreparationBenchmark.RealData;

/// <summary>A table from an R package, and what is predicted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">The column to be predicted.</param>
/// <param name="Table">The table, read by the library.</param>
internal sealed record RealTable(string Name, string Target, CsvTable Table);

/// <summary>The tables that R brings along.</summary>
internal static class RealTables
{
    private static readonly (string Name, string Target)[] s_known = [("airquality", "Temp"), ("pbc", "log.bili"), ("survey", "Wr.Hnd")];

    /// <summary>Has R write the tables and reads them; says which ones it does not have.</summary>
    public static List<RealTable> Read()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tables-");
        try
        {
            string[] written = Export(folder.FullName);
            List<RealTable> tables = [];
            foreach ((string name, string target) in s_known)
            {
                if (written.Contains(name))
                    tables.Add(new(name, target, CsvTable.Read(Path.Combine(folder.FullName, name + ".csv"), new() { Apart = [target] })));
                else
                    Console.Error.WriteLine($"skipping {name}: R (r-base-core) or its package is not installed");
            }

            return tables;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Export(string folder)
    {
        ProcessStartInfo start = new("Rscript") { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "peers", "tables.R"));
        start.ArgumentList.Add(folder);
        try
        {
            using Process process = Process.Start(start)!;
            string answer = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Win32Exception)
        {
            return []; // No such program.
        }
    }
}
