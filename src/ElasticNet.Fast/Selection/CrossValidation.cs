using CommunityToolkit.HighPerformance;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Moments;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// k-fold cross-validation over a grid of mixings, repeated with other folds where asked for: for each ρ the path on all rows,
/// which fixes the λ, and the path on each fold's training rows at the same λ. A fold is a set of weights that are 0; all folds
/// read the same X unless it had to be learnt from their training rows.
/// </summary>
internal sealed unsafe class CrossValidation
{
    private readonly IFoldProblems _problems;
    private readonly TrainingRows _rows;
    private readonly ElasticNetOptions _options;
    private readonly FoldLayout[] _given;
    private readonly FoldLayout[] _layouts;
    private readonly int _folds;
    private readonly HeldOutMeasure _measure;
    private readonly HeldOutRows[] _heldOut;
    private readonly FoldMemory _memory;
    private KnownScales? _scales;
    private readonly WorkCrew _crew = new();
    private readonly ProgressCounter? _progress;
    private readonly MixingRun[] _runs;
    private readonly int[] _finished;

    /// <param name="problems">What is fitted on all rows and in each fold.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="layouts">The folds of each repeat; of rows that lie there several times those of one copy.</param>
    /// <param name="memory">Whose contents do not matter.</param>
    public CrossValidation(
        IFoldProblems problems, in TrainingRows rows, FoldLayout[] layouts, FoldMemory memory)
    {
        _memory = memory;
        _problems = problems;
        _options = problems.Whole.Options;
        _rows = rows;
        CheckMixings(_options);
        _given = layouts;
        int outputs = rows.Outputs;
        _layouts = Array.ConvertAll(layouts, folds => folds.Repeat((problems.Preparation?.Options.Copies ?? 1) * outputs));
        _folds = layouts[0].Folds.Length;
        _measure = HeldOutMeasure.Of(_options.MeasureUsed, _options.Family, outputs);
        _heldOut = [.. _layouts.SelectMany(repeat => HeldOutRows.Collect(_rows, repeat, _measure))];
        _progress = ProgressCounter.For(_options, _options.L1Ratios.Count * (_heldOut.Length + 1) * PathRequest.Plan(_options));
        _runs = Array.ConvertAll(_options.L1Ratios.ToArray(), l1Ratio => new MixingRun(l1Ratio));
        _finished = new int[_heldOut.Length];
    }

    /// <summary>Whether the result is to say what each fold selects.</summary>
    public bool KeepsSupports { get; init; }

    public CrossValidationResult Run()
    {
        FoldMoments shared = _memory.Shared;
        _crew.Resize(_options.MaxDegreeOfParallelism);
        shared.Prepare(_crew, _problems.Whole.Design, _rows, _options);
        using KnownScales scales = new();
        _scales = scales;
        scales.Keep(-1, shared.Scaling);
        if (_measure.IsKnownToMoments)
            shared.Datafit.CheckSquares();
        try
        {
            for (int repeat = 0; repeat < _layouts.Length; repeat++)
            {
                if (_problems.ShareDesign)
                    shared.Accumulate(_crew, _problems.Whole.Design, _layouts[repeat]);
                Run(repeat, shared);
            }
        }
        catch (OperationCanceledException cause) when (_options.CancellationToken.IsCancellationRequested)
        {
            throw Cancelled(shared, cause);
        }

        return Conclude(shared, Array.ConvertAll(_heldOut, rows => rows.Weight), _folds);
    }

    // Folds that all mixings have finished are worth as much as ever; two of them make a curve.
    private UnfinishedException<CrossValidationResult> Cancelled(FoldMoments shared, OperationCanceledException cause)
    {
        double[] weights = [.. _heldOut.Zip(_finished, (rows, mixings) => mixings == _runs.Length ? rows.Weight : 0)];
        int different = Enumerable.Range(0, _folds).Count(fold => Enumerable.Range(0, _layouts.Length).Any(repeat => weights[repeat * _folds + fold] > 0));
        bool enough = different > 1 && Array.TrueForAll(_runs, run => run.Path is not null);
        return new("The cross-validation", weights.Count(weight => weight > 0), weights.Length, "folds", enough ? Conclude(shared, weights, different) : null, cause);
    }

    private static void CheckMixings(ElasticNetOptions options)
    {
        if (options.L1Ratios.IsEmpty)
            Throw.Length(nameof(options.L1Ratios), 0, "have at least one mixing to try");
        foreach (double l1Ratio in options.L1Ratios.Span)
            ValidOptions.CheckL1Ratio(nameof(options.L1Ratios), l1Ratio);
    }

    /// <summary>The folds of one repeat; the first repeat does the paths on all rows too.</summary>
    private void Run(int repeat, FoldMoments shared)
    {
        int columns = _problems.Whole.Design.Columns;
        // Several responses are so many paths, each of which makes its own passes.
        bool together = _problems.ShareDesign && !shared.IsTaken && (_rows.Outputs == 1 || !_options.Family.Link.IsIdentity || (_options.HasGroups && !_options.L1Ratios.Span.Contains(0))) && !PathContext.IsTall(shared.Datafit.Rows, _problems.Whole.Design);
        int[][] groups = together
            ? PathGroup.Part(_folds, (_crew.Degree + _runs.Length - 1) / _runs.Length, shared.Datafit.Rows, columns)
            : [.. Enumerable.Range(0, _folds).Select(fold => new[] { fold })];
        Pool<PathGroup> pathGroups = _memory.Groups;
        int first = repeat == 0 ? -1 : 0;
        // All mixings of one fold follow each other, so that what a fold learnt need not be kept for long.
        ParallelWork.Run(_runs.Length * (groups.Length - first), _crew.Degree, item =>
        {
            MixingRun run = _runs[item % _runs.Length];
            int group = item / _runs.Length + first;
            try
            {
                if (group < 0)
                    _memory.Workers.With(worker => RunAll(run, shared, worker));
                else if (run.WaitForGrid() is not { } lambdas)
                    return; // the path on all rows has failed and says why
                else if (together)
                    pathGroups.With(paths => RunFolds(run, lambdas, repeat, groups[group], shared, paths));
                else
                    _memory.Workers.With(worker => RunFold(run, lambdas, repeat, groups[group][0], shared, worker));
            }
            finally
            {
                // Whatever happened, nobody waits for a grid that will not come.
                run.GridIsKnown.Set();
            }
        });
    }

    /// <summary>The path on all rows; its λ are everybody's.</summary>
    private void RunAll(MixingRun run, FoldMoments shared, FoldWorker worker)
    {
        Design design = _problems.Whole.Design;
        MixingRun.Sink sink = new(run, _heldOut.Length);
        PathRequest request = PathRequest.From(_options, run.L1Ratio, _progress) with
        {
            DegreesOfFreedom = _options.DegreesOfFreedom ?? true,
            Scales = _scales,
            Fold = -1,
        };
        if (shared.IsTaken)
            worker.Context.Run(shared.Whole, design, _rows, _options, request, sink);
        else
            worker.Context.Run(design, _rows, _options, request, sink);
        run.Path = sink.ToPath(_options.NamesGiven, _problems.Preparation, _options.OutputNames);
    }

    /// <summary>What folds that share X have measured serves every mixing.</summary>
    private PathRequest FoldRequest(MixingRun run, double[] lambdas, int index) => PathRequest.From(_options, run.L1Ratio, _progress) with
    {
        Lambdas = lambdas,
        CoefficientsOnly = true,
        Scales = _problems.ShareDesign && _runs.Length > 1 ? _scales : null,
        Fold = index,
    };

    /// <summary>The path on the training rows of one fold, at the grid's λ.</summary>
    private void RunFold(MixingRun run, double[] lambdas, int repeat, int fold, FoldMoments shared, FoldWorker worker)
    {
        int index = repeat * _folds + fold;
        PathRequest request = FoldRequest(run, lambdas, index);
        FoldProblem problem = _problems.Take(index);
        try
        {
            worker.Models.Clear();
            FoldSink sink = new(worker.Models);
            bool fromMoments = shared.TryTrain(fold, problem.Options.Intercept, out TrainingMoments training);
            fixed (int* partOf = _layouts[repeat].PartOf)
            {
                if (fromMoments)
                    worker.Context.Run(training, problem.Design, _rows.Of(partOf, _layouts[repeat].Folds[fold]), problem.Options, request, sink);
                else
                    worker.Context.Run(problem.Design, _rows.Of(partOf, _layouts[repeat].Folds[fold]), problem.Options, request, sink);
            }

            Span<double> errors = run.Errors.GetRowSpan(index);
            if (fromMoments && _measure.IsKnownToMoments
                && HeldOutMoments.Pay(problem.Design.Columns, _heldOut[index].Count, worker.Models))
                shared.Evaluate(worker.HeldOut, fold, worker.Models, errors);
            else
                errors.Fill(double.NaN);
            // Moments know the error without a look at the rows, but not to the last digit of a nearly perfect fit.
            if (errors.Contains(double.NaN))
                _heldOut[index].Evaluate(problem.Design, worker.Models, errors);
            Keep(run, index, worker.Models);
            Interlocked.Increment(ref _finished[index]);
        }
        finally
        {
            _problems.Return(index, _runs.Length);
        }
    }

    /// <summary>The paths of several folds that share X.</summary>
    private void RunFolds(MixingRun run, double[] lambdas, int repeat, int[] folds, FoldMoments shared, PathGroup group)
    {
        Design design = _problems.Whole.Design;
        double* shift = shared.Scaling.Center;
        int at = repeat * _folds;
        ModelList[] models = Array.ConvertAll(folds, _ => new ModelList());
        int taken = 0;
        try
        {
            fixed (int* partOf = _layouts[repeat].PartOf)
            {
                for (; taken < folds.Length; taken++)
                {
                    FoldProblem problem = _problems.Take(at + folds[taken]);
                    PathContext context = group.Next();
                    ColumnEquations equations = context.Start(
                        problem.Design, _rows.Of(partOf, _layouts[repeat].Folds[folds[taken]]), problem.Options, FoldRequest(run, lambdas, at + folds[taken]));
                    FoldSink fold = new(models[taken]);
                    group.Add(context, equations, shift, fold);
                }
            }

            group.Run(design, shift);
            for (int k = 0; k < folds.Length; k++)
            {
                _heldOut[at + folds[k]].Evaluate(design, models[k], run.Errors.GetRowSpan(at + folds[k]));
                Keep(run, at + folds[k], models[k]);
                Interlocked.Increment(ref _finished[at + folds[k]]);
            }
        }
        finally
        {
            group.Clear();
            foreach (int fold in folds.AsSpan(0, taken))
                _problems.Return(at + fold, _runs.Length);
        }
    }

    private void Keep(MixingRun run, int fold, ModelList models)
    {
        if (KeepsSupports)
            run.Supports[fold] = models.Supports();
    }

    /// <summary>The features of a support, which of several outputs has a column for each of them, and intercepts behind.</summary>
    private int[] Features(int[] support, int count) =>
        _rows.Outputs == 1 ? support : [.. support.Select(column => column / _rows.Outputs).Where(feature => feature < count).Distinct()];

    private CrossValidationResult Conclude(FoldMoments shared, double[] foldWeights, int countedFolds)
    {
        double nullError = Enumerable.Range(0, _layouts.Length)
            .Where(repeat => foldWeights.AsSpan(repeat * _folds, _folds).ContainsAnyExcept(0))
            .Average(repeat => shared.NullError(_rows, _layouts[repeat], _heldOut.AsSpan(repeat * _folds, _folds), foldWeights.AsSpan(repeat * _folds, _folds)));
        CrossValidationCurve[] curves = Array.ConvertAll(_runs, run => ErrorCurve.Summarize(run, _folds, foldWeights, nullError, _measure.Measure));
        Choice choice = Choice.Of(curves, _measure.Measure);
        CrossValidationCurve best = curves[choice.Curve];
        int chosen = _options.Selection == LambdaSelection.Minimum ? choice.Minimum : choice.OneStandardError;
        double lambdaMin = best.Points[choice.Minimum].Lambda, lambda1Se = best.Points[choice.OneStandardError].Lambda;
        CrossValidationPoint[] points = [.. curves.SelectMany(curve => curve.Points)];
        BaselineHazard? baseline = _rows.Survival is null ? null : Baseline.Of(_problems.Whole.Design, _rows, _options.Family, best.Path[chosen].Coefficients);
        ElasticNetModel model = ModelFactory.Create(
            best.Path[chosen], best.Path, _options, new(countedFolds, lambdaMin, lambda1Se, points), baseline);
        return new(model, curves, choice.Curve, lambdaMin, lambda1Se, _measure.Measure, _given)
        {
            FoldSupports = KeepsSupports ? Array.ConvertAll(_runs[choice.Curve].Supports, supports => Features(supports?[choice.Minimum] ?? [], best.Path.FeatureCount)) : null,
        };
    }
}
