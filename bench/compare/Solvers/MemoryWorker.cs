using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>
/// The library in a process of its own, for nothing but the memory that one call takes: the first of the process, compilation
/// of the code included.
/// </summary>
internal static class MemoryWorker
{
    /// <summary>Starts the process and waits for its answer; null where the system does not tell.</summary>
    public static long? Measure(ProblemFiles files, SolveTask task, bool isSingle, int threads)
    {
        if (!ResidentMemory.IsKnown)
            return null;
        string program = Environment.ProcessPath!;
        ProcessStartInfo start = new(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(MemoryWorker).Assembly.Location);
        foreach (string word in (string[])[
            "memory", files.Folder, Text(files.Rows), Text(files.Columns), Text(task.L1Ratio), files.Write(task.Lambdas), Text(threads),
            isSingle ? "float" : "double"])
        {
            start.ArgumentList.Add(word);
        }

        using Process worker = Process.Start(start)!;
        string answer = worker.StandardOutput.ReadToEnd();
        worker.WaitForExit();
        return worker.ExitCode == 0 ? long.Parse(answer, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>The process: reads the problem, solves it once, and prints bytes.</summary>
    /// <param name="folder">Of the problem's files.</param>
    /// <param name="rows">n.</param>
    /// <param name="columns">p.</param>
    /// <param name="l1Ratio">ρ.</param>
    /// <param name="lambdas">The file of the λ.</param>
    /// <param name="threads">Threads it may use.</param>
    /// <param name="storage">Of X: double or float.</param>
    public static void Run(
        [ConsoleAppFramework.Argument] string folder, [ConsoleAppFramework.Argument] int rows, [ConsoleAppFramework.Argument] int columns,
        [ConsoleAppFramework.Argument] double l1Ratio, [ConsoleAppFramework.Argument] string lambdas,
        [ConsoleAppFramework.Argument] int threads, [ConsoleAppFramework.Argument] string storage)
    {
        double[] x = Read(Path.Combine(folder, "x.bin"), rows * columns), y = Read(Path.Combine(folder, "y.bin"), rows);
        double[] grid = Read(lambdas, (int)(new FileInfo(lambdas).Length / sizeof(double)));
        ElasticNetOptions options = new() { Standardize = false, Lambdas = grid, MaxDegreeOfParallelism = threads };
        float[] single = storage == "float" ? Array.ConvertAll(x, value => (float)value) : [];
        if (single.Length > 0)
            x = [];
        object? kept = null;
        long bytes = ResidentMemory.RiseDuring(() => kept = single.Length > 0
            ? ElasticNetEstimator.Path(MatrixView.ColumnMajor<float>(single, rows, columns), y, l1Ratio, options)
            : ElasticNetEstimator.Path(MatrixView.ColumnMajor<double>(x, rows, columns), y, l1Ratio, options));
        GC.KeepAlive(kept);
        Console.Write(bytes.ToString(CultureInfo.InvariantCulture));
    }

    private static double[] Read(string path, int count)
    {
        double[] values = new double[count];
        using FileStream stream = File.OpenRead(path);
        for (int start = 0; start < count; start += 1 << 20)
            stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(start, Math.Min(1 << 20, count - start))));
        return values;
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
