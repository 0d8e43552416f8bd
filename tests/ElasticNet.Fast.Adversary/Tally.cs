namespace ElasticNet.Fast.Adversary;

/// <summary>Counts of one class, with the problems to show for them.</summary>
internal sealed class Tally(string name)
{
    private const int ShownOfAKind = 3;
    private readonly Dictionary<string, int> _shown = [];

    public string Name => name;

    public int Problems { get; private set; }

    public int Solutions { get; private set; }

    public int Refused { get; private set; }

    public int Internal { get; private set; }

    public int False { get; private set; }

    public int NotFinite { get; private set; }

    public int Infeasible { get; private set; }

    public int Hanging { get; private set; }

    public int Deviances { get; private set; }

    /// <summary>Claims above 1e-12.</summary>
    public int Loose { get; private set; }

    /// <summary>Claims above 1e-9: not exact, and flagged.</summary>
    public int Flagged { get; private set; }

    /// <summary>Of these, claims of ten times what is true, or more.</summary>
    public int Alarms { get; private set; }

    public int Undecided { get; private set; }

    /// <summary>By how much the worst certificate is false, over half the null deviance.</summary>
    public double Worst { get; private set; }

    public int WorstIndex { get; private set; } = -1;

    public double SlowestSeconds { get; private set; }

    public int SlowestIndex { get; private set; } = -1;

    /// <summary>Refusals by their words, with numbers left out.</summary>
    public Dictionary<string, (int Count, int Index)> Refusals { get; } = [];

    public int Failures => False + NotFinite + Infeasible + Internal + Hanging + Deviances + (Name == HostileClass.Control ? Refused : 0);

    /// <summary>Counts a trial.</summary>
    /// <returns>Sentences about what is new and wrong.</returns>
    public List<string> Add(Trial trial)
    {
        List<string> news = [];
        Problems++;
        int index = trial.Problem.Index;
        if (trial.Elapsed.TotalSeconds > SlowestSeconds)
            (SlowestSeconds, SlowestIndex) = (trial.Elapsed.TotalSeconds, index);
        if (trial.Exception is { } exception)
        {
            if (trial.IsRefusal)
            {
                Refused++;
                string words = Words(exception.Message);
                Refusals[words] = Refusals.TryGetValue(words, out (int Count, int Index) known) ? (known.Count + 1, known.Index) : (1, index);
            }
            else
            {
                Internal++;
                Show(news, index, "internal exception", $"{exception.GetType().Name}: {exception.Message}");
            }
        }

        for (int k = 0; k < trial.Verdicts.Count; k++)
            Add(trial.Answers[k], trial.Verdicts[k], index, news);
        return news;
    }

    /// <summary>Counts a problem that was given up.</summary>
    public string AddHanging(int index)
    {
        Problems++;
        Hanging++;
        return $"{Name} --index {index}: hangs";
    }

    private void Add(Answer answer, Verdict verdict, int index, List<string> news)
    {
        Solutions++;
        string at = $"λ = {answer.Fit.Lambda:r} ({answer.Fit.Trace.Finisher})";
        if (verdict.NotFinite is { } what)
        {
            NotFinite++;
            Show(news, index, "not finite", $"{what} at {at}");
            return;
        }

        if (verdict.IsInfeasible)
        {
            Infeasible++;
            Show(news, index, "infeasible", at);
            return;
        }

        Loose += verdict.Claimed > 1e-12 ? 1 : 0;
        if (verdict.Claimed > 1e-9)
        {
            Flagged++;
            if (verdict.Claimed > 10 * Math.Max(verdict.GapAtMost, 1e-10))
            {
                Alarms++;
                Show(news, index, "false alarm", $"claims a gap of {verdict.Claimed:g3} at {at}, true {verdict.GapAtLeast:g3} to {verdict.GapAtMost:g3}");
            }
        }

        if (verdict.IsFalse)
        {
            False++;
            double excess = verdict.GapAtLeast - verdict.Claimed;
            if (excess > Worst)
                (Worst, WorstIndex) = (excess, index);
            Show(news, index, "false certificate", $"claims a gap of {verdict.Claimed:g3} at {at}, true {verdict.GapAtLeast:g6} or more");
        }

        if (verdict.IsUndecided)
        {
            Undecided++;
            Show(news, index, "undecided", $"claims a gap of {verdict.Claimed:g3} at {at}, true {verdict.GapAtLeast:g3} to {verdict.GapAtMost:g3}");
        }

        if (verdict.DevianceError > Judge.Tolerance || verdict.PredictionError > Judge.Tolerance)
        {
            Deviances++;
            Show(news, index, "deviance ratio", $"off by {verdict.DevianceError:g3} (by predictions {verdict.PredictionError:g3}) at {at}, where a gap of {verdict.Claimed:g3} is claimed");
        }
    }

    private void Show(List<string> news, int index, string kind, string sentence)
    {
        int shown = _shown.GetValueOrDefault(kind);
        _shown[kind] = shown + 1;
        if (shown < ShownOfAKind)
            news.Add($"{Name} --index {index}: {kind}: {sentence}");
    }

    private static string Words(string message) =>
        string.Concat(message.Split(' ').Where(word => !word.Any(char.IsDigit)).Select(word => word + " ")).Trim();
}
