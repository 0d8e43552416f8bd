using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Data;

/// <summary>Groups in any order, the largest first, each to the smallest fold so far.</summary>
internal sealed class GroupFolds(int[] groupOf, int folds, int repeats, ulong seed) : FoldPlan(folds, repeats, seed)
{
    internal override int? Rows => groupOf.Length;

    internal override FoldPlan Once(int folds) => new GroupFolds(groupOf, folds, 1, Seed!.Value);

    internal override FoldPlan Of(ReadOnlySpan<int> rows) => new GroupFolds(Take(groupOf, rows), Folds, Repeats, Seed!.Value);

    internal override FoldLayout Deal(ulong seed, int rows, ReadOnlySpan<int> members)
    {
        SortedDictionary<int, List<int>> rowsOf = [];
        foreach (int i in members)
        {
            if (!rowsOf.TryGetValue(groupOf[i], out List<int>? those))
                rowsOf.Add(groupOf[i], those = []);
            those.Add(i);
        }

        if (rowsOf.Count < Folds)
            Throw.Data("groups", Throw.Invariant($"'groups' must name at least as many groups as there are folds ({Folds}) among the rows of positive weight, but names {rowsOf.Count}."));
        List<int>[] groups = [.. rowsOf.Values];
        int[] order = [.. Enumerable.Range(0, groups.Length)], sizes = new int[Folds], foldOf = Nowhere(rows);
        new Xoshiro256(seed).Shuffle(order);
        foreach (List<int> those in order.Select(k => groups[k]).OrderByDescending(those => those.Count))
        {
            int fold = Array.IndexOf(sizes, sizes.Min());
            sizes[fold] += those.Count;
            foreach (int i in those)
                foldOf[i] = fold;
        }

        return FoldLayout.Partition(foldOf, Folds);
    }
}
