namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Learns a <see cref="Scaler"/> from a table that comes in panels of rows, or in parts on several threads or machines:
/// one pass, and up to rounding the same however the rows were split. Not thread-safe: one for each thread, then
/// <see cref="Merge"/>.
/// </summary>
/// <remarks>After an exception of <c>Add</c> some columns have the panel and others do not: start afresh.</remarks>
public sealed class ScalerAccumulator
{
    private readonly ColumnSummary[] _columns;

    /// <summary>Starts with no rows.</summary>
    /// <param name="columns">p ≥ 0.</param>
    public ScalerAccumulator(int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        _columns = new ColumnSummary[columns];
    }

    /// <summary>The number of features, p.</summary>
    public int Columns => _columns.Length;

    /// <summary>Adds a panel. NaN are left out. Allocates nothing.</summary>
    /// <param name="rows">Any number of rows, p columns.</param>
    /// <param name="weights">A weight ≥ 0 per row; empty means 1 each. A row of weight 0 counts nowhere.</param>
    /// <exception cref="ArgumentException">Sizes do not fit, a value is infinite, or a weight is not a finite number ≥ 0.</exception>
    public void Add(MatrixView<double> rows, ReadOnlySpan<double> weights = default) => AddPanel(rows, weights);

    /// <inheritdoc cref="Add(MatrixView{double}, ReadOnlySpan{double})"/>
    public void Add(MatrixView<float> rows, ReadOnlySpan<double> weights = default) => AddPanel(rows, weights);

    /// <summary>Adds all rows that another one has seen, which stays as it is.</summary>
    /// <exception cref="ArgumentException">It has another number of columns.</exception>
    public void Merge(ScalerAccumulator other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Columns != Columns)
            Throw.Length(nameof(other), other.Columns, Throw.Invariant($"have {Columns} columns"));
        for (int j = 0; j < _columns.Length; j++)
            _columns[j].Merge(other._columns[j]);
    }

    /// <summary>What the rows seen so far say.</summary>
    /// <param name="options">Any method but <see cref="ScalingMethod.Robust"/>, which needs all rows at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">The method is robust, or an option is out of range.</exception>
    /// <exception cref="ArgumentException">A column spans more than the range of double.</exception>
    public Scaler ToScaler(ScalerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (options.Method == ScalingMethod.Robust)
            Throw.OutOfRange(nameof(options.Method), options.Method, "not be Robust here: quantiles need all rows at once, see Scaler.Fit");
        double[] centers = new double[Columns], scales = new double[Columns];
        for (int j = 0; j < _columns.Length; j++)
            (centers[j], scales[j]) = ScalerRule.Checked(ScalerRule.Of(options, _columns[j]), j);
        return new Scaler(options.Method, centers, scales);
    }

    private void AddPanel<T>(MatrixView<T> rows, ReadOnlySpan<double> weights)
        where T : unmanaged
    {
        if (rows.Columns != Columns)
            Throw.Length(nameof(rows), rows.Columns, Throw.Invariant($"have {Columns} columns"));
        TableSummary.Add(rows, weights, _columns);
    }
}
