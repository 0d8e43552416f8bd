using ElasticNet.Fast.Data;
using ElasticNet.Fast.Designs;

namespace ElasticNet.Fast.Paths;

/// <summary>
/// Several responses whose penalty does not tie them together are so many problems of one response: a path for each at the same λ,
/// put together. The gap of all is the sum of theirs.
/// </summary>
/// <param name="limits">Of each path.</param>
internal sealed unsafe class ResponsePaths(SolverLimits limits) : IDisposable
{
    /// <summary>Solves each response's problem.</summary>
    public PathContext Single { get; } = new(limits);

    /// <summary>Runs all paths and hands their points over together.</summary>
    /// <returns>The number of λ solved.</returns>
    public int Run(StackedDesign x, in TrainingRows rows, ElasticNetOptions options, scoped PathRequest request, PathSink sink)
    {
        int outputs = x.Outputs, each = x.Features.Rows, counted = CountRows(rows, each);
        // Of what ties the coefficients of a feature together nothing is left, where there is no l1 term or no penalty.
        ElasticNetOptions single = options with { Family = Family.Gaussian, StackedColumns = 0 };
        Part[] parts = new Part[outputs];
        double largest = 0;
        double[]? grid = request.Lambdas.IsEmpty ? null : request.Lambdas.ToArray();
        for (int k = 0; k < outputs && grid is null; k++)
        {
            Part first = new();
            Single.Run(x.Features, rows.Part(k, each), single, RequestOf(request, [], 1), first);
            largest = Math.Max(largest, first.LambdaMax);
        }

        if (grid is null)
        {
            grid = new double[request.LambdaCount];
            int count = LambdaGrid.Fill(grid, request.LambdaCount, largest, request.LambdaMinRatio ?? LambdaGrid.DefaultRatio(counted, x.Features.Columns));
            Array.Resize(ref grid, count);
        }
        else
            Array.Resize(ref grid, LambdaGrid.Normalize(grid));

        request.Report?.Correct(grid.Length - request.Planned);
        double[] norms = new double[outputs];
        for (int k = 0; k < outputs; k++)
        {
            parts[k] = new();
            Single.Run(x.Features, rows.Part(k, each), single, RequestOf(request, grid, grid.Length), parts[k]);
            norms[k] = Single.ResponseNorm;
            largest = k == 0 ? parts[k].LambdaMax : Math.Max(largest, parts[k].LambdaMax);
        }

        sink.Begin(new()
        {
            L1Ratio = request.L1Ratio,
            LambdaMax = largest,
            Lambdas = grid,
            Rows = counted,
            Outputs = outputs,
            Deviations = parts[0].Deviations,
        });
        // In units of the largest, so that squares are numbers whatever the units of y.
        double unit = norms.Max();
        Joint joint = new(x, parts, Array.ConvertAll(norms, norm => unit == 0 ? 0 : norm / unit * (norm / unit)), largest, options.Intercept);
        for (int l = 0; l < grid.Length && !sink.IsSated; l++)
        {
            joint.Join(l);
            sink.Record(joint.Fit, joint.Columns, joint.Values);
            request.Report?.Advance();
        }

        return grid.Length;
    }

    public void Dispose() => Single.Dispose();

    // What other paths have measured is about stacked columns.
    private static PathRequest RequestOf(scoped in PathRequest request, ReadOnlySpan<double> lambdas, int planned) => new()
    {
        L1Ratio = request.L1Ratio,
        Lambdas = lambdas,
        LambdaCount = planned,
        DegreesOfFreedom = request.DegreesOfFreedom,
        CoefficientsOnly = request.CoefficientsOnly,
        Planned = planned,
        CancellationToken = request.CancellationToken,
    };

    private static int CountRows(in TrainingRows rows, int each)
    {
        int count = 0;
        for (int i = 0; i < each; i++)
            count += rows.Has(i) && (rows.Weights == null || rows.Weights[i] > 0) ? 1 : 0;
        return count;
    }

    /// <summary>The path of one response.</summary>
    private sealed class Part : PathSink
    {
        public double LambdaMax { get; private set; }

        public double[] Deviations { get; private set; } = [];

        public List<(ElasticNetFit Fit, int[] Features, double[] Coefficients)> Points { get; } = [];

        public override void Begin(in PathStart start) => (LambdaMax, Deviations) = (start.LambdaMax, start.Deviations.ToArray());

        public override void Record(in ElasticNetFit fit, ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients) =>
            Points.Add((fit, features.ToArray(), coefficients.ToArray()));
    }

    /// <summary>The points of all responses at one λ as a point of the stacked problem.</summary>
    private sealed class Joint(StackedDesign x, Part[] parts, double[] nulls, double lambdaMax, bool hasIntercepts)
    {
        private readonly List<int> _columns = [];
        private readonly List<double> _values = [];
        private readonly int[] _at = new int[parts.Length];

        public ElasticNetFit Fit { get; private set; }

        public ReadOnlySpan<int> Columns => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_columns);

        public ReadOnlySpan<double> Values => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values);

        public void Join(int l)
        {
            _columns.Clear();
            _values.Clear();
            Array.Clear(_at);
            int features = 0;
            while (Next(l) is var feature && feature < int.MaxValue)
            {
                features++;
                for (int k = 0; k < parts.Length; k++)
                {
                    (_, int[] own, double[] values) = parts[k].Points[l];
                    if (_at[k] == own.Length || own[_at[k]] != feature)
                        continue;
                    _columns.Add(feature * parts.Length + k);
                    _values.Add(values[_at[k]++]);
                }
            }

            double total = nulls.Sum(), gap = 0, ratio = 0, violation = 0, freedom = 0;
            SolveTrace trace = parts[0].Points[l].Fit.Trace;
            for (int k = 0; k < parts.Length; k++)
            {
                ElasticNetFit fit = parts[k].Points[l].Fit;
                if (hasIntercepts && fit.Intercept != 0)
                {
                    _columns.Add(x.InterceptOf(k));
                    _values.Add(fit.Intercept);
                }

                gap += total > 0 ? fit.RelativeGap * (nulls[k] / total) : 0;
                ratio += total > 0 ? fit.DevianceRatio * (nulls[k] / total) : 0;
                double unit = parts[k].LambdaMax == 0 ? 1 : parts[k].LambdaMax;
                violation = Math.Max(violation, fit.KktResidual * unit / (lambdaMax == 0 ? 1 : lambdaMax));
                freedom += fit.DegreesOfFreedom;
                trace = k == 0 ? trace : Sum(trace, fit.Trace);
            }

            Fit = parts[0].Points[l].Fit with
            {
                Intercept = 0,
                NonZeroCount = features,
                DegreesOfFreedom = freedom,
                DevianceRatio = ratio,
                RelativeGap = gap,
                KktResidual = violation,
                Trace = trace,
            };
        }

        private int Next(int l)
        {
            int next = int.MaxValue;
            for (int k = 0; k < parts.Length; k++)
            {
                int[] own = parts[k].Points[l].Features;
                next = _at[k] < own.Length ? Math.Min(next, own[_at[k]]) : next;
            }

            return next;
        }

        private static SolveTrace Sum(in SolveTrace one, in SolveTrace other) => one with
        {
            Finisher = (FinishMethod)Math.Max((int)one.Finisher, (int)other.Finisher),
            FullPasses = one.FullPasses + other.FullPasses,
            ColumnsRead = one.ColumnsRead + other.ColumnsRead,
            WorkingSetSize = one.WorkingSetSize + other.WorkingSetSize,
            Sweeps = one.Sweeps + other.Sweeps,
            Solves = one.Solves + other.Solves,
            Factorizations = one.Factorizations + other.Factorizations,
            ConjugateSteps = one.ConjugateSteps + other.ConjugateSteps,
            MonotoneSteps = one.MonotoneSteps + other.MonotoneSteps,
            Shortfall = one.Shortfall ?? other.Shortfall,
            Elapsed = one.Elapsed + other.Elapsed,
        };
    }
}
