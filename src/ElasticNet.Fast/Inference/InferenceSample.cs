using System.Numerics;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// The rows of positive weight as they are, for the engine, and as a model of equal noise without an intercept: columns and target
/// centred by weighted means (with an intercept) and multiplied by √w, w summing to n.
/// </summary>
internal sealed class InferenceSample
{
    private readonly double[] _x, _roots;

    private InferenceSample(double[] x, int columns, double[] y, double[] weights, ElasticNetOptions options, string[] names)
    {
        (_x, Columns, Y, Options, Names) = (x, columns, y, options, names);
        Rows = y.Length;
        double sum = weights.Sum();
        _roots = Array.ConvertAll(weights, weight => Math.Sqrt(weight / sum * y.Length));
        Means = new double[columns];
        Target = new double[Rows];
        for (int j = 0; j < columns && options.Intercept; j++)
            Means[j] = Mean(Raw(j));
        MeanY = options.Intercept ? Mean(y) : 0;
        for (int i = 0; i < Rows; i++)
            Target[i] = _roots[i] * (y[i] - MeanY);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>y without the offset.</summary>
    public double[] Y { get; }

    /// <summary>The options for the engine: per feature, and for these rows.</summary>
    public ElasticNetOptions Options { get; }

    /// <summary>Name of each feature.</summary>
    public string[] Names { get; }

    /// <summary>Weighted mean of each column, 0 without an intercept.</summary>
    public double[] Means { get; }

    /// <summary>Weighted mean of the target, 0 without an intercept.</summary>
    public double MeanY { get; }

    /// <summary>√w∘(y − mean).</summary>
    public double[] Target { get; }

    /// <summary>Features as they are, column by column.</summary>
    public MatrixView<double> View => MatrixView.ColumnMajor<double>(_x, Rows, Columns);

    /// <summary>√wᵢ.</summary>
    public ReadOnlySpan<double> Roots => _roots;

    /// <summary>Copies the rows that count.</summary>
    public static InferenceSample Of<T>(MatrixView<T> x, ReadOnlySpan<double> y, ElasticNetOptions options, IReadOnlyList<string>? names)
        where T : unmanaged, INumberBase<T>
    {
        ReadOnlySpan<double> weights = options.Weights.Span, offset = options.Offset.Span;
        List<int> rows = [];
        for (int i = 0; i < y.Length; i++)
        {
            if (weights.IsEmpty || weights[i] > 0)
                rows.Add(i);
        }

        int n = rows.Count, p = x.Columns;
        if ((long)n * p > Array.MaxLength)
            Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' ({n} rows × {p} columns) must have fewer than {Array.MaxLength} elements for inference; leave columns out that are of no interest."));
        double[] values = new double[n * p], target = new double[n], kept = new double[n];
        for (int j = 0; j < p; j++)
        {
            for (int i = 0; i < n; i++)
                values[j * n + i] = double.CreateTruncating(x[rows[i], j]);
        }

        int[] folds = options.FoldIds.IsEmpty ? [] : new int[n];
        for (int i = 0; i < n; i++)
        {
            int row = rows[i];
            target[i] = y[row] - (offset.IsEmpty ? 0 : offset[row]);
            kept[i] = weights.IsEmpty ? 1 : weights[row];
            if (folds.Length > 0)
                folds[i] = options.FoldIds.Span[row];
        }

        ElasticNetOptions own = options with
        {
            Weights = weights.IsEmpty ? default : kept,
            Offset = default,
            FoldIds = folds,
            Preparation = null,
            Progress = null,
        };
        return new(values, p, target, kept, own, [.. Enumerable.Range(0, p).Select(j => names?[j] ?? Throw.Invariant($"x{j}"))]);
    }

    /// <summary>Column j as it is.</summary>
    public ReadOnlySpan<double> Raw(int j) => _x.AsSpan(j * Rows, Rows);

    /// <summary>√w∘(xⱼ − mean).</summary>
    public void Fill(int j, Span<double> column)
    {
        ReadOnlySpan<double> raw = Raw(j);
        for (int i = 0; i < Rows; i++)
            column[i] = _roots[i] * (raw[i] - Means[j]);
    }

    /// <summary>√w∘(y − b − Xβ): the residuals of a model, of equal variance.</summary>
    public double[] Residuals(double intercept, ReadOnlySpan<double> coefficients)
    {
        double[] residuals = new double[Rows];
        for (int i = 0; i < Rows; i++)
            residuals[i] = Y[i] - intercept;
        for (int j = 0; j < Columns; j++)
        {
            if (coefficients[j] == 0)
                continue;
            ReadOnlySpan<double> raw = Raw(j);
            for (int i = 0; i < Rows; i++)
                residuals[i] -= coefficients[j] * raw[i];
        }

        for (int i = 0; i < Rows; i++)
            residuals[i] *= _roots[i];
        return residuals;
    }

    private double Mean(ReadOnlySpan<double> values)
    {
        double first = values[0], sum = 0;
        for (int i = 0; i < Rows; i++)
            sum += _roots[i] * _roots[i] * (values[i] - first);
        return first + sum / Rows;
    }
}
