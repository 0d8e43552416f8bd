using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Who will enter at the next λ of a path. While nobody enters or leaves, gradients move on straight lines as λ falls, and the last
/// two solutions tell where they are heading. Who is let in beforehand saves a round over all gradients; who should not have been
/// comes out with the wrong sign.
/// </summary>
internal sealed unsafe partial class ExactSolver
{
    private readonly AlignedBuffer<double> _past = new();
    private double _solved, _earlier; // λρ of the last solution, and of the one before it, whose gradient is kept
    private int _pastCount;

    /// <summary>Told at the start of each solve, when the gradient of the first <paramref name="known"/> members is still that of the last solution.</summary>
    private void Foresee(int known)
    {
        double now = _problem.Threshold;
        if (now == _solved)
            return;
        int settled = _set.Count;
        if (now > 0 && now < _solved && _solved < _earlier)
            EnterAhead((_solved - now) / (_earlier - _solved));
        _newcomers = _set.Count - settled;
        Buffer.MemoryCopy(_problem.Gradient, _past.Require(Math.Max(known, 1)), (long)known * sizeof(double), (long)known * sizeof(double));
        (_pastCount, _earlier, _solved) = (known, _solved, now);
    }

    /// <summary>Lets in who would violate the most if gradients went on for so many times the last step of λ.</summary>
    private void EnterAhead(double steps)
    {
        int found = 0;
        double noise = Noise();
        for (int i = 0; i < _pastCount; i++)
        {
            double gradient = _problem.Gradient[i], ahead = gradient + steps * (gradient - _past.Pointer[i]);
            double violation = Excess(i, ahead, noise);
            if (violation > 0 && _set.IsOut(i) && ahead * gradient > 0)
                Offer(i, violation, _most, ref found);
        }

        // Who depends on the support stays out: whether an exchange pays is for a gradient to tell.
        int* entrants = _entrants.Pointer;
        if (found >= Together)
            _set.EnterTogether(_problem, entrants, found);
        else
        {
            for (int k = 0; k < found; k++)
                _set.TryEnter(_problem, entrants[k], SignAtEntry(entrants[k], pinned: false));
        }
    }
}
