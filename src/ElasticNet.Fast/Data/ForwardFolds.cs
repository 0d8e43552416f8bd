namespace ElasticNet.Fast.Data;

/// <summary>
/// Blocks of rows by ascending time, each held out by a model of what was before. The rows are cut where a block begins and where the
/// training rows of one begin and end, so that each fold is made of whole parts.
/// </summary>
internal sealed class ForwardFolds : FoldPlan
{
    private readonly double[] _times;
    private readonly double _gap, _window;

    public ForwardFolds(double[] times, int folds, double gap, double window)
        : base(folds)
    {
        if (!(gap >= 0) || double.IsInfinity(gap))
            Throw.OutOfRange(nameof(gap), gap, "be finite and not negative");
        if (!(window > 0))
            Throw.OutOfRange(nameof(window), window, "be positive");
        (_times, _gap, _window) = (times, gap, window);
    }

    internal override int? Rows => _times.Length;

    internal override FoldPlan Once(int folds) => new ForwardFolds(_times, folds, _gap, _window);

    internal override FoldPlan Of(ReadOnlySpan<int> rows) => new ForwardFolds(Take(_times, rows), Folds, _gap, _window);

    internal override FoldLayout Deal(ulong seed, int rows, ReadOnlySpan<int> members)
    {
        foreach (int i in members)
        {
            if (!double.IsFinite(_times[i]))
                Throw.Data("times", Throw.Invariant($"'times' must be finite, but row {i} (counted from 0) has {_times[i]}."));
        }

        int[] order = members.ToArray();
        double[] sorted = Take(_times, order);
        Array.Sort(sorted, order);
        int[] starts = Blocks(sorted);
        Fold[] places = new Fold[Folds];
        for (int k = 0; k < places.Length; k++)
        {
            double start = sorted[starts[k]];
            int from = FirstWhere(sorted, time => time + _gap + _window >= start), to = FirstWhere(sorted, time => time + _gap >= start);
            if (from == to)
                Throw.Data("times", Throw.Invariant($"'times' must leave a row of positive weight to train on before each block, but none is left before that of fold {k}, which begins at {start}: with a gap of {_gap} and a window of {_window} it is trained on {start - _gap - _window} ≤ time < {start - _gap}."));
            places[k] = new(from, to, starts[k], starts[k + 1]);
        }

        int[] cuts = [.. places.SelectMany(fold => new[] { fold.TrainStart, fold.TrainEnd, fold.HeldStart }).Append(0).Append(sorted.Length).Distinct().Order()];
        int[] partOf = Nowhere(rows);
        for (int part = 0; part < cuts.Length - 1; part++)
        {
            foreach (int i in order.AsSpan(cuts[part]..cuts[part + 1]))
                partOf[i] = part;
        }

        return FoldLayout.Of(partOf, cuts.Length - 1, Array.ConvertAll(places, fold => new Fold(
            Array.BinarySearch(cuts, fold.TrainStart), Array.BinarySearch(cuts, fold.TrainEnd),
            Array.BinarySearch(cuts, fold.HeldStart), Array.BinarySearch(cuts, fold.HeldEnd))));
    }

    /// <summary>Where the blocks that are held out begin, and where the last ends: as near to equal parts as whole times allow.</summary>
    private int[] Blocks(double[] sorted)
    {
        // Where each time begins, and the end.
        int[] times = [.. Enumerable.Range(0, sorted.Length).Where(k => k == 0 || sorted[k] != sorted[k - 1]), sorted.Length];
        int different = times.Length - 1;
        if (different <= Folds)
            Throw.Data("times", Throw.Invariant($"'times' must have more different values than there are folds ({Folds}) among the rows of positive weight, but has {different}."));
        int[] starts = new int[Folds + 1];
        for (int k = 0, at = 0; k < Folds; k++)
        {
            // A time for the block before, and one for each that is still to come.
            double equal = (k + 1.0) * sorted.Length / (Folds + 1);
            int most = different - Folds + k;
            at++;
            while (at < most && Math.Abs(times[at + 1] - equal) <= Math.Abs(times[at] - equal))
                at++;
            starts[k] = times[at];
        }

        starts[Folds] = sorted.Length;
        return starts;
    }

    private static int FirstWhere(double[] sorted, Predicate<double> holds)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = holds(sorted[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
