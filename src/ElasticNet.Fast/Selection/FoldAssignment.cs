using System.Runtime.InteropServices;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Selection;

/// <summary>Which fold each row is held out in.</summary>
internal static class FoldAssignment
{
    /// <summary>For each repeat the fold of each row, 0 … count − 1; −1 for rows of weight 0, which count nowhere.</summary>
    /// <param name="options">Given folds, or their number and seed.</param>
    /// <param name="rows">n.</param>
    /// <param name="weights">Observation weights, or empty.</param>
    /// <param name="count">Number of folds.</param>
    public static int[][] Assign(ElasticNetOptions options, int rows, ReadOnlySpan<double> weights, out int count)
    {
        int[] order = new int[rows];
        int counted = 0;
        for (int i = 0; i < rows; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                order[counted++] = i;
        }

        ReadOnlySpan<int> members = order.AsSpan(0, counted);
        if (!options.FoldIds.IsEmpty)
            return [Given(options, rows, members, out count)];
        FoldPlan plan = options.FoldPlan ?? FoldPlan.Random(Math.Max(options.Folds, 2), options.Repeats, options.Seed);
        count = options.FoldPlan?.Folds ?? options.Folds;
        if (count < 2 || count > counted)
            Throw.OutOfRange(nameof(options.Folds), count, $"be from 2 to the {counted} rows of positive weight");
        if (!plan.PerRow.IsEmpty && plan.PerRow.Length != rows)
            Throw.Length(nameof(Target.Folds), plan.PerRow.Length, $"have one value for each of the {rows} rows");
        ulong seed = plan.Seed ?? 1;
        int[][] repeats = new int[plan.Repeats][];
        Xoshiro256 seeds = new(seed);
        for (int r = 0; r < repeats.Length; r++)
            repeats[r] = plan.Deal(r == 0 ? seed : seeds.Next(), rows, members);
        return repeats;
    }

    private static int[] Given(ElasticNetOptions options, int rows, ReadOnlySpan<int> members, out int count)
    {
        if (options.Repeats > 1)
            Throw.OutOfRange(nameof(options.Repeats), options.Repeats, $"be 1 where '{nameof(options.FoldIds)}' are given");
        ReadOnlySpan<int> given = options.FoldIds.Span;
        if (given.Length != rows)
            Throw.Length(nameof(options.FoldIds), given.Length, $"be empty or have one value for each of the {rows} rows");
        // Ids are numbered as they come, so that each row is looked up once; then the numbers follow the order of the ids.
        Dictionary<int, int> numbers = [];
        int[] foldOf = new int[rows];
        foldOf.AsSpan().Fill(-1);
        foreach (int i in members)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, given[i], out bool known);
            if (!known)
                number = numbers.Count - 1;
            foldOf[i] = number;
        }

        count = numbers.Count;
        if (count < 2)
            Throw.Data(nameof(options.FoldIds), $"'{nameof(options.FoldIds)}' must name at least 2 folds among the rows of positive weight, but names {count}.");
        int[] rank = new int[count];
        foreach ((int k, int id) in numbers.Keys.Order().Index())
            rank[numbers[id]] = k;
        foreach (int i in members)
            foldOf[i] = rank[foldOf[i]];
        return foldOf;
    }
}
