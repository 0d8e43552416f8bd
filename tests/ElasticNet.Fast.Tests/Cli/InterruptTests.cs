using System.Globalization;
using System.IO.Pipes;
using System.Text;
using System.Text.RegularExpressions;
using ElasticNet.Fast.Cli;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Ctrl-C keeps what is finished, and still says 130.</summary>
[Collection(nameof(CommandLineTests))]
public partial class InterruptTests
{
    [Fact]
    public void A_cross_validation_keeps_the_folds_that_are_finished()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.File("model.enet"), data = directory.File("data.csv");
        File.WriteAllText(data, "a,b,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i % 7},{i * i % 11},{i % 7 - 0.3 * (i * i % 11) + i % 3}\n"))));
        using var source = new CancellationTokenSource();
        using var output = new MemoryStream();
        // Of the 100 λ of 4 folds a thousand times, some thousand are done when somebody presses Ctrl-C.
        using var error = new Watcher(text => Done().Matches(text).Any(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) > 2000), source.Cancel);
        int exitCode;
        using (var terminal = new Terminal(Stream.Null, output, error, showsProgress: true))
            exitCode = new CommandLine(terminal).Run(["fit", data, "--target", "y", "--folds", "4", "--repeats", "1000", "--out", file, "--report", directory.File("report.html")], source.Token);
        Assert.Equal(130, exitCode);
        Assert.Matches("cancelled after [0-9]+ of 4000 folds; what follows rests on these", error.Text);
        Assert.Contains($"model          {file}", Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        Assert.False(File.Exists(directory.File("report.html")));
        using ElasticNetModel model = ElasticNetModel.Load(file);
        Assert.Equal(2, model.Indices.Length);
    }

    [Fact]
    public void A_read_that_waits_is_given_up_at_once()
    {
        using var source = new CancellationTokenSource();
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        using var other = new AnonymousPipeClientStream(PipeDirection.In, pipe.ClientSafePipeHandle);
        var input = new InterruptibleInput(other, source.Token);
        pipe.Write("abc"u8);
        byte[] read = new byte[2];
        Assert.Equal(2, input.Read(read));
        Assert.Equal(1, input.Read(read));
        source.CancelAfter(20);
        Assert.ThrowsAny<OperationCanceledException>(() => input.Read(read));
        // What waits there still must have an end, or the pipe could not be closed.
        pipe.Write("d"u8);
    }

    [GeneratedRegex(@"\] ([0-9]+) of")]
    private static partial Regex Done();

    /// <summary>Standard error that does something once it has shown something.</summary>
    private sealed class Watcher(Predicate<string> condition, Action action) : MemoryStream
    {
        public string Text => Encoding.UTF8.GetString(ToArray());

        public override void Write(byte[] buffer, int offset, int count)
        {
            base.Write(buffer, offset, count);
            Look();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            Look();
        }

        private void Look()
        {
            if (condition(Text))
                action();
        }
    }
}
