using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// A sweep of descent around the groups of a <see cref="GroupProblem"/>: it finds out which groups are 0. Whether 0 is best for a group, the others
/// being as they are, is decided exactly; where it is not, some steps go down squares that lie above the group's own, with one curvature for all of it.
/// </summary>
internal sealed unsafe class GroupDescent : IDisposable
{
    /// <summary>Steps within a group, which Newton's method finishes.</summary>
    private const int Steps = 4;

    private readonly AlignedBuffer<double> _scratch = new();

    /// <summary>Sweeps so far.</summary>
    public int Sweeps { get; private set; }

    /// <summary>Starts to count.</summary>
    public void Start() => Sweeps = 0;

    /// <summary>One sweep.</summary>
    /// <returns>Whether a group, or a member with an l1 term of its own, has become 0 or ceased to be.</returns>
    public bool Sweep(GroupProblem problem)
    {
        Sweeps++;
        bool changed = false;
        problem.BeginSweeps();
        for (int g = 0; g < problem.Groups; g++)
        {
            int start = problem.Start(g);
            GroupPenalty penalty = problem.Penalty(g);
            changed |= penalty.Count == 1 ? StepOne(problem, start, penalty) : Step(problem, g, start, penalty);
        }

        problem.EndSweeps();
        return changed;
    }

    public void Dispose() => _scratch.Dispose();

    private static bool StepOne(GroupProblem problem, int at, in GroupPenalty penalty)
    {
        double square = problem.Square(at), before = problem.Beta[at];
        double z = problem.GradientOf(at) + square * before, size = Math.Abs(z) - penalty.L1(0), curvature = square + penalty.L2(0);
        if (!(curvature > 0))
            return false;
        double after = size > 0 ? Math.CopySign(size, z) / curvature : 0;
        if (after != before)
            problem.Move(at, after - before);
        problem.Beta[at] = after;
        return (after == 0) != (before == 0);
    }

    private bool Step(GroupProblem problem, int group, int start, in GroupPenalty penalty)
    {
        int count = penalty.Count;
        double* z = _scratch.Require((nint)count * (4 + count)), point = z + count, s = point + count, before = s + count, block = before + count;
        double* beta = problem.Beta + start;
        bool wasZero = penalty.IsZero(beta), changed = false;
        for (int a = 0; a < count; a++)
            (z[a], point[a], before[a]) = (problem.GradientOf(start + a), beta[a], beta[a]);
        if (wasZero && penalty.Shrunk(z) <= penalty.Norm)
            return false;
        for (int a = 0; a < count; a++)
        {
            for (int b = 0; b < count; b++)
                block[a * count + b] = problem.Element(start + a, start + b);
        }

        // The gradient where the group is 0.
        for (int a = 0; a < count && !wasZero; a++)
        {
            for (int b = 0; b < count; b++)
                z[a] += block[a * count + b] * beta[b];
        }

        if (penalty.Shrunk(z) <= penalty.Norm)
        {
            new Span<double>(point, count).Clear();
        }
        else
        {
            double bound = problem.Bound(group);
            for (int step = 0; step < Steps && bound > 0 && Descend(block, penalty, bound, z, point, s); step++)
            {
            }
        }

        for (int a = 0; a < count; a++)
        {
            if (point[a] == before[a])
                continue;
            changed |= (point[a] == 0) != (before[a] == 0);
            beta[a] = point[a];
            problem.Move(start + a, point[a] - before[a]);
        }

        return changed;
    }

    /// <summary>A step from <paramref name="point"/>, where the group's gradient is z − G·point.</summary>
    /// <returns>Whether it goes anywhere.</returns>
    private static bool Descend(double* block, in GroupPenalty penalty, double bound, double* z, double* point, double* s)
    {
        int count = penalty.Count;
        double square = 0;
        for (int a = 0; a < count; a++)
        {
            double slope = z[a] - penalty.L2(a) * point[a];
            for (int b = 0; b < count; b++)
                slope -= block[a * count + b] * point[b];
            double share = penalty.Share(a), target = bound * share * point[a] + slope / share, size = Math.Abs(target) - penalty.L1(a) / share;
            s[a] = size > 0 ? Math.CopySign(size, target) : 0;
            square += s[a] * s[a];
        }

        double norm = Math.Sqrt(square), shrink = norm > penalty.Norm ? 1 - penalty.Norm / norm : 0;
        bool moved = false;
        for (int a = 0; a < count; a++)
        {
            double to = shrink * s[a] / (bound * penalty.Share(a));
            moved |= to != point[a];
            point[a] = to;
        }

        return moved;
    }
}
