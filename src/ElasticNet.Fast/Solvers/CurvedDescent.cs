using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Coordinate descent for another loss than squared error, whose working set would be larger than a Gram matrix may be: sweeps over the columns minimise the
/// square that touches the loss, and the step that comes of it is halved until the objective falls (Friedman, Hastie and Tibshirani 2010). Needs a
/// few vectors whatever the size of the support, but many sweeps where columns are correlated; the certificate says how far it came.
/// </summary>
internal sealed unsafe class CurvedDescent(WorkCrew crew) : CurvedColumnSolver(crew)
{
    /// <summary>The relative gap to reach.</summary>
    private const double Target = 1e-12;

    /// <summary>Sweeps per λ at most.</summary>
    private const int MostSweeps = 20_000;

    /// <summary>Squares per λ at most.</summary>
    private const int MostSquares = 200;

    /// <summary>Sweeps for one square at most: beyond, those who want to enter are asked again.</summary>
    private const int SweepsOfSquare = 100;

    /// <summary>Halvings of a step at most.</summary>
    private const int MostHalvings = 40;

    /// <summary>What rounding may add to the objective, as a share of it.</summary>
    private const double Noise = 1e-14;

    /// <summary>A square of which less than this share of the step could be taken asks for a damped curvature.</summary>
    private const double LeastShare = 0.25;

    /// <summary>The damping that begins with, in units of the mean curvature.</summary>
    private const double FirstDamping = 1e-3;

    /// <summary>Curvature along a column below which it counts as this much; 1 is usual.</summary>
    private const double LeastCurvature = 1e-12;

    private readonly AlignedBuffer<double> _columns = new();
    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<int> _active = new();
    private int _sweeps, _squares;
    private bool _hasRidge;

    /// <summary>The largest relative gap for which nobody else need try.</summary>
    public double LargestGap { get; set; }

    public override FinishMethod Finisher => FinishMethod.CoordinateDescent;

    /// <inheritdoc cref="ResidualDescent.DegreesOfFreedom"/>
    public override double DegreesOfFreedom => _hasRidge ? double.NaN : CountFree();

    public override WorkCounts Work => new() { FullPasses = FullPasses, Sweeps = _sweeps, Solves = _squares };

    // Of the square, by column: where its rows centre it, what divides it, its coefficient and what goes with that.
    private double* Center => Vector(0);

    private double* Scale => Vector(1);

    private double* Own => Vector(2);

    private double* L1 => Vector(3);

    private double* L2 => Vector(4);

    private double* Lower => Vector(5);

    private double* Upper => Vector(6);

    /// <summary>The coefficients before the step.</summary>
    private double* Before => Vector(7);

    // Of the square, by row.
    private double* SquareWeights => _rows.Pointer;

    private double* SquareResidual => _rows.Pointer + Rows;

    private double* LeftBefore => _rows.Pointer + 2 * (nint)Rows;

    public override Progress Solve(in Strength strength, CancellationToken cancellationToken)
    {
        if (strength.Lambda == 0)
            return Progress.Outgrown;
        _hasRidge = strength.L2 > 0;
        ElasticNetPenalty penalty = Terms.At(strength.L1, strength.L2);
        double damping = 0, best = double.PositiveInfinity;
        int last = _sweeps + MostSweeps, idle = 0;
        for (int square = 0; square < MostSquares && _sweeps < last; square++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // As if nothing were rounded: this says when to stop, the proof comes after.
            double gap = FirstBound(Terms, strength, default, 0).Gap / NullDeviance;
            idle = gap < 0.5 * best ? 0 : idle + 1;
            best = Math.Min(best, gap);
            if (gap <= 0.5 * Target || idle > 8)
                break;
            int active = FindActive(penalty);
            Loss.Freeze(damping);
            double total = Weigh();
            (double High, double Low) weight = Design.TotalWeight(SquareWeights);
            for (int k = 0; k < active; k++)
                Measure(_active.Pointer[k], total, weight, penalty);
            _squares++;
            // Far from the end it is no use to solve a square that is soon another.
            Sweep(active, Math.Clamp(Math.Sqrt(gap), 1e-6, 0.1));
            double share = Step(active, penalty);
            damping = share < LeastShare ? Math.Clamp(10 * damping, FirstDamping, 1) : damping > FirstDamping ? 0.1 * damping : 0;
            Multiply(Residual, Gradients);
            if (share == 0 && damping == 1)
                break;
        }

        // Not a number is for the proof to refuse.
        return FirstBound(Terms, strength, default, 0).Gap / NullDeviance > LargestGap ? Progress.Outgrown : Progress.Solved;
    }

    public override void Dispose()
    {
        base.Dispose();
        _columns.Dispose();
        _rows.Dispose();
        _active.Dispose();
    }

    protected override void Begin()
    {
        (_sweeps, _squares) = (0, 0);
        _columns.Require(8 * (nint)Columns);
        _rows.Require(3 * (nint)Rows);
        _active.Require(Columns);
    }

    private double* Vector(int index) => _columns.Pointer + (nint)index * Columns;

    /// <summary>Columns that have a coefficient or want one.</summary>
    private int FindActive(in ElasticNetPenalty penalty)
    {
        int found = 0;
        for (int j = 0; j < Columns; j++)
        {
            if (Terms.MayEnter(j) && (Beta[j] != 0 || Math.Abs(Gradients[j]) > penalty.L1(j)))
                _active.Pointer[found++] = j;
        }

        return found;
    }

    /// <summary>The weights of the square, which sum to 1, and its residual.</summary>
    /// <returns>What they summed to before.</returns>
    private double Weigh()
    {
        double* curvature = ((IPartedOperator)Loss).Diagonal;
        double total = 0;
        for (int i = 0; i < Rows; i++)
            total += SquareWeights[i] = Datafit.Weights[i] * curvature[i];
        // Where every row is straight (all beyond δ of Huber's loss) any curvature leads downhill.
        bool isStraight = !(total > 0);
        if (isStraight)
            total = 1;
        for (int i = 0; i < Rows; i++)
        {
            SquareWeights[i] = isStraight ? Datafit.Weights[i] : SquareWeights[i] / total;
            SquareResidual[i] = Datafit.RootWeights[i] * Residual[i] / total;
        }

        return total;
    }

    /// <summary>A column in units of the square: centred by its weights, and of norm 1 under them.</summary>
    private void Measure(int j, double total, (double High, double Low) weight, in ElasticNetPenalty penalty)
    {
        double* sums = stackalloc double[2];
        Center[j] = 0;
        if (Datafit.HasIntercept)
        {
            Design.Moments(j, Scaling.Center[j], SquareWeights, weight, sums);
            Center[j] = Scaling.Center[j] + sums[0];
        }

        Design.Moments(j, Center[j], SquareWeights, weight, sums);
        double inverse = Scaling.InverseNorm[j], norm = Math.Sqrt(Math.Max(sums[1] * inverse * inverse, LeastCurvature));
        Scale[j] = inverse / norm;
        Own[j] = norm * Beta[j];
        L1[j] = penalty.L1(j) / (total * norm);
        L2[j] = penalty.L2(j) / (total * norm * norm);
        Lower[j] = norm * Terms.Lower[j];
        Upper[j] = norm * Terms.Upper[j];
    }

    /// <summary>Sweeps until a coefficient moves by no more than a share of what it moved by first.</summary>
    private void Sweep(int active, double share)
    {
        double first = 0;
        for (int sweep = 0; sweep < SweepsOfSquare; sweep++)
        {
            _sweeps++;
            double moved = Design.Sweep(_active.Pointer, active, Center, Scale, SquareWeights, SquareResidual, Own, L1, L2, Lower, Upper);
            first = Math.Max(first, moved);
            if (moved <= share * first || moved < 1e-16)
                return;
        }
    }

    /// <summary>Goes to the minimum of the square, or as far towards it as the objective falls.</summary>
    /// <returns>The share of the step that was taken.</returns>
    private double Step(int active, in ElasticNetPenalty penalty)
    {
        double cost = Value + Cost(active, penalty), limit = cost + Noise * Math.Abs(cost), share = 1;
        Buffer.MemoryCopy(Left, LeftBefore, (long)Rows * sizeof(double), (long)Rows * sizeof(double));
        for (int k = 0; k < active; k++)
        {
            int j = _active.Pointer[k];
            Before[j] = Beta[j];
            Beta[j] = Own[j] == Lower[j] ? Terms.Lower[j] : Own[j] == Upper[j] ? Terms.Upper[j] : Own[j] / (Scaling.InverseNorm[j] / Scale[j]);
        }

        SetLeft();
        for (int halving = 0; !(Evaluate() + Cost(active, penalty) <= limit); halving++)
        {
            share = halving == MostHalvings ? 0 : 0.5 * share;
            double stay = share == 0 ? 1 : 0.5;
            for (int i = 0; i < Rows; i++)
                Left[i] = share == 0 ? LeftBefore[i] : 0.5 * (Left[i] + LeftBefore[i]);
            for (int k = 0; k < active; k++)
                Beta[_active.Pointer[k]] += stay * (Before[_active.Pointer[k]] - Beta[_active.Pointer[k]]);
            if (share != 0)
                continue;
            _ = Evaluate();
            break;
        }

        Accept();
        return share;
    }

    private double Cost(int active, in ElasticNetPenalty penalty)
    {
        double cost = 0;
        for (int k = 0; k < active; k++)
            cost += penalty.Value(_active.Pointer[k], Beta[_active.Pointer[k]]);
        return cost;
    }
}
