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
    private readonly IColumnRegression _regression;
    private readonly PreparationOptions _options;
    private readonly int[] _numbers;
    private readonly int[] _training;
    private readonly double[] _weights;
    private readonly bool[] _missing;
    private readonly double[] _starts;
    private readonly double[] _lower;
    private readonly double[] _upper;
    private readonly double[]? _target;
    private Deviates _random;
    private bool _draws;
    private double _deviation;

    private ChainedEquationsLearner(PreparationOptions options, double[] starts, int rows, double[] weights, double[]? target, IColumnRegression regression)
    {
        _options = options;
        _numbers = Preparation.NumbersOf(options.Inputs!);
        _target = target;
        _regression = regression;
        _training = [.. Enumerable.Range(0, rows).Where(row => weights.Length == 0 || weights[row] > 0)];
        _weights = weights.Length == 0 ? [] : Array.ConvertAll(_training, row => weights[row]);
        _starts = Array.ConvertAll(_numbers, number => starts[number]);
        (_lower, _upper) = (new double[_numbers.Length], new double[_numbers.Length]);
        long cells = (long)_training.Length * Columns;
        if (cells > Array.MaxLength)
            Throw.Data("x", Throw.Invariant($"'x' must have at most {Array.MaxLength} numbers where they are imputed by regressions, but {_training.Length} training rows × {Columns} columns of numbers are more; impute the mean or the median."));
        _missing = new bool[cells];
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
        using ChainedEquationsLearner learner = new(options, starts, raw.Rows, weights, target: null, regression);
        fixed (T* origin = raw)
            learner.Take(new RawTable<T>(raw, origin));
        return learner.Run(cancellationToken);
    }

    /// <summary>
    /// Draws values for the gaps of the training rows from the posterior of the regressions, given all other numbers and the target:
    /// rounds of a Gibbs sampler over the columns with gaps.
    /// </summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="preparation">What was learnt from the same rows: options, and where gaps start.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each.</param>
    /// <param name="target">A value per row that takes part in every regression; null for none.</param>
    /// <param name="rounds">Rounds.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="columns">For each column of numbers where its values of all rows lie; those of the training rows' gaps are replaced.</param>
    /// <param name="cancellationToken">Stops the work between two regressions.</param>
    public static void Draw<T>(
        MatrixView<T> raw, Preparation preparation, double[] weights, double[]? target, int rounds, Deviates random, nint[] columns,
        CancellationToken cancellationToken)
        where T : unmanaged
    {
        double[] starts = Array.ConvertAll(preparation.Encodings.ToArray(), encoding => encoding.Fill);
        using ChainedEquationsLearner learner = new(preparation.Options, starts, raw.Rows, weights, target, new BayesianRidge()) { _random = random, _draws = true };
        fixed (T* origin = raw)
            learner.Take(new RawTable<T>(raw, origin));
        learner.Sample(rounds, cancellationToken);
        for (int k = 0; k < learner._numbers.Length; k++)
        {
            double* column = (double*)columns[k];
            ReadOnlySpan<bool> gaps = learner.Gaps(k);
            for (int i = 0; i < learner.Rows; i++)
            {
                if (gaps[i])
                    column[learner._training[i]] = learner.Column(k)[i];
            }
        }
    }

    private int Rows => _training.Length;

    /// <summary>The columns of numbers, and the target if it takes part.</summary>
    private int Columns => _numbers.Length + (_target is null ? 0 : 1);

    private double* Column(int column) => _values.Pointer + (nint)column * Rows;

    private Span<bool> Gaps(int column) => _missing.AsSpan(column * Rows, Rows);

    /// <summary>Takes the numbers of the training rows, gaps at their start.</summary>
    private void Take<T>(RawTable<T> table)
        where T : unmanaged
    {
        _values.Require((nint)Rows * Columns);
        for (int i = 0; _target is not null && i < Rows; i++)
            Column(Columns - 1)[i] = _target[_training[i]];
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

    /// <summary>Rounds of draws; columns without gaps need no regression.</summary>
    private void Sample(int rounds, CancellationToken cancellationToken)
    {
        int[] gaps = [.. Enumerable.Range(0, _numbers.Length).Select(column => Gaps(column).Count(true))];
        int[] order = [.. Enumerable.Range(0, _numbers.Length).Where(column => gaps[column] > 0).OrderBy(column => gaps[column])];
        double[] equation = new double[Columns + 1];
        for (int round = 0; round < rounds; round++)
        {
            foreach (int column in order)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Regress(column, equation);
                Impute(column, equation);
            }
        }
    }

    /// <summary>The regression of a column on all others, over the rows that have it.</summary>
    private void Regress(int column, Span<double> equation)
    {
        equation.Clear();
        _deviation = 0;
        int[] rows = [.. Enumerable.Range(0, Rows).Where(i => !_missing[column * Rows + i])];
        if (rows.Length == 0)
        {
            // Only in a fold: see PreparationLearner.
            equation[0] = _starts[column];
            return;
        }

        int others = Columns - 1;
        double[] roots = Roots(rows);
        double[] coefficients = new double[others], means = new double[others + 1];
        nint stride = (rows.Length + 7) & ~7;
        double* centred = _centred.Require(stride * (others + 1));
        for (int k = 0; k <= others; k++)
        {
            int from = k == others ? column : k < column ? k : k + 1;
            means[k] = Centre(Column(from), rows, roots, centred + k * stride);
            if (!double.IsFinite(Kernel.Dot(centred + k * stride, centred + k * stride, rows.Length)))
                Throw.Data("x", Throw.Invariant($"'x' must have squares within the range of double where numbers are regressed on each other, but those of {Name(from)} are not; rescale it, or impute the median."));
        }

        double* y = centred + others * stride;
        double intercept = means[others];
        if (others > 0)
            _regression.Fit(centred, stride, rows.Length, others, y, coefficients);
        if (_draws)
            intercept += Deviate(rows.Length, y, coefficients);
        for (int k = 0; k < others; k++)
        {
            intercept -= coefficients[k] * means[k];
            equation[(k < column ? k : k + 1) + 1] = coefficients[k];
        }

        equation[0] = intercept;
    }

    /// <summary>Puts a draw in the place of the coefficients; returns the deviation of the mean.</summary>
    private double Deviate(int rows, double* y, double[] coefficients)
    {
        _deviation = coefficients.Length > 0
            ? ((BayesianRidge)_regression).Draw(ref _random, rows, coefficients)
            : Math.Sqrt(0.5 * Kernel.Dot(y, y, rows) / _random.Gamma(0.5 * Math.Max(rows - 1, 1)));
        return _deviation * _random.Normal() / Math.Sqrt(rows);
    }

    private string Name(int column) => column == _numbers.Length
        ? "the target"
        : Throw.Invariant($"column {_numbers[column]} '{_options.Inputs![_numbers[column]].Name}' (counted from 0)");

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
        double[] row = new double[Columns];
        for (int i = 0; i < Rows; i++)
        {
            if (!gaps[i])
                continue;
            for (int j = 0; j < row.Length; j++)
                row[j] = Column(j)[i];
            double value = ChainedEquations.Evaluate(equation, row);
            if (_draws)
                value += _deviation * _random.Normal();
            Column(column)[i] = ChainedEquations.Clip(value, _lower[column], _upper[column]);
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
        _regression.Dispose();
    }
}
