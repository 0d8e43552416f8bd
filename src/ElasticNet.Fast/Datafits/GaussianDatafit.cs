using ElasticNet.Fast.Data;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// Squared loss ½ Σ wᵢ(yᵢ − oᵢ − ηᵢ)² in the solvers' units: the response is centred (with an intercept), divided by its
/// weighted norm and multiplied by √w, so that half its square norm, the null deviance, is ½. The centre is taken away without rounding.
/// </summary>
internal sealed unsafe class GaussianDatafit : Datafit
{
    /// <summary>Below this size λ and coefficients lose digits.</summary>
    private const double LeastNorm = 1e-298;

    /// <summary>Between this and its inverse squares, and what is left of them after a good fit, keep their digits.</summary>
    private const double LeastSquared = 1e-140;

    /// <summary>So many norms away from the mean a first value leaves more than rounding in two rounds.</summary>
    private const double FarOut = 1e8;

    private double _center, _widest;

    /// <summary>Whether y is so close to a constant that only the rows can tell whether it is one over some of them.</summary>
    public bool IsNearConstant => 1e-3 * Norm <= Constancy.Span * Math.Abs(Center);

    /// <summary>Weighted mean of y − o with an intercept, else 0.</summary>
    public override double Center => _center;

    /// <summary>Weighted root mean square of y − o − <see cref="Center"/>; 1 where that is 0.</summary>
    public double Norm { get; private set; }

    public override double CoefficientScale => Norm;

    public override double GradientScale => Norm;

    /// <summary>½·Square of the response's norm is the null deviance: 1, or 0 where there is nothing to explain.</summary>
    public override double NullDeviance => Kernel.Dot(Response, Response, Length);

    /// <summary>Refuses a response whose squares double cannot tell from 0 or from infinity: for errors that are reported as squares.</summary>
    public void CheckSquares()
    {
        if (!(Norm is >= LeastSquared and <= 1 / LeastSquared))
            Throw.Data("y", Throw.Invariant($"'y' (less the offset, {Norm} its root mean square about the null model) must lie between {LeastSquared} and {1 / LeastSquared} where errors are squared; rescale it, or choose the mean absolute error."));
    }

    /// <summary><see cref="Datafit.Response"/> ← √w∘(y − o − <see cref="Center"/>)/<see cref="Norm"/>.</summary>
    protected override void TakeResponse(in TrainingRows rows)
    {
        double* y = rows.Response, offset = rows.Offset;
        for (int i = 0; i < Length; i++)
            Response[i] = Weights[i] > 0 ? y[i] - (offset == null ? 0 : offset[i]) : 0;
        Rounding = 0;
        for (int i = 0; i < Length && offset != null; i++)
            Rounding = Math.Max(Rounding, Constancy.Unit * Math.Abs(Response[i]));
        Standardize(y, offset);
    }

    private void Standardize(double* y, double* offset)
    {
        double first = Response[FirstRow];
        _center = 0;
        if (HasIntercept)
        {
            // The mean about a value of y, then the mean of what is left: exact for a constant y, right to the last digit else.
            _center = first;
            for (int round = 0; round < 2; round++)
                _center += Mean(Center);
        }

        for (int i = 0; i < Length; i++)
            Response[i] = Weights[i] > 0 ? Response[i] - Center : 0;
        Measure();
        // A first value that lies far out, with next to no weight, leaves more than rounding: once more, until nothing is left.
        for (int round = 0; round < 24 && HasIntercept && Math.Abs(first - Center) > FarOut * Norm; round++)
        {
            double shift = Mean(0);
            if (Math.Abs(shift) <= 1e-15 * Norm)
                break;
            _center += shift;
            for (int i = 0; i < Length; i++)
                Response[i] = Weights[i] > 0 ? Response[i] - shift : 0;
            Measure();
        }

        if (_widest > 0 && IsRounding(y, offset))
        {
            new Span<double>(Response, Length).Clear();
            Norm = 1;
        }

        if (Norm < LeastNorm)
            Throw.Data("y", Throw.Invariant($"'y' (less the offset) must have a size of {LeastNorm} or more, where double keeps its digits, but has {Norm} (root mean square about the null model); rescale it."));
        for (int i = 0; i < Length; i++)
            Response[i] = RootWeights[i] * (Response[i] / Norm);
    }

    /// <summary>Σw(response − <paramref name="center"/>).</summary>
    private double Mean(double center)
    {
        double shift = 0;
        for (int i = 0; i < Length; i++)
            shift += Weights[i] * (Response[i] - center);
        return shift;
    }

    /// <summary>The largest value and the norm of what is centred.</summary>
    private void Measure()
    {
        double widest = 0;
        for (int i = 0; i < Length; i++)
            widest = Math.Max(widest, Math.Abs(Response[i]));
        if (!double.IsFinite(widest))
            Throw.Data("y", "'y' (less the offset) spans more than the range of double; rescale it.");
        double square = 0;
        for (int i = 0; i < Length && widest > 0; i++)
            square += Weights[i] * (Response[i] / widest) * (Response[i] / widest);
        Norm = widest == 0 ? 1 : widest * Math.Sqrt(square);
        _widest = widest;
    }

    /// <summary>Whether what is left of y less offset and mean is the rounding of these: then there is nothing to explain.</summary>
    private bool IsRounding(double* y, double* offset)
    {
        // Without an offset only a mean far above the rest leaves room for that.
        if (offset == null && _widest > Constancy.Span * (Math.Abs(Center) + _widest))
            return false;
        double size = 0;
        for (int i = 0; i < Length; i++)
        {
            if (Weights[i] > 0)
                size = Math.Max(size, Math.Max(Math.Abs(y[i]), offset == null ? 0 : Math.Abs(offset[i])));
        }

        return 2 * _widest <= Constancy.Span * size;
    }
}
