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
    /// <param name="y">The target, n values.</param>
    /// <param name="stability">Pairs, threshold, accepted false selections and seed; null means the defaults.</param>
    /// <param name="options">Everything else; null means the defaults. A grid of λ that is given should reach far enough for q features to enter. What preparation learns, it learns once, from all rows.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="ArgumentException">Fewer than 4 rows of positive weight, or values or options that are refused.</exception>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way; the exception carries the finished pairs.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled before a pair was finished.</exception>
    public static StabilityResult Stability(
        Features x, Target y, StabilityOptions? stability = null, ElasticNetOptions? options = null, Workspace? workspace = null)
    {
        stability ??= StabilityOptions.Default;
        options = GivenOptions.For(x, y, options);
        options.Family.DemandRowLoss("Stability selection");
        options.RefuseGroups("stability selection");
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
        FoldLayout[] halves = Halves(x.Rows, valid.Weights, stability);
        int q = stability.Selected(x.Columns);
        workspace.Context.Crew.Resize(options.MaxDegreeOfParallelism);
        int columns = x.Columns;
        fixed (double* doubles = x.Doubles, target = y.Values, weights = valid.Weights, offset = valid.Offset)
        fixed (float* singles = x.Singles)
        {
            using OpenFeatures open = new(x, doubles, singles, valid.Weights, workspace.Memory);
            StabilityRun run = new(open.Design, new(target, weights, offset, x.Rows), options, stability.L1Ratio, q);
            try
            {
                run.Run(halves);
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
                    new(stability with { Pairs = pairs.Length }, q, FeatureName.All(names, columns), run.Lambdas, finished), cause);
            }

            return new(stability, q, FeatureName.All(names, columns), run.Lambdas, run.Entries);
        }
    }

    /// <summary>The halves of each pair; of an odd number of rows one is in neither.</summary>
    private static FoldLayout[] Halves(int rows, ReadOnlySpan<double> weights, StabilityOptions stability)
    {
        List<int> counted = [];
        for (int i = 0; i < rows; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                counted.Add(i);
        }

        if (counted.Count < 4)
            Throw.Data("x", Throw.Invariant($"'x' ({counted.Count} rows of positive weight) must have at least 4 for its halves to be data sets."));
        Xoshiro256 random = new(stability.Seed);
        FoldLayout[] halves = new FoldLayout[stability.Pairs];
        for (int pair = 0; pair < halves.Length; pair++)
        {
            int[] order = [.. counted], halfOf = new int[rows];
            random.Shuffle(order);
            Array.Fill(halfOf, -1);
            int half = order.Length / 2;
            for (int i = 0; i < 2 * half; i++)
                halfOf[order[i]] = i < half ? 0 : 1;
            halves[pair] = FoldLayout.Partition(halfOf, 2);
        }

        return halves;
    }
}
