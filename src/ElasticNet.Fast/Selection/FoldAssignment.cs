using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Selection;

/// <summary>Which rows each fold trains on, and which it holds out.</summary>
internal static class FoldAssignment
{
    /// <summary>Beyond any number of classes.</summary>
    private const double MostClasses = 1 << 30;

    /// <summary>The folds of each repeat; rows of weight 0 count nowhere.</summary>
    /// <param name="options">The plan, or number and seed of random folds.</param>
    /// <param name="rows">n.</param>
    /// <param name="weights">Observation weights, or empty.</param>
    /// <param name="y">The target: of two classes, and of events and censored rows, every fold gets its part of each, unless there is a plan.</param>
    public static FoldLayout[] Assign(ElasticNetOptions options, int rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> y)
    {
        int[] order = new int[rows];
        int counted = 0;
        for (int i = 0; i < rows; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                order[counted++] = i;
        }

        int count = options.FoldPlan?.Folds ?? options.Folds;
        if (options.FoldPlan is not GivenFolds && (count < 2 || count > counted))
            Throw.OutOfRange(nameof(options.Folds), count, $"be from 2 to the {counted} rows of positive weight");
        ReadOnlySpan<int> members = order.AsSpan(0, counted);
        FoldPlan plan = options.FoldPlan
            ?? ((options.Family.HasClasses || options.Family.IsSurvival) && Classes(y, members) is { } classes
                ? FoldPlan.Stratified(classes, count, options.Repeats, options.Seed)
                : FoldPlan.Random(count, options.Repeats, options.Seed));
        if (plan.Rows is { } known && known != rows)
            Throw.Length(nameof(Target.Folds), known, $"have one value for each of the {rows} rows");
        ulong seed = plan.Seed ?? 1;
        FoldLayout[] repeats = new FoldLayout[plan.Repeats];
        Xoshiro256 seeds = new(seed);
        for (int r = 0; r < repeats.Length; r++)
            repeats[r] = plan.Deal(r == 0 ? seed : seeds.Next(), rows, members);
        if (options.OutputNames is { } names)
            RefuseMissing(options.Family, names, repeats, y, members);
        else if (options.Intercept && !options.Family.IsSurvival && RowLoss.Of(options.Family) is { } loss)
            RefuseDegenerate(loss, repeats, y, members);
        return repeats;
    }

    /// <summary>A class that a fold does not train on has no finite intercept.</summary>
    private static void RefuseMissing(Family family, IReadOnlyList<string> names, FoldLayout[] repeats, ReadOnlySpan<double> y, ReadOnlySpan<int> members)
    {
        if (!family.HasClasses)
            return;
        int[] rows = new int[names.Count];
        foreach (int i in members)
            rows[(int)y[i]]++;
        foreach (FoldLayout layout in repeats)
        {
            for (int k = 0; k < layout.Folds.Length; k++)
            {
                int[] trained = new int[names.Count];
                foreach (int i in members)
                    trained[(int)y[i]] += layout.PartOf[i] >= 0 && layout.Folds[k].Trains(layout.PartOf[i]) ? 1 : 0;
                if (Array.IndexOf(trained, 0) is >= 0 and var missing)
                    Throw.Data("y", Throw.Invariant($"'y' leaves fold {k + 1} of {layout.Folds.Length} without class '{names[missing]}', which has {rows[missing]} row{(rows[missing] == 1 ? "" : "s")}: its probability would be 0 there. Cross-validation needs rows of each class in more folds than one."));
            }
        }
    }

    // Training rows of one class, or without an event. Where all rows are such, it is no matter of folds.
    private static void RefuseDegenerate(RowLoss loss, FoldLayout[] repeats, ReadOnlySpan<double> y, ReadOnlySpan<int> members)
    {
        foreach (FoldLayout layout in repeats)
        {
            double[] least = new double[layout.Parts + 1], most = new double[layout.Parts + 1];
            Array.Fill(least, double.PositiveInfinity);
            Array.Fill(most, double.NegativeInfinity);
            foreach (int i in members)
            {
                int part = layout.PartOf[i];
                foreach (int at in part < 0 ? [layout.Parts] : (ReadOnlySpan<int>)[part, layout.Parts])
                    (least[at], most[at]) = (Math.Min(least[at], y[i]), Math.Max(most[at], y[i]));
            }

            if (!(least[^1] >= 0) || loss.Degenerate(least[^1], most[^1]) is not null)
                return;
            for (int k = 0; k < layout.Folds.Length; k++)
            {
                (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
                for (int part = 0; part < layout.Parts; part++)
                {
                    if (layout.Folds[k].Trains(part))
                        (low, high) = (Math.Min(low, least[part]), Math.Max(high, most[part]));
                }

                if (low <= high && loss.Degenerate(low, high) is { } reason)
                    Throw.Data("y", Throw.Invariant($"'y' leaves fold {k + 1} of {layout.Folds.Length} without a model: in the rows that it trains on it {reason}. Cross-validation needs such rows in more folds than one."));
            }
        }
    }

    /// <summary>The class of each row; null where there are proportions between them.</summary>
    private static int[]? Classes(ReadOnlySpan<double> y, ReadOnlySpan<int> members)
    {
        int[] classes = new int[y.Length];
        foreach (int i in members)
        {
            if (!(y[i] >= 0) || y[i] != Math.Floor(y[i]) || y[i] > MostClasses)
                return null;
            classes[i] = (int)y[i];
        }

        return classes;
    }
}
