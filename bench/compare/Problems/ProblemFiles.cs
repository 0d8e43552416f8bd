using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Compare.Problems;

/// <summary>A problem as the peers read it: raw little-endian float64 in a temporary directory, gone on disposal.</summary>
internal sealed class ProblemFiles : IDisposable
{
    private int _written;

    /// <summary>
    /// Writes <c>x.bin</c> (column after column; of sparse columns what is stored, with <c>rows.bin</c> and <c>starts.bin</c>),
    /// <c>y.bin</c> and <c>folds.bin</c>.
    /// </summary>
    public ProblemFiles(Problem problem)
    {
        Folder = Directory.CreateTempSubdirectory("elasticnet-compare-").FullName;
        AppDomain.CurrentDomain.ProcessExit += RemoveFolder;
        Problem = problem;
        Write(Path.Combine(Folder, "x.bin"), problem.Sparse is null ? problem.X.Values : problem.Sparse.Values);
        if (problem.Sparse is { } sparse)
        {
            Write(Path.Combine(Folder, "rows.bin"), Array.ConvertAll(sparse.RowIndices.ToArray(), row => (double)row));
            Write(Path.Combine(Folder, "starts.bin"), Array.ConvertAll(sparse.Starts.ToArray(), start => (double)start));
        }
        Write(Path.Combine(Folder, "y.bin"), problem.Y);
        Write(Path.Combine(Folder, "folds.bin"), Array.ConvertAll(problem.FoldIds, fold => (double)fold));
        Rows = problem.Rows;
        Columns = problem.Columns;
    }

    /// <summary>What is in them.</summary>
    public Problem Problem { get; }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>n.</summary>
    public int Rows { get; }

    /// <summary>p.</summary>
    public int Columns { get; }

    /// <summary>Where a peer leaves its coefficients.</summary>
    public string AnswerPath => Path.Combine(Folder, "answer.bin");

    /// <summary>Writes numbers beside the problem and says where.</summary>
    public string Write(ReadOnlySpan<double> values)
    {
        string path = Path.Combine(Folder, $"input-{_written++}.bin");
        Write(path, values);
        return path;
    }

    /// <summary>Reads back what a peer wrote.</summary>
    public double[] ReadAnswer()
    {
        using FileStream stream = File.OpenRead(AnswerPath);
        double[] values = new double[stream.Length / sizeof(double)];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Removes the directory.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= RemoveFolder;
        RemoveFolder(null, EventArgs.Empty);
    }

    // A gigabyte should not outlive an interrupted run either.
    private void RemoveFolder(object? sender, EventArgs e) => Directory.Delete(Folder, recursive: true);

    // In slices: the bytes of the largest X do not fit in one span.
    private static void Write(string path, ReadOnlySpan<double> values)
    {
        using FileStream stream = File.Create(path);
        const int slice = 1 << 20;
        for (int start = 0; start < values.Length; start += slice)
            stream.Write(MemoryMarshal.AsBytes(values.Slice(start, Math.Min(slice, values.Length - start))));
    }
}
