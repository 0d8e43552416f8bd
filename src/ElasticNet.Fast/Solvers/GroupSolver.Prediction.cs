using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>Where a path is expected to go: on from its last two solutions along a straight line. Newton's method begins there.</summary>
internal sealed unsafe partial class GroupSolver
{
    /// <summary>A group that would keep less than this share of itself stays as it is: it may be about to leave.</summary>
    private const double LeastKept = 0.25;

    /// <summary>Further on than so many times the distance of the last two nothing is expected.</summary>
    private const double Furthest = 2;

    private readonly AlignedBuffer<double> _earlier = new(); // the coefficients of the solution before the last
    private Strength _solved; // of the last solution
    private double _earlierLambda;

    private void ForgetPath() => (_solved, _earlierLambda) = (default, 0);

    /// <summary>Takes the members, all of which were there at the last solution, where they are expected; the last solution becomes the one before.</summary>
    private void Predict(in Strength strength)
    {
        int count = _problem.Count;
        bool goesOn = _solved.L1Ratio == strength.L1Ratio && _earlierLambda > _solved.Lambda && _solved.Lambda > strength.Lambda;
        double share = goesOn ? (_solved.Lambda - strength.Lambda) / (_earlierLambda - _solved.Lambda) : 0, moved = 0;
        double* earlier = _earlier.Pointer;
        Copy(_problem.Beta, Accepted, count);
        for (int g = 0; g < _problem.Groups; g++)
        {
            int start = _problem.Start(g), size = _problem.Start(g + 1) - start;
            if (share > 0 && share <= Furthest)
                moved += Move(_problem.Penalty(g), _problem.Beta + start, earlier + start, share);
            Copy(Accepted + start, earlier + start, size);
        }

        (_earlierLambda, _solved) = (_solved.L1Ratio == strength.L1Ratio ? _solved.Lambda : 0, strength);
        if (moved == 0)
            return;
        if (_datafit is not null)
        {
            _ = Advance();
            return;
        }

        Subtract(Datafit.Response, Residual);
        CenterResidual();
    }

    /// <summary>Moves a group on, if it stays what it is.</summary>
    /// <returns>By how much: the square.</returns>
    private static double Move(in GroupPenalty penalty, double* beta, double* earlier, double share)
    {
        double square = 0, along = 0, moved = 0;
        for (int j = 0; j < penalty.Count; j++)
        {
            double move = share * (beta[j] - earlier[j]);
            if (beta[j] == 0 && move != 0)
                return 0;
            if (penalty.L1(j) > 0 && beta[j] * (beta[j] + move) < LeastKept * beta[j] * beta[j])
                return 0;
            square += beta[j] * beta[j];
            along += beta[j] * (beta[j] + move);
            moved += move * move;
        }

        if (along < LeastKept * square)
            return 0;
        for (int j = 0; j < penalty.Count && moved > 0; j++)
            beta[j] += share * (beta[j] - earlier[j]);
        return moved;
    }
}
