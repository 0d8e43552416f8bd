using System.Diagnostics;

namespace ElasticNet.Fast.Tests.Repository;

/// <summary>One run of a program in a process of its own.</summary>
internal sealed record ProgramRun(int ExitCode, byte[] Output, string Error)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Standard output as text.</summary>
    public string Text => System.Text.Encoding.UTF8.GetString(Output);

    /// <summary>The dotnet that runs these tests.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Starts a program with redirected streams and the environment of a fresh shell.</summary>
    public static Process Start(string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        // What the test platform sets for itself would steer an inner dotnet to the wrong SDK files.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<ProgramRun> Of(string program, string[] args, string? inputFile = null)
    {
        using Process process = Start(program, args);
        return await Finish(process, inputFile);
    }

    /// <summary>Feeds a started program, closes its input and waits for its end.</summary>
    public static async Task<ProgramRun> Finish(Process process, string? inputFile = null)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var output = new MemoryStream();
        try
        {
            Task copied = process.StandardOutput.BaseStream.CopyToAsync(output, limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            if (inputFile is not null)
            {
                await using FileStream input = File.OpenRead(inputFile);
                await input.CopyToAsync(process.StandardInput.BaseStream, limit.Token);
            }
            process.StandardInput.Close();
            await copied;
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, output.ToArray(), await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{process.StartInfo.FileName} was still running after {Limit}.");
        }
    }
}
