using System.Runtime.InteropServices;

namespace ElasticNet.Fast.Data;

/// <summary>The caller's folds, numbered in the order of their ids.</summary>
internal sealed class GivenFolds(int[] foldIds) : FoldPlan
{
    internal override int? Rows => foldIds.Length;

    internal override FoldPlan Once(int folds)
    {
        Throw.Data(nameof(Target.Folds), $"'{nameof(Target.Folds)}' must not be given row by row for nested cross-validation: the inner folds are dealt anew in each outer fold.");
        return this;
    }

    internal override FoldPlan Of(ReadOnlySpan<int> rows) => new GivenFolds(Take(foldIds, rows));

    internal override FoldLayout Deal(ulong seed, int rows, ReadOnlySpan<int> members)
    {
        // Ids are numbered as they come, so that each row is looked up once; then the numbers follow the order of the ids.
        Dictionary<int, int> numbers = [];
        int[] foldOf = Nowhere(rows);
        foreach (int i in members)
        {
            ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, foldIds[i], out bool known);
            if (!known)
                number = numbers.Count - 1;
            foldOf[i] = number;
        }

        int count = numbers.Count;
        if (count < 2)
            Throw.Data(nameof(foldIds), Throw.Invariant($"'{nameof(foldIds)}' must name at least 2 folds among the rows of positive weight, but names {count}."));
        int[] rank = new int[count];
        foreach ((int k, int id) in numbers.Keys.Order().Index())
            rank[numbers[id]] = k;
        foreach (int i in members)
            foldOf[i] = rank[foldOf[i]];
        return FoldLayout.Partition(foldOf, count);
    }
}
