namespace ElasticNet.Fast.Paths;

/// <summary>One of several pieces of work, reported as a part of the whole: in thousandths of a unit, because pieces count differently.</summary>
internal sealed class PhaseProgress : IProgress<FitProgress>
{
    private const int Parts = 1000;

    private readonly IProgress<FitProgress> _whole;
    private readonly int _before;
    private readonly int _own;
    private readonly int _all;

    private PhaseProgress(IProgress<FitProgress> whole, int before, int own, int all) => (_whole, _before, _own, _all) = (whole, before, own, all);

    /// <summary>The progress of one piece, or null where nobody listens.</summary>
    /// <param name="whole">Who listens to the whole.</param>
    /// <param name="before">Units of work that are done before it.</param>
    /// <param name="own">Its own units.</param>
    /// <param name="all">All units.</param>
    public static IProgress<FitProgress>? Of(IProgress<FitProgress>? whole, int before, int own, int all) =>
        whole is null ? null : new PhaseProgress(whole, before, own, all);

    public void Report(FitProgress value)
    {
        long share = value.Total == 0 ? 0 : (long)Parts * _own * value.Completed / value.Total;
        _whole.Report(new(checked((int)((long)Parts * _before + share)), checked(Parts * _all)));
    }
}
