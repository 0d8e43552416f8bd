using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast;

/// <summary>
/// Which rows cross-validation holds out together. A plan that knows something of each row (classes, groups, folds) has one value for
/// each row of the table it is for. Immutable; the same plan means the same folds on every machine.
/// </summary>
public sealed class FoldPlan
{
    private enum Rule
    {
        Random,
        Stratified,
        Groups,
        Given,
    }

    private readonly Rule _rule;
    private readonly int[] _perRow;

    private FoldPlan(Rule rule, ReadOnlySpan<int> perRow, int folds, int repeats, ulong seed)
    {
        if (rule != Rule.Given && folds < 2)
            Throw.OutOfRange(nameof(folds), folds, "be at least 2");
        if (repeats < 1)
            Throw.OutOfRange(nameof(repeats), repeats, "be at least 1");
        (_rule, _perRow, Folds, Repeats, Seed) = (rule, perRow.ToArray(), folds, repeats, seed);
    }

    /// <summary>Number of folds; 0 where they are given.</summary>
    public int Folds { get; }

    /// <summary>How often the rows are dealt out anew.</summary>
    public int Repeats { get; }

    /// <summary>Seed of the shuffle; null where nothing is shuffled.</summary>
    public ulong? Seed { get; }

    /// <summary>What the plan knows of each row; empty for a random one.</summary>
    internal ReadOnlySpan<int> PerRow => _perRow;

    /// <summary>Whether the folds are given.</summary>
    internal bool IsGiven => _rule == Rule.Given;

    /// <summary>After a seeded shuffle the i-th row goes to fold i mod K: sizes differ by one at most.</summary>
    /// <param name="folds">K, from 2 to the number of rows.</param>
    /// <param name="repeats">How often the rows are dealt out anew, ≥ 1.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    public static FoldPlan Random(int folds = 10, int repeats = 1, ulong seed = 1) => new(Rule.Random, [], folds, repeats, seed);

    /// <summary>
    /// Every fold gets its part of each class: the rows of a class are shuffled and dealt out, class after class by ascending number,
    /// each beginning where the one before ended.
    /// </summary>
    /// <param name="classes">The class of each row, any integers.</param>
    /// <param name="folds">K, from 2 to the number of rows.</param>
    /// <param name="repeats">How often the rows are dealt out anew, ≥ 1.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    public static FoldPlan Stratified(ReadOnlySpan<int> classes, int folds = 10, int repeats = 1, ulong seed = 1) =>
        new(Rule.Stratified, classes, folds, repeats, seed);

    /// <summary>
    /// Rows of one group (a patient, a shop) are held out together. Groups are shuffled and go, the largest first, each to the fold that
    /// has the fewest rows so far.
    /// </summary>
    /// <param name="groups">The group of each row, any integers.</param>
    /// <param name="folds">K, from 2 to the number of groups.</param>
    /// <param name="repeats">How often the groups are dealt out anew, ≥ 1.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    public static FoldPlan Groups(ReadOnlySpan<int> groups, int folds = 10, int repeats = 1, ulong seed = 1) =>
        new(Rule.Groups, groups, folds, repeats, seed);

    /// <summary>The fold of each row is given.</summary>
    /// <param name="foldIds">Any integers, at least two different ones among the rows that count.</param>
    public static FoldPlan Given(ReadOnlySpan<int> foldIds) => new(foldIds);

    private FoldPlan(ReadOnlySpan<int> foldIds) => (_rule, _perRow, Folds, Repeats, Seed) = (Rule.Given, foldIds.ToArray(), 0, 1, null);

    /// <summary>The same rule with another number of folds, dealt out once.</summary>
    internal FoldPlan Once(int folds) => new(_rule, _perRow, folds, 1, Seed ?? 1);

    /// <summary>The plan for some of the rows.</summary>
    internal FoldPlan Of(ReadOnlySpan<int> rows)
    {
        if (_perRow.Length == 0)
            return this;
        int[] some = new int[rows.Length];
        for (int k = 0; k < some.Length; k++)
            some[k] = _perRow[rows[k]];
        return IsGiven ? Given(some) : new(_rule, some, Folds, Repeats, Seed ?? 1);
    }

    /// <summary>One dealing out.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="rows">n.</param>
    /// <param name="members">The rows that count, ascending.</param>
    /// <returns>The fold of each row; −1 for those that do not count.</returns>
    internal int[] Deal(ulong seed, int rows, ReadOnlySpan<int> members)
    {
        int[] foldOf = new int[rows];
        foldOf.AsSpan().Fill(-1);
        Xoshiro256 random = new(seed);
        if (_rule == Rule.Groups)
        {
            DealGroups(random, members, foldOf);
            return foldOf;
        }

        int[] order = members.ToArray();
        if (_rule == Rule.Stratified)
        {
            Array.Sort(Array.ConvertAll(order, i => (_perRow[i], i)), order);
            for (int first = 0, last; first < order.Length; first = last)
            {
                for (last = first + 1; last < order.Length && _perRow[order[last]] == _perRow[order[first]];)
                    last++;
                random.Shuffle(order.AsSpan(first, last - first));
            }
        }
        else
        {
            random.Shuffle(order);
        }

        for (int i = 0; i < order.Length; i++)
            foldOf[order[i]] = i % Folds;
        return foldOf;
    }

    private void DealGroups(Xoshiro256 random, ReadOnlySpan<int> members, int[] foldOf)
    {
        SortedDictionary<int, List<int>> rowsOf = [];
        foreach (int i in members)
        {
            if (!rowsOf.TryGetValue(_perRow[i], out List<int>? rows))
                rowsOf.Add(_perRow[i], rows = []);
            rows.Add(i);
        }

        if (rowsOf.Count < Folds)
            Throw.Data("groups", Throw.Invariant($"'groups' must name at least as many groups as there are folds ({Folds}) among the rows of positive weight, but names {rowsOf.Count}."));
        List<int>[] groups = [.. rowsOf.Values];
        int[] order = [.. Enumerable.Range(0, groups.Length)], sizes = new int[Folds];
        random.Shuffle(order);
        foreach (List<int> rows in order.Select(k => groups[k]).OrderByDescending(rows => rows.Count))
        {
            int fold = Array.IndexOf(sizes, sizes.Min());
            sizes[fold] += rows.Count;
            foreach (int i in rows)
                foldOf[i] = fold;
        }
    }
}
