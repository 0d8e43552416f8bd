using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Selection;

/// <summary>Which fold each row is held out in.</summary>
internal static class FoldAssignment
{
    /// <summary>The fold of each row, 0 … count − 1; −1 for rows of weight 0, which count nowhere.</summary>
    /// <param name="options">Given folds, or their number and seed.</param>
    /// <param name="rows">n.</param>
    /// <param name="weights">Observation weights, or empty.</param>
    /// <param name="count">Number of folds.</param>
    public static int[] Assign(ElasticNetOptions options, int rows, ReadOnlySpan<double> weights, out int count)
    {
        int[] order = new int[rows];
        int counted = 0;
        for (int i = 0; i < rows; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                order[counted++] = i;
        }

        Span<int> members = order.AsSpan(0, counted);
        int[] foldOf = new int[rows];
        foldOf.AsSpan().Fill(-1);
        if (options.FoldIds.IsEmpty)
        {
            count = options.Folds;
            if (count < 2 || count > counted)
                Throw.OutOfRange(nameof(options.Folds), count, $"be from 2 to the {counted} rows of positive weight");
            // After a seeded shuffle, the i-th row goes to fold i mod K: sizes differ by one at most.
            new Xoshiro256(options.Seed).Shuffle(members);
            for (int i = 0; i < counted; i++)
                foldOf[members[i]] = i % count;
            return foldOf;
        }

        ReadOnlySpan<int> given = options.FoldIds.Span;
        if (given.Length != rows)
            Throw.Length(nameof(options.FoldIds), given.Length, $"be empty or have one value for each of the {rows} rows");
        SortedSet<int> distinct = [];
        foreach (int i in members)
            distinct.Add(given[i]);
        count = distinct.Count;
        if (count < 2)
            Throw.Data(nameof(options.FoldIds), $"'{nameof(options.FoldIds)}' must name at least 2 folds among the rows of positive weight, but names {count}.");
        Dictionary<int, int> index = [];
        foreach (int id in distinct)
            index.Add(id, index.Count);
        foreach (int i in members)
            foldOf[i] = index[given[i]];
        return foldOf;
    }
}
