namespace ElasticNet.Fast.Adversary;

/// <summary>
/// The exact minimum of the objective along a direction: piecewise quadratic, with a kink where a penalised coefficient passes
/// through 0, and an end where one meets its bound.
/// </summary>
internal static class LineSearch
{
    /// <param name="penalty">The penalty.</param>
    /// <param name="moving">Columns that move.</param>
    /// <param name="direction">By how much, for each of them.</param>
    /// <param name="beta">All coefficients; moved.</param>
    /// <param name="fall">−Σw r q with q the change of the fit.</param>
    /// <param name="square">Σw q².</param>
    /// <param name="ended">Whether a coefficient came to 0 or a bound and ended the step.</param>
    /// <returns>False where the objective does not fall.</returns>
    public static bool Move(
        Penalty penalty, List<int> moving, DoubleDouble[] direction, DoubleDouble[] beta, DoubleDouble fall, DoubleDouble square, out bool ended)
    {
        ended = false;
        DoubleDouble slope = fall, curvature = square;
        List<(DoubleDouble At, int Column, DoubleDouble Jump, double Stop)> events = [];
        for (int k = 0; k < moving.Count; k++)
        {
            int j = moving[k];
            DoubleDouble d = direction[k], b = beta[j];
            if (d.IsZero)
                continue;
            DoubleDouble pull = penalty.L1[j] * DoubleDouble.Abs(d);
            bool back = !b.IsZero && (b.High > 0) != (d.High > 0);
            slope += (back ? -pull : pull) + penalty.L2[j] * b * d;
            curvature += penalty.L2[j] * d * d;
            if (back)
                events.Add((-b / d, j, 2 * pull, double.NaN));
            double bound = d.High > 0 ? penalty.Upper[j] : penalty.Lower[j];
            if (double.IsFinite(bound))
                events.Add((DoubleDouble.Max((bound - b) / d, 0), j, 0, bound));
        }

        if (!(slope.High < 0))
            return false;
        events.Sort((a, b) => a.At < b.At ? -1 : a.At > b.At ? 1 : 0);
        DoubleDouble step = 0;
        (int Column, double Value) exact = (-1, 0);
        foreach ((DoubleDouble at, int column, DoubleDouble jump, double stop) in events)
        {
            if ((slope + curvature * at).High >= 0)
                break;
            step = at;
            slope += jump;
            if (double.IsNaN(stop) && (slope + curvature * at).High < 0)
                continue;
            exact = (column, double.IsNaN(stop) ? 0 : stop);
            break;
        }

        if (exact.Column < 0)
        {
            if (curvature.High <= 0)
                return false;
            step = -slope / curvature;
        }

        if (!double.IsFinite(step.High) || (step.High <= 0 && exact.Column < 0))
            return false;
        for (int k = 0; k < moving.Count; k++)
            beta[moving[k]] += step * direction[k];
        ended = exact.Column >= 0;
        if (ended)
            beta[exact.Column] = exact.Value;
        return true;
    }
}
