using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast;

// Choosing the preparation, too.
public static unsafe partial class ElasticNetEstimator
{
    /// <summary>
    /// Cross-validates every candidate of a space, or a random sample of them, on the same folds, and refits the best on all rows. What a
    /// preparation learns, it learns in each fold; the mixings of one preparation share what is learnt and summed up.
    /// </summary>
    /// <param name="x">The raw columns, n × p.</param>
    /// <param name="y">The target, n values.</param>
    /// <param name="space">What is tried.</param>
    /// <param name="options">Folds, measure and everything else; null means the defaults.</param>
    /// <param name="workspace">Buffers that are kept from call to call; null takes new ones.</param>
    /// <exception cref="ArgumentException">
    /// The space is empty or out of range, has a candidate twice, or drops incomplete rows in one of several preparations, whose errors would be of different rows; or values or
    /// options are refused.
    /// </exception>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled; the candidates that were finished, and the best of them, are handed over.</exception>
    public static SearchResult Search(Features x, Target y, SearchSpace space, ElasticNetOptions? options = null, Workspace? workspace = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        using WorkspaceUse use = new(workspace);
        return SearchIn(x, y, SpaceFor(x, space), GivenOptions.For(x, y, options), use.Workspace);
    }

    private static SearchResult SearchIn(in Features x, Target y, SearchSpace space, ElasticNetOptions options, Workspace workspace)
    {
        (PreparationOptions? Preparation, double[] L1Ratios)[] plan = SearchPlan.Of(space, options);
        List<SearchCandidate> candidates = [];
        CrossValidationResult? best = null;
        int bestAt = 0, all = plan.Sum(part => part.L1Ratios.Length);
        foreach ((PreparationOptions? preparation, double[] l1Ratios) in plan)
        {
            CrossValidationResult result;
            try
            {
                result = Whole(x, y, options with
                {
                    Preparation = preparation,
                    L1Ratios = l1Ratios,
                    Progress = PhaseProgress.Of(options.Progress, candidates.Count, l1Ratios.Length, all),
                }, workspace);
            }
            catch (OperationCanceledException cause)
            {
                SearchResult? finished = best is null ? null : new([.. candidates], bestAt, best);
                throw new UnfinishedException<SearchResult>("The search", candidates.Count, all, "candidates", finished, cause);
            }

            foreach (CrossValidationCurve curve in result.Curves)
            {
                Choice choice = Choice.Of([curve], result.Measure);
                if (best is null || result.Measure.Cost(curve.Points[choice.Minimum].Mean) < result.Measure.Cost(candidates[bestAt].Best.Mean))
                    (best, bestAt) = (result, candidates.Count);
                candidates.Add(new(preparation, curve.Points, curve.Points[choice.Minimum].Lambda, curve.Points[choice.OneStandardError].Lambda, curve.Points[choice.Minimum]));
            }

            if (best != result)
                result.Model.Dispose();
        }

        return new([.. candidates], bestAt, best!);
    }

    private static SearchSpace SpaceFor(in Features x, SearchSpace space)
    {
        if (x.Table is not { } table)
            return space;
        return space with { Preparations = [.. space.Preparations.Select(preparation => preparation with { Inputs = table.Columns })] };
    }

    // The finished folds of one of many cross-validations are of no use to the caller: candidates are compared on all folds.
    private static CrossValidationResult Whole(in Features x, Target y, ElasticNetOptions options, Workspace workspace)
    {
        try
        {
            return CrossValidator.Run(x, y, options, workspace.Memory, workspace.Folds);
        }
        catch (UnfinishedException<CrossValidationResult> inner)
        {
            throw new OperationCanceledException("The search was cancelled.", inner, inner.CancellationToken);
        }
    }
}
