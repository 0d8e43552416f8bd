using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The dual point of a loss that is not squared error: θ = c(r − V X̂_F A⁻¹ X̂_Fᵀr), F the unpenalised columns and A = X̂_FᵀVX̂_F. With V, the
/// curvature, a row that is fitted so well that its dual has hardly any room is moved hardly at all.
/// </summary>
internal sealed unsafe class CurvedDual : IDisposable
{
    /// <summary>The curvature between η and where rounding has put it is at most so many times the one that was computed.</summary>
    private const double CurvatureMargin = 4;

    /// <summary>What may be left of the condition of an unpenalised column that depends on others, besides rounding.</summary>
    private const double Unmet = 1e-13;

    /// <summary>What may be left of such a column itself, by the curvature, without the others, as a share of it and per unit of their coefficients: beyond, it only seems to depend on them.</summary>
    private const double Nothing = 1e-14;

    /// <summary>A pivot above this share of a column's square is not rounding.</summary>
    private const double SoundShare = 1e-10;

    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<int> _positions = new();
    private readonly AlignedBuffer<double> _values = new();
    private readonly CholeskyFactor _factor = new();
    private CurvedDatafit _datafit = null!;
    private int _length;
    private bool _isShifted;

    private double* Dual => _vectors.Pointer;

    /// <summary>z of θ = c(r − Vz).</summary>
    private double* Shift => _vectors.Pointer + _length;

    private double* Scaled => _vectors.Pointer + 2 * (nint)_length;

    private double* Turned => _vectors.Pointer + 3 * (nint)_length;

    /// <summary>Begins with another problem.</summary>
    public void Start(CurvedDatafit datafit)
    {
        _datafit = datafit;
        _length = datafit.Length;
        _vectors.Require(4 * (nint)_length);
    }

    /// <summary>Takes r as it is, where every column is penalised.</summary>
    public void Take(double* residual)
    {
        _isShifted = false;
        Buffer.MemoryCopy(residual, Dual, (long)_length * sizeof(double), (long)_length * sizeof(double));
    }

    /// <summary>Moves r so that it is orthogonal to the unpenalised members.</summary>
    /// <param name="gram">The Gram matrix of the frozen curvature.</param>
    /// <param name="count">Number of members.</param>
    /// <param name="columns">Which column each is,</param>
    /// <param name="beta">and its coefficient.</param>
    /// <param name="held">The columns themselves.</param>
    /// <param name="residual">r.</param>
    /// <param name="gradients">x̂ⱼᵀr of every column.</param>
    /// <param name="penalty">Tells which are not penalised.</param>
    /// <param name="rounding">What gradients can be off by.</param>
    /// <param name="inverse">‖A⁻¹‖ at most.</param>
    /// <returns>How far any other gradient can move with it; infinite where that is not known.</returns>
    public double Project(
        IMemberProducts gram, int count, int* columns, double* beta, WorkingColumns held, double* residual, double* gradients, in ElasticNetPenalty penalty,
        in Rounding rounding, double inverse)
    {
        Buffer.MemoryCopy(residual, Dual, (long)_length * sizeof(double), (long)_length * sizeof(double));
        int free = 0, skipped = 0;
        int* positions = _positions.Require(Math.Max(count, 1));
        double* values = _values.Require(2 * (nint)Math.Max(count, 1)), products = values + count;
        _factor.Clear();
        for (int i = 0; i < count; i++)
        {
            if (!penalty.IsUnheld(columns[i], beta[i], gradients[columns[i]]))
                continue;
            gram.Products(i, positions, free, products);
            // One that depends on those before it is orthogonal to what is orthogonal to them; whether it does is looked at in the end.
            if (!_factor.TryAppend(products, gram.Square(i)) || IsLuck(gram, i, positions, free, held, products))
            {
                positions[count - ++skipped] = i;
                continue;
            }

            positions[free] = i;
            values[free++] = gradients[columns[i]];
        }

        double size = 0, rest = 0;
        _isShifted = free > 0;
        if (_isShifted)
        {
            // That of all coefficients at hand is a bound as well, and may be far larger: copies are held apart by their ridge terms alone.
            inverse = Math.Min(inverse, _factor.InverseNorm(products));
            _factor.Solve(values);
            new Span<double>(Shift, _length).Clear();
            held.AddTo(positions, values, free, Shift);
            double* moved = Scaled;
            _datafit.Apply(Shift, moved);
            Kernel.Axpy(-1, moved, Dual, _length);
            size = Math.Sqrt(Kernel.Dot(moved, moved, _length));
            // What is left of the products is rounding, of the gradients and of the solution.
            rest = rounding.Gradient * Math.Sqrt(free * inverse * _datafit.LargestCurvature);
        }

        // Where curvature has vanished a column may seem to depend on others and still not be met.
        for (int k = 1; k <= skipped; k++)
        {
            int position = positions[count - k];
            if (!(Math.Abs(held.Dot(position, Dual)) <= Unmet + 16 * (rounding.Gradient + rest)) || !Depends(gram, position, positions, free, held, products))
                return double.PositiveInfinity;
        }

        double moves = size + 2 * rest;
        return double.IsFinite(moves) ? moves : double.PositiveInfinity;
    }

    /// <summary>Whether rounding has let a column into the factor that is what others are combined; it is taken out again.</summary>
    private bool IsLuck(IMemberProducts gram, int position, int* others, int count, WorkingColumns held, double* products)
    {
        double square = gram.Square(position);
        if (_factor.LastPivot > SoundShare * square)
            return false;
        _factor.Remove(count);
        if (Depends(gram, position, others, count, held, products))
            return true;
        gram.Products(position, others, count, products);
        return !_factor.TryAppend(products, square);
    }

    /// <summary>
    /// Whether a column is what others are combined: the factor sees squares, and takes a column for dependent that differs by 1e-8. Along so small a
    /// difference coefficients may be as large as they like, so that hardly anything left of its condition may be worth much.
    /// </summary>
    private bool Depends(IMemberProducts gram, int position, int* others, int count, WorkingColumns held, double* coefficients)
    {
        double one = 1, size = 1;
        new Span<double>(Scaled, _length).Clear();
        held.AddTo(&position, &one, 1, Scaled);
        _datafit.Apply(Scaled, Turned);
        double whole = Math.Sqrt(Kernel.Dot(Turned, Turned, _length));
        gram.Products(position, others, count, coefficients);
        // Once more from what is left: the squares do not know the coefficients to the last digit.
        for (int round = 0; round < 2 && count > 0; round++)
        {
            if (round > 0)
            {
                _datafit.Apply(Scaled, Turned);
                held.Dot(others, count, Turned, coefficients);
            }

            _factor.Solve(coefficients);
            for (int k = 0; k < count; k++)
            {
                size += Math.Abs(coefficients[k]);
                coefficients[k] = -coefficients[k];
            }

            held.AddTo(others, coefficients, count, Scaled);
        }

        _datafit.Apply(Scaled, Turned);
        // Not by the square, which rounding alone makes 1e-16.
        return Math.Sqrt(Kernel.Dot(Turned, Turned, _length)) <= Nothing * size * whole;
    }

    /// <summary>What f(η) + f*(−θ) + ηᵀθ is at most.</summary>
    /// <param name="scale">c.</param>
    /// <param name="moved">How far η, and θ, can be from what is known of them.</param>
    public double Slack(double scale, double moved)
    {
        for (int i = 0; i < _length; i++)
            Scaled[i] = scale * Dual[i];
        double root = Math.Sqrt(_datafit.FenchelSlack(scale, _isShifted ? Shift : null, Scaled)) + moved * Math.Sqrt(0.5 * CurvatureMargin * Math.Max(_datafit.LargestCurvature, 1));
        return double.IsNaN(root) ? double.PositiveInfinity : root * root;
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _positions.Dispose();
        _values.Dispose();
        _factor.Dispose();
    }
}
