namespace ElasticNet.Fast.Tests;

/// <summary>Progress that is kept and, unlike by <see cref="Progress{T}"/>, told on the spot.</summary>
internal sealed class Steps(Action<FitProgress> also) : IProgress<FitProgress>
{
    public List<FitProgress> Seen { get; } = [];

    public void Report(FitProgress value)
    {
        lock (Seen)
            Seen.Add(value);
        also(value);
    }
}
