using System.Collections.Concurrent;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// k-fold cross-validation over a grid of mixings: for each ρ the path on all rows, which fixes the λ, and the path on each
/// fold's training rows at the same λ. A fold is a set of weights that are 0; all folds read the same X unless it had to be
/// learnt from their training rows.
/// </summary>
internal sealed unsafe class CrossValidation<TDesign>
    where TDesign : struct, IDesign
{
    private readonly IFoldProblems<TDesign> _problems;
    private readonly int _rows;
    private readonly double* _y;
    private readonly double* _weights;
    private readonly double* _offset;
    private readonly ElasticNetOptions _options;
    private readonly int[] _foldOf;
    private readonly int _folds;
    private readonly HeldOutRows[] _heldOut;
    private readonly ConcurrentBag<PathContext> _contexts = [];
    private readonly ProgressCounter? _progress;
    private readonly MixingRun[] _runs;

    public CrossValidation(
        IFoldProblems<TDesign> problems, double* y, double* weights, double* offset, int[] foldOf, int folds)
    {
        _problems = problems;
        _options = problems.Whole.Options;
        _rows = problems.Whole.Design.Rows;
        _y = y;
        _weights = weights;
        _offset = offset;
        CheckMixings(_options);
        _foldOf = foldOf;
        _folds = folds;
        _heldOut = new HeldOutRows[_folds];
        for (int k = 0; k < _folds; k++)
            _heldOut[k] = new(y, weights, offset, _foldOf, k, _options.Measure);
        _progress = ProgressCounter.For(_options, _options.L1Ratios.Length * (_folds + 1) * PathRequest.Plan(_options));
        _runs = new MixingRun[_options.L1Ratios.Length];
        for (int r = 0; r < _runs.Length; r++)
            _runs[r] = new(_options.L1Ratios.Span[r]);
    }

    public CrossValidationResult Run()
    {
        using FoldMoments shared = new();
        FoldProblem<TDesign> whole = _problems.Whole;
        shared.Prepare(whole.Design, _y, _weights, _offset, _foldOf, _folds, _problems.ShareDesign, _options);
        try
        {
            // All mixings of one fold follow each other, so that what a fold learnt need not be kept for long.
            ParallelWork.Run(_runs.Length * (_folds + 1), _options.MaxDegreeOfParallelism, item =>
            {
                MixingRun run = _runs[item % _runs.Length];
                int fold = item / _runs.Length - 1;
                PathContext? context = null;
                try
                {
                    if (!_contexts.TryTake(out context))
                        context = new(SolverLimits.Default);
                    if (fold < 0)
                        RunAll(run, shared, context);
                    else
                        RunFold(run, fold, shared, context);
                }
                finally
                {
                    // Whatever happened, nobody waits for a grid that will not come.
                    run.GridIsKnown.Set();
                    if (context is not null)
                        _contexts.Add(context);
                }
            });
        }
        finally
        {
            foreach (PathContext context in _contexts)
                context.Dispose();
        }

        return Conclude(shared);
    }

    private static void CheckMixings(ElasticNetOptions options)
    {
        if (options.L1Ratios.IsEmpty)
            Throw.Length(nameof(options.L1Ratios), 0, "have at least one mixing to try");
        foreach (double l1Ratio in options.L1Ratios.Span)
            ValidOptions.CheckL1Ratio(nameof(options.L1Ratios), l1Ratio);
    }

    /// <summary>The path on all rows; its λ are everybody's.</summary>
    private void RunAll(MixingRun run, FoldMoments shared, PathContext context)
    {
        TDesign design = _problems.Whole.Design;
        GridSink sink = new(design.Columns, run, _folds);
        PathRequest request = PathRequest.From(_options, run.L1Ratio, _progress);
        if (shared.Total is { } total)
            context.Run(total, shared.Scaling, shared.Datafit, _options, request, ref sink);
        else
            context.Run(design, _y, _weights, _offset, null, -1, _options, request, ref sink);
        run.Path = new(sink.Points, run.L1Ratio, sink.LambdaMax, shared.Datafit.Rows, design.Columns, _options.FeatureNames, _problems.Preparation);
    }

    /// <summary>The path on the training rows of one fold, at the grid's λ.</summary>
    private void RunFold(MixingRun run, int fold, FoldMoments shared, PathContext context)
    {
        run.GridIsKnown.Wait();
        if (run.Lambdas is not { } lambdas)
            return; // the path on all rows has failed and says why
        PathRequest request = PathRequest.From(_options, run.L1Ratio, _progress) with { Lambdas = lambdas, DegreesOfFreedom = false };
        FoldProblem<TDesign> problem = _problems.Take(fold);
        try
        {
            FoldSink<TDesign> sink = new(problem.Design, _heldOut[fold], shared.HeldOut(fold, _options.Measure), run.Errors, fold);
            if (shared.TryTrain(fold, context, problem.Options, request, ref sink))
                return;
            fixed (int* foldOf = _foldOf)
                context.Run(problem.Design, _y, _weights, _offset, foldOf, fold, problem.Options, request, ref sink);
        }
        finally
        {
            _problems.Return(fold, _runs.Length);
        }
    }

    private CrossValidationResult Conclude(FoldMoments shared)
    {
        double[] foldWeights = Array.ConvertAll(_heldOut, rows => rows.Weight);
        double nullError = FoldMoments.NullError(_rows, _y, _weights, _offset, _foldOf, _heldOut, _options.Intercept);
        CrossValidationCurve[] curves = Array.ConvertAll(
            _runs, run => ErrorCurve.Summarize(run.L1Ratio, run.Lambdas!, run.Errors, foldWeights, nullError, run.Path!));
        Choice choice = Choice.Of(curves);
        CrossValidationCurve best = curves[choice.Curve];
        int chosen = _options.Selection == LambdaSelection.Minimum ? choice.Minimum : choice.OneStandardError;
        double lambdaMin = best.Points[choice.Minimum].Lambda, lambda1Se = best.Points[choice.OneStandardError].Lambda;
        CrossValidationPoint[] points = [.. curves.SelectMany(curve => curve.Points)];
        ElasticNetModel model = ModelFactory.Create(
            best.Path[chosen], shared.Scaling, shared.Datafit.Rows, _options, new(_folds, lambdaMin, lambda1Se, points), _problems.Preparation);
        return new(model, curves, choice.Curve, lambdaMin, lambda1Se, _options.Measure, _foldOf);
    }

    /// <summary>What is known of one ρ.</summary>
    private sealed class MixingRun(double l1Ratio)
    {
        public double L1Ratio { get; } = l1Ratio;

        public ManualResetEventSlim GridIsKnown { get; } = new();

        public double[]? Lambdas { get; set; }

        public double[,] Errors { get; set; } = new double[0, 0];

        public RegularizationPath? Path { get; set; }
    }

    /// <summary>Keeps the path and tells the folds its λ as soon as they are known.</summary>
    private struct GridSink(int columns, MixingRun run, int folds) : IPathSink
    {
        private PointSink _points = new(columns);

        public readonly PathPoint[] Points => _points.Points;

        public readonly double LambdaMax => _points.LambdaMax;

        public void Begin(double lambdaMax, ReadOnlySpan<double> lambdas)
        {
            _points.Begin(lambdaMax, lambdas);
            run.Errors = new double[folds, lambdas.Length];
            run.Lambdas = lambdas.ToArray();
            run.GridIsKnown.Set();
        }

        public void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
            _points.Record(fit, features, coefficients);
    }
}
