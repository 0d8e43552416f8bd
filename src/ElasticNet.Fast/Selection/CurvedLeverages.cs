using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Selection;

/// <summary>
/// Deviances and leverages along a path of a loss that is not squared error. At a solution the loss is the square that touches it, so that
/// leverages are those of least squares with weights v = w·ℓ″: hᵢ = vᵢ/Σv + aᵢᵀ(AᵀA + λ₂)⁻¹aᵢ, with a = √v·(x − m) over the free support and
/// m the means by v (without an intercept neither the first term nor m). A λ costs a Gram matrix of the support.
/// </summary>
internal sealed unsafe class CurvedLeverages : IDisposable
{
    private readonly RowLoss _loss;
    private readonly CountedRows _rows;
    private readonly ElasticNetOptions _options;
    private readonly double[] _response, _offset, _eta, _half, _slope, _curvature, _weights;
    private readonly Dictionary<int, Column> _columns = [];
    private readonly CholeskyFactor _factor = new();
    private readonly AlignedBuffer<double> _row = new(), _all = new();

    public CurvedLeverages(RowLoss loss, ReadOnlySpan<double> y, ElasticNetOptions options)
    {
        (_loss, _options, _rows) = (loss, options, new(y, options));
        ReadOnlySpan<double> offset = options.Offset.Span;
        int n = _rows.Count;
        (_response, _offset, _eta, _half, _slope, _curvature, _weights) =
            (new double[n], new double[n], new double[n], new double[n], new double[n], new double[n], new double[n]);
        Leverage = new double[n];
        Trials = n;
        bool areProportions = false;
        for (int k = 0; k < n; k++)
        {
            int i = _rows.Places[k];
            _response[k] = y[i];
            _offset[k] = offset.IsEmpty ? 0 : offset[i];
            _weights[k] = _rows.Roots[k] * _rows.Roots[k];
            areProportions |= options.Family.HasClasses && y[i] is not (0 or 1);
        }

        // Of a proportion only its weight tells how many trials it is of.
        if (areProportions && !_rows.GivenWeights.IsEmpty)
            Trials = _rows.GivenWeights.ToArray().Sum();
    }

    /// <summary>Rows of positive weight.</summary>
    public int Count => _rows.Count;

    /// <summary>What the deviances are of: the rows, or of proportions the sum of their weights, which are numbers of trials.</summary>
    public double Trials { get; }

    /// <summary>Weighted mean of the unit deviances, of the last λ.</summary>
    public double Deviance { get; private set; }

    /// <summary>The same with each row predicted without it, approximately.</summary>
    public double DevianceLeftOut { get; private set; }

    /// <summary>Weighted mean of (y − ŷ)², of the last λ.</summary>
    public double SquaredError { get; private set; }

    /// <summary>hᵢ of the rows of positive weight, of the last λ.</summary>
    public double[] Leverage { get; }

    /// <summary>Computes deviances and leverages of one solution, or deviances alone.</summary>
    public void At(Design x, PathPoint point, bool withLeverages = true)
    {
        ReadOnlySpan<int> support = point.Coefficients.Indices;
        ReadOnlySpan<double> values = point.Coefficients.Values;
        List<Column> free = [];
        for (int i = 0; i < Count; i++)
            _eta[i] = _offset[i] + point.Intercept;
        for (int k = 0; k < support.Length; k++)
        {
            Column column = ColumnOf(x, support[k]);
            Vectors.Add(values[k], column.Values, _eta);
            if (!Leverages.IsAtBound(_options, support[k], values[k]))
                free.Add(column);
        }

        Deviance = 2 * Weigh();
        SquaredError = Squares();
        if (!withLeverages)
            return;
        double total = 0;
        for (int i = 0; i < Count; i++)
            total += _curvature[i] *= _weights[i];
        double[][] kept = Factor(free, total, point.Lambda * (1 - point.Fit.L1Ratio));
        double* row = _row.Require(Math.Max(kept.Length, 1));
        for (int i = 0; i < Count; i++)
        {
            for (int k = 0; k < kept.Length; k++)
                row[k] = kept[k][i];
            _factor.SolveForward(row);
            Leverage[i] = Kernel.Dot(row, row, kept.Length) + (_options.Intercept ? _curvature[i] / total : 0);
            // A Newton step away from the row.
            if (_curvature[i] > 0)
                _eta[i] += _slope[i] * _weights[i] / _curvature[i] * (Leverage[i] / (1 - Leverage[i]));
        }

        DevianceLeftOut = 2 * Weigh();
    }

    public void Dispose()
    {
        _factor.Dispose();
        _row.Dispose();
        _all.Dispose();
    }

    private double Weigh()
    {
        _loss.Evaluate(_response, _eta, _half, _slope, _curvature);
        return Vectors.Dot(_half, _weights);
    }

    private double Squares()
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            double error = _response[i] - _options.Family.Link.Inverse(_eta[i]);
            sum += _weights[i] * (error * error);
        }

        return sum;
    }

    /// <summary>Factors AᵀA + λ₂ and returns the columns of A; one that depends on earlier ones is left out.</summary>
    private double[][] Factor(List<Column> free, double total, double ridge)
    {
        _factor.Clear();
        List<double[]> kept = [];
        double* products = _row.Require(Math.Max(free.Count, 1));
        foreach (Column column in free)
        {
            double mean = _options.Intercept ? Vectors.Dot(column.Values, _curvature) / total : 0;
            double[] rooted = new double[Count];
            for (int i = 0; i < rooted.Length; i++)
                rooted[i] = Math.Sqrt(_curvature[i]) * ((column.Values[i] - mean) / column.Deviation);
            for (int k = 0; k < kept.Count; k++)
                products[k] = Vectors.Dot(rooted, kept[k]);
            double scale = column.PenaltyScale / column.Deviation;
            if (_factor.TryAppend(products, Vectors.Dot(rooted, rooted) + ridge * column.Factor * scale * scale))
                kept.Add(rooted);
        }

        return [.. kept];
    }

    private Column ColumnOf(Design x, int j)
    {
        if (_columns.TryGetValue(j, out Column? known))
            return known;
        double[] values = new double[Count];
        double* all = _all.Require(x.Rows);
        x.Read(j, 0, x.Rows, all);
        _rows.Pick(all, values);
        double about = _rows.Deviation(values, _rows.Mean(values));
        double scale = !_options.PenaltyScales.IsEmpty ? _options.PenaltyScales.Span[j] : _options.Standardize ? about : 1;
        double factor = _options.PenaltyFactors.IsEmpty ? 1 : _options.PenaltyFactors.Span[j];
        return _columns[j] = new(values, _options.Intercept ? about : _rows.Deviation(values, 0), scale, factor);
    }

    /// <summary>A column that has been in a support.</summary>
    private sealed record Column(double[] Values, double Deviation, double PenaltyScale, double Factor);
}
