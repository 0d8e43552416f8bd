using System.Diagnostics;
using System.Text;

namespace ElasticNet.Fast.Tests.Repository;

/// <summary>What any program that predicts from standard input owes to those at the other ends of its pipes.</summary>
internal static class PipedPredictor
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Rows without an end, of whose predictions somebody reads two: the program ends by itself, done and without a word.</summary>
    public static async Task EndsWhenNobodyReads(Process process)
    {
        using var limit = new CancellationTokenSource(Limit);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        Task fed = Feed(process.StandardInput.BaseStream, limit.Token);
        Assert.Equal("prediction", await process.StandardOutput.ReadLineAsync(limit.Token));
        Assert.Equal("-2.25", await process.StandardOutput.ReadLineAsync(limit.Token));
        process.StandardOutput.Close();
        await End(process, limit.Token);
        Assert.Equal((0, ""), (process.ExitCode, await error));
        await fed;
    }

    /// <summary>Whoever gives rows and waits for the answers gets them, however many at a time.</summary>
    public static async Task AnswersWhatItWasAsked(Process process, params string[] lineEnds)
    {
        using var limit = new CancellationTokenSource(Limit);
        Stream input = process.StandardInput.BaseStream;
        await input.WriteAsync(Encoding.UTF8.GetBytes("a,b" + lineEnds[0]), limit.Token);
        bool first = true;
        // 2¹⁴ rows of four bytes fill a pipe, and a buffer, to the last byte.
        foreach (int rows in new[] { 1, 1, 16384, 3, 16383, 20000, 1 })
        {
            foreach (string lineEnd in lineEnds)
            {
                Task asked = Ask(input, string.Concat(Enumerable.Repeat("1,2" + lineEnd, rows)), limit.Token);
                if (first)
                    Assert.Equal("prediction", await process.StandardOutput.ReadLineAsync(limit.Token));
                first = false;
                for (int i = 0; i < rows; i++)
                    Assert.Equal("-2.25", await process.StandardOutput.ReadLineAsync(limit.Token));
                await asked;
            }
        }

        process.StandardInput.Close();
        Assert.Equal("", await process.StandardOutput.ReadToEndAsync(limit.Token));
        await End(process, limit.Token);
        Assert.Equal(0, process.ExitCode);
    }

    private static async Task Ask(Stream input, string rows, CancellationToken cancellationToken)
    {
        await input.WriteAsync(Encoding.UTF8.GetBytes(rows), cancellationToken);
        await input.FlushAsync(cancellationToken);
    }

    private static async Task Feed(Stream input, CancellationToken cancellationToken)
    {
        byte[] rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 5000)));
        try
        {
            await input.WriteAsync("a,b\n"u8.ToArray(), cancellationToken);
            while (true)
                await input.WriteAsync(rows, cancellationToken);
        }
        catch (IOException)
        {
            // The program has ended.
        }
    }

    private static async Task End(Process process, CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"{process.StartInfo.FileName} was still running after {Limit}.");
        }
    }
}
