using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Preprocessing;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Residuals and leverages along a path. With a = √w·(x − m)/d over the free support S and A its rows,
/// hᵢ = wᵢ + aᵢᵀ(AᵀA + λ₂)⁻¹aᵢ (without an intercept neither wᵢ nor m). Columns and their products are kept from λ to λ, so that a λ
/// costs one factor and one forward solve per row.
/// </summary>
internal sealed unsafe class Leverages : IDisposable
{
    private readonly CountedRows _rows;
    private readonly ElasticNetOptions _options;
    private readonly Dictionary<int, Column> _columns = [];
    private readonly CholeskyFactor _factor = new();
    private readonly AlignedBuffer<double> _row = new();
    private readonly AlignedBuffer<double> _column = new();

    public Leverages(ReadOnlySpan<double> y, ElasticNetOptions options)
    {
        _options = options;
        _rows = new(y, options);
        Residual = new double[_rows.Count];
        Leverage = new double[_rows.Count];
    }

    /// <summary>√wᵢ·(yᵢ − ŷᵢ) of the rows of positive weight, of the last λ.</summary>
    public double[] Residual { get; }

    /// <summary>hᵢ of the rows of positive weight, of the last λ.</summary>
    public double[] Leverage { get; }

    /// <summary>Computes residuals and leverages of one solution, or residuals alone.</summary>
    public void At(Design x, PathPoint point, bool withLeverages = true)
    {
        ReadOnlySpan<int> support = point.Coefficients.Indices;
        ReadOnlySpan<double> values = point.Coefficients.Values;
        double constant = point.Intercept;
        List<Column> free = [];
        for (int k = 0; k < support.Length; k++)
        {
            Column column = ColumnOf(x, support[k]);
            constant += column.Mean * values[k];
            if (!IsAtBound(_options, support[k], values[k]))
                free.Add(column);
        }

        for (int i = 0; i < _rows.Count; i++)
            Residual[i] = _rows.Roots[i] * (_rows.Target[i] - constant);
        for (int k = 0; k < support.Length; k++)
        {
            Column column = ColumnOf(x, support[k]);
            for (int i = 0; i < _rows.Count; i++)
                Residual[i] -= column.Values[i] * (column.Deviation * values[k]);
        }

        if (!withLeverages)
            return;
        List<Column> kept = Factor(free, point.Lambda * (1 - point.Fit.L1Ratio));
        double* row = _row.Require(Math.Max(kept.Count, 1));
        for (int i = 0; i < _rows.Count; i++)
        {
            for (int k = 0; k < kept.Count; k++)
                row[k] = kept[k].Values[i];
            _factor.SolveForward(row);
            Leverage[i] = Kernel.Dot(row, row, kept.Count) + (_options.Intercept ? _rows.Roots[i] * _rows.Roots[i] : 0);
        }
    }

    /// <summary>Factors AᵀA + λ₂; a column that depends on earlier ones adds nothing to the fitted values and is left out.</summary>
    private List<Column> Factor(List<Column> free, double ridge)
    {
        _factor.Clear();
        List<Column> kept = [];
        double* products = _row.Require(Math.Max(free.Count, 1));
        foreach (Column column in free)
        {
            for (int k = 0; k < kept.Count; k++)
                products[k] = Product(column, kept[k]);
            double scale = column.PenaltyScale / column.Deviation;
            if (_factor.TryAppend(products, Product(column, column) + ridge * column.Factor * scale * scale))
                kept.Add(column);
        }

        return kept;
    }

    private double Product(Column a, Column b)
    {
        (Column late, Column early) = a.Place >= b.Place ? (a, b) : (b, a);
        if (double.IsNaN(late.Products[early.Place]))
        {
            fixed (double* left = late.Values, right = early.Values)
                late.Products[early.Place] = Kernel.Dot(left, right, _rows.Count);
        }

        return late.Products[early.Place];
    }

    private Column ColumnOf(Design x, int j)
    {
        if (_columns.TryGetValue(j, out Column? known))
            return known;
        double[] values = new double[_rows.Count];
        double* all = _column.Require(x.Rows);
        x.Read(j, 0, x.Rows, all);
        _rows.Pick(all, values);
        double mean = _rows.Mean(values), about = _rows.Deviation(values, mean);
        double shift = _options.Intercept ? mean : 0, deviation = _options.Intercept ? about : _rows.Deviation(values, 0);
        _rows.Center(values, shift);
        for (int i = 0; i < values.Length; i++)
            values[i] /= deviation;
        double[] products = new double[_columns.Count + 1];
        Array.Fill(products, double.NaN);
        double scale = !_options.PenaltyScales.IsEmpty ? _options.PenaltyScales.Span[j] : _options.Standardize ? about : 1;
        double factor = _options.PenaltyFactors.IsEmpty ? 1 : _options.PenaltyFactors.Span[j];
        return _columns[j] = new(_columns.Count, values, products, shift, deviation, scale, factor);
    }

    /// <summary>Whether a coefficient rests on its bound; the way to the standardised scale and back may cost it a few roundings.</summary>
    public static bool IsAtBound(ElasticNetOptions options, int j, double value) =>
        Touches(options.LowerBounds.Span, j, value) || Touches(options.UpperBounds.Span, j, value);

    private static bool Touches(ReadOnlySpan<double> bounds, int j, double value)
    {
        if (bounds.IsEmpty)
            return false;
        double bound = bounds.Length == 1 ? bounds[0] : bounds[j];
        return double.IsFinite(bound) && Math.Abs(value - bound) <= 1e-14 * Math.Abs(bound);
    }

    public void Dispose()
    {
        _factor.Dispose();
        _row.Dispose();
        _column.Dispose();
    }

    /// <summary>A column that has been in a support, as √w·(x − mean)/deviation, with its products with those met before it.</summary>
    private sealed record Column(
        int Place, double[] Values, double[] Products, double Mean, double Deviation, double PenaltyScale, double Factor);
}
