using System.Diagnostics;
using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>One line on standard error that keeps overwriting itself, and is gone at the end.</summary>
internal sealed class ProgressLine(Terminal terminal) : IProgress<FitProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Nothing is shown before the first pause is over: most fits are.
    private readonly Lock _lock = new();
    private long _last = Stopwatch.GetTimestamp();
    private int _width;

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        lock (_lock)
        {
            if (Stopwatch.GetElapsedTime(_last) < Pause)
                return;
            _last = Stopwatch.GetTimestamp();
            string text = string.Create(CultureInfo.InvariantCulture, $"fitted {value.Completed} of {value.Total}");
            terminal.Error.Write("\r" + text.PadRight(_width));
            _width = text.Length;
        }
    }

    /// <summary>Clears the line.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_width > 0)
                terminal.Error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}
