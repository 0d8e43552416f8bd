using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Learns <see cref="ChainedEquations"/> from the training rows: columns in the order of their gaps, fewest first, columns without
/// gaps among them, because rows to come may have some there. Where all weights are the same this is scikit-learn's IterativeImputer with
/// BayesianRidge, initial mean, ascending order and no posterior samples.
/// </summary>
internal sealed unsafe class ChainedEquationsLearner : ChainedRegressions
{
    private readonly AlignedBuffer<double> _previous = new();

    private ChainedEquationsLearner(PreparationOptions options, double[] starts, int rows, double[] weights, IColumnRegression regression)
        : base(options, starts, rows, weights, target: null, regression)
    {
    }

    /// <summary>Learns the equations.</summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="options">The options; their inputs are not null.</param>
    /// <param name="facts">What the training rows say of each input: where its gaps start.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each.</param>
    /// <param name="regression">What columns are regressed by; disposed of.</param>
    /// <param name="cancellationToken">Stops the work between two regressions.</param>
    /// <exception cref="ArgumentException">Squares of a column leave the range of double.</exception>
    public static ChainedEquations Learn<T>(
        MatrixView<T> raw, PreparationOptions options, ReadOnlySpan<ColumnFacts> facts, double[] weights, IColumnRegression regression,
        CancellationToken cancellationToken)
        where T : unmanaged
    {
        double[] starts = new double[facts.Length];
        for (int j = 0; j < starts.Length; j++)
            starts[j] = facts[j].Fill;
        using ChainedEquationsLearner learner = new(options, starts, raw.Rows, weights, regression);
        fixed (T* origin = raw)
            learner.Take(new RawTable<T>(raw, origin));
        return learner.Run(cancellationToken);
    }

    private ChainedEquations Run(CancellationToken cancellationToken)
    {
        int count = Numbers.Length, width = count + 1;
        int[] order = ByGaps();
        double threshold = Options.Iterative.Tolerance * Largest();
        if (count < 2)
            return new(order, Starts, Lower, Upper, [], new(0, Converged: true, 0, threshold), Donors, Donors > 0 ? [.. Matches] : []);

        List<double[]> rounds = [];
        ImputationConvergence convergence = default;
        nint cells = (nint)Rows * count;
        double* previous = _previous.Require(cells);
        while (!convergence.Converged && rounds.Count < Options.Iterative.MaxRounds)
        {
            Buffer.MemoryCopy(Column(0), previous, cells * sizeof(double), cells * sizeof(double));
            double[] equations = new double[order.Length * width];
            for (int k = 0; k < order.Length; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Step(order[k], equations.AsSpan(k * width, width));
            }

            rounds.Add(equations);
            double change = Change(previous);
            convergence = new(rounds.Count, change < threshold || change == 0, change, threshold);
        }

        if ((long)rounds.Count * order.Length * width > Array.MaxLength)
            Throw.Data("x", Throw.Invariant($"'x' must have fewer columns where numbers are imputed by regressions, but {rounds.Count} rounds of {order.Length} equations of {width} numbers are more than {Array.MaxLength}; impute the mean or the median."));
        return new(order, Starts, Lower, Upper, [.. rounds.SelectMany(round => round)], convergence, Donors, Donors > 0 ? [.. Matches.ToArray().Select(table => table.Collapsed())] : []);
    }

    /// <summary>The largest sum over a row of |change|.</summary>
    private double Change(double* previous)
    {
        double largest = 0;
        for (int i = 0; i < Rows; i++)
        {
            double sum = 0;
            for (int j = 0; j < Numbers.Length; j++)
                sum += Math.Abs(Column(j)[i] - previous[(nint)j * Rows + i]);
            largest = Math.Max(largest, sum);
        }

        return largest;
    }

    /// <summary>The largest absolute value that is not missing.</summary>
    private double Largest()
    {
        double largest = 0;
        for (int column = 0; column < Numbers.Length; column++)
        {
            ReadOnlySpan<bool> gaps = Gaps(column);
            for (int i = 0; i < Rows; i++)
                largest = gaps[i] ? largest : Math.Max(largest, Math.Abs(Column(column)[i]));
        }

        return largest;
    }

    public override void Dispose()
    {
        base.Dispose();
        _previous.Dispose();
    }
}
