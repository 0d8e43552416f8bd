using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// The rows of positive weight as they are, for the engine, and as a model of equal noise without an intercept: columns and target
/// centred by weighted means (with an intercept) and multiplied by √w, w summing to n.
/// </summary>
internal sealed class InferenceSample
{
    /// <summary>Between this and its inverse squares, and what is left of them after a good fit, keep their digits.</summary>
    private const double LeastSquared = 1e-140;

    private readonly double[] _x, _roots;
    private readonly CountedRows _rows;

    private InferenceSample(double[] x, int columns, CountedRows rows, ElasticNetOptions options, string[] names, double[]? roots = null, double[]? means = null)
    {
        (_x, Columns, _rows, Options, Names) = (x, columns, rows, options, names);
        if (roots is not null)
        {
            (_roots, Means, Target) = (roots, means!, []);
            return;
        }

        double scale = Math.Sqrt(rows.Count);
        _roots = Array.ConvertAll(rows.Roots, root => scale * root);
        Means = new double[columns];
        for (int j = 0; j < columns && options.Intercept; j++)
            Means[j] = rows.Mean(Raw(j));
        MeanY = options.Intercept ? rows.Mean(Y) : 0;
        Target = new double[Rows];
        for (int i = 0; i < Rows; i++)
            Target[i] = _roots[i] * (Y[i] - MeanY);
        double size = rows.Deviation(Y, MeanY);
        if (size > 0 && !(size is >= LeastSquared and <= 1 / LeastSquared))
            Throw.Data("y", Throw.Invariant($"'y' (less the offset, {size} its root mean square about the null model) must lie between {LeastSquared} and {1 / LeastSquared} where errors are squared; rescale it."));
    }

    public int Rows => _rows.Count;

    public int Columns { get; }

    /// <summary>y; of squared error without the offset, which other losses have in <see cref="Options"/>.</summary>
    public double[] Y => _rows.Target;

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

    /// <summary>The rows that count.</summary>
    public static InferenceSample Of(CountedTable table) => new(table.X, table.Names.Length, table.Rows, table.Options with
    {
        Weights = table.Rows.GivenWeights.ToArray(),
        Offset = table.Offset,
        FoldPlan = table.Options.FoldPlan?.Of(table.Rows.Places),
        Times = table.Options.Times?.Of(table.Rows.Places),
        Preparation = null,
        Progress = null,
    }, table.Names);

    /// <summary>
    /// The model near a fit, where −ℓ′/ℓ″ is the noise and wℓ″ the weight, w as given: columns multiplied by √(wℓ″) and centred by these
    /// weights. van de Geer, Bühlmann, Ritov and Dezeure 2014, §3.
    /// </summary>
    /// <param name="intercept">Of the fit.</param>
    /// <param name="coefficients">Of the fit.</param>
    /// <param name="scores">Receives −√w·ℓ′/√ℓ″, of variance 1 where the family's is the data's.</param>
    public InferenceSample Linearized(double intercept, ReadOnlySpan<double> coefficients, out double[] scores)
    {
        double[] eta = new double[Rows], half = new double[Rows], slope = new double[Rows], roots = new double[Rows], means = new double[Columns];
        Array.Fill(eta, intercept);
        for (int j = 0; j < Columns; j++)
        {
            if (coefficients[j] != 0)
                Vectors.Add(coefficients[j], Raw(j), eta);
        }

        if (!Options.Offset.IsEmpty)
            Vectors.Add(1, Options.Offset.Span, eta);
        RowLoss.Of(Options.Family)!.Evaluate(Y, eta, half, slope, roots);
        double sum = 0;
        for (int i = 0; i < Rows; i++)
        {
            double weight = Options.Weights.IsEmpty ? 1 : Options.Weights.Span[i], curvature = roots[i];
            slope[i] = curvature > 0 ? -Math.Sqrt(weight / curvature) * slope[i] : 0;
            roots[i] = Math.Sqrt(weight * curvature);
            sum += weight * curvature;
        }

        for (int j = 0; j < Columns && Options.Intercept; j++)
        {
            ReadOnlySpan<double> raw = Raw(j);
            double mean = 0;
            for (int i = 0; i < Rows; i++)
                mean += roots[i] * roots[i] * (raw[i] - Means[j]);
            means[j] = Means[j] + (sum > 0 ? mean / sum : 0);
        }

        scores = slope;
        return new(_x, Columns, _rows, Options, Names, roots, means);
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
            if (coefficients[j] != 0)
                Vectors.Add(-coefficients[j], Raw(j), residuals);
        }

        for (int i = 0; i < Rows; i++)
            residuals[i] *= _roots[i];
        return residuals;
    }

    /// <summary>Weighted standard deviation of column j, whether or not there is an intercept; 0 for a constant column.</summary>
    public double Deviation(int j)
    {
        double mean = _rows.Mean(Raw(j)), square = _rows.Square(Raw(j), mean);
        // A constant column leaves nothing but the rounding of its mean.
        return square > 1e-28 * mean * mean ? Math.Sqrt(square) : 0;
    }
}
