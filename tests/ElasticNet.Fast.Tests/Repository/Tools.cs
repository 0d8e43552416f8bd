using System.ComponentModel;
using System.Diagnostics;
using ElasticNet.Fast.Plots;

namespace ElasticNet.Fast.Tests.Repository;

/// <summary>What some tests need besides the .NET SDK. Looked for once each; a machine without it skips those tests and says so.</summary>
internal static class Tools
{
    private static readonly Lazy<string?> s_linker = new(() => OperatingSystem.IsWindows() ? "the tests of the native predictor are written for Linux and macOS"
        : Links("gcc") || Links("clang") ? null : "native programs need a linker: install the Debian packages gcc and libc6-dev");

    private static readonly Lazy<string?> s_font = new(NoFont);

    private static readonly Lazy<string?> s_browser = new(() => Browser is null ? "reports are looked at in a browser: install the Debian package chromium" : null);

    private static readonly Lazy<string?> s_python = new(() => Runs("python3", "--version") ? null : "needs Python: install the Debian package python3");

    private static readonly Lazy<string?> s_bash = new(() => OperatingSystem.IsLinux() && Runs("bash", "--version") ? null
        : "the completion of bash is tried on Linux: another system may have no bash, or an old one");

    private static readonly Lazy<string?> s_superuser = new(() => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess && Runs("setpriv", "--version") ? null
        : "only the superuser of a Unix gives files away, and setpriv (Debian package util-linux) takes the right off again");

    /// <summary>Path of the browser; null where there is none.</summary>
    public static string? Browser { get; } = OnPath("chromium", "chromium-browser", "google-chrome");

    /// <summary>Why the test is skipped: what of <paramref name="tools"/> this machine lacks; null where it lacks nothing.</summary>
    public static string? Missing(Tool tools) =>
        (tools.HasFlag(Tool.Linker) ? s_linker.Value : null)
        ?? (tools.HasFlag(Tool.Font) ? s_font.Value : null)
        ?? (tools.HasFlag(Tool.Browser) ? s_browser.Value : null)
        ?? (tools.HasFlag(Tool.Python) ? s_python.Value : null)
        ?? (tools.HasFlag(Tool.Bash) ? s_bash.Value : null)
        ?? (tools.HasFlag(Tool.Superuser) ? s_superuser.Value : null);

    private static string? NoFont()
    {
        try
        {
            return Lettering.Family.Length > 0 ? null : "pictures need a font with a name";
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }

    private static string? OnPath(params string[] names) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    // A compiler alone does not do, libc6-dev is a package of its own.
    private static bool Links(string compiler)
    {
        using var directory = new TemporaryDirectory();
        return Runs(compiler, directory.Write("empty.c", "int main(void) { return 0; }"), "-o", directory.File("empty"));
    }

    private static bool Runs(string program, params string[] args)
    {
        try
        {
            using Process process = ProgramRun.Start(program, args);
            return ProgramRun.Finish(process).GetAwaiter().GetResult().ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
