using ElasticNet.Fast.Data;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Datafits;

/// <summary>A loss that is a sum over rows, each of which sees its own η only: the curvature is a number for each row.</summary>
/// <param name="loss">The loss of one row.</param>
internal sealed unsafe class SeparableDatafit<TLoss>(TLoss loss) : CurvedDatafit
    where TLoss : struct, ILoss
{
    /// <summary>Newton steps for the intercept alone, at most; in the null model it is solved for.</summary>
    private const int MostSteps = 100;

    /// <summary>η moves by this much in a step at most: beyond, the square says nothing about the loss.</summary>
    private const double LongestStep = 2;

    /// <summary>What a step of the intercept alone would gain, of the loss: below it goes with the next step of all.</summary>
    private const double WorthAStep = 1e-3;

    /// <summary>A step of the intercept that is rounding.</summary>
    private const double Settled = 1e-15;

    /// <summary>A residual of the null model below this share of its curvature is rounding.</summary>
    private const double Nothing = 1e-14;

    private readonly AlignedBuffer<double> _memory = new();
    private double _nullDeviance, _coefficientScale, _gradientScale, _intercept, _unbalanced, _largest;
    private double _total, _frozenTotal;                                         // Σ w·curvature
    private double _acceptedIntercept, _acceptedBalance, _acceptedProduct, _acceptedTotal;

    public override double NullDeviance => _nullDeviance;

    public override double Center => 0;

    public override double CoefficientScale => _coefficientScale;

    public override double GradientScale => _gradientScale;

    public override double Intercept => _intercept;

    public override double Unbalanced => _unbalanced;

    public override double LargestCurvature => _largest;

    private double* Target => _memory.Pointer;

    private double* Offset => Target + Length;

    /// <summary>What η gains per unit of a vector in √w coordinates.</summary>
    private double* Lever => Target + 2 * (nint)Length;

    private double* Eta => Target + 3 * (nint)Length;

    private double* Slope => Target + 4 * (nint)Length;

    private double* Curvature => Target + 5 * (nint)Length;

    private double* Frozen => Target + 6 * (nint)Length;

    private double* FrozenRoot => Target + 7 * (nint)Length;

    /// <summary>√w·curvature of the last accepted evaluation.</summary>
    private double* AcceptedRoot => Target + 8 * (nint)Length;

    public override double Evaluate(double* left, double* residual)
    {
        int n = Length;
        double intercept = 0;
        if (HasIntercept)
        {
            double moved = _acceptedProduct - Kernel.Dot(AcceptedRoot, left, n);
            intercept = _acceptedIntercept + (_acceptedBalance - moved) / _acceptedTotal;
        }

        return EvaluateFrom(intercept, left, residual, WorthAStep);
    }

    public override void Accept(double* left)
    {
        for (int i = 0; i < Length; i++)
            AcceptedRoot[i] = RootWeights[i] * Curvature[i];
        (_acceptedIntercept, _acceptedBalance, _acceptedTotal) = (_intercept, _unbalanced, _total);
        _acceptedProduct = Kernel.Dot(AcceptedRoot, left, Length);
    }

    public override void Freeze()
    {
        for (int i = 0; i < Length; i++)
        {
            Frozen[i] = Curvature[i];
            FrozenRoot[i] = RootWeights[i] * Curvature[i];
        }

        _frozenTotal = _total;
    }

    public override void Apply(double* vector, double* result)
    {
        double mean = HasIntercept ? Kernel.Dot(FrozenRoot, vector, Length) / _frozenTotal : 0;
        for (int i = 0; i < Length; i++)
            result[i] = Frozen[i] * (vector[i] - RootWeights[i] * mean);
    }

    public override double FenchelSlack(double* dual)
    {
        double sum = 0;
        for (int i = 0; i < Length; i++)
        {
            if (Weights[i] > 0)
                sum += Weights[i] * loss.Slack(Target[i], Eta[i], Slope[i], -dual[i] / RootWeights[i] * _gradientScale);
        }

        return sum / (_coefficientScale * _gradientScale);
    }

    public override void Dispose()
    {
        base.Dispose();
        _memory.Dispose();
    }

    protected override void TakeResponse(in TrainingRows rows)
    {
        int n = Length;
        _memory.Require(9 * (nint)n);
        double mean = 0;
        for (int i = 0; i < n; i++)
        {
            // Rows that do not count hold what no formula minds.
            double y = Target[i] = rows.Response[Weights[i] > 0 ? i : FirstRow];
            Offset[i] = rows.Offset == null || Weights[i] == 0 ? 0 : rows.Offset[i];
            if (!loss.Accepts(y))
                Throw.Data("y", Throw.Invariant($"'y' ({y} in row {i}, counted from 0) must {loss.Range}."));
            mean += Weights[i] * y;
        }

        if (HasIntercept && loss.Degenerate(mean) is { } reason)
            Throw.Data("y", $"'y' {reason}.");
        (_coefficientScale, _gradientScale) = (1, 1);
        FindLevers();
        double half = FitNull(mean);
        double norm = Math.Sqrt(Kernel.Dot(Response, Response, n));
        Rounding = 0;
        if (!double.IsFinite(half) || !(_total > 0))
            Throw.Data("y", "'y' and the offset are too far apart for double: no intercept fits them; rescale them.");
        if (norm <= Nothing * Math.Sqrt(_total))
        {
            _nullDeviance = 0;
            new Span<double>(Response, n).Clear();
            return;
        }

        // ‖r‖ = 1 and Σ w·curvature = 1.
        (_coefficientScale, _gradientScale) = (norm / _total, norm);
        FindLevers();
        double unit = _coefficientScale * _gradientScale;
        _nullDeviance = 2 * half / unit;
        _intercept /= _coefficientScale;
        new Span<double>(Eta, n).Clear();
        _ = EvaluateFrom(_intercept, Eta, Response, WorthAStep);
        _acceptedProduct = 0;
        double* zero = FrozenRoot;
        new Span<double>(zero, n).Clear();
        Accept(zero);
        Freeze();
    }

    private void FindLevers()
    {
        for (int i = 0; i < Length; i++)
            Lever[i] = Weights[i] > 0 ? _coefficientScale / RootWeights[i] : 0;
    }

    /// <summary>The null model; half its deviance.</summary>
    private double FitNull(double mean)
    {
        double offset = 0;
        for (int i = 0; i < Length; i++)
            offset += Weights[i] * Offset[i];
        double* zero = AcceptedRoot;
        new Span<double>(zero, Length).Clear();
        return EvaluateFrom(HasIntercept ? loss.Link(mean) - offset : 0, zero, Response, 0);
    }

    /// <summary>Evaluates, with steps of the intercept alone while they gain more than a share of the loss.</summary>
    private double EvaluateFrom(double intercept, double* left, double* residual, double share)
    {
        double value = double.NaN, longest = LongestStep / _coefficientScale, least = double.NegativeInfinity, most = double.PositiveInfinity;
        for (int step = 0; step < MostSteps; step++)
        {
            value = EvaluateAt(intercept, left, residual);
            double change = _unbalanced / _total;
            if (!HasIntercept || !double.IsFinite(value) || !(_unbalanced * change > share * value) || Math.Abs(change) <= Settled * (1 / _coefficientScale + Math.Abs(intercept)))
                break;
            (least, most) = change > 0 ? (intercept, most) : (least, intercept);
            intercept += Math.Clamp(change, -longest, longest);
            if (intercept <= least || intercept >= most)
                intercept = 0.5 * (least + most);
        }

        Balance(residual);
        return value;
    }

    private double EvaluateAt(double intercept, double* left, double* residual)
    {
        double shift = intercept * _coefficientScale, curved = _coefficientScale / _gradientScale;
        double value = 0, balance = 0, total = 0, largest = 0;
        for (int i = 0; i < Length; i++)
        {
            double eta = Offset[i] + shift - Lever[i] * left[i];
            loss.Derive(Target[i], eta, out double slope, out double curvature);
            Eta[i] = eta;
            Slope[i] = slope;
            value += Weights[i] * loss.Slack(Target[i], eta, slope, 0);
            residual[i] = -RootWeights[i] * slope / _gradientScale;
            balance += RootWeights[i] * residual[i];
            curvature *= curved;
            Curvature[i] = curvature;
            total += Weights[i] * curvature;
            largest = Math.Max(largest, Weights[i] > 0 ? curvature : 0);
        }

        (_intercept, _unbalanced, _total, _largest) = (intercept, balance, total, largest);
        return value / (_coefficientScale * _gradientScale);
    }

    /// <summary>Takes away what a Newton step of the intercept would.</summary>
    private void Balance(double* residual)
    {
        if (!HasIntercept || _total == 0)
            return;
        double share = _unbalanced / _total;
        for (int i = 0; i < Length; i++)
            residual[i] -= share * RootWeights[i] * Curvature[i];
    }
}
