using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>How far a step goes: to the minimum along its direction, or to where some have come to 0.</summary>
internal sealed unsafe partial class GroupNewton
{
    private readonly AlignedBuffer<double> _moved = new();

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

    /// <summary>
    /// The whole step with every member whose sign would change, and every group that would pass by 0, at 0, where that is lower than the least along
    /// the step: a few that are about to leave do not hold up all others.
    /// </summary>
    private bool TryProject(double share, double square)
    {
        double* direction = Direction, clipped = Trial;
        bool any = false;
        for (int part = 0; part < _parts; part++)
        {
            (int start, int first, int end) = Part(part, out GroupPenalty penalty, out double* beta, out double size);
            double along = 0;
            for (int k = first; k < end; k++)
            {
                int j = Positions[k] - start;
                along += penalty.Share(j) * beta[j] * (penalty.Share(j) * (beta[j] + direction[k]));
            }

            bool passes = size > 0 && penalty.Norm > 0 && along <= 0;
            for (int k = first; k < end; k++)
            {
                int j = Positions[k] - start;
                bool crosses = passes || (beta[j] * (beta[j] + direction[k]) < 0 && penalty.L1(j) > 0);
                any |= crosses;
                clipped[k] = crosses ? -beta[j] : direction[k];
            }
        }

        if (!any)
            return false;
        double* shorter = Left;
        for (int k = 0; k < _active; k++)
            shorter[k] = share * direction[k];
        double least = Rise(shorter, share * share * square);
        if (!(Rise(clipped, Multiply(clipped)) < least))
            return false;
        for (int k = 0; k < _active; k++)
        {
            double from = _problem.Beta[Positions[k]];
            Trial[k] = clipped[k] == -from ? 0 : from + clipped[k];
        }

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
