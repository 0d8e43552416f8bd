using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>
/// Objective, duality gap and optimality conditions of given coefficients of Cox, as <see cref="PlainProof"/> has them for losses that are sums over rows. At a term of weight ω the
/// model expects the shares p of who has the event, and the events have the shares q. A dual point is made of shares π = c·p(1 + z − z̄) + (1 − c)q, θ = Σ ω(q − π), and
/// <code>objective − minimum ≤ Σ ω KL(π‖p) + Σⱼ [penⱼ(βⱼ) + pen*ⱼ(tⱼ) − tⱼβⱼ],  tⱼ = ⟨xⱼ, θ⟩.</code>
/// Divergence is at most that of squares, Σ π log(π/p) ≤ Σ p(π/p − 1)², and convex. z is a combination of columns: of the free ones, so that their t is 0, and where that is not good
/// enough of all with a coefficient, so that they meet their conditions. Any z proves something, as long as no share is negative, and the least gap counts.
/// </summary>
internal sealed class PlainPartialProof : IPlainProof
{
    private const double Epsilon = 2.220446049250313e-16, Tiny = 1.0 / (1L << 51) / (1L << 46);

    private readonly double[][] _x;
    private readonly Dd[] _offset, _mean;
    private readonly double[] _deviation;
    private readonly bool[] _isConstant;
    private readonly PlainPartial _likelihood;
    private readonly PlainPartial.State _null;
    private readonly double _rounding;

    /// <param name="columns">X, column after column, in the rows that count.</param>
    /// <param name="likelihood">The partial likelihood of these rows.</param>
    /// <param name="offset">The offset.</param>
    public PlainPartialProof(double[][] columns, PlainPartial likelihood, double[] offset)
    {
        int p = columns.Length;
        (_x, _likelihood, _offset) = (columns, likelihood, [.. offset.Select(value => (Dd)value)]);
        (_mean, _deviation, _isConstant) = (new Dd[p], new double[p], new bool[p]);
        for (int j = 0; j < p; j++)
        {
            double[] x = columns[j];
            Dd mean = Sum(i => (Dd)likelihood.Weight(i) * x[i]);
            _mean[j] = mean;
            _deviation[j] = Dd.Sqrt(Sum(i => likelihood.Weight(i) * (x[i] - mean) * (x[i] - mean))).Value;
            _isConstant[j] = x.Max() - x.Min() <= 16 * Epsilon * x.Max(Math.Abs);
        }

        _null = likelihood.At(_offset);
        _rounding = 0.5 * Math.Pow(16 * Epsilon, 2) * Sum(i => (Dd)likelihood.Weight(i) * _null.Expected(i) * Math.Pow(1 + Math.Abs(_offset[i].Value), 2)).Value;
    }

    /// <inheritdoc/>
    public double[] Deviation => _deviation;

    /// <inheritdoc/>
    public double[] Mean => [.. _mean.Select(mean => mean.Value)];

    /// <inheritdoc/>
    public bool[] IsConstant => _isConstant;

    /// <inheritdoc/>
    public PlainVerdict Judge(double[] beta, double[] b, PlainPenalty penalty, double enough)
    {
        int p = beta.Length;
        PlainTerms terms = TermsOf(beta, penalty);
        Dd[] eta = [.. _offset];
        for (int j = 0; j < p; j++)
            for (int i = 0; beta[j] != 0 && i < eta.Length; i++)
                eta[i] += (Dd)_x[j][i] * beta[j];

        PlainPartial.State state = _likelihood.At(eta);
        double steepest = 0, square = 0;
        for (int i = 0; i < eta.Length; i++)
        {
            double w = _likelihood.Weight(i), expected = state.Expected(i), slope = state.Residual[i].Value / w;
            steepest = Math.Max(steepest, expected);
            square += w * (slope * slope + expected * expected * (1 + eta[i].Value * eta[i].Value));
        }

        double size = Math.Sqrt(square) + steepest * beta.Select((value, j) => _deviation[j] * Math.Abs(value)).Sum(), least = double.PositiveInfinity, half = _null.Above.Value;
        foreach (bool all in (bool[])[false, true])
        {
            (int[] exact, Dd[] wanted) = terms.Exact(beta, all);
            least = Math.Min(least, Gap(state, Move(state, exact, wanted), beta, terms));
            if (least <= enough * half)
                break;
        }

        if (!terms.AreFeasible(beta))
            least = double.PositiveInfinity;
        return new()
        {
            Objective = (terms.Value(beta) + state.Above).Value,
            HalfNull = half,
            RelativeGap = half > _rounding ? least / half : least <= _rounding ? 0 : least / _rounding,
            Violations = terms.Violations(beta, [.. _x.Select((_, j) => Gradient(j, state.Residual))]),
            Rounding = terms.Rounding(j => 16 * Epsilon * size * _deviation[j]),
            InterceptViolation = 0,
        };
    }

    /// <inheritdoc/>
    public double LambdaMax(PlainPenalty penalty)
    {
        PlainTerms terms = TermsOf(new double[_x.Length], penalty with { Lambda = 1 });
        int[] free = [.. terms.Free];
        if (free.Any(j => double.IsFinite(terms[j].Lower) || double.IsFinite(terms[j].Upper)))
            return double.PositiveInfinity;
        Dd[] residual = NullResidual(free);
        double off = 1e-12 * Math.Sqrt(Enumerable.Range(0, residual.Length).Sum(i => Math.Pow(_null.Residual[i].Value, 2) / _likelihood.Weight(i)));
        return terms.ZeroedFrom([.. _x.Select((_, j) => Gradient(j, residual))], j => off * _deviation[j]) / Math.Max(penalty.L1Ratio, 1e-3);
    }

    /// <summary>The residual of a fit to the free columns alone: Newton's method, halved where the loss does not fall.</summary>
    private Dd[] NullResidual(int[] free)
    {
        PlainPartial.State state = _null;
        Dd[] eta = _offset;
        for (int turn = 0, settled = 0; turn < 200 && settled < 4 && free.Length > 0; turn++)
        {
            Dd[] along = Move(state, free, new Dd[free.Length]), next = eta;
            PlainPartial.State moved = state;
            for (double step = 1; step > 1e-9; step /= 2)
            {
                double length = step;
                next = [.. eta.Select((value, i) => value - along[i] * length)];
                moved = _likelihood.At(next);
                if (moved.Above.Value <= state.Above.Value * (1 + 4 * Epsilon))
                    break;
            }

            settled = moved.Above.Value < state.Above.Value ? 0 : settled + 1;
            (eta, state) = (next, moved);
        }

        return state.Residual;
    }

    private PlainTerms TermsOf(double[] beta, PlainPenalty penalty) => new([.. beta.Select((value, j) => penalty.Term(j, value, _deviation[j], _isConstant[j]))], penalty.Groups);

    private Dd Gradient(int j, Dd[] v) => Sum(i => (_x[j][i] - _mean[j]) * v[i]);

    private Dd Sum(Func<int, Dd> value)
    {
        Dd sum = 0;
        for (int i = 0; i < _offset.Length; i++)
            sum += value(i);
        return sum;
    }

    /// <summary>The combination z of some columns for which residual + curvature·z has the products with each of them that are wanted; dependent columns are left out.</summary>
    private Dd[] Move(PlainPartial.State state, int[] exact, Dd[] wanted)
    {
        List<(double[] Column, Dd[] Curved, double[] Row)> factor = [];
        List<(int Column, Dd Wanted)> kept = [];
        foreach ((int at, int j) in exact.Index())
        {
            double[] x = [.. _x[j].Select(value => (value - _mean[j]).Value)];
            Dd[] curved = state.Curve([.. x.Select(value => (Dd)value)]);
            double[] row = new double[factor.Count + 1];
            double whole = Product(x, curved), pivot = whole;
            for (int k = 0; k < factor.Count; k++)
            {
                row[k] = Product(factor[k].Column, curved);
                for (int l = 0; l < k; l++)
                    row[k] -= factor[k].Row[l] * row[l];
                row[k] /= factor[k].Row[k];
                pivot -= row[k] * row[k];
            }

            if (!(pivot > 1e-12 * whole))
                continue;
            row[^1] = Math.Sqrt(pivot);
            factor.Add((x, curved, row));
            kept.Add((j, wanted[at]));
        }

        Dd[] z = new Dd[_offset.Length], theta = [.. state.Residual];
        for (int turn = 0; turn < 4 && kept.Count > 0; turn++)
        {
            double[] steps = [.. kept.Select(one => (one.Wanted - Gradient(one.Column, theta)).Value)];
            for (int k = 0; k < steps.Length; k++)
            {
                for (int l = 0; l < k; l++)
                    steps[k] -= factor[k].Row[l] * steps[l];
                steps[k] /= factor[k].Row[k];
            }

            for (int k = steps.Length - 1; k >= 0; k--)
            {
                steps[k] /= factor[k].Row[k];
                for (int l = 0; l < k; l++)
                    steps[l] -= factor[k].Row[l] * steps[k];
            }

            for (int i = 0; i < z.Length; i++)
            {
                for (int k = 0; k < steps.Length; k++)
                {
                    z[i] += (Dd)steps[k] * factor[k].Column[i];
                    theta[i] += (Dd)steps[k] * factor[k].Curved[i];
                }
            }
        }

        return z;
    }

    private static double Product(double[] column, Dd[] curved)
    {
        Dd sum = 0;
        for (int i = 0; i < column.Length; i++)
            sum += curved[i] * column[i];
        return sum.Value;
    }

    private double Gap(PlainPartial.State state, Dd[] z, double[] beta, PlainTerms terms)
    {
        Dd[] curved = state.Curve(z), theta = [.. state.Residual.Select((value, i) => value + curved[i])], t = [.. _x.Select((_, j) => Gradient(j, theta))];
        double square = Math.Max(Sum(i => curved[i] * z[i]).Value, 0), widest = Widest(z);
        bool isMoved = z.Any(value => value.Value != 0);
        double[] off = [.. _x.Select((_, j) => Tiny * Sum(i => Dd.Abs((_x[j][i] - _mean[j]) * theta[i])).Value)];
        // θ was made orthogonal to free columns, up to the digits that there are.
        bool[] isZero = [.. t.Select((value, j) => terms[j].IsHeld || (terms[j].IsFree && Math.Abs(value.Value) <= 1e6 * off[j]))];
        (double open, double all) = terms.FeasibleScales(t, j => off[j], isZero);
        double best = double.PositiveInfinity, above = state.Above.Value, weight = _likelihood.EventWeight;
        foreach (double c in (double[])[open, all, all / 2, all / 8, 0])
        {
            double rest = 1 - c;
            Dd slack = c == 0 ? above
                : isMoved && !(widest <= 1) ? double.PositiveInfinity
                : Math.Min(2 * c * c * square + 2 * rest * rest * state.Spread, c * square + rest * above);
            // Shares are as good as exp is.
            Dd gap = slack + 8 * Epsilon * Math.Sqrt(2 * slack.Value * weight) + 64 * Epsilon * Epsilon * weight;
            gap += terms.Gap(beta, t, c, j => off[j], isZero);
            for (int j = 0; j < t.Length; j++)
                gap += isZero[j] ? Math.Abs(t[j].Value * beta[j]) : 0;
            best = double.IsNaN(gap.Value) ? best : Math.Min(best, gap.Value);
        }

        return best;
    }

    /// <summary>How far apart z is among rows that are at risk in one stratum: no further from any mean of theirs.</summary>
    private double Widest(Dd[] z) => Enumerable.Range(0, z.Length).Where(_likelihood.IsEverAtRisk).GroupBy(_likelihood.Stratum)
        .Select(stratum => stratum.Max(i => z[i].Value) - stratum.Min(i => z[i].Value)).DefaultIfEmpty(0).Max();
}
