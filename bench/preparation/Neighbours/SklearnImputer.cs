using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.PreparationBenchmark.Neighbours;

/// <summary>scikit-learn's KNNImputer, a process for each run that times the call itself.</summary>
internal sealed class SklearnImputer : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("neighbours-");
    private readonly string[] _arguments;
    private readonly int _threads;

    public SklearnImputer(GappedTable table, int neighbors, string weights, int threads)
    {
        File.WriteAllBytes(Path.Combine(_folder.FullName, "x.bin"), MemoryMarshal.AsBytes<double>(table.Values).ToArray());
        _arguments = [_folder.FullName, $"{table.Rows}", $"{table.Columns}", $"{neighbors}", weights];
        _threads = threads;
    }

    /// <summary>Its own words about its version and libraries; empty until it has run.</summary>
    public string Description { get; private set; } = "";

    /// <summary>The filled table and its cost; null where the package (python3-sklearn) is not installed.</summary>
    public (double[] Filled, Measurement Cost)? Run()
    {
        // The system's interpreter comes first: that is the one the Debian package is for.
        foreach (string interpreter in (string[])["/usr/bin/python3", "python3"])
        {
            if (Ask(interpreter) is not [string cpu, string wall, string description])
                continue;
            Description = description;
            byte[] bytes = File.ReadAllBytes(Path.Combine(_folder.FullName, "filled.bin"));
            return (MemoryMarshal.Cast<byte, double>(bytes).ToArray(), new(double.Parse(cpu), double.Parse(wall)));
        }

        return null;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string[] Ask(string interpreter)
    {
        ProcessStartInfo start = new(interpreter) { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "peers", "knn.py"));
        foreach (string argument in _arguments)
            start.ArgumentList.Add(argument);
        foreach (string variable in (string[])["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"])
            start.Environment[variable] = $"{_threads}";
        try
        {
            using Process process = Process.Start(start)!;
            string answer = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return answer.Trim().Split('\t');
        }
        catch (Win32Exception)
        {
            return []; // No such interpreter.
        }
    }
}
