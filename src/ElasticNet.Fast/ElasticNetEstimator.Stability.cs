using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// Which features are selected whatever half of the rows one looks at.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>
    /// Stability selection: many random halves of the rows, in complementary pairs, each select the first q features that enter their path;
    /// stable are the features that most halves select, and the expected number of false ones among them is bounded. Meinshausen and
    /// Bühlmann 2010; Shah and Samworth 2013.
    /// </summary>
    /// <param name="x">The features, n × p.</param>
    /// <param name="y">The target, n values. Of survival halves have their part of the events, of several classes their part of each; of several outputs a feature counts as selected with a coefficient for any.</param>
    /// <param name="stability">Pairs, threshold, accepted false selections and seed; null means the defaults.</param>
    /// <param name="options">Everything else; null means the defaults. With groups of features it is groups that enter, and that are counted: q of them, of which the expected number of false ones is bounded. A grid of λ that is given should reach far enough for q features to enter. What preparation learns, it learns once, from all rows.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="ArgumentException">Fewer than 4 rows of positive weight, fewer than 2 events or rows of a class, or values or options that are refused.</exception>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way; the exception carries the finished pairs.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled before a pair was finished.</exception>
    public static StabilityResult Stability(
        Features x, Target y, StabilityOptions? stability = null, ElasticNetOptions? options = null, Workspace? workspace = null)
    {
        stability ??= StabilityOptions.Default;
        options = GivenOptions.For(x, y, options);
        stability.Check();
        using WorkspaceUse use = new(workspace);
        if (options.Preparation is null)
            return StabilityOf(x, y, stability, options, options.NamesGiven, use.Workspace);
        RawProblem raw = Raw(x, y, options);
        if (raw.Copies > 1)
            Throw.OutOfRange(nameof(PreparationOptions.Imputation), raw.Options.Preparation!.Imputation, "be another method for stability selection, whose halves must not share a row; impute once");
        using PreparedProblem problem = Prepare(x, raw);
        return StabilityOf(problem.Features, raw.Target, stability, problem.Options, problem.Preparation.FeatureNames, use.Workspace);
    }

    private static StabilityResult StabilityOf(
        in Features x, Target y, StabilityOptions stability, ElasticNetOptions options, IReadOnlyList<string>? names, Workspace workspace)
    {
        ValidOptions valid = ValidOptions.Check(options, x.Rows, x.Columns, y.Values);
        OutputRows? outputs = OutputRows.Of(y.Values, options, valid.Weights);
        FoldLayout[] halves = Halves(options, x.Rows, valid.Weights, y.Values, stability);
        int[]? groups = GroupOfEach(options, x.Columns);
        int units = groups is null ? x.Columns : groups.Max() + 1, q = stability.Selected(units);
        workspace.Context.Crew.Resize(options.MaxDegreeOfParallelism);
        int columns = x.Columns;
        fixed (double* doubles = x.Doubles, target = outputs is null ? y.Values : outputs.Response, weights = outputs is null ? valid.Weights : outputs.Weights, offset = outputs is null ? valid.Offset : outputs.Offset)
        fixed (float* singles = x.Singles)
        {
            using OpenFeatures open = new(x, doubles, singles, valid.Weights, workspace.Memory);
            int each = outputs?.Outputs ?? 1;
            Design design = each == 1 ? open.Design : new StackedDesign(open.Design, each);
            StabilityRun run = new(design, new(target, weights, offset, x.Rows * each, valid.Times) { Outputs = each }, options, stability.L1Ratio, q, groups);
            try
            {
                run.Run(Array.ConvertAll(halves, pair => pair.Repeat(each)));
            }
            catch (OperationCanceledException cause) when (options.CancellationToken.IsCancellationRequested)
            {
                // A half without its counterpart is no pair.
                int[] pairs = [.. Enumerable.Range(0, halves.Length).Where(pair => run.Finished.Length > 0 && run.Finished[2 * pair] && run.Finished[2 * pair + 1])];
                if (pairs.Length == 0)
                    throw;
                int[][] finished = [.. pairs.SelectMany(pair => new[] { run.Entries[2 * pair], run.Entries[2 * pair + 1] })];
                throw new UnfinishedException<StabilityResult>(
                    "Stability selection", pairs.Length, halves.Length, "pairs of halves",
                    new(stability with { Pairs = pairs.Length }, q, FeatureName.All(names, columns), run.Lambdas, finished, units), cause);
            }

            return new(stability, q, FeatureName.All(names, columns), run.Lambdas, run.Entries, units);
        }
    }

    /// <summary>The group of each feature, features in no group being groups of their own; null where there are none.</summary>
    private static int[]? GroupOfEach(ElasticNetOptions options, int columns)
    {
        if (options.FeatureGroups.IsEmpty || !options.HasGroups)
            return null;
        int[] groups = new int[columns];
        Array.Fill(groups, -1);
        int count = 0;
        foreach (FeatureGroup group in options.FeatureGroups)
        {
            foreach (int j in group.Columns)
                groups[j] = count;
            count++;
        }

        for (int j = 0; j < columns; j++)
            groups[j] = groups[j] < 0 ? count++ : groups[j];
        return groups;
    }

    /// <summary>The halves of each pair; of an odd number of rows one is in neither. Several classes, and events and censored rows, go to both in turn.</summary>
    private static FoldLayout[] Halves(ElasticNetOptions options, int rows, ReadOnlySpan<double> weights, ReadOnlySpan<double> y, StabilityOptions stability)
    {
        int[] classes = new int[rows];
        for (int i = 0; i < rows && (options.Family.IsSurvival || (options.Family.HasOutputs && options.Family.HasClasses)); i++)
            classes[i] = double.IsNaN(y[i]) ? 0 : (int)y[i];
        List<int> counted = [];
        for (int i = 0; i < rows; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                counted.Add(i);
        }

        if (counted.Count < 4)
            Throw.Data("x", Throw.Invariant($"'x' ({counted.Count} rows of positive weight) must have at least 4 for its halves to be data sets."));
        RefuseSingle(options, classes, counted);
        // The largest class last: of an odd number one of its rows is left over.
        int[] sizes = new int[classes.Max() + 1];
        foreach (int i in counted)
            sizes[classes[i]]++;
        Xoshiro256 random = new(stability.Seed);
        FoldLayout[] halves = new FoldLayout[stability.Pairs];
        for (int pair = 0; pair < halves.Length; pair++)
        {
            int[] order = [.. counted], halfOf = new int[rows];
            random.Shuffle(order);
            Array.Fill(halfOf, -1);
            int half = order.Length / 2;
            if (sizes.Length > 1)
                order = [.. order.OrderBy(i => sizes[classes[i]]).ThenBy(i => classes[i])];
            for (int i = 0; i < 2 * half; i++)
                halfOf[order[i]] = sizes.Length > 1 ? i % 2 : i < half ? 0 : 1;
            halves[pair] = FoldLayout.Partition(halfOf, 2);
        }

        return halves;
    }

    /// <summary>Each half must have a row of every class, or an event.</summary>
    private static void RefuseSingle(ElasticNetOptions options, int[] classes, List<int> counted)
    {
        if (options.Family.IsSurvival && counted.Count(i => classes[i] == 1) is < 2 and var events)
            Throw.Data("y", Throw.Invariant($"'y' must have two events or more in rows that count for halves that have one each, but has {events}."));
        IReadOnlyList<string> names = options.Family.HasOutputs && options.Family.HasClasses ? options.OutputNames! : [];
        for (int k = 0; k < names.Count; k++)
        {
            if (counted.Count(i => classes[i] == k) is < 2 and var rows)
                Throw.Data("y", Throw.Invariant($"'y' must have two rows or more that count of each class for halves that have one each, but of '{names[k]}' has {rows}."));
        }
    }
}
