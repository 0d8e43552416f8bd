using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Data;

/// <summary>Each class in any order, dealt out one by one, the next going on where the one before ended.</summary>
internal sealed class StratifiedFolds(int[] classes, int folds, int repeats, ulong seed) : FoldPlan(folds, repeats, seed)
{
    internal override int? Rows => classes.Length;

    internal override FoldPlan Once(int folds) => new StratifiedFolds(classes, folds, 1, Seed!.Value);

    internal override FoldPlan Of(ReadOnlySpan<int> rows) => new StratifiedFolds(Take(classes, rows), Folds, Repeats, Seed!.Value);

    internal override FoldLayout Deal(ulong seed, int rows, ReadOnlySpan<int> members)
    {
        int[] order = members.ToArray(), foldOf = Nowhere(rows);
        Xoshiro256 random = new(seed);
        Array.Sort(Array.ConvertAll(order, i => (classes[i], i)), order);
        for (int first = 0, last; first < order.Length; first = last)
        {
            for (last = first + 1; last < order.Length && classes[order[last]] == classes[order[first]];)
                last++;
            random.Shuffle(order.AsSpan(first, last - first));
        }

        for (int i = 0; i < order.Length; i++)
            foldOf[order[i]] = i % Folds;
        return FoldLayout.Partition(foldOf, Folds);
    }
}
