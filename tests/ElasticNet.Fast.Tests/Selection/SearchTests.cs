using ElasticNet.Fast.Selection;

namespace ElasticNet.Fast.Tests.Selection;

/// <summary>A search is the best of cross-validations on the same folds, and a sample is a part of the grid.</summary>
public class SearchTests
{
    private static readonly double[] s_l1Ratios = [0.3, 1];
    private static readonly ElasticNetOptions s_options = new() { Folds = 4, Seed = 7, L1Ratios = s_l1Ratios, LambdaCount = 20 };
    private static readonly ListOf<PreparationOptions> s_preparations =
        SearchSpace.Vary(new(), [ImputationMethod.Mean, ImputationMethod.Median, ImputationMethod.NearestNeighbors], [null, ScalingMethod.Robust]);

    [Fact]
    public void Each_candidate_is_a_cross_validation_on_the_same_folds()
    {
        (FeatureTable table, double[] y) = Data();
        SearchResult search = ElasticNetEstimator.Search(table, y, new() { Preparations = s_preparations }, s_options);
        Assert.Equal(12, search.Candidates.Count);
        int[] folds = ElasticNetEstimator.CrossValidate(table, y, s_options with { Preparation = s_preparations[0] }).FoldIds.ToArray();
        for (int k = 0; k < 12; k++)
        {
            CrossValidationResult alone = ElasticNetEstimator.CrossValidate(
                table, y, s_options with { Preparation = s_preparations[k / 2], L1Ratios = new[] { s_l1Ratios[k % 2] }, FoldPlan = FoldPlan.Given(folds) });
            SearchCandidate candidate = search.Candidates[k];
            Assert.Equal(s_preparations[k / 2] with { Inputs = null }, candidate.Preparation! with { Inputs = null });
            Assert.Equal((alone.L1Ratio, alone.LambdaMin, alone.Lambda1Se), (candidate.L1Ratio, candidate.LambdaMin, candidate.Lambda1Se));
            Assert.Equal(alone.Best.Points, candidate.Curve);
        }

        SearchCandidate best = search.Candidates.MinBy(candidate => candidate.Best.Mean)!;
        Assert.Same(best, search.Best);
        Assert.Equal((best.LambdaMin, best.L1Ratio, best.Preparation!.Imputation), (search.Model.Fit.Lambda, search.Model.Fit.L1Ratio, search.Model.Preparation!.Options.Imputation));
        using ElasticNetModel refit = ElasticNetEstimator.Fit(table, y, best.LambdaMin, best.L1Ratio, s_options with { Preparation = best.Preparation });
        Assert.Equal(refit.Values.ToArray(), search.Model.Values.ToArray(), (a, b) => Math.Abs(a - b) <= 1e-9 * (1 + Math.Abs(a)));
    }

    [Fact]
    public void A_sample_is_a_part_of_the_grid_without_repeats_and_the_same_for_the_same_seed()
    {
        HashSet<string> seen = [];
        for (ulong seed = 1; seed <= 6; seed++)
        {
            string[] sample = Cells(new() { L1Ratios = s_l1Ratios, Preparations = s_preparations, Samples = 5, Seed = seed });
            Assert.Equal(5, sample.Distinct().Count());
            Assert.Subset(new HashSet<string>(Cells(new() { L1Ratios = s_l1Ratios, Preparations = s_preparations })), new HashSet<string>(sample));
            Assert.Equal(sample, Cells(new() { L1Ratios = s_l1Ratios, Preparations = s_preparations, Samples = 5, Seed = seed }));
            seen.UnionWith(sample);
        }

        Assert.Equal(12, seen.Count);
        Assert.Equal(12, Cells(new() { L1Ratios = s_l1Ratios, Preparations = s_preparations, Samples = 12 }).Length);
        Assert.Equal(12, Cells(new() { L1Ratios = s_l1Ratios, Preparations = s_preparations, Samples = 99 }).Length);
    }

    [Fact]
    public void Mixings_can_be_drawn_from_a_range()
    {
        var plan = SearchPlan.Of(new() { Preparations = s_preparations, Samples = 200, L1RatioRange = (0.25, 0.75), Seed = 3 }, s_options);
        double[] drawn = [.. plan.SelectMany(part => part.L1Ratios)];
        Assert.Equal((200, 6), (drawn.Length, plan.Length));
        Assert.All(drawn, l1Ratio => Assert.InRange(l1Ratio, 0.25, 0.75));
        Assert.InRange(drawn.Average(), 0.45, 0.55);
        Assert.Equal(200, drawn.Distinct().Count());
    }

    [Fact]
    public void Without_preparations_mixings_alone_are_searched()
    {
        (FeatureTable table, double[] y) = Data(gaps: false);
        SearchResult search = ElasticNetEstimator.Search(table.View, y, new() { L1Ratios = s_l1Ratios }, s_options with { L1Ratios = default });
        CrossValidationResult alone = ElasticNetEstimator.CrossValidate(table.View, y, s_options);
        Assert.Equal(alone.Curves.SelectMany(curve => curve.Points), search.Candidates.SelectMany(candidate => candidate.Curve));
        Assert.Equal(alone.Model.Values.ToArray(), search.Model.Values.ToArray());
        Assert.All(search.Candidates, candidate => Assert.Null(candidate.Preparation));
    }

    [Fact]
    public void Candidates_about_as_good_as_the_best_are_said()
    {
        (FeatureTable table, double[] y) = Data();
        SearchResult search = ElasticNetEstimator.Search(table, y, new() { Preparations = s_preparations }, s_options);
        TuningFinding finding = search.Diagnosis.Single(found => found.Kind == TuningFindingKind.FlatSearch);
        int near = search.Candidates.Count(other => other.Best.Mean <= search.Best.Best.Mean + search.Best.Best.StandardError);
        Assert.StartsWith($"{near} of 12 candidates have an error within one standard error", finding.Text, StringComparison.Ordinal);
        string[] lines = search.ToString().TrimEnd('\n').Split('\n');
        Assert.Equal(13, lines.Length);
        Assert.StartsWith(search.Best.ToString(), lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_of_a_search_is_that_of_searches_without_each_outer_fold()
    {
        (FeatureTable table, double[] y) = Data();
        SearchSpace space = new() { Preparations = s_preparations };
        NestedCrossValidationResult nested = ElasticNetEstimator.NestedCrossValidate(table, y, 3, s_options, space);
        double[] weights = [.. nested.FoldIds.ToArray().Select(fold => fold == 1 ? 0.0 : 1)];
        SearchResult inner = ElasticNetEstimator.Search(table, y, space, s_options with { Weights = weights });
        Assert.Equal((inner.Best.L1Ratio, inner.Best.LambdaMin), (nested.Folds[1].L1Ratio, nested.Folds[1].Lambda));
        double[] fitted = new double[y.Length];
        inner.Model.Predict(table.View, fitted);
        for (int i = 0; i < y.Length; i++)
        {
            if (weights[i] == 0)
                Assert.Equal(fitted[i], nested.Predictions.Span[i], 1e-12);
        }
    }

    [Fact]
    public void Progress_rises_to_its_total_over_all_candidates_and_cancelling_stops()
    {
        (FeatureTable table, double[] y) = Data();
        List<FitProgress> seen = [];
        ElasticNetOptions options = s_options with { MaxDegreeOfParallelism = 1, Progress = new Steps(seen.Add) };
        // Of unequal pieces: one preparation with two mixings, others with one.
        ElasticNetEstimator.Search(table, y, new() { L1Ratios = s_l1Ratios, Preparations = s_preparations, Samples = 7 }, options);
        Assert.All(seen, step => Assert.Equal(7000, step.Total));
        Assert.Equal(seen.Select(step => step.Completed).Order(), seen.Select(step => step.Completed));
        Assert.Equal(seen[^1].Total, seen[^1].Completed);
        // Cancelled within the second of the candidates, the first is handed over as a search of its own; within the first, nothing is.
        SearchResult alone = ElasticNetEstimator.Search(table, y, new() { L1Ratios = [0.5], Preparations = [s_preparations[0]] }, options);
        UnfinishedException<SearchResult> thrown = Cancelled(1.5);
        Assert.Equal((1, s_preparations.Count), (thrown.Finished, thrown.Total));
        Assert.Equal(alone.Best.Curve, Assert.Single(thrown.Result!.Candidates).Curve);
        Assert.Equal(alone.Model.Coefficients.ToArray(), thrown.Result.Model.Coefficients.ToArray());
        Assert.Null(Cancelled(0.5).Result);

        UnfinishedException<SearchResult> Cancelled(double candidates)
        {
            using CancellationTokenSource source = new();
            double share = candidates / s_preparations.Count;
            return Assert.Throws<UnfinishedException<SearchResult>>(() => ElasticNetEstimator.Search(
                table, y, new() { L1Ratios = [0.5], Preparations = s_preparations },
                options with { CancellationToken = source.Token, Progress = new Steps(step => { if (step.Completed > share * step.Total) source.Cancel(); }) }));
        }
    }

    [Fact]
    public void Spaces_without_meaning_are_refused()
    {
        (FeatureTable table, double[] y) = Data();
        Refuse("have at least one mixing", new(), s_options with { L1Ratios = default });
        Refuse("'L1Ratios' (1.5) must", new() { L1Ratios = new[] { 0.5, 1.5 } });
        Refuse("must not name a mixing twice", new() { L1Ratios = new[] { 0.5, 0.5 } });
        Refuse("'Preparations' (2 of them) must not hold one twice", new() { Preparations = [s_preparations[0], s_preparations[0]] });
        Refuse("must not drop incomplete rows", new() { Preparations = [s_preparations[0], new() { Imputation = ImputationMethod.DropRows }] });
        Refuse("'Samples' (0) must be at least 1", new() { Samples = 0 });
        Refuse("must be a range within [0, 1]", new() { Samples = 3, L1RatioRange = (0.5, 0.2) });
        Refuse("'Samples' must say how often", new() { L1RatioRange = (0, 1) });

        void Refuse(string message, SearchSpace space, ElasticNetOptions? options = null) => Assert.Contains(
            message, Assert.ThrowsAny<ArgumentException>(() => ElasticNetEstimator.Search(table, y, space, options ?? s_options)).Message, StringComparison.Ordinal);
    }

    private static string[] Cells(SearchSpace space) =>
        [.. SearchPlan.Of(space, s_options).SelectMany(part => part.L1Ratios.Select(l1Ratio => FormattableString.Invariant($"{part.Preparation!.Imputation} {part.Preparation.Scaling} {l1Ratio}")))];

    private static (FeatureTable Table, double[] Y) Data(bool gaps = true)
    {
        const int rows = 48;
        Random random = new(5);
        double[] x = [.. Enumerable.Range(0, rows * 5).Select(_ => random.NextDouble())];
        double[] y = [.. Enumerable.Range(0, rows).Select(i => 3 * x[i] - 2 * x[rows + i] + random.NextDouble())];
        for (int i = 0; gaps && i < x.Length; i += 11)
            x[i] = double.NaN;
        return (new([.. Enumerable.Range(0, 5).Select(j => InputColumn.Number($"x{j}"))], x, rows), y);
    }
}
