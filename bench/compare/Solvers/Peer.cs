using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>
/// A solver in a process of its own that stays alive, holds the current problem in memory and times itself. It is
/// told one line of tab-separated words at a time and answers with one line that starts with "=". A process that
/// exceeds the time limit is ended and started afresh when it is needed again.
/// </summary>
internal abstract class Peer(int threads, TimeSpan limit, string? openBlas) : ISolver, IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private Process? _process;
    private ProblemFiles? _files;
    private bool _loaded;

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <summary>The Debian package that provides it.</summary>
    public abstract string DebianPackage { get; }

    /// <summary>Tolerances from its default to the tightest it can make sense of.</summary>
    public abstract double[] ToleranceLadder { get; }

    /// <summary>What <see cref="ToleranceLadder"/> is called there.</summary>
    public abstract string ToleranceName { get; }

    /// <summary>Its own words about its version and libraries; empty until it was started.</summary>
    public string Description { get; private set; } = "";

    /// <summary>Programs that may run the script, the likeliest first.</summary>
    protected abstract string[] Interpreters { get; }

    /// <summary>File name of the script in <c>peers/</c>.</summary>
    protected abstract string Script { get; }

    /// <summary>Whether it has a path of that loss on that storage.</summary>
    public virtual bool Solves(Problem problem) => true;

    /// <summary>Starts the process; false where the interpreter or the package is not installed.</summary>
    public bool TryStart()
    {
        foreach (string interpreter in Interpreters)
        {
            try
            {
                Launch(interpreter);
                return true;
            }
            catch (Exception failure) when (failure is Win32Exception or SolveFailedException)
            {
                End();
            }
        }
        return false;
    }

    /// <summary>The problem of the solves that follow.</summary>
    public void Use(ProblemFiles files)
    {
        _files = files;
        _loaded = false;
    }

    /// <inheritdoc/>
    public Solution Solve(SolveTask task, double tolerance)
    {
        ProblemFiles files = Load();
        string[] answer = Ask(limit, "solve", Text(task.L1Ratio), Text(tolerance), files.Write(task.Lambdas), files.AnswerPath);
        double[] numbers = files.ReadAnswer();
        int count = int.Parse(answer[2], CultureInfo.InvariantCulture);
        return new(numbers[..count], numbers[count..], new(Number(answer[0]), Number(answer[1])));
    }

    /// <summary>How far the resident memory of a process that has just read the problem rises while it solves; bytes.</summary>
    public long MeasureMemory(SolveTask task, double tolerance)
    {
        End(); // a process that has solved before has memory to spare
        ProblemFiles files = Load();
        return (long)Number(Ask(limit, "memory", Text(task.L1Ratio), Text(tolerance), files.Write(task.Lambdas))[0]);
    }

    /// <summary>Cross-validates the task's grid on the problem's folds at the peer's default tolerance.</summary>
    public CrossValidationOutcome CrossValidate(SolveTask task)
    {
        ProblemFiles files = Load();
        string[] answer = Ask(limit * Problem.FoldCount, "cv", Text(task.L1Ratio), Text(ToleranceLadder[0]), files.Write(task.Lambdas));
        return new(Number(answer[2]), Number(answer[3]), new(Number(answer[0]), Number(answer[1])));
    }

    /// <summary>One λ at ρ = 1 and the peer's default tolerance: what it says about it, and b and β.</summary>
    /// <param name="lambda">λ.</param>
    /// <param name="offset">A file of offsets, or empty.</param>
    /// <param name="free">"1" where column 0 goes without penalty.</param>
    public (string Said, double[] Numbers) Tell(double lambda, string offset, string free)
    {
        ProblemFiles files = Load();
        string[] answer = Ask(limit, "tell", Text(lambda), files.AnswerPath, free, offset);
        return (answer[0], files.ReadAnswer());
    }

    /// <summary>Asks about the problem in use, with ten times the usual patience, and reads numbers.</summary>
    protected double[] AskNumbers(params string[] words)
    {
        Load();
        return Array.ConvertAll(Ask(limit * Problem.FoldCount, words), Number);
    }

    /// <summary>Ends the process.</summary>
    public void Dispose() => End();

    private ProblemFiles Load()
    {
        ProblemFiles files = _files ?? throw new InvalidOperationException($"{Name} was given no problem.");
        if (_process is null && !TryStart())
            throw new SolveFailedException("did not start again");
        if (!_loaded)
        {
            _ = Ask(StartLimit, "load", files.Folder, Text(files.Rows), Text(files.Columns),
                files.Problem.Family.Name, files.Problem.Sparse is null ? "dense" : "sparse", files.Problem.Intercept ? "intercept" : "none", files.Problem.IsGrouped ? "grouped" : "single");
            _loaded = true;
        }
        return files;
    }

    private void Launch(string interpreter)
    {
        ProcessStartInfo start = new(interpreter)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "peers", Script));
        foreach (string variable in (string[])["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"])
            start.Environment[variable] = Text(threads);
        // Whatever this machine is told elsewhere: OpenBLAS chooses its kernels for this CPU itself, or is told here.
        foreach (string variable in (string[])["OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"])
            start.Environment.Remove(variable);
        if (openBlas is not null)
            start.Environment["OPENBLAS_CORETYPE"] = openBlas;
        _process = Process.Start(start) ?? throw new Win32Exception($"{interpreter} did not start.");
        _loaded = false;
        Description = string.Join(' ', Receive(StartLimit));
    }

    private string[] Ask(TimeSpan patience, params string[] words)
    {
        try
        {
            _process!.StandardInput.WriteLine(string.Join('\t', words));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            End();
            throw new SolveFailedException("process ended");
        }
        return Receive(patience);
    }

    private string[] Receive(TimeSpan patience)
    {
        Task<string?> reading = Task.Run(ReadAnswerLine);
        if (!reading.Wait(patience))
        {
            End();
            throw new SolveFailedException($"more than {patience.TotalSeconds:0} s");
        }
        if (reading.Result is null)
        {
            End();
            throw new SolveFailedException("process ended");
        }
        string[] words = reading.Result[1..].Split('\t', StringSplitOptions.TrimEntries);
        return words[0] == "failed" ? throw new SolveFailedException(words[1]) : words;
    }

    // Whatever a package prints of its own is not an answer.
    private string? ReadAnswerLine()
    {
        StreamReader output = _process!.StandardOutput;
        string? line;
        do
            line = output.ReadLine();
        while (line is not null && !line.StartsWith('='));
        return line;
    }

    private void End()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
        _loaded = false;
    }

    /// <summary>A number with all its digits.</summary>
    protected static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
