using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Data;

/// <summary>Rows in any order, dealt out one by one.</summary>
internal sealed class RandomFolds(int folds, int repeats, ulong seed) : FoldPlan(folds, repeats, seed)
{
    internal override FoldPlan Once(int folds) => new RandomFolds(folds, 1, Seed!.Value);

    internal override FoldPlan Of(ReadOnlySpan<int> rows) => this;

    internal override FoldLayout Deal(ulong seed, int rows, ReadOnlySpan<int> members)
    {
        int[] order = members.ToArray(), foldOf = Nowhere(rows);
        new Xoshiro256(seed).Shuffle(order);
        for (int i = 0; i < order.Length; i++)
            foldOf[order[i]] = i % Folds;
        return FoldLayout.Partition(foldOf, Folds);
    }
}
