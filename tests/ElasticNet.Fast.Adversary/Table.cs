using System.Globalization;

namespace ElasticNet.Fast.Adversary;

/// <summary>Prints the counts of all classes.</summary>
internal static class Table
{
    private static readonly (string Head, int Width, Func<Tally, string> Cell, Func<Tally, long>? Count)[] _columns =
    [
        Counted("problems", t => t.Problems),
        Counted("solutions", t => t.Solutions),
        Counted("refused", t => t.Refused),
        Counted("FALSE", t => t.False),
        ("worst", 9, t => t.False > 0 ? t.Worst.ToString("g2", CultureInfo.InvariantCulture) : "", null),
        ("at index", 9, t => t.WorstIndex >= 0 ? $"{t.WorstIndex}" : "", null),
        Counted("NaN/∞", t => t.NotFinite),
        Counted("infeas.", t => t.Infeasible),
        Counted("internal", t => t.Internal),
        Counted("hangs", t => t.Hanging),
        Counted("R² off", t => t.Deviances),
        Counted("gap>1e-12", t => t.Loose),
        Counted("gap>1e-9", t => t.Flagged),
        Counted("alarms", t => t.Alarms),
        Counted("undecided", t => t.Undecided),
        ("slowest s", 10, t => t.SlowestSeconds.ToString("f2", CultureInfo.InvariantCulture), null),
        ("at index", 9, t => $"{t.SlowestIndex}", null),
    ];

    public static void Write(TextWriter output, IReadOnlyList<Tally> tallies)
    {
        output.WriteLine($"{"class",-22}{string.Concat(_columns.Select(c => c.Head.PadLeft(c.Width)))}");
        foreach (Tally tally in tallies)
            output.WriteLine($"{tally.Name,-22}{string.Concat(_columns.Select(c => c.Cell(tally).PadLeft(c.Width)))}");
        output.WriteLine($"{"all",-22}{string.Concat(_columns.Select(c => (c.Count is { } count ? $"{tallies.Sum(count)}" : "").PadLeft(c.Width)))}");
        foreach (Tally tally in tallies)
        {
            foreach ((string words, (int count, int index)) in tally.Refusals)
                output.WriteLine($"refused {count} of {tally.Name}, first --index {index}: {words}");
        }
    }

    private static (string Head, int Width, Func<Tally, string> Cell, Func<Tally, long>? Count) Counted(string head, Func<Tally, long> count) =>
        (head, Math.Max(head.Length + 1, 9), t => count(t) is > 0 and long value ? $"{value}" : ".", count);
}
