using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Ridge regression that finds its own strength: MacKay's evidence maximisation (1992) with the vague Gamma priors, starting
/// values and stopping rule of scikit-learn's BayesianRidge. Coefficients have the prior N(0, 1/λ), noise has the variance 1/α.
/// </summary>
/// <remarks>
/// With G = XᵀX of centred columns and μ = λ/α, a round solves (G + μI)β = Xᵀy, takes γ = Σ eᵢ/(eᵢ + μ) over the eigenvalues of
/// G as p − μ·tr(G + μI)⁻¹, and sets λ = (γ + 2·10⁻⁶)/(‖β‖² + 2·10⁻⁶), α = (n − γ + 2·10⁻⁶)/(‖y − Xβ‖² + 2·10⁻⁶), until Σ|Δβ| &lt; 10⁻³.
/// A factor instead of singular values, so that columns of very different units lose no digits to each other. A column that
/// depends on the ones before it within rounding, where μ is too small to tell them apart, gets the coefficient 0.
/// </remarks>
internal sealed unsafe class BayesianRidge : IColumnRegression
{
    private const int MostRounds = 300;
    private const double Tolerance = 1e-3;

    /// <summary>Twice the shape and twice the rate of the priors of α and λ.</summary>
    private const double Prior = 2e-6;

    /// <summary>What a column must have of its own, beside the columns before it, to be told from them.</summary>
    private const double LeastShare = 1e-12;

    private readonly AlignedBuffer<double> _gram = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<double> _residual = new();
    private readonly CholeskyFactor _factor = new();
    private readonly WorkCrew _crew = new();
    private readonly GramBlocks _blocks = new();
    private int[] _kept = [];
    private int _keptCount;

    /// <summary>α, the precision of the noise.</summary>
    public double NoisePrecision { get; private set; }

    /// <summary>λ, the precision of the coefficients.</summary>
    public double WeightPrecision { get; private set; }

    /// <summary>γ: how many coefficients the data determine.</summary>
    public double Determined { get; private set; }

    /// <summary>‖y − Xβ‖².</summary>
    public double ResidualSquare { get; private set; }

    /// <summary>Rounds taken.</summary>
    public int Rounds { get; private set; }

    public void Fit(double* columns, nint stride, int rows, int count, double* y, Span<double> coefficients)
    {
        double* gram = _gram.RequireZeroed((nint)count * count);
        double* products = _vectors.Require(4 * (nint)count), old = products + count, solution = old + count;
        _blocks.AddLower(_crew, columns, stride, 0, count, rows, gram, count);
        for (int j = 0; j < count; j++)
            products[j] = Kernel.Dot(columns + j * stride, y, rows);
        if (_kept.Length < count)
            _kept = new int[count];

        double noise = 1 / (Kernel.Dot(y, y, rows) / rows + double.BitIncrement(1) - 1), weight = 1;
        for (Rounds = 1; Rounds <= MostRounds; Rounds++)
        {
            double square = Solve(weight / noise, columns, stride, rows, count, y, solution);
            double length = Kernel.Dot(solution, solution, count);
            weight = (Determined + Prior) / (length + Prior);
            noise = (rows - Determined + Prior) / (square + Prior);
            double change = 0;
            for (int j = 0; j < count; j++)
            {
                change += Math.Abs(old[j] - solution[j]);
                old[j] = solution[j];
            }

            if (Rounds > 1 && change < Tolerance)
                break;
        }

        ResidualSquare = Solve(weight / noise, columns, stride, rows, count, y, solution);
        (NoisePrecision, WeightPrecision) = (noise, weight);
        new ReadOnlySpan<double>(solution, count).CopyTo(coefficients);
    }

    /// <summary>
    /// Draws from the posterior of the last fit: σ² as (‖y − Xβ‖² + 2·10⁻⁶)/χ², with n − 1 − γ degrees of freedom (the mean has taken
    /// one), and β from N(β, σ²(G + μI)⁻¹).
    /// </summary>
    /// <param name="random">Where the numbers come from.</param>
    /// <param name="rows">n.</param>
    /// <param name="coefficients">β, to which its deviation is added.</param>
    /// <returns>σ.</returns>
    public double Draw(ref Deviates random, int rows, Span<double> coefficients)
    {
        double shape = 0.5 * Math.Max(rows - 1 - Determined, 1);
        double deviation = Math.Sqrt(0.5 * (ResidualSquare + Prior) / random.Gamma(shape));
        double* normals = _vectors.Pointer + 3 * (nint)coefficients.Length;
        for (int k = 0; k < _keptCount; k++)
            normals[k] = random.Normal();
        _factor.SolveBackward(normals);
        for (int k = 0; k < _keptCount; k++)
            coefficients[_kept[k]] += deviation * normals[k];
        return deviation;
    }

    /// <summary>Solves for β and measures γ; returns ‖y − Xβ‖².</summary>
    private double Solve(double ridge, double* columns, nint stride, int rows, int count, double* y, double* solution)
    {
        Factor(ridge, count);
        double* products = _vectors.Pointer, packed = products + 3 * (nint)count;
        for (int k = 0; k < _keptCount; k++)
            packed[k] = 1;
        Determined = Math.Clamp(_keptCount - ridge * _factor.InverseTrace(packed), 0, _keptCount);
        for (int k = 0; k < _keptCount; k++)
            packed[k] = products[_kept[k]];
        _factor.Solve(packed);
        new Span<double>(solution, count).Clear();
        double* residual = _residual.Require(rows);
        Buffer.MemoryCopy(y, residual, rows * sizeof(double), rows * sizeof(double));
        for (int k = 0; k < _keptCount; k++)
        {
            solution[_kept[k]] = packed[k];
            Kernel.Axpy(-packed[k], columns + _kept[k] * stride, residual, rows);
        }

        return Kernel.Dot(residual, residual, rows);
    }

    /// <summary>Factors G + μI: all columns in blocks, or where some depend on earlier ones, one by one without those.</summary>
    private void Factor(double ridge, int count)
    {
        _factor.Clear();
        _factor.Reserve(count);
        for (int i = 0; i < count; i++)
        {
            _kept[i] = i;
            double* row = _factor.Row(i), from = _gram.Pointer + (nint)i * count;
            Buffer.MemoryCopy(from, row, (i + 1) * sizeof(double), (i + 1) * sizeof(double));
            row[i] += ridge;
        }

        _keptCount = count;
        bool isSound = _factor.FactorInPlace(count) < 0;
        for (int i = 0; isSound && i < count; i++)
            isSound = IsSound(i, Diagonal(i, count) + ridge);
        if (isSound)
            return;

        _factor.Clear();
        _keptCount = 0;
        double* products = _vectors.Pointer + 3 * (nint)count;
        for (int i = 0; i < count; i++)
        {
            double* from = _gram.Pointer + (nint)i * count;
            for (int k = 0; k < _keptCount; k++)
                products[k] = from[_kept[k]];
            double diagonal = Diagonal(i, count) + ridge;
            if (!_factor.TryAppend(products, diagonal))
                continue;
            if (IsSound(_keptCount, diagonal))
                _kept[_keptCount++] = i;
            else
                _factor.Remove(_keptCount);
        }
    }

    private double Diagonal(int column, int count) => _gram.Pointer[(nint)column * count + column];

    /// <summary>Whether a pivot is far enough from rounding for what is divided by it to mean something.</summary>
    private bool IsSound(int row, double diagonal)
    {
        double root = _factor.Row(row)[row];
        return root * root > LeastShare * diagonal;
    }

    public void Dispose()
    {
        _gram.Dispose();
        _vectors.Dispose();
        _residual.Dispose();
        _factor.Dispose();
    }
}
