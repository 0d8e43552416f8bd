namespace ElasticNet.Fast.Preprocessing;

/// <summary>Centred columns of the rows of positive weight, and their weighted products; without an intercept nothing is centred.</summary>
internal sealed class WeightedColumns
{
    private readonly int[] _rows;
    private readonly double[] _weights;
    private readonly bool _intercept, _isWeighted;

    public WeightedColumns(ElasticNetOptions options, ReadOnlySpan<double> y, bool intercept)
    {
        ReadOnlySpan<double> weights = options.Weights.Span, offset = options.Offset.Span;
        List<int> rows = [];
        double largest = 0, sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                rows.Add(i);
            largest = Math.Max(largest, weights.IsEmpty ? 1 : weights[i]);
        }

        (_rows, _intercept, _isWeighted) = ([.. rows], intercept, !weights.IsEmpty);
        _weights = new double[_rows.Length];
        for (int i = 0; i < _rows.Length; i++)
            sum += _weights[i] = weights.IsEmpty ? 1 : weights[_rows[i]] / largest;
        for (int i = 0; i < _rows.Length; i++)
            _weights[i] /= sum;
        Target = new double[_rows.Length];
        for (int i = 0; i < _rows.Length; i++)
            Target[i] = y[_rows[i]] - (offset.IsEmpty ? 0 : offset[_rows[i]]);
        Centre(Target);
    }

    /// <summary>Rows of positive weight.</summary>
    public int Rows => _rows.Length;

    /// <summary>The target without offset, centred.</summary>
    public double[] Target { get; }

    /// <summary>A column, centred.</summary>
    public double[] Centred(MatrixView<double> x, int j, out double mean)
    {
        double[] column = Column(x, j);
        mean = Centre(column);
        return column;
    }

    /// <summary>Weighted standard deviation of what <see cref="Centred"/> returned.</summary>
    public double Deviation(double[] column)
    {
        double rest = 0;
        for (int i = 0; i < column.Length; i++)
            rest += _weights[i] * column[i];
        return Math.Sqrt(Math.Max(0, Product(column, column) - rest * rest));
    }

    /// <summary>Distance of the quartiles of a column.</summary>
    public double Quartiles(MatrixView<double> x, int j)
    {
        double[] column = Column(x, j), scratch = new double[ColumnStatistics.ScratchLength(column.Length, _isWeighted)];
        ReadOnlySpan<double> weights = _isWeighted ? _weights : [];
        return ColumnStatistics.Quantile(column, weights, 0.75, scratch) - ColumnStatistics.Quantile(column, weights, 0.25, scratch);
    }

    /// <summary>Σ w a b.</summary>
    public double Product(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += _weights[i] * a[i] * b[i];
        return sum;
    }

    private double[] Column(MatrixView<double> x, int j)
    {
        double[] column = new double[_rows.Length];
        for (int i = 0; i < column.Length; i++)
            column[i] = x[_rows[i], j];
        return column;
    }

    private double Centre(double[] column)
    {
        if (!_intercept)
            return 0;
        double first = column[0], mean = 0;
        for (int i = 0; i < column.Length; i++)
            mean += _weights[i] * (column[i] - first);
        for (int i = 0; i < column.Length; i++)
            column[i] -= first + mean;
        return first + mean;
    }
}
