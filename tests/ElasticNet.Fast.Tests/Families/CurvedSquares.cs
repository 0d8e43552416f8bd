using ElasticNet.Fast.Data;
using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Tests.Families;

/// <summary>½ Σ wᵢhᵢ(yᵢ − b − xᵢᵀβ)²: squared error as a loss with curvature h that Newton's method meets, to test that by problems whose answers are known.</summary>
/// <param name="curvature">h > 0, one for each row; null for 1.</param>
internal sealed unsafe class CurvedSquares(double[]? curvature) : CurvedDatafit
{
    private readonly AlignedBuffer<double> _memory = new();
    private double _center, _norm, _total, _nullDeviance, _intercept, _largest;

    public override double* Origin => _memory.Pointer;

    /// <summary>h, Σ wh = 1.</summary>
    private double* Curvature => _memory.Pointer + Length;

    /// <summary>r of the last evaluation.</summary>
    private double* Residual => _memory.Pointer + 2 * Length;

    public override double NullDeviance => _nullDeviance;

    public override double Center => _center;

    public override double CoefficientScale => _norm / _total;

    public override double GradientScale => _norm;

    public override double Intercept => _intercept;

    public override double Unbalanced => 0;

    public override double LargestCurvature => _largest;

    public override double Evaluate(double* left, double* residual)
    {
        _intercept = Mean(left);
        double value = 0;
        for (int i = 0; i < Length; i++)
        {
            double away = left[i] - RootWeights[i] * _intercept;
            Residual[i] = residual[i] = Curvature[i] * away;
            value += 0.5 * residual[i] * away;
        }

        return value;
    }

    public override void Accept(double* left)
    {
    }

    public override void Freeze(double damping = 0)
    {
    }

    public override void Apply(double* vector, double* result)
    {
        double mean = Mean(vector);
        for (int i = 0; i < Length; i++)
            result[i] = Curvature[i] * (vector[i] - RootWeights[i] * mean);
    }

    public override double FenchelSlack(double scale, double* shift, double* dual)
    {
        double slack = 0;
        for (int i = 0; i < Length; i++)
            slack += 0.5 * (Residual[i] - dual[i]) * (Residual[i] - dual[i]) / Curvature[i];
        return slack;
    }

    public override void Dispose()
    {
        base.Dispose();
        _memory.Dispose();
    }

    protected override void TakeResponse(in TrainingRows rows)
    {
        _memory.RequireZeroed(3 * (nint)Length);
        (_total, _center, _largest) = (0, 0, 0);
        for (int i = 0; i < Length; i++)
        {
            double h = curvature is null ? 1 : curvature[i];
            _total += Weights[i] * h;
            _center += Weights[i] * h * rows.Response[i];
        }

        _total = curvature is null ? 1 : _total;
        _center = HasIntercept ? _center / _total : 0;
        double square = 0;
        for (int i = 0; i < Length; i++)
        {
            Curvature[i] = curvature is null ? 1 : curvature[i] / _total;
            _largest = Math.Max(_largest, Curvature[i]);
            Origin[i] = RootWeights[i] * (rows.Response[i] - _center);
            square += Curvature[i] * Curvature[i] * Origin[i] * Origin[i];
        }

        _norm = _total * Math.Sqrt(square);
        for (int i = 0; i < Length; i++)
            Origin[i] /= CoefficientScale;
        _nullDeviance = 2 * Evaluate(Origin, Response);
    }

    /// <summary>What the intercept is to a vector; with h = 1 centred columns leave it nothing.</summary>
    private double Mean(double* vector)
    {
        double sum = 0;
        for (int i = 0; i < Length && HasIntercept && curvature is not null; i++)
            sum += RootWeights[i] * Curvature[i] * vector[i];
        return sum;
    }
}
