using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The elastic net restricted to a working set of columns as a <see cref="RestrictedProblem"/> is, but in double-double numbers and
/// from the columns as they were given: zⱼ = √w∘(xⱼ/2^eⱼ − mean), the response likewise. Scales are powers of two, so that a
/// coefficient here is a coefficient of the user's, digit for digit.
/// </summary>
internal sealed unsafe class CompensatedProblem : IDisposable
{
    private readonly AlignedBuffer<double> _columns = new();
    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<int> _positions = new();
    private readonly AlignedBuffer<int> _stored = new();
    private readonly CompensatedMatrix _gram = new();
    private readonly List<CompensatedMember> _members = [];
    private RawColumns _x = null!;
    private PenaltyTerms _terms = null!;
    private double* _rootWeights;
    private double* _center;
    private double* _inverseNorm;
    private double _responseNorm;
    private bool _intercept;
    private nint _stride;
    private DoubleDouble _weight;

    /// <summary>n.</summary>
    public int Rows => _x.Rows;

    /// <summary>Number of members.</summary>
    public int Count => _members.Count;

    /// <summary>A member.</summary>
    public CompensatedMember this[int position] => _members[position];

    /// <summary>Row <paramref name="position"/> of G, whole.</summary>
    public DoubleDoubles Gram(int position) => _gram[position];

    /// <summary>zⱼ of a member.</summary>
    public DoubleDoubles Column(int position) => Vector(_columns.Pointer, position);

    /// <summary>The response.</summary>
    public DoubleDoubles Response => Vector(_rows.Pointer, 0);

    /// <summary>Room for a residual.</summary>
    public DoubleDoubles Residual => Vector(_rows.Pointer, 1);

    /// <summary>The mean of the response that was taken away, on the original scale; 0 without an intercept.</summary>
    public DoubleDouble ResponseMean { get; private set; }

    /// <summary>Square of the response's norm: twice the null deviance.</summary>
    public DoubleDouble ResponseSquare { get; private set; }

    /// <summary>The response is that of the user over 2 to this power.</summary>
    public int Exponent { get; private set; }

    /// <summary>Starts with no member.</summary>
    public void Start(
        RawColumns x, double* y, double* offset, double* rootWeights, ColumnScaling units, PenaltyTerms terms, double responseNorm, bool intercept)
    {
        (_x, _terms, _responseNorm, _intercept) = (x, terms, responseNorm, intercept);
        _rootWeights = rootWeights;
        _center = units.Center;
        _inverseNorm = units.InverseNorm;
        _members.Clear();
        new Span<int>(_positions.Require(Math.Max(x.Columns, 1)), x.Columns).Fill(-1);
        _stride = (x.Rows + 7) & ~7;
        _rows.Require(6 * _stride);
        Exponent = Math.ILogB(responseNorm);
        DoubleDoubles response = Response;
        _weight = 0;
        for (int i = 0; i < Rows; i++)
        {
            double root = rootWeights[i];
            _weight += DoubleDouble.Product(root, root);
            response[i] = root > 0
                ? DoubleDouble.ScaleB(DoubleDouble.Sum(y[i], offset == null ? 0 : -offset[i]), -Exponent) * root
                : 0;
        }

        ResponseMean = DoubleDouble.ScaleB(TakeMean(response), Exponent);
        ResponseSquare = DoubleDoubles.Dot(response, response, Rows);
    }

    /// <summary>Where a column stands among the members; negative if it is none.</summary>
    public int PositionOf(int column) => _positions.Pointer[column];

    /// <summary>Admits a column that may enter.</summary>
    public int Admit(int column)
    {
        int at = Count, exponent = -Math.ILogB(_inverseNorm[column]);
        _columns.Grow((at + 1) * 2 * _stride, at * 2 * _stride);
        DoubleDoubles z = Column(at);
        double* raw = _rows.Pointer + 4 * _stride;
        double center = _center[column];
        _x.Read(column, raw);
        for (int i = 0; i < Rows; i++)
        {
            double root = _rootWeights[i];
            z[i] = root > 0 ? DoubleDouble.ScaleB(DoubleDouble.Sum(raw[i], -center), -exponent) * root : 0;
        }

        DoubleDouble mean = DoubleDouble.ScaleB(TakeMean(z), exponent) + center;
        double scale = _terms.Ratio[column] * Math.ScaleB(1 / _inverseNorm[column], -exponent);
        // λρ·vs|β| over the square of the response's scale is λρ·unit1|γ|, with β = γ·2^(f − e).
        double factor = _terms.Ratio[column] > 0 ? _terms.Unit1[column] * _responseNorm / _terms.Ratio[column] : 0;
        _members.Add(new(column, exponent, _intercept ? mean : 0)
        {
            Unit1 = Math.ScaleB(factor * scale, -Exponent),
            Unit2 = factor * scale * scale,
            Scale = scale,
            Lower = _terms.MayEnter(column) ? Math.ScaleB(_terms.GivenLower[column], exponent - Exponent) : 0,
            Upper = _terms.MayEnter(column) ? Math.ScaleB(_terms.GivenUpper[column], exponent - Exponent) : 0,
            Correlation = DoubleDoubles.Dot(z, Response, Rows),
        });
        _positions.Pointer[column] = at;
        _gram.Reserve(at + 1, at);
        DoubleDoubles row = _gram[at];
        for (int k = 0; k <= at; k++)
        {
            DoubleDouble product = DoubleDoubles.Dot(z, Column(k), Rows);
            row[k] = product;
            DoubleDoubles other = _gram[k];
            other[at] = product;
        }

        return at;
    }

    /// <summary><see cref="Residual"/> ← response − Zγ, with a γ of each member.</summary>
    public void FillResidual(DoubleDoubles coefficients)
    {
        DoubleDoubles residual = Residual;
        residual.Set(Response, Rows);
        for (int k = 0; k < Count; k++)
        {
            if (coefficients[k].High != 0)
                residual.Add(-coefficients[k], Column(k), Rows);
        }
    }

    /// <summary>Σ w r² of any coefficients on the original scale, over the square of the response's scale; one column at a time.</summary>
    public double ResidualSquareAt(ReadOnlySpan<int> features, ReadOnlySpan<double> coefficients, double intercept)
    {
        DoubleDoubles residual = Residual;
        double* values = Vector(_rows.Pointer, 2).High;
        int* rows = _stored.Require(Rows);
        residual.Set(Response, Rows);
        for (int i = 0; i < Rows; i++)
            residual[i] += DoubleDouble.ScaleB(ResponseMean - intercept, -Exponent) * _rootWeights[i];
        for (int k = 0; k < features.Length; k++)
        {
            int stored = _x.ReadStored(features[k], rows, values);
            double coefficient = Math.ScaleB(coefficients[k], -Exponent);
            for (int e = 0; e < stored; e++)
            {
                double root = _rootWeights[rows[e]];
                if (root > 0)
                    residual[rows[e]] -= DoubleDouble.Product(coefficient, values[e]) * root;
            }
        }

        return DoubleDoubles.Dot(residual, residual, Rows).High;
    }

    /// <summary>products[j] ← the product of zⱼ, of norm 1, with <see cref="Residual"/>, for all columns and in double: a pass over X.</summary>
    public void MultiplyAll(double* products)
    {
        double* weighted = _rows.Pointer + 4 * _stride;
        for (int i = 0; i < Rows; i++)
            weighted[i] = _rootWeights[i] * Residual.High[i];
        _x.Multiply(_center, weighted, products);
        for (int j = 0; j < _x.Columns; j++)
            products[j] *= _inverseNorm[j];
    }

    public void Dispose()
    {
        _columns.Dispose();
        _rows.Dispose();
        _positions.Dispose();
        _stored.Dispose();
        _gram.Dispose();
    }

    private DoubleDoubles Vector(double* memory, nint index) => new(memory + 2 * index * _stride, memory + (2 * index + 1) * _stride);

    /// <summary>Makes a vector orthogonal to √w, if there is an intercept; returns its weighted mean.</summary>
    private DoubleDouble TakeMean(DoubleDoubles vector)
    {
        if (!_intercept)
            return 0;
        DoubleDouble sum = 0;
        for (int i = 0; i < Rows; i++)
            sum += vector[i] * _rootWeights[i];
        DoubleDouble mean = sum / _weight;
        for (int i = 0; i < Rows; i++)
            vector[i] -= mean * _rootWeights[i];
        return mean;
    }
}

/// <summary>A column of a <see cref="CompensatedProblem"/>, and what it costs.</summary>
/// <param name="Column">Which column of X.</param>
/// <param name="Exponent">Its scale, a power of two near its norm.</param>
/// <param name="Mean">The mean that was taken away, on the original scale.</param>
internal sealed record CompensatedMember(int Column, int Exponent, DoubleDouble Mean)
{
    /// <summary>l1 per unit of λρ.</summary>
    public double Unit1 { get; init; }

    /// <summary>l2 per unit of λ(1−ρ).</summary>
    public double Unit2 { get; init; }

    /// <summary>sⱼ in units of the column's scale.</summary>
    public double Scale { get; init; }

    /// <summary>Lower bound, ≤ 0.</summary>
    public double Lower { get; init; }

    /// <summary>Upper bound, ≥ 0.</summary>
    public double Upper { get; init; }

    /// <summary>zⱼᵀ response.</summary>
    public DoubleDouble Correlation { get; init; }

    /// <summary>l1 at the current strength.</summary>
    public double L1 { get; set; }

    /// <summary>l2 at the current strength.</summary>
    public double L2 { get; set; }

    /// <summary>Its coefficient.</summary>
    public DoubleDouble Beta { get; set; }

    /// <summary>zⱼᵀ residual, at the current coefficients.</summary>
    public DoubleDouble Gradient { get; set; }

    /// <summary>Whether it has no penalty.</summary>
    public bool IsUnpenalised => L1 == 0 && L2 == 0;

    /// <summary>Whether it has no penalty and no bound.</summary>
    public bool IsFree => IsUnpenalised && double.IsInfinity(Lower) && double.IsInfinity(Upper);
}
