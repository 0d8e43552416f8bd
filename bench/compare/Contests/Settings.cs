namespace ElasticNet.Fast.Compare.Contests;

/// <summary>What all contests of a run share.</summary>
/// <param name="Threads">Threads for everybody.</param>
/// <param name="Repeats">Runs that count.</param>
/// <param name="Memory">Whether memory is measured as well, in processes of its own.</param>
/// <param name="Progress">Where messages go.</param>
internal sealed record Settings(int Threads, int Repeats, bool Memory, Action<string> Progress);
