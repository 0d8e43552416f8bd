using System.Diagnostics;
using System.Globalization;

namespace ElasticNet.Fast.Cli;

/// <summary>One line on standard error that keeps overwriting itself, and is gone at the end.</summary>
/// <param name="terminal">Where.</param>
/// <param name="unit">What is counted, with a space before it; empty for problems.</param>
internal sealed class ProgressLine(Terminal terminal, string unit = "") : IProgress<FitProgress>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // Before that nothing is known about the pace, and most fits are over.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Of the narrowest window that somebody works in, less the last, where some begin another line.
    private const int Columns = 39;
    private const int LeastBar = 4;
    private const int MostBar = 20;

    private readonly Lock _lock = new();
    private readonly long _start = Stopwatch.GetTimestamp();
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
            string text = Text(value, Stopwatch.GetElapsedTime(_start), unit);
            terminal.Error.Write("\r" + text.PadRight(_width));
            _width = text.Length;
        }
    }

    /// <summary>A bar, how much is done, and once the pace is known what it comes to: the time so far, scaled to what is left.</summary>
    internal static string Text(FitProgress value, TimeSpan elapsed, string unit = "")
    {
        double share = value.Total > 0 ? Math.Min(1, (double)value.Completed / value.Total) : 0;
        string done = string.Create(CultureInfo.InvariantCulture, $"] {value.Completed} of {value.Total}{unit}");
        string time = elapsed < Patience || share <= 0 ? "" : Words(elapsed * ((1 - share) / share)) + " left";
        string left = time.Length == 0 ? "" : done.Length + time.Length + 9 + LeastBar <= Columns ? ", about " + time : ", " + time;
        int width = Math.Clamp(Columns - 1 - done.Length - left.Length, LeastBar, MostBar), full = (int)(width * share);
        return $"[{new string('#', full)}{new string('.', width - full)}{done}{left}";
    }

    private static string Words(TimeSpan time) => time.TotalSeconds < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalSeconds):0} s")
        : time.TotalMinutes < 100
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(time.TotalMinutes):0} min")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:0.0} h");

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
