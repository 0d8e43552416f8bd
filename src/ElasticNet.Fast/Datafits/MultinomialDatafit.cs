using System.Runtime.Intrinsics;
using ElasticNet.Fast.Data;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using Vec = System.Runtime.Intrinsics.Vector512<double>;

namespace ElasticNet.Fast.Datafits;

/// <summary>
/// Minus the log-likelihood of K classes, Σᵢ wᵢ (log Σₖ exp ηᵢₖ − Σₖ yᵢₖ ηᵢₖ) less the entropy of y, with the shares y of a row summing to 1. The
/// linear predictors of a class follow those of another (<see cref="Datafit.Outputs"/>). A row's curvature couples its classes,
/// diag(p) − ppᵀ; all of it is used. An intercept for each class is part of the loss, as the one of other losses is.
/// </summary>
internal sealed unsafe partial class MultinomialDatafit : CurvedDatafit
{
    /// <summary>Newton steps for the intercepts alone, at most.</summary>
    private const int MostSteps = 100;

    /// <summary>η moves by at most this much in a step of the intercepts alone.</summary>
    private const double LongestStep = 2;

    /// <summary>What a step of the intercepts alone would gain, of the loss: below it goes with the next step of all.</summary>
    private const double WorthAStep = 1e-3;

    /// <summary>A step of an intercept that is rounding.</summary>
    private const double Settled = 1e-15;

    /// <summary>On data that can be separated each step moves η by about 1.</summary>
    private const double LeastRecession = 0.1;

    /// <summary>What a row may move the wrong way, as a share of the largest move, for a direction to count as one along which no row loses.</summary>
    private const double Straight = 1e-5;

    /// <summary>A residual of the null model below this share of what a change of η makes of it is rounding.</summary>
    private const double Nothing = 1e-14;

    /// <summary>How far the shares of a row may be from 1 in sum.</summary>
    private const double Slack = 1e-9;

    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _stacked = new();
    private readonly AlignedBuffer<double> _classes = new();
    private readonly ClassIntercepts _moving = new();
    private readonly ClassIntercepts _frozen = new();
    private readonly ClassIntercepts _accepted = new();
    private int _classCount, _blockRows, _reference;
    private nint _block, _stride;
    private double _nullDeviance, _coefficientScale, _gradientScale, _largest, _frozenLargest, _damping;

    public override double NullDeviance => _nullDeviance;

    public override double Center => 0;

    public override double CoefficientScale => _coefficientScale;

    public override double GradientScale => _gradientScale;

    public override double Intercept => 0;

    public override int Intercepts => HasIntercepts ? _classCount - 1 : 0;

    public override bool IsShiftFree => true;

    public override double Unbalanced
    {
        get
        {
            double largest = 0;
            for (int k = 0; k < _classCount && HasIntercepts; k++)
                largest = Math.Max(largest, Math.Abs(Left[k]));
            return largest;
        }
    }

    public override double LargestCurvature => Math.Max(_largest, _frozenLargest);

    public override string RecessionWords => "'y' is told apart by columns without a penalty: classes are separated";

    // By row: √w, what η gains per unit of a vector in √w coordinates, and room.
    private double* Root => _rows.Pointer;

    private double* Lever => Root + _stride;

    private double* Mean => Root + 2 * _stride;

    // By class and row.
    private double* Share => _stacked.Pointer;

    private double* Offset => Share + _block;

    /// <summary>p.</summary>
    private double* Probability => Share + 2 * _block;

    /// <summary>log p.</summary>
    private double* Logarithm => Share + 3 * _block;

    /// <summary>y − p, to nearly all digits where the row is nearly fitted.</summary>
    private double* Difference => Share + 4 * _block;

    private double* FrozenProbability => Share + 5 * _block;

    private double* AcceptedProbability => Share + 6 * _block;

    private double* Moved => Share + 7 * _block;

    /// <summary>log y; 0 where y is.</summary>
    private double* LogarithmOfShare => Share + 8 * _block;

    // By class.
    private double* Current => _classes.Pointer;

    /// <summary>What is left of the intercepts' conditions.</summary>
    private double* Left => Current + _classCount;

    private double* AcceptedIntercept => Current + 2 * _classCount;

    private double* AcceptedLeft => Current + 3 * _classCount;

    private double* AcceptedProduct => Current + 4 * _classCount;

    private double* Step => Current + 5 * _classCount;

    /// <summary>The curvature of all rows together, K × K.</summary>
    private double* Total => Current + 6 * _classCount;

    public override double InterceptOf(int output) => Current[output];

    public override double Evaluate(double* left, double* residual)
    {
        new Span<double>(Step, _classCount).Clear();
        if (HasIntercepts)
        {
            Products(AcceptedProbability, left, Step);
            for (int k = 0; k < _classCount; k++)
                Step[k] = AcceptedLeft[k] - (AcceptedProduct[k] - Step[k]);
            _accepted.Solve(Step);
            for (int k = 0; k < _classCount; k++)
                Current[k] = AcceptedIntercept[k] + Step[k];
        }

        return EvaluateFrom(left, residual, WorthAStep);
    }

    public override bool Recedes(double* before, double* left)
    {
        double largest = 0, worst = 0;
        for (int i = 0; i < _blockRows; i++)
        {
            if (Root[i] == 0)
                continue;
            double least = double.PositiveInfinity, most = double.NegativeInfinity, lowest = double.PositiveInfinity;
            for (int k = 0; k < _classCount; k++)
            {
                nint at = (nint)k * _blockRows + i;
                double moved = (Current[k] - AcceptedIntercept[k]) * _coefficientScale + Lever[i] * (before[at] - left[at]);
                (most, lowest) = (Math.Max(most, moved), Math.Min(lowest, moved));
                least = Share[at] > 0 ? Math.Min(least, moved) : least;
            }

            largest = Math.Max(largest, most - lowest);
            worst = Math.Max(worst, most - least);
        }

        return largest > LeastRecession && worst <= Straight * largest;
    }

    public override void Accept(double* left)
    {
        Copy(Probability, AcceptedProbability);
        for (int k = 0; k < _classCount; k++)
            (AcceptedIntercept[k], AcceptedLeft[k]) = (Current[k], Left[k]);
        Gather(AcceptedProbability, 0);
        _accepted.Factor(Total, _classCount, _reference);
        Products(AcceptedProbability, left, AcceptedProduct);
    }

    /// <summary>The slack of a row is the divergence of the shares that the dual point stands for from those of the model.</summary>
    public override double FenchelSlack(double scale, double* shift, double* dual)
    {
        double sum = 0;
        for (int k = 0; k < _classCount; k++)
        {
            nint first = (nint)k * _blockRows;
            for (int i = 0; i < _blockRows; i += Vec.Count)
            {
                int count = Math.Min(Vec.Count, _blockRows - i);
                Vec root = Load(Root + i, count), point = Load(dual + first + i, count) / root * Vector512.Create(_gradientScale);
                Vec slack = Entropy.Divergence(
                    Load(Probability + first + i, count), Load(Difference + first + i, count) - point, Vec.One, Load(Logarithm + first + i, count));
                sum += Vector512.Sum(Vector512.ConditionalSelect(Vector512.GreaterThan(root, Vec.Zero), root * root * slack, Vec.Zero));
            }
        }

        return sum / (_coefficientScale * _gradientScale);
    }

    public override void Dispose()
    {
        base.Dispose();
        _rows.Dispose();
        _stacked.Dispose();
        _classes.Dispose();
        _moving.Dispose();
        _frozen.Dispose();
        _accepted.Dispose();
    }

    private void Clear(double* vector) => new Span<double>(vector, Length).Clear();

    private void Copy(double* from, double* to) => Buffer.MemoryCopy(from, to, _block * sizeof(double), _block * sizeof(double));

    private static double Largest(Vec values)
    {
        double largest = values[0];
        for (int i = 1; i < Vec.Count; i++)
            largest = Math.Max(largest, values[i]);
        return largest;
    }

    private static Vec Load(double* from, int count)
    {
        if (count == Vec.Count)
            return Vector512.Load(from);
        double* rest = stackalloc double[Vec.Count];
        new Span<double>(rest, Vec.Count).Clear();
        for (int i = 0; i < count; i++)
            rest[i] = from[i];
        return Vector512.Load(rest);
    }

    private static void Store(Vec values, double* to, int count)
    {
        if (count == Vec.Count)
        {
            Vector512.Store(values, to);
            return;
        }

        for (int i = 0; i < count; i++)
            to[i] = values[i];
    }
}
