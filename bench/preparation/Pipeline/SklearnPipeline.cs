using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ElasticNet.Fast.Compare.Solvers;

namespace ElasticNet.Fast.PreparationBenchmark.Pipeline;

/// <summary>scikit-learn's pipeline in a process of its own, which stays alive and times itself.</summary>
internal sealed class SklearnPipeline : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pipeline-");
    private Process? _process;

    /// <summary>Its own words about its version; empty where the package (python3-sklearn) is not installed.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Trains; without an answer where it is not installed.</summary>
    public Contestant[] Contestants(RawTable training, RawTable table, double lambda, double l1Ratio, int single)
    {
        Write("x.bin", training.Raw);
        Write("y.bin", training.Target);
        Write("new.bin", table.Raw);
        // The system's interpreter comes first: that is the one the Debian package is for.
        foreach (string interpreter in (string[])["/usr/bin/python3", "python3"])
        {
            if (Start(interpreter, [_folder.FullName, $"{RawTable.Numbers}", $"{RawTable.Columns.Length}", $"{lambda}", $"{l1Ratio}"]) is not { } description)
                continue;
            Description = description;
            double[] predictions = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(_folder.FullName, "predictions.bin"))).ToArray();
            return [new Asked(this, "predict", false, single, predictions), new Asked(this, "predict", true, table.Rows, predictions)];
        }

        return [];
    }

    public void Dispose()
    {
        // The end of its input is its end.
        _process?.StandardInput.Close();
        _process?.WaitForExit();
        _process?.Dispose();
        _folder.Delete(recursive: true);
    }

    private void Write(string name, double[] values) =>
        File.WriteAllBytes(Path.Combine(_folder.FullName, name), MemoryMarshal.AsBytes<double>(values));

    private string? Start(string interpreter, string[] arguments)
    {
        ProcessStartInfo start = new(interpreter) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in (string[])[Path.Combine(AppContext.BaseDirectory, "peers", "pipeline.py"), .. arguments])
            start.ArgumentList.Add(argument);
        foreach (string variable in (string[])["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"])
            start.Environment[variable] = "1";
        try
        {
            _process = Process.Start(start);
            return _process!.StandardOutput.ReadLine();
        }
        catch (Win32Exception)
        {
            return null; // No such interpreter.
        }
    }

    /// <summary>One row a call, or all rows in one.</summary>
    private sealed record Asked(SklearnPipeline Peer, string Call, bool IsBatch, int Rows, double[] Predictions)
        : Contestant("scikit-learn", Call, IsBatch, Predictions)
    {
        public override long RowsOfRun => Rows;

        public override Measurement Run()
        {
            Peer._process!.StandardInput.WriteLine(IsBatch ? "batch" : $"single {Rows}");
            string[] seconds = Peer._process.StandardOutput.ReadLine()!.Split('\t');
            return new(double.Parse(seconds[0]), double.Parse(seconds[1]));
        }
    }
}
