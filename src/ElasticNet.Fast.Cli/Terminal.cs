using System.Runtime.InteropServices;
using System.Text;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>Where a command reads from and writes to. Results go to <see cref="Output"/>, messages and progress to <see cref="Error"/>.</summary>
internal sealed class Terminal : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly CancellationTokenSource s_interrupt = new();
    private static PosixSignalRegistration? s_registration; // until the process ends

    public Terminal(Stream input, Stream output, Stream error, bool showsProgress)
    {
        Input = input;
        OutputStream = output;
        Output = new StreamWriter(output, Utf8, leaveOpen: true) { NewLine = "\n" };
        Error = new StreamWriter(error, Utf8, leaveOpen: true) { NewLine = "\n", AutoFlush = true };
        ShowsProgress = showsProgress;
    }

    /// <summary>Standard input.</summary>
    public Stream Input { get; }

    /// <summary>Standard output as bytes, for results that write their own. Of the process: throws where nobody reads it any more.</summary>
    public Stream OutputStream { get; init; }

    /// <summary>Standard output as text.</summary>
    public TextWriter Output { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether somebody is watching standard error.</summary>
    public bool ShowsProgress { get; }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess()
    {
        // What becomes of the process is for others to say.
        s_registration ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => s_interrupt.Cancel());
        return new(new InterruptibleInput(Console.OpenStandardInput(), s_interrupt.Token), Console.OpenStandardOutput(), Console.OpenStandardError(), !Console.IsErrorRedirected)
        {
            OutputStream = StandardOutput.Open(),
            ShowsOutput = !Console.IsOutputRedirected,
        };
    }

    /// <summary>Whether somebody is watching standard output, where a progress line would stand between results.</summary>
    public bool ShowsOutput { get; init; }

    /// <summary>The names that begin the lines of a table on standard output.</summary>
    /// <param name="title">What stands above them.</param>
    /// <param name="names">All of them.</param>
    public NameColumn Names(string title, IEnumerable<string> names) => new(title, names, ShowsOutput, PlainText.OneLine);

    /// <summary>What a row of the table at work, counted from 0, is called in the file that it comes from, where rows may have been left out.</summary>
    public Func<int, int>? RowNumber { get; set; }

    /// <summary>Opens a file for reading; "-" is standard input. A long one is shown as it is read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isSilent">Whether nothing is shown: results are written meanwhile.</param>
    public Stream OpenRead(string path, bool isSilent = false)
    {
        if (path == "-")
            return Input;
        FileInfo file = new(InputFile.Existing(path));
        return ShowsProgress && !isSilent && file.Length >= WatchedFile.LeastLength
            ? new WatchedFile(path, new ProgressLine(this, " MB"))
            : File.OpenRead(path);
    }

    /// <summary>After a result that rests on what was finished when somebody cancelled: writes it out, and ends as cancelled.</summary>
    public void KeepAndThrow(OperationCanceledException? cancelled)
    {
        if (cancelled is null)
            return;
        Output.Flush();
        throw cancelled;
    }

    /// <summary>Writes one line of the form that all messages have.</summary>
    public void Say(string message) => Error.WriteLine("enet: " + PlainText.ShortQuotes(PlainText.OneLine(message)));

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
    }
}
