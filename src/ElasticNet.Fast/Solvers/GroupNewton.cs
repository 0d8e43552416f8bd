using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Solves a <see cref="GroupProblem"/> to machine precision. Away from 0 the norm of a group is smooth, so that on the members that are not 0 Newton's
/// method squares what is left in each step; sweeps of <see cref="GroupDescent"/> tell who they are. Each step goes to the minimum along its
/// direction, past no kink that is one, so that the objective never rises.
/// </summary>
internal sealed unsafe partial class GroupNewton(WorkCrew crew) : IDisposable
{
    /// <summary>Steps for one problem at most; the certificate tells.</summary>
    private const int MostSteps = 200;

    /// <summary>Sweeps before the first step at most,</summary>
    private const int FirstSweeps = 12;

    /// <summary>and before any other.</summary>
    private const int MoreSweeps = 2;

    /// <summary>Below this a step that does not halve what is left has met rounding.</summary>
    private const double Floor = 1e-10;

    /// <summary>A slope at the end of a step that is this share of that at its beginning is none.</summary>
    private const double Flat = 1e-3;

    /// <summary>A member that a step leaves with this share of its coefficient has come to 0.</summary>
    private const double Vanished = 1e-10;

    /// <summary>Steps without progress that are enough.</summary>
    private const int MostStale = 30;

    /// <summary>
    /// What is added to the diagonal, as a share of it, where members depend on each other and leaving some alone has gained nothing: the objective
    /// may fall along a direction that no fitted value sees.
    /// </summary>
    private const double Damping = 1e-8;

    private readonly CholeskyFactor _factor = new();
    private readonly AlignedBuffer<int> _positions = new();
    private readonly AlignedBuffer<int> _groups = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<double> _moved = new();
    private readonly GroupDescent _descent = new();
    private readonly OutputSystem _outputSystem = new(crew);
    private bool _isByOutput; // which the last system was solved with
    private GroupProblem _problem = null!;
    private int _active, _parts, _room, _left;
    private double _damping;

    /// <summary>Systems solved so far.</summary>
    public int Solves { get; private set; }

    /// <summary>Sweeps so far.</summary>
    public int Sweeps => _descent.Sweeps;

    /// <summary>Members that are not 0, or without an l1 term in a group that is not; as of the last step.</summary>
    public int Active => _active;

    private double* Direction => _vectors.Pointer;

    private double* Change => _vectors.Pointer + _room;

    private double* Trial => _vectors.Pointer + 2 * (nint)_room;

    /// <summary>The square root of k/h times p of P's part (k/h)(diag(u²) − ppᵀ).</summary>
    private double* Radials => _vectors.Pointer + 3 * (nint)_room;

    /// <summary>The diagonal of P, with damping.</summary>
    private double* Diagonal => _vectors.Pointer + 4 * (nint)_room;

    /// <summary>Begins with another problem.</summary>
    public void Start(GroupProblem problem)
    {
        (_problem, Solves, _active, _damping) = (problem, 0, 0, 0);
        _descent.Start();
    }

    /// <summary>Solves from where the problem is.</summary>
    /// <param name="tolerance">What may be left of an optimality condition.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    public void Solve(double tolerance, CancellationToken cancellationToken)
    {
        double before = double.PositiveInfinity, best = double.PositiveInfinity;
        bool isSettled = false;
        int stale = 0;
        _damping = 0;
        _left = 0;
        for (int step = 0; step < MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double others = _problem.Worst(ofZeros: false), zeros = _problem.Worst(ofZeros: true), worst = Math.Max(others, zeros);
            if (worst <= tolerance || double.IsNaN(worst))
                return;
            stale = worst > 0.5 * best ? stale + 1 : 0;
            if (stale > (best <= Floor ? 2 : MostStale))
                return;
            _damping = _left > 0 && _damping == 0 && worst > 0.5 * before ? Damping : 0;
            (before, best) = (worst, Math.Min(best, worst));
            if (!isSettled || zeros > 0.1 * others)
            {
                for (int sweep = step == 0 ? FirstSweeps : MoreSweeps; sweep > 0 && _descent.Sweep(_problem); sweep--)
                    cancellationToken.ThrowIfCancellationRequested();
            }

            isSettled = TryStep();
        }
    }

    public void Dispose()
    {
        _factor.Dispose();
        _positions.Dispose();
        _groups.Dispose();
        _moved.Dispose();
        _vectors.Dispose();
        _descent.Dispose();
        _outputSystem.Dispose();
    }

    /// <summary>A step of Newton's method.</summary>
    /// <returns>Whether it was taken as it is, and nobody came to 0.</returns>
    private bool TryStep()
    {
        Find();
        if (_active == 0)
            return true;
        Factor(byOutput: true);
        double* direction = Direction;
        for (int part = 0; part < _parts; part++)
        {
            (int start, int first, int end) = Part(part, out GroupPenalty penalty, out double* beta, out double size);
            for (int k = first; k < end; k++)
            {
                int j = Positions[k] - start;
                double slope = _problem.Gradient[Positions[k]] - penalty.L1(j) * Math.Sign(beta[j]) - penalty.L2(j) * beta[j];
                direction[k] = slope - (size > 0 ? penalty.Norm * Radial(penalty, beta, j, size) : 0);
            }
        }

        if (_isByOutput)
            _outputSystem.Solve(direction);
        else
            _factor.Solve(direction);
        double square = Multiply(direction);
        double begins = Slope(0, square), ends = Slope(1, square);
        if (!(begins < 0) || !double.IsFinite(ends))
            return double.IsFinite(ends);
        double share = 1;
        if (ends > Flat * -begins)
            share = Least(0, 1, begins, square);
        else if (ends < 0.1 * begins)
            share = Extend(begins, square);
        for (int k = 0; k < _active; k++)
            Trial[k] = _problem.Beta[Positions[k]] + share * direction[k];
        bool hasKink = share < 1 && TryProject(share, square);
        for (int k = 0; k < _active; k++)
        {
            double before = _problem.Beta[Positions[k]];
            if (share < 1 && Trial[k] != 0 && Math.Abs(Trial[k]) <= Vanished * Math.Abs(before))
                (Trial[k], hasKink) = (0, true);
            direction[k] = before - Trial[k];
            _problem.Beta[Positions[k]] = Trial[k];
        }

        Kernel.PanelAxpy(_problem.Gram, _problem.Stride, Positions, direction, _active, _problem.Gradient, _problem.Count);
        return share >= 1 && !hasKink;
    }

    /// <summary><see cref="Change"/> ← G·direction; directionᵀG·direction.</summary>
    private double Multiply(double* direction)
    {
        new Span<double>(Change, _problem.Count).Clear();
        Kernel.PanelAxpy(_problem.Gram, _problem.Stride, Positions, direction, _active, Change, _problem.Count);
        double square = 0;
        for (int k = 0; k < _active; k++)
            square += direction[k] * Change[Positions[k]];
        return square;
    }

    /// <summary>The derivative of the objective along the direction, at a share of it, from the right.</summary>
    private double Slope(double share, double square)
    {
        double slope = share * square;
        double* direction = Direction, gradient = _problem.Gradient;
        for (int part = 0; part < _parts; part++)
        {
            (int start, int first, int end) = Part(part, out GroupPenalty penalty, out double* beta, out _);
            double norm = 0, moved = 0, along = 0;
            for (int k = first; k < end; k++)
            {
                int j = Positions[k] - start;
                double point = beta[j] + share * direction[k];
                slope += direction[k] * (penalty.L2(j) * point - gradient[Positions[k]]);
                slope += penalty.L1(j) * (point == 0 ? Math.Abs(direction[k]) : Math.Sign(point) * direction[k]);
                double scaled = penalty.Share(j) * point, change = penalty.Share(j) * direction[k];
                norm += scaled * scaled;
                moved += change * change;
                along += scaled * change;
            }

            if (penalty.Count > 1)
                slope += penalty.Norm * (norm > 0 ? along / Math.Sqrt(norm) : Math.Sqrt(moved));
        }

        return slope;
    }

    /// <summary>Where the objective is least along the direction, between two shares of it.</summary>
    private double Least(double low, double high, double begins, double square)
    {
        for (int halving = 0; halving < 60; halving++)
        {
            double middle = 0.5 * (low + high), slope = Slope(middle, square);
            if (Math.Abs(slope) <= Flat * -begins)
                return middle;
            (low, high) = slope < 0 ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>Where a norm grows it bends less than its square says: further on.</summary>
    private double Extend(double begins, double square)
    {
        double share = 1;
        for (int doubling = 0; doubling < 20; doubling++)
        {
            double slope = Slope(2 * share, square);
            if (slope > 0)
                return Least(share, 2 * share, begins, square);
            share *= 2;
            if (slope > 0.1 * begins)
                break;
        }

        return share;
    }

    /// <summary>The whole step with every member whose sign would change at 0, where that is lower than the least along the step.</summary>
    private bool TryProject(double share, double square)
    {
        double* direction = Direction, clipped = Diagonal;
        bool any = false;
        for (int part = 0; part < _parts; part++)
        {
            (int start, int first, int end) = Part(part, out GroupPenalty penalty, out double* beta, out _);
            for (int k = first; k < end; k++)
            {
                int j = Positions[k] - start;
                bool crosses = beta[j] * (beta[j] + direction[k]) < 0 && penalty.L1(j) > 0;
                any |= crosses;
                clipped[k] = crosses ? -beta[j] : direction[k];
            }
        }

        if (!any)
            return false;
        for (int k = 0; k < _active; k++)
            direction[k] *= share;
        double least = Rise(direction, share * share * square);
        for (int k = 0; k < _active; k++)
            direction[k] = clipped[k];
        double projected = Rise(direction, Multiply(direction));
        if (!(projected < least))
            return false;
        for (int k = 0; k < _active; k++)
            Trial[k] = direction[k] == -_problem.Beta[Positions[k]] ? 0 : _problem.Beta[Positions[k]] + direction[k];
        return true;
    }

    /// <summary>What a move adds to the objective.</summary>
    private double Rise(double* move, double square)
    {
        double rise = 0.5 * square;
        double* moved = Moved(move);
        for (int k = 0; k < _active; k++)
            rise -= move[k] * _problem.Gradient[Positions[k]];
        return rise + _problem.Cost(moved) - _problem.Cost(_problem.Beta);
    }

    /// <summary>The coefficients of all members after a move.</summary>
    private double* Moved(double* move)
    {
        double* moved = _moved.Require(Math.Max(_problem.Count, 1));
        Buffer.MemoryCopy(_problem.Beta, moved, (long)_problem.Count * sizeof(double), (long)_problem.Count * sizeof(double));
        for (int k = 0; k < _active; k++)
            moved[Positions[k]] += move[k];
        return moved;
    }
}
