namespace ElasticNet.Fast.Hostile;

/// <summary>Ends the program, with the number of the file, where the reader does not come back.</summary>
internal sealed class Watchdog : IDisposable
{
    private readonly long _limit;
    private readonly Timer _timer;
    private long _started = -1;
    private int _file;

    public Watchdog(TimeSpan limit)
    {
        _limit = (long)limit.TotalMilliseconds;
        _timer = new Timer(_ => Look(), null, 1000, 1000);
    }

    public void Start(int file)
    {
        _file = file;
        Volatile.Write(ref _started, Environment.TickCount64);
    }

    public void Stop() => Volatile.Write(ref _started, -1);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        long started = Volatile.Read(ref _started);
        if (started < 0 || Environment.TickCount64 - started < _limit)
            return;
        Console.Error.WriteLine($"file {_file}: the reader hangs");
        Environment.Exit(1);
    }
}
