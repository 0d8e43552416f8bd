using ElasticNet.Fast.Data;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// Squared loss ½ Σₖ Σᵢ wᵢ(yᵢₖ − oᵢₖ − ηᵢₖ)² of several responses, each centred by itself (with intercepts), all of them divided by the norm of them
/// together, so that the null deviance is 1.
/// </summary>
internal sealed unsafe class StackedSquares : Datafit
{
    /// <summary>Below this size λ and coefficients lose digits.</summary>
    private const double LeastNorm = 1e-298;

    /// <summary>Rounds of centring: what the first leaves of a mean far out the second takes.</summary>
    private const int Rounds = 3;

    private double[] _centers = [];
    private double _norm;

    public override double NullDeviance => Kernel.Dot(Response, Response, Length);

    public override double Center => 0;

    public override double CoefficientScale => _norm;

    public override double GradientScale => _norm;

    public override int Intercepts => HasIntercepts ? Outputs : 0;

    public override double InterceptOf(int output) => _centers[output] / _norm;

    protected override void TakeResponse(in TrainingRows rows)
    {
        int n = Length / Outputs;
        if (_centers.Length < Outputs)
            _centers = new double[Outputs];
        double widest = 0, rounding = 0;
        for (int k = 0; k < Outputs; k++)
        {
            double* own = Response + (nint)k * n, y = rows.Response + (nint)k * n;
            double* offset = rows.Offset == null ? null : rows.Offset + (nint)k * n;
            double largest = 0, size = 0;
            for (int i = 0; i < n; i++)
            {
                own[i] = Weights[i] > 0 ? y[i] - (offset == null ? 0 : offset[i]) : 0;
                if (Weights[i] > 0)
                    size = Math.Max(size, Math.Max(Math.Abs(y[i]), offset == null ? 0 : Math.Abs(offset[i])));
            }

            Centre(k, own, n);
            for (int i = 0; i < n; i++)
                largest = Math.Max(largest, Math.Abs(own[i]));
            if (!double.IsFinite(largest))
                Throw.Data("y", Throw.Invariant($"'y' (less the offset) of output {k} (counted from 0) spans more than the range of double; rescale it."));
            // What is left of a response that is constant is rounding.
            if (2 * largest <= Constancy.Span * size)
                new Span<double>(own, n).Clear();
            else
                widest = Math.Max(widest, largest);
            rounding = Math.Max(rounding, offset == null ? 0 : Constancy.Unit * size);
        }

        double square = 0;
        for (int i = 0; i < Length && widest > 0; i++)
            square += Weights[i] * (Response[i] / widest) * (Response[i] / widest);
        _norm = widest == 0 ? 1 : widest * Math.Sqrt(square);
        if (_norm < LeastNorm)
            Throw.Data("y", Throw.Invariant($"'y' (less the offset) must have a size of {LeastNorm} or more, where double keeps its digits, but has {_norm} (root mean square about the null model); rescale it."));
        Rounding = rounding;
        for (int i = 0; i < Length; i++)
            Response[i] = RootWeights[i] * (Response[i] / _norm);
    }

    private void Centre(int output, double* own, int n)
    {
        _centers[output] = 0;
        for (int round = 0; round < Rounds && HasIntercepts; round++)
        {
            double mean = 0;
            for (int i = 0; i < n; i++)
                mean += Weights[i] * own[i];
            _centers[output] += mean;
            for (int i = 0; i < n; i++)
                own[i] = Weights[i] > 0 ? own[i] - mean : 0;
        }
    }
}
