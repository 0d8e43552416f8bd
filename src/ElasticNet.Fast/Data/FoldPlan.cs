using ElasticNet.Fast.Data;

namespace ElasticNet.Fast;

/// <summary>
/// Which rows cross-validation holds out together, and which it trains on meanwhile. A plan that knows something of each row (classes,
/// groups, times, folds) has one value for each row of the table it is for. Immutable; the same plan means the same folds on every machine.
/// </summary>
public abstract class FoldPlan
{
    private protected FoldPlan(int folds, int repeats = 1, ulong? seed = null)
    {
        if (folds < 2)
            Throw.OutOfRange(nameof(folds), folds, "be at least 2");
        if (repeats < 1)
            Throw.OutOfRange(nameof(repeats), repeats, "be at least 1");
        (Folds, Repeats, Seed) = (folds, repeats, seed);
    }

    // The folds are given; how many only the rows that count can tell.
    private protected FoldPlan() => Repeats = 1;

    /// <summary>Number of folds; 0 where they are given.</summary>
    public int Folds { get; }

    /// <summary>How often the rows are dealt out anew.</summary>
    public int Repeats { get; }

    /// <summary>Seed of the shuffle; null where nothing is shuffled.</summary>
    public ulong? Seed { get; }

    /// <summary>Of how many rows the plan knows something; null if of none in particular.</summary>
    internal virtual int? Rows => null;

    /// <summary>After a seeded shuffle the i-th row goes to fold i mod K: sizes differ by one at most.</summary>
    /// <param name="folds">K, from 2 to the number of rows.</param>
    /// <param name="repeats">How often the rows are dealt out anew, ≥ 1.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    public static FoldPlan Random(int folds = 10, int repeats = 1, ulong seed = 1) => new RandomFolds(folds, repeats, seed);

    /// <summary>
    /// Every fold gets its part of each class: the rows of a class are shuffled and dealt out, class after class by ascending number,
    /// each beginning where the one before ended.
    /// </summary>
    /// <param name="classes">The class of each row, any integers.</param>
    /// <param name="folds">K, from 2 to the number of rows.</param>
    /// <param name="repeats">How often the rows are dealt out anew, ≥ 1.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    public static FoldPlan Stratified(ReadOnlySpan<int> classes, int folds = 10, int repeats = 1, ulong seed = 1) =>
        new StratifiedFolds(classes.ToArray(), folds, repeats, seed);

    /// <summary>
    /// Rows of one group (a patient, a shop) are held out together. Groups are shuffled and go, the largest first, each to the fold that
    /// has the fewest rows so far.
    /// </summary>
    /// <param name="groups">The group of each row, any integers.</param>
    /// <param name="folds">K, from 2 to the number of groups.</param>
    /// <param name="repeats">How often the groups are dealt out anew, ≥ 1.</param>
    /// <param name="seed">Seed of the shuffle.</param>
    public static FoldPlan Groups(ReadOnlySpan<int> groups, int folds = 10, int repeats = 1, ulong seed = 1) =>
        new GroupFolds(groups.ToArray(), folds, repeats, seed);

    /// <summary>The fold of each row is given.</summary>
    /// <param name="foldIds">Any integers, at least two different ones among the rows that count.</param>
    public static FoldPlan Given(ReadOnlySpan<int> foldIds) => new GivenFolds(foldIds.ToArray());

    /// <summary>
    /// Forward in time: the rows are cut by time into K + 1 blocks of about as many rows each; every block but the first is held out once, by
    /// a model of the rows before it. Rows of one time are in one block, and never on both sides. A block that begins at time t is predicted from
    /// the rows of t − gap − window ≤ time &lt; t − gap.
    /// </summary>
    /// <param name="times">The time of each row: finite, in any order and any unit.</param>
    /// <param name="folds">K ≥ 2, less than the number of different times.</param>
    /// <param name="gap">Time ≥ 0 that must lie between what is trained on and what is held out, in the unit of the times: for as long as a target takes to be known.</param>
    /// <param name="window">How far back training goes, &gt; 0, in the unit of the times; infinite (all rows before) unless given.</param>
    public static FoldPlan Forward(ReadOnlySpan<double> times, int folds = 10, double gap = 0, double window = double.PositiveInfinity) =>
        new ForwardFolds(times.ToArray(), folds, gap, window);

    /// <inheritdoc cref="Forward(ReadOnlySpan{double}, int, double, double)"/>
    /// <param name="times">The time of each row, in any order.</param>
    /// <param name="folds">K ≥ 2, less than the number of different times.</param>
    /// <param name="gap">Time ≥ 0 that must lie between what is trained on and what is held out: for as long as a target takes to be known.</param>
    /// <param name="window">How far back training goes; null means all rows before.</param>
    public static FoldPlan Forward(ReadOnlySpan<DateTime> times, int folds = 10, TimeSpan gap = default, TimeSpan? window = null)
    {
        long first = long.MaxValue;
        foreach (DateTime time in times)
            first = Math.Min(first, time.Ticks);
        // From the first on: double holds every tick of 28 years.
        double[] since = Array.ConvertAll(times.ToArray(), time => (double)(time.Ticks - first));
        return new ForwardFolds(since, folds, gap.Ticks, window?.Ticks ?? double.PositiveInfinity);
    }

    /// <summary>The same rule with another number of folds, dealt out once: the outer folds of a nested cross-validation.</summary>
    internal abstract FoldPlan Once(int folds);

    /// <summary>The plan for some of the rows.</summary>
    internal abstract FoldPlan Of(ReadOnlySpan<int> rows);

    /// <summary>One dealing out.</summary>
    /// <param name="seed">Its seed.</param>
    /// <param name="rows">n.</param>
    /// <param name="members">The rows that count, ascending.</param>
    internal abstract FoldLayout Deal(ulong seed, int rows, ReadOnlySpan<int> members);

    /// <summary>What is known of some of the rows.</summary>
    private protected static T[] Take<T>(T[] perRow, ReadOnlySpan<int> rows)
    {
        T[] some = new T[rows.Length];
        for (int k = 0; k < some.Length; k++)
            some[k] = perRow[rows[k]];
        return some;
    }

    /// <summary>No row in any fold.</summary>
    private protected static int[] Nowhere(int rows)
    {
        int[] foldOf = new int[rows];
        Array.Fill(foldOf, -1);
        return foldOf;
    }
}
