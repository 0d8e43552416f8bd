using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Learns <see cref="ChainedEquations"/> from the training rows, those of positive weight: columns in the order of their gaps,
/// fewest first, columns without gaps among them, because rows to come may have some there.
/// </summary>
/// <remarks>
/// Weights are scaled to the mean 1 over the rows that have the column: what multiplies all of them changes nothing. Where all are
/// the same this is scikit-learn's IterativeImputer with BayesianRidge, initial mean, ascending order and no posterior samples.
/// </remarks>
internal sealed unsafe class ChainedEquationsLearner : IDisposable
{
    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<double> _previous = new();
    private readonly AlignedBuffer<double> _centred = new();
    private readonly BayesianRidge _ridge = new();
    private readonly PreparationOptions _options;
    private readonly int[] _numbers;
    private readonly int[] _training;
    private readonly double[] _weights;
    private readonly bool[] _missing;
    private readonly double[] _starts;
    private readonly double[] _lower;
    private readonly double[] _upper;

    private ChainedEquationsLearner(PreparationOptions options, ReadOnlySpan<ColumnFacts> facts, int rows, double[] weights)
    {
        _options = options;
        _numbers = Preparation.NumbersOf(options.Inputs!);
        _training = [.. Enumerable.Range(0, rows).Where(row => weights.Length == 0 || weights[row] > 0)];
        _weights = weights.Length == 0 ? [] : Array.ConvertAll(_training, row => weights[row]);
        _starts = new double[_numbers.Length];
        for (int k = 0; k < _starts.Length; k++)
            _starts[k] = facts[_numbers[k]].Fill;
        (_lower, _upper) = (new double[_numbers.Length], new double[_numbers.Length]);
        long cells = (long)_training.Length * _numbers.Length;
        if (cells > Array.MaxLength)
            Throw.Data("x", Throw.Invariant($"'x' must have at most {Array.MaxLength} numbers where they are imputed by regressions, but {_training.Length} training rows × {_numbers.Length} columns of numbers are more; impute the mean or the median."));
        _missing = new bool[cells];
    }

    /// <summary>Learns the equations.</summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="options">The options; their inputs are not null.</param>
    /// <param name="facts">What the training rows say of each input: where its gaps start.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each.</param>
    /// <param name="cancellationToken">Stops the work between two regressions.</param>
    /// <exception cref="ArgumentException">Squares of a column leave the range of double.</exception>
    public static ChainedEquations Learn<T>(
        MatrixView<T> raw, PreparationOptions options, ReadOnlySpan<ColumnFacts> facts, double[] weights, CancellationToken cancellationToken)
        where T : unmanaged
    {
        using ChainedEquationsLearner learner = new(options, facts, raw.Rows, weights);
        fixed (T* origin = raw)
            learner.Take(new RawTable<T>(raw, origin));
        return learner.Run(cancellationToken);
    }

    private int Rows => _training.Length;

    private double* Column(int column) => _values.Pointer + (nint)column * Rows;

    private Span<bool> Gaps(int column) => _missing.AsSpan(column * Rows, Rows);

    /// <summary>Takes the numbers of the training rows, gaps at their start.</summary>
    private void Take<T>(RawTable<T> table)
        where T : unmanaged
    {
        _values.Require((nint)Rows * _numbers.Length);
        IterativeImputationOptions limits = _options.Iterative;
        table.ForEachColumn(1, (input, values, _) =>
        {
            int column = Array.BinarySearch(_numbers, input);
            if (column < 0)
                return;
            (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int i = 0; i < Rows; i++)
            {
                double value = values[_training[i]];
                bool missing = double.IsNaN(value);
                Gaps(column)[i] = missing;
                Column(column)[i] = missing ? _starts[column] : value;
                if (!missing)
                    (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }

            bool clips = limits.ClipToObserved && least <= most;
            _lower[column] = clips ? Math.Max(least, limits.Minimum) : limits.Minimum;
            _upper[column] = clips ? Math.Max(_lower[column], Math.Min(most, limits.Maximum)) : limits.Maximum;
        }, CancellationToken.None);
    }

    private ChainedEquations Run(CancellationToken cancellationToken)
    {
        int count = _numbers.Length, width = count + 1;
        int[] gaps = [.. Enumerable.Range(0, count).Select(column => Gaps(column).Count(true))];
        int[] order = [.. Enumerable.Range(0, count).OrderBy(column => gaps[column])];
        double threshold = _options.Iterative.Tolerance * Largest();
        if (count < 2)
            return new(order, _starts, _lower, _upper, [], new(0, Converged: true, 0, threshold));

        List<double[]> rounds = [];
        ImputationConvergence convergence = default;
        nint cells = (nint)Rows * count;
        double* previous = _previous.Require(cells);
        while (!convergence.Converged && rounds.Count < _options.Iterative.MaxRounds)
        {
            Buffer.MemoryCopy(_values.Pointer, previous, cells * sizeof(double), cells * sizeof(double));
            double[] equations = new double[order.Length * width];
            for (int k = 0; k < order.Length; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<double> equation = equations.AsSpan(k * width, width);
                Regress(order[k], equation);
                Impute(order[k], equation);
            }

            rounds.Add(equations);
            double change = Change(previous);
            convergence = new(rounds.Count, change < threshold || change == 0, change, threshold);
        }

        if ((long)rounds.Count * order.Length * width > Array.MaxLength)
            Throw.Data("x", Throw.Invariant($"'x' must have fewer columns where numbers are imputed by regressions, but {rounds.Count} rounds of {order.Length} equations of {width} numbers are more than {Array.MaxLength}; impute the mean or the median."));
        return new(order, _starts, _lower, _upper, [.. rounds.SelectMany(round => round)], convergence);
    }

    /// <summary>The regression of a column on all others, over the rows that have it.</summary>
    private void Regress(int column, Span<double> equation)
    {
        equation.Clear();
        int[] rows = [.. Enumerable.Range(0, Rows).Where(i => !_missing[column * Rows + i])];
        if (rows.Length == 0)
        {
            // Only in a fold: see PreparationLearner.
            equation[0] = _starts[column];
            return;
        }

        int others = _numbers.Length - 1;
        double[] roots = Roots(rows);
        double[] coefficients = new double[others], means = new double[others + 1];
        nint stride = (rows.Length + 7) & ~7;
        double* centred = _centred.Require(stride * (others + 1));
        for (int k = 0; k <= others; k++)
        {
            int from = k == others ? column : k < column ? k : k + 1;
            means[k] = Centre(Column(from), rows, roots, centred + k * stride);
            if (!double.IsFinite(Kernel.Dot(centred + k * stride, centred + k * stride, rows.Length)))
                Throw.Data("x", Throw.Invariant($"'x' must have squares within the range of double where numbers are regressed on each other, but those of column {_numbers[from]} '{_options.Inputs![_numbers[from]].Name}' (counted from 0) are not; rescale it, or impute the median."));
        }

        double* y = centred + others * stride;
        _ridge.Fit(centred, stride, rows.Length, others, y, coefficients);
        double intercept = means[others];
        for (int k = 0; k < others; k++)
        {
            intercept -= coefficients[k] * means[k];
            equation[(k < column ? k : k + 1) + 1] = coefficients[k];
        }

        equation[0] = intercept;
    }

    /// <summary>Roots of the weights, which are scaled to the mean 1; empty where all are the same.</summary>
    private double[] Roots(int[] rows)
    {
        if (_weights.Length == 0)
            return [];
        double sum = 0;
        foreach (int row in rows)
            sum += _weights[row];
        double unit = rows.Length / sum;
        return Array.ConvertAll(rows, row => Math.Sqrt(_weights[row] * unit));
    }

    /// <summary>Takes out the rows and the mean, and multiplies by the roots of the weights. Returns the mean.</summary>
    private static double Centre(double* values, int[] rows, double[] roots, double* centred)
    {
        // From the first value on, so that large means cost no digits.
        double first = values[rows[0]], sum = 0, total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double weight = roots.Length == 0 ? 1 : roots[i] * roots[i];
            sum += weight * (values[rows[i]] - first);
            total += weight;
        }

        double mean = first + sum / total;
        for (int i = 0; i < rows.Length; i++)
            centred[i] = (values[rows[i]] - mean) * (roots.Length == 0 ? 1 : roots[i]);
        return mean;
    }

    private void Impute(int column, ReadOnlySpan<double> equation)
    {
        ReadOnlySpan<bool> gaps = Gaps(column);
        double[] row = new double[_numbers.Length];
        for (int i = 0; i < Rows; i++)
        {
            if (!gaps[i])
                continue;
            for (int j = 0; j < row.Length; j++)
                row[j] = Column(j)[i];
            Column(column)[i] = ChainedEquations.Clip(ChainedEquations.Evaluate(equation, row), _lower[column], _upper[column]);
        }
    }

    /// <summary>The largest sum over a row of |change|.</summary>
    private double Change(double* previous)
    {
        double largest = 0;
        for (int i = 0; i < Rows; i++)
        {
            double sum = 0;
            for (int j = 0; j < _numbers.Length; j++)
                sum += Math.Abs(Column(j)[i] - previous[(nint)j * Rows + i]);
            largest = Math.Max(largest, sum);
        }

        return largest;
    }

    /// <summary>The largest absolute value that is not missing.</summary>
    private double Largest()
    {
        double largest = 0;
        for (int k = 0; k < _missing.Length; k++)
            largest = _missing[k] ? largest : Math.Max(largest, Math.Abs(_values.Pointer[k]));
        return largest;
    }

    public void Dispose()
    {
        _values.Dispose();
        _previous.Dispose();
        _centred.Dispose();
        _ridge.Dispose();
    }
}
