namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>Cancellation, progress, and a workspace that is busy.</summary>
public class InterruptionTests
{
    [Fact]
    public void Cancelled_before_it_begins()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        foreach (Action call in Sample.Calls(Sample.With(options => options with { CancellationToken = source.Token })))
            Assert.ThrowsAny<OperationCanceledException>(call);
    }

    [Fact]
    public void Cancelled_on_the_way()
    {
        using CancellationTokenSource source = new();
        Steps steps = new(step => { if (step.Completed == 3) source.Cancel(); });
        Problem problem = Sample.With(options => options with { CancellationToken = source.Token, Progress = steps });
        Assert.ThrowsAny<OperationCanceledException>(() => problem.Path(1));
        Assert.Equal([1, 2, 3], steps.Seen.Select(step => step.Completed));
    }

    /// <summary>What was solved before the cancellation is handed over: the same bits as those of a path that was left alone.</summary>
    [Theory]
    [InlineData(12, 30, 1)]
    [InlineData(12, 30, 0.5)]
    [InlineData(80, 10, 0.5)]
    public void A_cancelled_path_hands_over_what_is_finished(int rows, int columns, double l1Ratio)
    {
        Problem problem = Sample.Good(rows, columns);
        RegularizationPath whole = problem.Path(l1Ratio);
        using CancellationTokenSource source = new();
        Steps steps = new(step => { if (step.Completed == 20) source.Cancel(); });
        ElasticNetOptions options = problem.Options with { CancellationToken = source.Token, Progress = steps };
        UnfinishedException<RegularizationPath> thrown = Assert.Throws<UnfinishedException<RegularizationPath>>(() => ElasticNetEstimator.Path(problem.X, problem.Y, l1Ratio, options));
        Assert.Equal((20, 100), (thrown.Finished, thrown.Total));
        Assert.Equal("The path was cancelled after 20 of 100 λ.", thrown.Message);
        Assert.Equal(source.Token, thrown.CancellationToken);
        Assert.Equal(whole.LambdaMax, thrown.Result!.LambdaMax);
        Assert.Equal(20, thrown.Result.Count);
        for (int k = 0; k < 20; k++)
        {
            Assert.Equal(whole[k].Lambda, thrown.Result[k].Lambda);
            Assert.Equal(whole[k].Intercept, thrown.Result[k].Intercept);
            Assert.Equal(whole[k].Coefficients.ToArray(), thrown.Result[k].Coefficients.ToArray());
        }
    }

    [Fact]
    public void A_path_cancelled_before_it_begins_has_nothing_to_hand_over()
    {
        Problem problem = Sample.With(options => options with { CancellationToken = new CancellationToken(canceled: true) });
        Assert.Empty(Assert.Throws<UnfinishedException<RegularizationPath>>(() => problem.Path(1)).Result!);
    }

    [Fact]
    public void A_cancelled_path_leaves_what_is_finished_in_the_callers_memory()
    {
        Problem problem = Sample.Good(12, 30);
        RegularizationPath whole = problem.Path(0.7);
        using CancellationTokenSource source = new();
        using Workspace workspace = new();
        ElasticNetOptions options = problem.Options with
        {
            CancellationToken = source.Token,
            Progress = new Steps(step => { if (step.Completed == 5) source.Cancel(); }),
        };
        ElasticNetFit[] fits = new ElasticNetFit[100];
        double[] coefficients = new double[100 * 30];
        UnfinishedException<RegularizationPath> thrown = Assert.Throws<UnfinishedException<RegularizationPath>>(
            () => ElasticNetEstimator.Path(problem.X, problem.Y, 0.7, options, workspace, fits, coefficients));
        Assert.Equal(5, thrown.Finished);
        Assert.Null(thrown.Result);
        for (int k = 0; k < 5; k++)
        {
            Assert.Equal(whole[k].Lambda, fits[k].Lambda);
            Assert.Equal(whole[k].Coefficients.ToArray(), coefficients[(k * 30)..((k + 1) * 30)]);
        }
    }

    [Fact]
    public void Cross_validation_cancelled_on_the_way()
    {
        using CancellationTokenSource source = new();
        Steps steps = new(step => { if (step.Completed == 3) source.Cancel(); });
        Problem problem = Sample.With(options => options with { CancellationToken = source.Token, Progress = steps, Folds = 3 });
        Assert.ThrowsAny<OperationCanceledException>(() => problem.CrossValidate());
        Assert.True(steps.Seen.Count < steps.Seen[0].Total);
    }

    [Fact]
    public void Folds_that_are_finished_stay_when_a_cross_validation_is_cancelled()
    {
        ElasticNetOptions plain = Sample.Good().Options with { Folds = 5, Repeats = 2, L1Ratios = new[] { 0.5, 1 }, LambdaCount = 6, MaxDegreeOfParallelism = 1 };
        CrossValidationResult whole = Sample.With(_ => plain).CrossValidate();
        using CancellationTokenSource source = new();
        // Two mixings of six λ: on all rows, then in three folds; the fourth has begun.
        Steps steps = new(step => { if (step.Completed == 2 * 6 * 4 + 1) source.Cancel(); });
        Problem problem = Sample.With(_ => plain with { CancellationToken = source.Token, Progress = steps });
        UnfinishedException<CrossValidationResult> thrown = Assert.Throws<UnfinishedException<CrossValidationResult>>(() => problem.CrossValidate());
        Assert.Equal((3, 10), (thrown.Finished, thrown.Total));
        CrossValidationResult finished = thrown.Result!;
        for (int curve = 0; curve < 2; curve++)
        {
            for (int k = 0; k < 6; k++)
            {
                double[] errors = [.. Enumerable.Range(0, 3).Select(fold => whole.Curves[curve].FoldErrors.Span[fold, k])];
                double[] weights = [.. Enumerable.Range(0, 3).Select(fold => (double)whole.FoldIdsOf(0).Span.Count(fold))];
                double mean = errors.Zip(weights, (error, weight) => error * weight).Sum() / weights.Sum();
                double variance = errors.Zip(weights, (error, weight) => weight * (error - mean) * (error - mean)).Sum() / weights.Sum();
                Assert.Equal(mean, finished.Curves[curve].Points[k].Mean, 1e-12 * mean);
                Assert.Equal(Math.Sqrt(variance / 2), finished.Curves[curve].Points[k].StandardError, 1e-12 * mean);
                Assert.InRange(finished.Curves[curve].Points[k].RSquared, -2, 1);
            }
        }

        Assert.Equal(3, finished.Model.Provenance.Folds);
        Assert.Equal(finished.Best.Path.Single(point => point.Lambda == finished.LambdaMin).Coefficients.ToArray(), finished.Model.Coefficients.ToArray());
    }

    [Fact]
    public void One_fold_makes_no_curve()
    {
        using CancellationTokenSource source = new();
        Steps steps = new(step => { if (step.Completed == 6 * 2 + 1) source.Cancel(); });
        Problem problem = Sample.With(options => options with { CancellationToken = source.Token, Progress = steps, Folds = 5, LambdaCount = 6, MaxDegreeOfParallelism = 1 });
        UnfinishedException<CrossValidationResult> thrown = Assert.Throws<UnfinishedException<CrossValidationResult>>(() => problem.CrossValidate());
        Assert.Equal((1, 5), (thrown.Finished, thrown.Total));
        Assert.Null(thrown.Result);
    }

    [Fact]
    public void Progress_counts_every_lambda()
    {
        Steps steps = new(_ => { });
        Sample.With(options => options with { Progress = steps, LambdaCount = 7 }).Path(1);
        Assert.Equal(Enumerable.Range(1, 7).Select(k => new FitProgress(k, 7)), steps.Seen);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Progress_of_a_cross_validation_rises_to_its_total(int threads)
    {
        Steps steps = new(_ => { });
        Sample.With(options => options with { Progress = steps, LambdaCount = 6, Folds = 3, L1Ratios = new[] { 0.5, 1 }, MaxDegreeOfParallelism = threads }).CrossValidate();
        // Two mixings, six λ, three folds and all rows.
        int total = 2 * 6 * (3 + 1);
        Assert.Equal(Enumerable.Range(1, total).Select(k => new FitProgress(k, total)), steps.Seen.OrderBy(step => step.Completed));
        if (threads == 1)
            Assert.Equal(Enumerable.Range(1, total), steps.Seen.Select(step => step.Completed));
    }

    /// <summary>Duplicates among the λ are no work, and neither is a grid where nothing can be selected.</summary>
    [Fact]
    public void Progress_ends_at_its_total()
    {
        Steps steps = new(_ => { });
        Sample.With(options => options with { Progress = steps, Lambdas = new[] { 0.1, 0.2, 0.1 } }).Path(1);
        Assert.Equal([new(1, 2), new(2, 2)], steps.Seen);

        steps.Seen.Clear();
        Problem constant = Sample.With(options => options with { Progress = steps, Folds = 3, MaxDegreeOfParallelism = 2 });
        Array.Fill(constant.Y, 3);
        constant.CrossValidate();
        Assert.Equal(new FitProgress(4, 4), steps.Seen[^1]);
    }

    [Fact]
    public void A_disposed_workspace_says_so()
    {
        Workspace workspace = new();
        Problem problem = Sample.Good();
        double[] coefficients = new double[problem.Columns];
        ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, problem.Options, workspace, coefficients);
        workspace.Dispose();
        workspace.Dispose();
        Assert.Throws<ObjectDisposedException>(() => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, problem.Options, workspace, coefficients));
    }

    [Fact]
    public void No_workspace_and_no_options_are_refused()
    {
        using Workspace workspace = new();
        Problem problem = Sample.Good();
        double[] coefficients = new double[problem.Columns];
        Assert.Throws<ArgumentNullException>("workspace", () => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, problem.Options, null!, coefficients));
        Assert.Throws<ArgumentNullException>("options", () => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, null!, workspace, coefficients));
        Assert.Throws<ArgumentNullException>("options", () => ElasticNetEstimator.Path(problem.X, problem.Y, 1, null!, workspace, new ElasticNetFit[100], coefficients));
    }

    /// <summary>A path that was cancelled half-way leaves nothing behind in the workspace.</summary>
    [Fact]
    public void A_workspace_survives_a_cancelled_path()
    {
        using Workspace workspace = new();
        foreach ((int rows, int columns) in new[] { (12, 30), (80, 10) })
        {
            Problem problem = Sample.Good(rows, columns);
            using CancellationTokenSource source = new();
            Steps steps = new(step => { if (step.Completed == 20) source.Cancel(); });
            ElasticNetOptions cancelled = problem.Options with { Progress = steps, CancellationToken = source.Token };
            Assert.ThrowsAny<OperationCanceledException>(() => ElasticNetEstimator.Path(
                problem.X, problem.Y, 0.7, cancelled, workspace, new ElasticNetFit[100], new double[100 * columns]));
            double[] coefficients = new double[columns];
            ElasticNetEstimator.Fit(problem.X, problem.Y, 0.02, 0.7, problem.Options, workspace, coefficients);
            Assert.Equal(problem.Fit(0.02, 0.7).Coefficients, coefficients);
        }
    }

    [Fact]
    public void A_workspace_belongs_to_one_call_at_a_time()
    {
        using Workspace workspace = new();
        Problem problem = Sample.Good();
        double[] coefficients = new double[problem.Columns];
        Steps steps = new(_ => Refusal.Of<InvalidOperationException>(
            () => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, problem.Options, workspace, new double[problem.Columns]), "orkspace"));
        ElasticNetOptions nested = problem.Options with { Progress = steps };
        ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, nested, workspace, coefficients);
        Assert.Single(steps.Seen);
        // After the call, and after one that failed, it is free again.
        Assert.ThrowsAny<ArgumentException>(() => ElasticNetEstimator.Fit(problem.X, problem.Y, -1, 1, problem.Options, workspace, coefficients));
        ElasticNetFit fit = ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, problem.Options, workspace, coefficients);
        Assert.InRange(fit.RelativeGap, 0, 1e-12);
    }

    [Fact]
    public void A_disposed_workspace_serves_no_call()
    {
        Problem problem = Sample.With(options => options);
        Workspace workspace = new();
        workspace.Dispose();
        workspace.Dispose();
        Assert.Throws<ObjectDisposedException>(
            () => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, problem.Options, workspace, new double[problem.Columns]));
    }

    [Fact]
    public void Options_and_workspace_are_asked_for_by_name()
    {
        Problem problem = Sample.With(options => options);
        using Workspace workspace = new();
        double[] coefficients = new double[problem.Columns];
        Assert.Throws<ArgumentNullException>("options", () => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, null!, workspace, coefficients));
        Assert.Throws<ArgumentNullException>("options", () => ElasticNetEstimator.Path(problem.X, problem.Y, 1, null!, workspace, new ElasticNetFit[1], coefficients));
        Assert.Throws<ArgumentNullException>("workspace", () => ElasticNetEstimator.Fit(problem.X, problem.Y, 0.1, 1, problem.Options, null!, coefficients));
    }

    /// <summary>A workspace carries no answer from one problem into the next.</summary>
    [Fact]
    public void A_used_workspace_gives_the_same_bits()
    {
        using Workspace used = new();
        (int, int)[] shapes = [(12, 4), (40, 3), (5, 60), (12, 4), (300, 20), (1, 2), (12, 4)];
        foreach ((int rows, int columns) in shapes)
        {
            Problem problem = Sample.Good(rows, columns);
            double[] coefficients = new double[columns];
            ElasticNetFit fit = ElasticNetEstimator.Fit(problem.X, problem.Y, 0.02, 0.7, problem.Options, used, coefficients);
            Solution fresh = problem.Fit(0.02, 0.7);
            Assert.Equal(fresh.Coefficients, coefficients);
            Assert.Equal(fresh.Fit with { Trace = default }, fit with { Trace = default });
        }
    }
}
