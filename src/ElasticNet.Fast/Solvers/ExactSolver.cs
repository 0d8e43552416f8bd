using System.Runtime.CompilerServices;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Solves a <see cref="RestrictedProblem"/> to machine precision. Coordinate descent finds roughly which coefficients
/// are not 0 where the support moves a lot; the rest is linear algebra on the support. Each round solves exactly on the
/// support, then lets the worst violators of the optimality conditions enter.
///
/// Block pivoting drops every coefficient of the wrong sign at once (newcomers first) and lets many enter: fast, but not proven to end. The
/// objective at a solved support depends on nothing but that support; when rounds fail to lower it, the monotone
/// method takes over: one enters at a time, and steps stop at the first change of sign, so that each round lowers the
/// objective and no support can come back. With bounds several enter at a time, as long as that lowers the objective.
/// </summary>
internal sealed unsafe partial class ExactSolver : IDisposable
{
    /// <summary>How many may enter at once. More cost little each, but more of them are wrong.</summary>
    private const int Entrants = 32;

    /// <summary>How many may enter at once in the monotone method where there are bounds.</summary>
    private const int MonotoneEntrants = 16;

    /// <summary>
    /// With so many at a bound the monotone method begins: as λ falls, those that come free and those that meet a bound are many,
    /// and a support near the rank of its columns pins the wrong ones wherever too many are let in at once.
    /// </summary>
    private const int ManyPinned = 32;

    /// <summary>Sweeps of coordinate descent before the support is read off.</summary>
    private const int IdentifySweeps = 8;

    /// <summary>Rounds of block pivoting that may fail to lower the objective.</summary>
    private const int Patience = 2;

    /// <summary>Where supports are sparse and factored anew each time, this share of the members may enter at once.</summary>
    private const int SparseShare = 8;

    /// <summary>What may be left of an optimality condition, per unit of l1, while it is not settled who is in the support.</summary>
    private const double Rough = 1e-3;

    private readonly ActiveSet _set = new();
    private readonly PinnedPart _pinned = new();
    private readonly AlignedBuffer<int> _entrants = new();
    private readonly AlignedBuffer<double> _scores = new();
    private RestrictedProblem _problem = null!;
    private int _known;
    private int _most; // entrants at once
    private int _newcomers; // the last of the set, which have not been solved for

    /// <summary>The free and pinned positions of the current solution.</summary>
    public ActiveSet Set => _set;

    /// <summary>Coordinate-descent sweeps so far.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Steps of the monotone method so far.</summary>
    public int MonotoneSteps { get; private set; }

    /// <summary>Starts on a new problem.</summary>
    public void Start(RestrictedProblem problem)
    {
        _problem = problem;
        _known = problem.Count;
        Sweeps = MonotoneSteps = 0;
        (_solved, _earlier, _pastCount) = (0, 0, 0);
        _set.Clear(problem);
        _pinned.Clear();
    }

    /// <summary>Told that the correlations are those of another square, and perhaps the Gram matrix, too.</summary>
    public void TakeSquare(bool isNewCurvature)
    {
        _pinned.Clear();
        if (isNewCurvature)
            _set.Refactor(_problem);
        RefreshGradient();
    }

    /// <summary>Minimises at the problem's current strengths, from its current coefficients.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve()
    {
        int known = _known;
        _set.Fit(_problem, known);
        _known = _problem.Count;
        _set.ReleaseBarred(_problem);
        _set.Renew(_problem);
        _newcomers = 0;
        _most = _problem.Normal is null ? Entrants : Math.Max(Entrants, _problem.Count / SparseShare);
        _entrants.Require(_most);
        _scores.Require(_most);
        Foresee(known);
        bool identified = false, monotone = _set.PinnedCount > ManyPinned || (!_problem.HasGram && _problem.Normal is null);
        if (monotone)
            BeginDescent();

        // A dated factor is asked for no more digits than it takes to see who enters, until nobody does.
        bool rough = _set.IsDated(_problem) && _problem.Threshold > 0;
        int stalls = 0, most = monotone ? MonotoneEntrants : _most;
        double best = double.PositiveInfinity;
        int limit = 10 * _problem.Count + 100; // for what rounding keeps alive; the certificate tells
        for (int round = 0; round < limit; round++)
        {
            if (stalls > Patience && !monotone)
            {
                monotone = true;
                most = _problem.HasBounds ? MonotoneEntrants : 1;
                best = double.PositiveInfinity; // decreases count from here on, where block pivoting got stuck
                DropUntried();
                BeginDescent();
            }

            rough &= stalls == 0 && _set.IsDated(_problem);
            if (monotone && _problem.HasBounds)
                DescendToTarget();
            else if (monotone)
                WalkToTarget();
            else
                JumpToTarget(rough ? Rough * _problem.Threshold : Exact);
            if (rough)
                RefreshGradient();
            else
                Polish();
            double objective = _problem.Objective();
            bool decreased = objective < best - 4e-16 * Math.Abs(objective);
            if (decreased)
                _set.ReleaseBarred(_problem);
            else
                stalls++;
            if (monotone && _problem.HasBounds)
                most = decreased ? Math.Min(2 * most, MonotoneEntrants) : 1; // one alone lowers the objective, if any does
            best = Math.Min(best, objective);

            int entrants = FindViolators(most, out int violators);
            if (entrants == 0 && !rough)
                return;
            if (entrants == 0)
            {
                rough = false;
                continue;
            }

            if (!identified && _problem.HasGram && violators > Math.Max(Entrants, (_set.Count + _set.PinnedCount) / 4))
            {
                identified = true;
                Identify();
                if (monotone)
                    BeginDescent();
                continue;
            }

            int settled = _set.Count;
            EnterAll(entrants);
            _newcomers = Math.Max(_set.Count - settled, 0); // an exchange may have taken out more
            if (monotone)
                MonotoneSteps++;
        }
    }

    public void Dispose()
    {
        _set.Dispose();
        _pinned.Dispose();
        _entrants.Dispose();
        _scores.Dispose();
        _past.Dispose();
    }
}
