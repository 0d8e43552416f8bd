using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Problems;

/// <summary>Fits and paths of columns that are features already: options are held against the data, X is pinned and opened, the path runs.</summary>
internal static unsafe class PathEngine
{
    /// <summary>A path of one λ.</summary>
    public static RegularizationPath FitPoint(
        in Features x, Target y, double lambda, double l1Ratio, ElasticNetOptions options, PathMemory memory, Preparation? preparation = null)
    {
        PointSink sink = new();
        FitOne(x, y, lambda, l1Ratio, options, memory, sink);
        return sink.ToPath(options.NamesGiven, preparation, options.OutputNames);
    }

    private static void FitOne(
        in Features x, Target y, double lambda, double l1Ratio, ElasticNetOptions options, PathMemory memory, PathSink sink)
    {
        ValidOptions.CheckLambda(nameof(lambda), lambda);
        ReadOnlySpan<double> lambdas = [lambda];
        PathRequest request = new()
        {
            L1Ratio = l1Ratio,
            Lambdas = lambdas,
            DegreesOfFreedom = options.DegreesOfFreedom ?? true,
            Planned = 1,
            Report = ProgressCounter.For(options, 1),
            CancellationToken = options.CancellationToken,
        };
        Run(x, y, options, request, memory, sink);
    }

    /// <summary>A path of one λ, its coefficients written to the caller's memory.</summary>
    public static ElasticNetFit Fit(
        in Features x, Target y, double lambda, double l1Ratio, ElasticNetOptions options, PathMemory memory, Span<double> coefficients)
    {
        fixed (double* start = coefficients)
        {
            SpanSink sink = memory.Spans.Start(1, start, coefficients.Length, x.Columns);
            FitOne(x, y, lambda, l1Ratio, options, memory, sink);
            return sink.Fits[0];
        }
    }

    /// <summary>What a path that was cancelled hands over.</summary>
    public static UnfinishedException<RegularizationPath> Unfinished(int finished, ElasticNetOptions options, RegularizationPath? path, OperationCanceledException cause) =>
        new("The path", finished, PathRequest.Plan(options), "λ", path, cause);

    /// <summary>The path that the options ask for.</summary>
    /// <exception cref="UnfinishedException{TResult}">The options' token was cancelled on the way.</exception>
    public static RegularizationPath FitPath(
        in Features x, Target y, double l1Ratio, ElasticNetOptions options, PathMemory memory, Preparation? preparation = null)
    {
        PointSink sink = new();
        try
        {
            RunPath(x, y, l1Ratio, options, memory, sink);
        }
        catch (OperationCanceledException cause) when (options.CancellationToken.IsCancellationRequested)
        {
            throw Unfinished(sink.Points.Length, options, sink.ToPath(options.NamesGiven, preparation, options.OutputNames), cause);
        }

        return sink.ToPath(options.NamesGiven, preparation, options.OutputNames);
    }

    /// <summary>The same into a sink; how many λ were solved.</summary>
    public static int RunPath(in Features x, Target y, double l1Ratio, ElasticNetOptions options, PathMemory memory, PathSink sink)
    {
        PathRequest request = PathRequest.From(options, l1Ratio, ProgressCounter.For(options, PathRequest.Plan(options)));
        return Run(x, y, options, request, memory, sink);
    }

    /// <summary>Checks, pins, and hands over to the path.</summary>
    private static int Run(in Features x, Target y, ElasticNetOptions options, scoped PathRequest request, PathMemory memory, PathSink sink)
    {
        ValidOptions.CheckL1Ratio("l1Ratio", request.L1Ratio);
        ValidOptions valid = ValidOptions.Check(options, x.Rows, x.Columns, y);
        memory.Context.Crew.Resize(options.MaxDegreeOfParallelism);
        fixed (double* doubles = x.Doubles, target = y.Values, weights = valid.Weights, offset = valid.Offset)
        fixed (float* singles = x.Singles)
        {
            using OpenFeatures open = new(x, doubles, singles, valid.Weights, memory);
            if (OutputRows.Of(y.Values, options, valid.Weights) is { } outputs)
                return RunOutputs(open.Design, outputs, options, request, memory, sink);
            TrainingRows rows = new(target, weights, offset, x.Rows, valid.Times);
            int solved = memory.Context.Run(open.Design, rows, options, request, sink);
            // A fit that becomes a model keeps what its curves need: only here are the rows at hand.
            if (valid.Times is not null && sink is PointSink { Points: [PathPoint point] } points)
                points.Baseline = Baseline.Of(open.Design, rows, options.Family, point.Coefficients);
            return solved;
        }
    }

    private static int RunOutputs(Design x, OutputRows outputs, ElasticNetOptions options, scoped PathRequest request, PathMemory memory, PathSink sink)
    {
        if (sink is SpanSink)
            throw new NotSupportedException($"Filling the caller's memory is not offered for the family {options.Family.Title}, whose models have an intercept and coefficients for each {options.Family.OutputNoun}: Fit and Path that return a model or a path are.");
        fixed (double* target = outputs.Response, weights = outputs.Weights, offset = outputs.Offset)
        {
            TrainingRows rows = new(target, weights, offset, outputs.Response.Length) { Outputs = outputs.Outputs };
            return memory.Context.Run(new StackedDesign(x, outputs.Outputs), rows, options, request, sink);
        }
    }
}
