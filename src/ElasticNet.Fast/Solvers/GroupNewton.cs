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

    /// <summary>What a step far from the solution may leave of its system.</summary>
    private const double Roughly = 1e-2;

    /// <summary>A slope at the end of a step that is this share of that at its beginning is none.</summary>
    private const double Flat = 1e-3;

    /// <summary>A member that a step leaves with this share of its coefficient has come to 0.</summary>
    private const double Vanished = 1e-10;

    /// <summary>After so many steps without progress sweeps wait until those that are 0 are the worst.</summary>
    private const int Patience = 3;

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
    private readonly GroupDescent _descent = new();
    private readonly OutputSystem _outputSystem = new();
    private readonly OutputFactor _outputFactor = new(crew);
    private readonly AlignedBuffer<int> _systemPositions = new();
    private IGroupCurvature? _curvature;
    private int _systemCount; // members of the last system by output
    private bool _isByOutput; // whether the system at hand is one
    private GroupProblem _problem = null!;
    private int _active, _parts, _room, _left;
    private double _damping;
    private bool _saysNothing; // the system of the last step

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
    /// <param name="problem">The problem.</param>
    /// <param name="curvature">Its matrix, where what the problem keeps lies above it.</param>
    public void Start(GroupProblem problem, IGroupCurvature? curvature)
    {
        (_curvature, _plainSteps) = (curvature, 0);
        (_problem, Solves, ConjugateSteps, _active, _damping, _systemCount, _isKept) = (problem, 0, 0, 0, 0, 0, false);
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
        (_damping, _left, _saysNothing) = (0, 0, false);
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
            // Who has just come to 0 may be let in by a sweep only to be driven out by the next step: the rest is solved first.
            if (_saysNothing || (stale < Patience ? !isSettled || zeros > 0.1 * others : zeros > others))
            {
                BeginSweeps();
                for (int sweep = step == 0 ? FirstSweeps : MoreSweeps; sweep > 0 && _descent.Sweep(_problem); sweep--)
                    cancellationToken.ThrowIfCancellationRequested();
                EndSweeps();
            }

            isSettled = TryStep(Math.Clamp(worst / Scale(), 0.01 * tolerance / worst, Roughly));
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
        _outputFactor.Dispose();
        _systemPositions.Dispose();
        _swept.Dispose();
        _sweptPositions.Dispose();
        _keptPlaces.Dispose();
    }

    /// <summary>A step of Newton's method.</summary>
    /// <returns>Whether it was taken as it is, and nobody came to 0.</returns>
    /// <param name="reduction">What may be left of the right side of its system.</param>
    private bool TryStep(double reduction)
    {
        Find();
        if (_active == 0)
            return true;
        FillSystem(byOutput: true);
        double* direction = Direction;
        if (!TryConjugate(reduction))
        {
            Factor(byOutput: true);
            if (!_isKept || !TryConjugate(reduction))
            {
                FillSlopes(direction);
                Solve(direction);
            }
        }

        double square = Multiply(direction);
        // Of a system that says nothing sweeps go on alone.
        _saysNothing = !double.IsFinite(square);
        if (_saysNothing)
            return false;
        double begins = Slope(0, square), ends = Slope(1, square);
        _saysNothing = !double.IsFinite(ends);
        if (!(begins < 0) || _saysNothing)
            return !_saysNothing;
        double share = 1;
        if (ends > Flat * -begins)
            share = Least(0, 1, begins, square);
        else if (ends < 0.1 * begins)
            share = Extend(begins, square);
        bool hasKink = share < 1 && TryProject(share, square);
        for (int k = 0; k < _active && !hasKink; k++)
            Trial[k] = _problem.Beta[Positions[k]] + share * direction[k];
        for (int k = 0; k < _active; k++)
        {
            double before = _problem.Beta[Positions[k]];
            if (share < 1 && Trial[k] != 0 && Math.Abs(Trial[k]) <= Vanished * Math.Abs(before))
                (Trial[k], hasKink) = (0, true);
            direction[k] = before - Trial[k];
            _problem.Beta[Positions[k]] = Trial[k];
        }

        _ = Multiply(direction);
        Kernel.Axpy(1, Change, _problem.Gradient, _problem.Count);
        return share >= 1 && !hasKink;
    }

    /// <summary>What gradients of members that are not 0 are like.</summary>
    private double Scale()
    {
        double scale = double.Epsilon;
        for (int g = 0; g < _problem.Groups; g++)
            scale = Math.Max(scale, _problem.Penalty(g) is var penalty && penalty.Count > 1 ? penalty.Norm : penalty.L1(0));
        return scale;
    }

    /// <summary>Minus the gradient of the objective, by places in the list.</summary>
    private void FillSlopes(double* slopes)
    {
        for (int part = 0; part < _parts; part++)
        {
            (int start, int first, int end) = Part(part, out GroupPenalty penalty, out double* beta, out double size);
            for (int k = first; k < end; k++)
            {
                int j = Positions[k] - start;
                double slope = _problem.Gradient[Positions[k]] - penalty.L1(j) * Math.Sign(beta[j]) - penalty.L2(j) * beta[j];
                slopes[k] = slope - (size > 0 ? penalty.Norm * Radial(penalty, beta, j, size) : 0);
            }
        }
    }

    /// <summary><see cref="Change"/> ← G·direction; directionᵀG·direction.</summary>
    private double Multiply(double* direction)
    {
        if (_curvature is null)
            _problem.Multiply(Positions, direction, _active, Change);
        else
            _curvature.Multiply(Positions, direction, _active, null, _problem.Count, Change);
        double square = 0;
        for (int k = 0; k < _active; k++)
            square += direction[k] * Change[Positions[k]];
        return square;
    }
}
