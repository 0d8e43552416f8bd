using System.Collections.Concurrent;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// k-fold cross-validation over a grid of mixings: for each ρ the path on all rows, which fixes the λ, and the path on each
/// fold's training rows at the same λ. All of them read the same X; a fold is a set of weights that are 0.
/// </summary>
internal sealed unsafe class CrossValidation<TDesign>
    where TDesign : struct, IDesign
{
    private readonly TDesign _design;
    private readonly double* _y;
    private readonly double* _weights;
    private readonly double* _offset;
    private readonly ElasticNetOptions _options;
    private readonly int[] _foldOf;
    private readonly int _folds;
    private readonly HeldOutRows<TDesign>[] _heldOut;
    private readonly ConcurrentBag<PathContext> _contexts = [];
    private readonly ProgressCounter? _progress;
    private readonly MixingRun[] _runs;

    public CrossValidation(in TDesign design, double* y, double* weights, double* offset, ElasticNetOptions options)
    {
        _design = design;
        _y = y;
        _weights = weights;
        _offset = offset;
        _options = options;
        CheckMixings(options);
        int n = design.Rows;
        _foldOf = FoldAssignment.Assign(options, n, weights == null ? default : new(weights, n), out _folds);
        _heldOut = new HeldOutRows<TDesign>[_folds];
        for (int k = 0; k < _folds; k++)
            _heldOut[k] = new(design, y, weights, offset, _foldOf, k, options.Measure);
        _progress = ProgressCounter.For(options, options.L1Ratios.Length * (_folds + 1) * PathRequest.Plan(options));
        _runs = new MixingRun[options.L1Ratios.Length];
        for (int r = 0; r < _runs.Length; r++)
            _runs[r] = new(options.L1Ratios.Span[r]);
    }

    public CrossValidationResult Run()
    {
        using FoldMoments shared = new();
        shared.Prepare(_design, _y, _weights, _offset, _foldOf, _folds, _options);
        try
        {
            ParallelWork.Run(_runs.Length * (_folds + 1), _options.MaxDegreeOfParallelism, item =>
            {
                MixingRun run = _runs[item / (_folds + 1)];
                int fold = item % (_folds + 1) - 1;
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
        GridSink sink = new(_design.Columns, run, _folds);
        PathRequest request = PathRequest.From(_options, run.L1Ratio, _progress);
        if (shared.Total is { } total)
            context.Run(total, shared.Scaling, shared.Datafit, _options, request, ref sink);
        else
            context.Run(_design, _y, _weights, _offset, null, -1, _options, request, ref sink);
        run.Path = new(sink.Points, run.L1Ratio, sink.LambdaMax, shared.Datafit.Rows, _design.Columns, _options.FeatureNames);
    }

    /// <summary>The path on the training rows of one fold, at the grid's λ.</summary>
    private void RunFold(MixingRun run, int fold, FoldMoments shared, PathContext context)
    {
        run.GridIsKnown.Wait();
        if (run.Lambdas is not { } lambdas)
            return; // the path on all rows has failed and says why
        PathRequest request = PathRequest.From(_options, run.L1Ratio, _progress) with { Lambdas = lambdas };
        FoldSink<TDesign> sink = new(_heldOut[fold], shared.HeldOut(fold, _options.Measure), run.Errors, fold);
        if (shared.TryTrain(fold, context, _options, request, ref sink))
            return;
        fixed (int* foldOf = _foldOf)
            context.Run(_design, _y, _weights, _offset, foldOf, fold, _options, request, ref sink);
    }

    private CrossValidationResult Conclude(FoldMoments shared)
    {
        double[] foldWeights = Array.ConvertAll(_heldOut, rows => rows.Weight);
        double nullError = shared.NullError(_design, _y, _weights, _offset, _foldOf, _heldOut, _options.Intercept);
        CrossValidationCurve[] curves = Array.ConvertAll(
            _runs, run => ErrorCurve.Summarize(run.L1Ratio, run.Lambdas!, run.Errors, foldWeights, nullError, run.Path!));
        Choice choice = Choice.Of(curves);
        CrossValidationCurve best = curves[choice.Curve];
        int chosen = _options.Selection == LambdaSelection.Minimum ? choice.Minimum : choice.OneStandardError;
        double lambdaMin = best.Points[choice.Minimum].Lambda, lambda1Se = best.Points[choice.OneStandardError].Lambda;
        CrossValidationPoint[] points = [.. curves.SelectMany(curve => curve.Points)];
        ElasticNetModel model = ModelFactory.Create(
            best.Path[chosen], shared.Scaling, shared.Datafit.Rows, _options, new(_folds, lambdaMin, lambda1Se, points));
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
