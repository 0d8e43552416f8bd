using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>A loss that is a sum over rows, each of which sees its own η only: the curvature is a number for each row.</summary>
/// <param name="loss">The loss of a row.</param>
internal sealed unsafe class SeparableDatafit<TLoss>(TLoss loss) : CurvedDatafit, IPartedOperator
    where TLoss : struct, ILoss
{
    /// <summary>Newton steps for the intercept alone, at most; in the null model it is solved for.</summary>
    private const int MostSteps = 100;

    /// <summary>η moves by this much in the first step of the intercept alone, and twice as much in each one after: beyond, the square says nothing about the loss.</summary>
    private const double LongestStep = 2;

    /// <summary>What a step of the intercept alone would gain, of the loss: below it goes with the next step of all.</summary>
    private const double WorthAStep = 1e-3;

    /// <summary>On data that can be separated each step moves η by about 1.</summary>
    private const double LeastRecession = 0.1;

    /// <summary>What a row may move the wrong way, as a share of the largest move, for a direction to count as one along which no row loses.</summary>
    private const double Straight = 1e-5;

    /// <summary>A step of the intercept that is rounding.</summary>
    private const double Settled = 1e-15;

    /// <summary>A residual of the null model below this share of what a change of η makes of it is rounding.</summary>
    private const double Nothing = 1e-14;

    /// <summary>With less curvature, as a share of the residual, steps say nothing any more: offsets contradict y by far.</summary>
    private const double Flattest = 1e-30;

    /// <summary>The least number that has all its digits.</summary>
    private const double LeastNormal = 2.2250738585072014e-308;

    /// <summary>Steps of the intercept by which Newton's method has come close, or is on an exponential that it climbs down by 1 each time.</summary>
    private const int PatientSteps = 12;

    private readonly AlignedBuffer<double> _memory = new();
    private nint _stride; // whole vectors: the rows that fill the last one have weight 0
    private double _nullDeviance, _coefficientScale, _gradientScale, _intercept, _unbalanced, _largest, _frozenLargest;
    private double _total, _frozenTotal; // Σ w·curvature
    private double _acceptedIntercept, _acceptedBalance, _acceptedProduct, _acceptedTotal;

    public override double NullDeviance => _nullDeviance;

    public override double Center => 0;

    public override double CoefficientScale => _coefficientScale;

    public override double GradientScale => _gradientScale;

    public override double Intercept => _intercept;

    public override double Unbalanced => HasIntercept ? _unbalanced : 0;

    public override double LargestCurvature => Math.Max(_largest, _frozenLargest);

    private double* Target => _memory.Pointer;

    private double* Offset => Target + _stride;

    private double* Weight => Target + 2 * _stride;

    private double* Root => Target + 3 * _stride;

    /// <summary>What η gains per unit of a vector in √w coordinates.</summary>
    private double* Lever => Target + 4 * _stride;

    private double* Eta => Target + 5 * _stride;

    private double* Slope => Target + 6 * _stride;

    private double* Curvature => Target + 7 * _stride;

    private double* Frozen => Target + 8 * _stride;

    /// <summary>√w times it.</summary>
    private double* FrozenRoot => Target + 9 * _stride;

    /// <summary>√w·curvature of the last accepted evaluation.</summary>
    private double* AcceptedRoot => Target + 10 * _stride;

    public override double Evaluate(double* left, double* residual)
    {
        double intercept = 0;
        if (HasIntercept)
        {
            double moved = _acceptedProduct - Kernel.Dot(AcceptedRoot, left, Length);
            intercept = _acceptedIntercept + (_acceptedBalance - moved) / _acceptedTotal;
        }

        return EvaluateFrom(intercept, left, residual, WorthAStep);
    }

    public override bool Recedes(double* before, double* left)
    {
        double shift = (_intercept - _acceptedIntercept) * _coefficientScale, largest = 0, worst = 0;
        for (int i = 0; i < Length; i++)
        {
            if (Weight[i] == 0)
                continue;
            double moved = shift + Lever[i] * (before[i] - left[i]), sign = loss.Recession(Target[i]);
            largest = Math.Max(largest, sign * moved);
            worst = Math.Max(worst, sign == 0 ? Math.Abs(moved) : -sign * moved);
        }

        return largest > LeastRecession && worst <= Straight * largest;
    }

    public override void Accept(double* left)
    {
        for (int i = 0; i < Length; i++)
            AcceptedRoot[i] = Root[i] * Curvature[i];
        (_acceptedIntercept, _acceptedBalance, _acceptedTotal) = (_intercept, _unbalanced, _total);
        _acceptedProduct = Kernel.Dot(AcceptedRoot, left, Length);
    }

    public override void Freeze(double damping = 0)
    {
        double added = damping * _total; // the weights add up to 1
        for (int i = 0; i < Length; i++)
        {
            Frozen[i] = Curvature[i] + added;
            FrozenRoot[i] = Root[i] * Frozen[i];
        }

        (_frozenTotal, _frozenLargest) = (_total + added, _largest + added);
    }

    public override void Apply(double* vector, double* result) => ApplyPart(vector, Whole(vector), 0, Length, result);

    public double* Diagonal => Frozen;

    public bool TakesMean => HasIntercept;

    /// <summary>What the intercept makes of a vector.</summary>
    public double Whole(double* vector) => HasIntercept ? Kernel.Dot(FrozenRoot, vector, Length) / _frozenTotal : 0;

    public void ApplyPart(double* vector, double whole, int first, int count, double* result)
    {
        double* x = vector + first, frozen = Frozen + first, root = Root + first;
        Vec mean = Vector512.Create(whole);
        int i = 0;
        for (; i + Vec.Count <= count; i += Vec.Count)
            Vector512.Store(Vector512.Load(frozen + i) * (Vector512.Load(x + i) - Vector512.Load(root + i) * mean), result + i);
        for (; i < count; i++)
            result[i] = frozen[i] * (x[i] - root[i] * whole);
    }

    public override double FenchelSlack(double scale, double* shift, double* dual)
    {
        Vec sum = Vec.Zero, unit = Vector512.Create(-_gradientScale);
        for (int i = 0; i < Length; i += Vec.Count)
        {
            Vec weight = Vector512.Load(Weight + i), point = Load(dual, i) / Vector512.Load(Root + i) * unit;
            // A little less of a dual that has hardly a digit is as much, or beyond its range; 0 is a dual of every row.
            point = Vector512.ConditionalSelect(Vector512.LessThan(Vector512.Abs(point), Vector512.Create(LeastNormal)), Vec.Zero, point);
            Vec slack = loss.Slack(Vector512.Load(Target + i), Vector512.Load(Eta + i), Vector512.Load(Slope + i), point);
            sum += Vector512.ConditionalSelect(Vector512.GreaterThan(weight, Vec.Zero), weight * slack, Vec.Zero);
        }

        return Vector512.Sum(sum) / (_coefficientScale * _gradientScale);
    }

    public override void Dispose()
    {
        base.Dispose();
        _memory.Dispose();
    }

    protected override void TakeResponse(in TrainingRows rows)
    {
        int n = Length;
        _stride = (n + Vec.Count - 1) / Vec.Count * Vec.Count;
        _memory.RequireZeroed(11 * _stride);
        double mean = 0, least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int i = 0; i < _stride; i++)
        {
            // Rows that do not count hold what no formula minds.
            bool counts = i < n && Weights[i] > 0;
            double y = Target[i] = rows.Response[counts ? i : FirstRow];
            Offset[i] = rows.Offset == null ? 0 : rows.Offset[counts ? i : FirstRow];
            if (!counts)
                continue;
            (Weight[i], Root[i]) = (Weights[i], RootWeights[i]);
            if (!loss.Accepts(y))
                Throw.Data("y", Throw.Invariant($"'y' ({y} in row {i}, counted from 0) must {loss.Range}."));
            mean += Weight[i] * y;
            (least, most) = (Math.Min(least, y), Math.Max(most, y));
        }

        if (HasIntercept && loss.Degenerate(least, most) is { } reason)
            Throw.Data("y", $"'y' {reason}.");
        Rounding = 0;
        UseScales(1, 1);
        double* none = AcceptedRoot; // X̂β = 0
        double half = EvaluateFrom(HasIntercept ? loss.Link(Math.Clamp(mean, least, most)) - MeanOffset() : 0, none, Response, 0);
        double norm = Math.Sqrt(Kernel.Dot(Response, Response, n));
        if (!double.IsFinite(half) || !(_total > Flattest * norm))
            Throw.Data("y", "'y' and the offset are too far apart for double: no intercept fits them; rescale them.");
        if (norm <= RoundingOfNull())
        {
            _nullDeviance = 0;
            new Span<double>(Response, n).Clear();
        }
        else
        {
            // ‖r‖ = 1 and Σ w·curvature = 1.
            UseScales(norm / _total, norm);
            _nullDeviance = 2 * half / (_coefficientScale * _gradientScale);
            _ = EvaluateFrom(_intercept / _coefficientScale, none, Response, WorthAStep);
        }

        Freeze();
        Accept(none);
        _acceptedProduct = 0;
    }

    /// <summary>What rounding of η leaves of the residual where every row is fitted.</summary>
    private double RoundingOfNull()
    {
        double square = 0;
        for (int i = 0; i < Length; i++)
        {
            double one = Curvature[i] * (1 + Math.Abs(Eta[i]));
            square += Weight[i] * one * one;
        }

        return Nothing * Math.Sqrt(square);
    }

    private double MeanOffset()
    {
        double mean = 0;
        for (int i = 0; i < Length; i++)
            mean += Weight[i] * Offset[i];
        return mean;
    }

    private void UseScales(double coefficients, double gradients)
    {
        (_coefficientScale, _gradientScale) = (coefficients, gradients);
        for (int i = 0; i < Length; i++)
            Lever[i] = Weight[i] > 0 ? coefficients / Root[i] : 0;
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
            if (step >= PatientSteps)
            {
                // Ever wider until the other side is found, then halves.
                longest *= 2;
                change = double.IsFinite(least + most) ? 0.5 * (least + most) - intercept : Math.CopySign(longest, change);
            }

            intercept += Math.Clamp(change, -longest, longest);
            longest *= 2;
            if (intercept <= least || intercept >= most)
                intercept = 0.5 * (least + most);
        }

        Balance(residual);
        return value;
    }

    private double EvaluateAt(double intercept, double* left, double* residual)
    {
        Vec shift = Vector512.Create(intercept * _coefficientScale), curved = Vector512.Create(_coefficientScale / _gradientScale);
        Vec inverse = Vector512.Create(-1 / _gradientScale), value = Vec.Zero, balance = Vec.Zero, total = Vec.Zero, largest = Vec.Zero;
        for (int i = 0; i < Length; i += Vec.Count)
        {
            Vec weight = Vector512.Load(Weight + i), root = Vector512.Load(Root + i);
            Vec eta = Vector512.Load(Offset + i) + shift - Vector512.Load(Lever + i) * Load(left, i);
            Vec half = loss.Evaluate(Vector512.Load(Target + i), eta, out Vec slope, out Vec curvature);
            curvature *= curved;
            Vec r = root * slope * inverse;
            Vector512.Store(eta, Eta + i);
            Vector512.Store(slope, Slope + i);
            Vector512.Store(curvature, Curvature + i);
            Store(r, residual, i);
            value += weight * half;
            balance += root * r;
            total += weight * curvature;
            largest = Vector512.Max(largest, Vector512.ConditionalSelect(Vector512.GreaterThan(weight, Vec.Zero), curvature, Vec.Zero));
        }

        (_intercept, _unbalanced, _total, _largest) = (intercept, Vector512.Sum(balance), Vector512.Sum(total), Largest(largest));
        // Not a number anywhere is not a number here.
        return (Vector512.Sum(value) + 0 * (_unbalanced + _total)) / (_coefficientScale * _gradientScale);
    }

    /// <summary>Takes away what a Newton step of the intercept would.</summary>
    private void Balance(double* residual)
    {
        if (!HasIntercept || _total == 0)
            return;
        double share = _unbalanced / _total;
        for (int i = 0; i < Length; i++)
            residual[i] -= share * Root[i] * Curvature[i];
    }

    private static double Largest(Vec values)
    {
        double largest = values[0];
        for (int i = 1; i < Vec.Count; i++)
            largest = Math.Max(largest, values[i]);
        return largest;
    }

    /// <summary>Elements from <paramref name="i"/> on of a vector of n; 0 beyond its end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vec Load(double* vector, int i) => i + Vec.Count <= Length ? Vector512.Load(vector + i) : LoadRest(vector, i);

    private Vec LoadRest(double* vector, int i)
    {
        double* rest = stackalloc double[Vec.Count];
        new Span<double>(rest, Vec.Count).Clear();
        for (int k = 0; i + k < Length; k++)
            rest[k] = vector[i + k];
        return Vector512.Load(rest);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Store(Vec values, double* vector, int i)
    {
        if (i + Vec.Count <= Length)
            Vector512.Store(values, vector + i);
        else
            StoreRest(values, vector, i);
    }

    private void StoreRest(Vec values, double* vector, int i)
    {
        for (int k = 0; i + k < Length; k++)
            vector[i + k] = values[k];
    }
}
