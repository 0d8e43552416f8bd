using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// The training rows, those of positive weight, with their gaps filled as far as one has come; and the step that chained equations are
/// made of: a column is regressed on all others, and what that says is put into its gaps.
/// </summary>
/// <remarks>
/// Weights are scaled to the mean 1 over the rows that have the column: what multiplies all of them changes nothing.
/// </remarks>
internal abstract unsafe class ChainedRegressions : IDisposable
{
    private readonly AlignedBuffer<double> _values = new();
    private readonly AlignedBuffer<double> _centred = new();
    private readonly IColumnRegression _regression;
    private readonly int[] _training;
    private readonly double[] _weights;
    private readonly bool[] _missing;
    private readonly double[]? _target;
    private readonly MatchTable[] _matches;

    /// <param name="options">The options; their inputs are not null.</param>
    /// <param name="starts">Where the gaps of each input start.</param>
    /// <param name="rows">Rows of the table.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each.</param>
    /// <param name="target">A value per row that takes part in every regression; null for none.</param>
    /// <param name="regression">What columns are regressed by; disposed of.</param>
    protected ChainedRegressions(PreparationOptions options, double[] starts, int rows, double[] weights, double[]? target, IColumnRegression regression)
    {
        Options = options;
        Numbers = Preparation.NumbersOf(options.Inputs);
        _target = target;
        _regression = regression;
        _training = [.. Enumerable.Range(0, rows).Where(row => weights.Length == 0 || weights[row] > 0)];
        _weights = weights.Length == 0 ? [] : Array.ConvertAll(_training, row => weights[row]);
        Starts = Array.ConvertAll(Numbers, number => starts[number]);
        _matches = Array.ConvertAll(Numbers, _ => MatchTable.Empty);
        (Lower, Upper) = (new double[Numbers.Length], new double[Numbers.Length]);
        long cells = (long)_training.Length * Columns;
        if (cells > Array.MaxLength)
            Throw.Data("x", Throw.Invariant($"'x' must have at most {Array.MaxLength} numbers where they are imputed by regressions, but {_training.Length} training rows × {Columns} columns of numbers are more; impute the mean or the median."));
        _missing = new bool[cells];
    }

    /// <summary>What was asked for.</summary>
    protected PreparationOptions Options { get; }

    /// <summary>Which inputs are numbers.</summary>
    protected int[] Numbers { get; }

    /// <summary>Where the gaps of each column of numbers start.</summary>
    protected double[] Starts { get; }

    /// <summary>How many donors are compared where observed values are put into gaps; 0 where predictions are.</summary>
    protected int Donors => Options.Iterative.Matching;

    /// <summary>For each column what its last regression, before any deviation, predicts beside what was observed; empty where nobody asks.</summary>
    protected ReadOnlySpan<MatchTable> Matches => _matches;

    /// <summary>The least value that may be put into each.</summary>
    protected double[] Lower { get; }

    /// <summary>The largest.</summary>
    protected double[] Upper { get; }

    /// <summary>Places of the training rows in the table.</summary>
    protected ReadOnlySpan<int> Training => _training;

    /// <summary>Training rows.</summary>
    protected int Rows => _training.Length;

    /// <summary>The columns of numbers, and the target if it takes part.</summary>
    protected int Columns => Numbers.Length + (_target is null ? 0 : 1);

    /// <summary>A column as it is filled now.</summary>
    protected double* Column(int column) => _values.Pointer + (nint)column * Rows;

    /// <summary>Where it has gaps.</summary>
    protected Span<bool> Gaps(int column) => _missing.AsSpan(column * Rows, Rows);

    /// <summary>Takes the numbers of the training rows, gaps at their start.</summary>
    protected void Take<T>(RawTable<T> table)
        where T : unmanaged
    {
        _values.Require((nint)Rows * Columns);
        for (int i = 0; _target is not null && i < Rows; i++)
            Column(Columns - 1)[i] = _target[_training[i]];
        IterativeImputationOptions limits = Options.Iterative;
        table.ForEachColumn(1, (input, values, _) =>
        {
            int column = Array.BinarySearch(Numbers, input);
            if (column < 0)
                return;
            (double least, double most) = (double.PositiveInfinity, double.NegativeInfinity);
            for (int i = 0; i < Rows; i++)
            {
                double value = values[_training[i]];
                bool missing = double.IsNaN(value);
                Gaps(column)[i] = missing;
                Column(column)[i] = missing ? Starts[column] : value;
                if (!missing)
                    (least, most) = (Math.Min(least, value), Math.Max(most, value));
            }

            bool clips = limits.ClipToObserved && least <= most;
            Lower[column] = clips ? Math.Max(least, limits.Minimum) : limits.Minimum;
            Upper[column] = clips ? Math.Max(Lower[column], Math.Min(most, limits.Maximum)) : limits.Maximum;
        }, CancellationToken.None);
    }

    /// <summary>The columns of numbers, fewest gaps first.</summary>
    protected int[] ByGaps()
    {
        int[] gaps = [.. Enumerable.Range(0, Numbers.Length).Select(column => Gaps(column).Count(true))];
        return [.. Enumerable.Range(0, Numbers.Length).OrderBy(column => gaps[column])];
    }

    /// <summary>Regresses a column on all others, and puts what that says into its gaps.</summary>
    protected void Step(int column, Span<double> equation)
    {
        Regress(column, equation);
        Impute(column, equation);
    }

    /// <summary>May put something else in the place of the coefficients that were fitted; returns what the mean deviates by.</summary>
    protected virtual double Deviate(int rows, double* y, double[] coefficients) => 0;

    /// <summary>What is put into a gap of a column, given what its regression says.</summary>
    protected virtual double Settle(int column, double prediction) => prediction;

    /// <summary>What a value deviates by from its regression.</summary>
    protected virtual double Noise() => 0;

    /// <summary>The regression of a column on all others, over the rows that have it.</summary>
    private void Regress(int column, Span<double> equation)
    {
        equation.Clear();
        int[] rows = [.. Enumerable.Range(0, Rows).Where(i => !_missing[column * Rows + i])];
        if (rows.Length == 0)
        {
            // Only in a fold: see PreparationLearner.
            equation[0] = Starts[column];
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
        if (Donors > 0)
        {
            Assemble(column, intercept, coefficients, means, equation);
            _matches[column] = Match(column, rows, equation);
        }

        Assemble(column, intercept + Deviate(rows.Length, y, coefficients), coefficients, means, equation);
    }

    private static void Assemble(int column, double intercept, double[] coefficients, double[] means, Span<double> equation)
    {
        for (int k = 0; k < coefficients.Length; k++)
        {
            intercept -= coefficients[k] * means[k];
            equation[(k < column ? k : k + 1) + 1] = coefficients[k];
        }

        equation[0] = intercept;
    }

    // Clipped as what is put into gaps will be, so that like is compared with like.
    private MatchTable Match(int column, int[] rows, ReadOnlySpan<double> equation)
    {
        List<(double, double)> donors = new(rows.Length);
        double[] row = new double[Columns];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
                row[j] = Column(j)[rows[i]];
            // A value that may not be put in is no donor.
            if (row[column] >= Lower[column] && row[column] <= Upper[column])
                donors.Add((ChainedEquations.Clip(ChainedEquations.Evaluate(equation, row), Lower[column], Upper[column]), row[column]));
        }

        return MatchTable.Of(donors);
    }

    private string Name(int column) => column == Numbers.Length
        ? "the target"
        : Throw.Invariant($"column {Numbers[column]} '{Options.Inputs[Numbers[column]].Name}' (counted from 0)");

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
            double value = ChainedEquations.Evaluate(equation, row) + Noise();
            Column(column)[i] = Settle(column, ChainedEquations.Clip(value, Lower[column], Upper[column]));
        }
    }

    public virtual void Dispose()
    {
        _values.Dispose();
        _centred.Dispose();
        _regression.Dispose();
    }
}
