using System.ComponentModel;
using System.Diagnostics;

namespace ElasticNet.Fast.Tests.Repository;

/// <summary>A fact that is skipped, with the reason, on a machine without Python 3.</summary>
public sealed class PythonFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> s_hasPython = new(() =>
    {
        try
        {
            using Process process = ProgramRun.Start("python3", "--version");
            return ProgramRun.Finish(process).GetAwaiter().GetResult().ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public PythonFactAttribute() => Skip = s_hasPython.Value ? null : "needs Python: install the Debian package python3";
}
