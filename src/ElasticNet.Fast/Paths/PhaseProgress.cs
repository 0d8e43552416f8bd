namespace ElasticNet.Fast.Paths;

/// <summary>One of several equal pieces of work, reported as a part of the whole.</summary>
internal sealed class PhaseProgress(IProgress<FitProgress> whole, int phase, int phases) : IProgress<FitProgress>
{
    /// <summary>The progress of one piece, or null where nobody listens.</summary>
    public static IProgress<FitProgress>? Of(IProgress<FitProgress>? whole, int phase, int phases) =>
        whole is null ? null : new PhaseProgress(whole, phase, phases);

    public void Report(FitProgress value) =>
        whole.Report(new(checked(phase * value.Total + value.Completed), checked(phases * value.Total)));
}
