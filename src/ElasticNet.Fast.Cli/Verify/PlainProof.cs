using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>
/// Objective, duality gap and optimality conditions of given coefficients, from the data alone: plain loops in twice the precision of double,
/// which share nothing with what fitted. With r = −ℓ′(η) the residual, x̃ⱼ the column (centred, with an intercept) and any θ with ⟨1, θ⟩ = 0,
/// <code>objective − minimum ≤ Σᵢ wᵢ[ℓ(ηᵢ) + ℓ*(−θᵢ) + θᵢηᵢ] + Σⱼ [penⱼ(βⱼ) + pen*ⱼ(tⱼ) − tⱼβⱼ],  tⱼ = ⟨x̃ⱼ, θ⟩,</code>
/// by Fenchel's inequality, pen*ⱼ(t) = sup of tβ − penⱼ(β) over the bounds; the first sum is ½‖r − θ‖² for squared error. pen* is finite where t keeps within
/// λρ·vⱼsⱼ, or a ridge term or bound stands behind; for a free column only at t = 0. So θ = c·(r, made orthogonal to the free columns along ℓ″, which
/// moves a row with little room hardly at all) and c ≤ 1 small enough; where that is
/// not good enough, r is moved so that the columns with a coefficient meet their conditions, too: any θ proves something, and the least gap
/// counts. What is left of orthogonality, and the rounding of 106 bits, is charged. ℓ and its derivatives are taken in double.
/// </summary>
internal sealed partial class PlainProof : IPlainProof
{
    private const double Epsilon = 2.220446049250313e-16, Tiny = 1.0 / (1L << 51) / (1L << 51);

    /// <inheritdoc/>
    public PlainVerdict Judge(double[] beta, double[] b, PlainPenalty penalty, double enough) => Judge(beta, b[0], penalty, enough);

    /// <summary>The same of one intercept.</summary>
    public PlainVerdict Judge(double[] beta, double b, PlainPenalty penalty, double enough)
    {
        int p = beta.Length;
        PlainTerms terms = TermsOf(beta, penalty);
        Dd[] eta = Eta(beta, b), r = Residual(eta), gradients = Gradients(r);
        double[] h = [.. eta.Select((value, i) => Curvature(i, value))];
        Dd objective = Loss(eta) + terms.Value(beta), shift = b;
        double size = _loss is null ? Dd.Sqrt(Average(i => _nullResidual[i] * _nullResidual[i])).Value : Dd.Sqrt(Average(i => r[i] * r[i] + h[i] * h[i] * (1 + eta[i] * eta[i]))).Value;
        double sizes = _y.Select((value, i) => _loss is null ? Math.Abs(value - _offset[i]) : Math.Abs(_offset[i])).Max() + Math.Abs(b), steepest = h.Max();
        for (int j = 0; j < p; j++)
        {
            size += steepest * Norm[j] * Math.Abs(beta[j]);
            sizes += _widest[j] * Math.Abs(beta[j]);
            shift += _mean[j] * beta[j];
        }

        double least = double.PositiveInfinity;
        foreach (bool all in (bool[])[false, true])
        {
            (int[] exact, Dd[] wanted) = terms.Exact(beta, all);
            Dd[] theta = Move(r, h, exact, wanted, out _, out double left);
            // r is a sum over the columns, what is made of θ one over the rows.
            left += Tiny * ((p + 8) * sizes * steepest + (r.Length + 64) * Dd.Sqrt(Average(i => theta[i] * theta[i])).Value);
            least = Math.Min(least, Gap(eta, theta, beta, shift, terms, left * Math.Sqrt(Math.Max(steepest, 1))));
            if (least <= enough * _null)
                break;
        }

        if (!terms.AreFeasible(beta))
            least = double.PositiveInfinity;

        return new()
        {
            Objective = objective.Value,
            HalfNull = _null,
            RelativeGap = _null > _rounding ? least / _null : least <= _rounding ? 0 : least / _rounding,
            Violations = terms.Violations(beta, gradients),
            Rounding = terms.Rounding(j => 16 * Epsilon * size * Norm[j]),
            InterceptViolation = Math.Abs(Sum(r).Value),
        };
    }

    /// <inheritdoc/>
    public double LambdaMax(PlainPenalty penalty)
    {
        PlainTerms terms = TermsOf(new double[_x.Length], penalty with { Lambda = 1 });
        int[] free = [.. terms.Free];
        if (free.Any(j => double.IsFinite(terms[j].Lower) || double.IsFinite(terms[j].Upper)))
            return double.PositiveInfinity;
        Dd[] r = NullResidual(free), t = Gradients(r);
        double off = 1e-12 * Dd.Sqrt(Average(i => _nullResidual[i] * _nullResidual[i])).Value;
        return terms.ZeroedFrom(t, j => off * Norm[j]) / Math.Max(penalty.L1Ratio, 1e-3);
    }

    /// <summary>The residual of a fit to the free columns and the intercept alone: Newton's method, halved where the loss does not fall.</summary>
    private Dd[] NullResidual(int[] free)
    {
        Dd[] eta = _nullEta, r = _nullResidual;
        double loss = _null;
        // Where the loss falls no more by what double tells, the residual still comes nearer for some turns.
        for (int turn = 0, settled = 0; turn < 1000 && settled < 6 && free.Length > 0; turn++)
        {
            double least = 1e-3 * eta.Index().Max(row => Curvature(row.Index, row.Item));
            // Where Huber's loss is straight, rows count for little instead of nothing: those about the middle may be too few to tell columns apart.
            double[] h = [.. eta.Select((value, i) => Math.Max(Curvature(i, value), least))];
            Dd[] before = eta;
            Move(r, h, free, new Dd[free.Length], out Dd[] along, out _);
            double step = 2, next = double.PositiveInfinity;
            while (!(next <= loss * (1 + 4 * Epsilon)) && step > 1e-9)
            {
                step /= 2;
                eta = [.. before.Select((value, i) => value - along[i] * step)];
                next = Loss(eta).Value;
            }

            r = Residual(eta);
            settled = _loss is null ? 6 : next < loss ? 0 : settled + 1;
            loss = Math.Min(loss, next);
        }

        return r;
    }

    private PlainTerms TermsOf(double[] beta, PlainPenalty penalty) =>
        new([.. beta.Select((value, j) => penalty.Term(j, value, Deviation[j], IsConstant[j] && (_intercept || penalty.Standardize)))], penalty.Groups);

    /// <summary>r + h times a combination of some columns, so that its product with each of them is what is wanted; dependent columns are left out.</summary>
    /// <param name="along">That combination.</param>
    /// <param name="left">A bound on the norm of what is missing.</param>
    private Dd[] Move(Dd[] r, double[] h, int[] exact, Dd[] wanted, out Dd[] along, out double left)
    {
        double whole = _intercept ? Average(i => h[i]).Value : 0;
        List<(int Column, Dd Wanted, double[] Unit, double[] Row)> basis = [];
        foreach ((int at, int j) in exact.Index())
        {
            Dd center = whole > 0 ? Average(i => (Dd)h[i] * _x[j][i]) / whole : _mean[j];
            double[] v = [.. _x[j].Select(value => (value - center).Value)], row = new double[basis.Count + 1];
            for (int turn = 0; turn < 2; turn++)
                for (int k = 0; k < basis.Count; k++)
                {
                    double common = Plain(h, basis[k].Unit, v);
                    row[k] += common;
                    for (int i = 0; i < v.Length; i++)
                        v[i] -= common * basis[k].Unit[i];
                }

            row[^1] = Math.Sqrt(Plain(h, v, v));
            if (row[^1] > 1e-13 * Norm[j] * Math.Sqrt(h.Average()))
                basis.Add((j, wanted[at], [.. v.Select(value => value / row[^1])], row));
        }

        Dd[] theta = [.. r];
        along = new Dd[r.Length];
        left = 0;
        for (int turn = 0; turn < 4; turn++)
        {
            Dd sum = Sum(theta) / (whole > 0 ? whole : 1);
            double[] steps = new double[basis.Count];
            for (int k = 0; k < steps.Length; k++)
            {
                (int j, Dd asked, _, double[] row) = basis[k];
                Dd missing = asked - Gradient(j, theta);
                for (int l = 0; l < k; l++)
                    missing -= (Dd)row[l] * steps[l];
                steps[k] = missing.Value / row[^1];
            }

            left = 2 * (Math.Abs(sum.Value) * Math.Max(whole, 1) + Math.Sqrt(steps.Sum(step => step * step)));
            for (int i = 0; turn < 3 && i < theta.Length; i++)
            {
                Dd change = -sum;
                for (int k = 0; k < steps.Length; k++)
                    change += (Dd)steps[k] * basis[k].Unit[i];
                along[i] += change;
                theta[i] += change * h[i];
            }
        }

        return theta;
    }

    private double Gap(Dd[] eta, Dd[] theta, double[] beta, Dd shift, PlainTerms terms, double left)
    {
        Dd[] t = Gradients(theta);
        double best = double.PositiveInfinity;
        // θ was made orthogonal to free columns; to combinations of them it is so to some 24 digits, which count as exact.
        bool[] isZero = [.. t.Select((value, j) => terms[j].IsHeld || (terms[j].IsFree && Math.Abs(value.Value) <= 1e6 * Norm[j] * left))];
        (double open, double all) = terms.FeasibleScales(t, j => Norm[j] * left, isZero);

        // Far from a minimum θ may lie beyond what ℓ* allows; 0 never does.
        foreach (double c in (double[])[open, all, all / 2, all / 8, 0])
        {
            Dd gap = Slack(eta, theta, c);
            double charge = left * (2 * Math.Sqrt(Math.Max(gap.Value, 0)) + left + Math.Abs(shift.Value));
            for (int j = 0; j < t.Length; j++)
                charge += Norm[j] * left * Math.Abs(beta[j]);
            gap += terms.Gap(beta, t, c, j => Norm[j] * left, isZero);
            if (gap.Value + charge < best)
                best = gap.Value + charge;
        }

        return best;
    }
}
