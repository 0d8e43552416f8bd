namespace ElasticNet.Fast.Paths;

/// <summary>Counts solved problems for <see cref="ElasticNetOptions.Progress"/>, from any thread; reports never go backwards.</summary>
internal sealed class ProgressCounter
{
    private readonly IProgress<FitProgress> _progress;
    private readonly Lock _gate = new();
    private int _total;
    private int _completed;

    private ProgressCounter(IProgress<FitProgress> progress, int total) => (_progress, _total) = (progress, total);

    /// <summary>A counter, or null where nobody listens.</summary>
    public static ProgressCounter? For(ElasticNetOptions options, int total) =>
        options.Progress is { } progress ? new(progress, total) : null;

    /// <summary>A path turns out to have other than the planned number of λ: duplicates are gone, or there is nothing to select.</summary>
    public void Correct(int difference)
    {
        lock (_gate)
            _total += difference;
    }

    /// <summary>One more problem is solved.</summary>
    public void Advance()
    {
        lock (_gate)
            _progress.Report(new(++_completed, _total));
    }
}
