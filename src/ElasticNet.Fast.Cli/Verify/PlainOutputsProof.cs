using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>
/// Objective, duality gap and optimality conditions of the coefficients of several outputs, as <see cref="PlainProof"/> has them for one. The coefficient of feature j for output k is at
/// jK + k; θ has a number for each output of a row, and tⱼₖ = ⟨x̃ⱼ, θₖ⟩. θ is the residual moved along ℓ″, which couples the outputs of a row: by a combination of the columns whose conditions are
/// equations, and of the intercepts, so that ⟨1, θₖ⟩ = 0 for each output. Columns are made orthogonal by ℓ″ one after another, and what depends on others is left out.
/// </summary>
internal sealed class PlainOutputsProof : IPlainProof
{
    private const double Epsilon = 2.220446049250313e-16, Tiny = 1.0 / (1L << 51) / (1L << 51);

    private readonly double[][] _x;
    private readonly PlainOutputs _rows;
    private readonly bool _intercept;
    private readonly int _outputs, _n;
    private readonly Dd[] _offset, _mean;
    private readonly double[] _deviation, _norm, _widest;
    private readonly bool[] _isConstant;
    private readonly PlainOutputs.State _null;
    private readonly double _rounding;

    /// <param name="columns">X, column after column, in the rows that count.</param>
    /// <param name="rows">Their losses.</param>
    /// <param name="offset">The offset of each output, one output after another, or null.</param>
    /// <param name="intercept">Whether each output has an unpenalised intercept.</param>
    public PlainOutputsProof(double[][] columns, PlainOutputs rows, double[]? offset, bool intercept)
    {
        int p = columns.Length;
        (_x, _rows, _intercept, _outputs, _n) = (columns, rows, intercept, rows.Outputs, rows.Rows);
        _offset = [.. (offset ?? new double[_n * _outputs]).Select(value => (Dd)value)];
        (_mean, _deviation, _norm, _widest, _isConstant) = (new Dd[p], new double[p], new double[p], new double[p], new bool[p]);
        for (int j = 0; j < p; j++)
        {
            double[] x = columns[j];
            Dd mean = rows.Average(i => x[i]), square = rows.Average(i => (x[i] - mean) * (x[i] - mean));
            _widest[j] = x.Max(Math.Abs);
            _isConstant[j] = x.Max() - x.Min() <= 16 * Epsilon * _widest[j];
            _deviation[j] = Dd.Sqrt(square).Value;
            _mean[j] = intercept ? mean : 0;
            _norm[j] = Dd.Sqrt(intercept ? square : square + mean * mean).Value;
        }

        _null = Fitted([]);
        double[] largest = [.. Enumerable.Range(0, _outputs).Select(k => Enumerable.Range(k * _n, _n).Max(at => Math.Abs((_null.Residual[at] + _null.Eta[at] - _offset[at]).Value)))];
        _rounding = 0.5 * Math.Pow(16 * Epsilon, 2) * (rows.IsClasses ? _null.Unit : largest.Sum(value => value * value));
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
        PlainTerms terms = TermsOf(beta, penalty);
        Dd[] eta = [.. _offset];
        double[] shift = [.. b];
        double size = 0, sizes = _offset.Max(value => Math.Abs(value.Value)) + b.Max(Math.Abs);
        for (int at = 0; at < eta.Length; at++)
            eta[at] += b[at / _n];
        for (int c = 0; c < beta.Length; c++)
        {
            (int j, int k) = Math.DivRem(c, _outputs);
            for (int i = 0; beta[c] != 0 && i < _n; i++)
                eta[k * _n + i] += (Dd)_x[j][i] * beta[c];
            shift[k] += (_mean[j] * beta[c]).Value;
            size += _norm[j] * Math.Abs(beta[c]);
            sizes += _widest[j] * Math.Abs(beta[c]);
        }

        PlainOutputs.State state = _rows.At(eta);
        double half = _null.Loss.Value, steepest = state.Steepest, least = double.PositiveInfinity;
        size = steepest * size + Math.Sqrt(_rows.IsClasses ? state.Unit : 2 * half);
        foreach (bool all in (bool[])[false, true])
        {
            (int[] exact, Dd[] wanted) = terms.Exact(beta, all);
            Dd[] theta = Move(state, exact, wanted, out _, out double left);
            // The residual is a sum over the columns, what is made of θ one over the rows.
            left += Tiny * ((beta.Length + 8) * sizes * steepest + (_n + 64) * Norm(theta));
            least = Math.Min(least, Gap(state, theta, beta, shift.Sum(Math.Abs), terms, left));
            if (least <= enough * half)
                break;
        }

        if (!terms.AreFeasible(beta))
            least = double.PositiveInfinity;
        return new()
        {
            Objective = (state.Loss + terms.Value(beta)).Value,
            HalfNull = half,
            RelativeGap = half > _rounding ? least / half : least <= _rounding ? 0 : least / _rounding,
            Violations = terms.Violations(beta, Gradients(state.Residual)),
            Rounding = terms.Rounding(c => 16 * Epsilon * size * _norm[c / _outputs]),
            InterceptViolation = _intercept ? Enumerable.Range(0, _outputs).Max(k => Math.Abs(Total(k, state.Residual).Value)) : 0,
        };
    }

    /// <inheritdoc/>
    public double LambdaMax(PlainPenalty penalty)
    {
        PlainTerms terms = TermsOf(new double[_x.Length * _outputs], penalty with { Lambda = 1 });
        int[] free = [.. terms.Free];
        if (free.Any(c => double.IsFinite(terms[c].Lower) || double.IsFinite(terms[c].Upper)))
            return double.PositiveInfinity;
        double off = 1e-12 * Norm(_null.Residual);
        return terms.ZeroedFrom(Gradients(Fitted(free).Residual), c => off * _norm[c / _outputs]) / Math.Max(penalty.L1Ratio, 1e-3);
    }

    /// <summary>A fit to the free columns and the intercepts alone: Newton's method, halved where the loss does not fall.</summary>
    private PlainOutputs.State Fitted(int[] free)
    {
        PlainOutputs.State state = _null ?? _rows.At(_offset);
        for (int turn = 0, settled = 0; turn < 200 && settled < 4 && (_intercept || free.Length > 0); turn++)
        {
            Move(state, free, new Dd[free.Length], out Dd[] along, out _);
            PlainOutputs.State moved = state;
            for (double step = 1; step > 1e-9; step /= 2)
            {
                double length = step;
                moved = _rows.At([.. state.Eta.Select((value, at) => value - along[at] * length)]);
                if (moved.Loss.Value <= state.Loss.Value * (1 + 4 * Epsilon))
                    break;
            }

            settled = moved.Loss.Value < state.Loss.Value ? 0 : settled + 1;
            state = moved;
        }

        return state;
    }

    /// <summary>The residual + ℓ″z, z a combination of some columns and of the intercepts, so that its product with each column is what is wanted and with each intercept 0.</summary>
    /// <param name="along">z.</param>
    /// <param name="left">A bound on the norm of what is missing.</param>
    private Dd[] Move(PlainOutputs.State state, int[] exact, Dd[] wanted, out Dd[] along, out double left)
    {
        List<(int Column, Dd Wanted, double[] Unit, Dd[] Curved, double[] Row)> basis = [];
        IEnumerable<(int Column, Dd Wanted)> intercepts = Enumerable.Range(0, _intercept ? _outputs : 0).Select(k => (-1 - k, (Dd)0));
        foreach ((int column, Dd asked) in intercepts.Concat(exact.Zip(wanted)))
        {
            int k = column < 0 ? -1 - column : column % _outputs;
            double[] v = new double[_n * _outputs], row = new double[basis.Count + 1];
            for (int i = 0; i < _n; i++)
                v[k * _n + i] = column < 0 ? 1 : (_x[column / _outputs][i] - _mean[column / _outputs]).Value;
            double whole = Math.Sqrt(Product(v, Curve(state, v)));
            for (int turn = 0; turn < 2; turn++)
                for (int l = 0; l < basis.Count; l++)
                {
                    double common = Product(v, basis[l].Curved);
                    row[l] += common;
                    for (int at = 0; at < v.Length; at++)
                        v[at] -= common * basis[l].Unit[at];
                }

            row[^1] = Math.Sqrt(Math.Max(Product(v, Curve(state, v)), 0));
            if (!(row[^1] > 1e-13 * whole))
                continue;
            double[] unit = [.. v.Select(value => value / row[^1])];
            basis.Add((column, asked, unit, Curve(state, unit), row));
        }

        Dd[] theta = [.. state.Residual];
        along = new Dd[theta.Length];
        left = 0;
        for (int turn = 0; turn < 4; turn++)
        {
            double[] steps = new double[basis.Count];
            for (int k = 0; k < steps.Length; k++)
            {
                (int column, Dd asked, _, _, double[] row) = basis[k];
                Dd missing = asked - (column < 0 ? Total(-1 - column, theta) : Gradient(column, theta));
                for (int l = 0; l < k; l++)
                    missing -= (Dd)row[l] * steps[l];
                steps[k] = missing.Value / row[^1];
            }

            left = 2 * Math.Sqrt(steps.Sum(step => step * step));
            for (int k = 0; turn < 3 && k < steps.Length; k++)
                for (int at = 0; at < theta.Length; at++)
                {
                    along[at] += (Dd)steps[k] * basis[k].Unit[at];
                    theta[at] += steps[k] * basis[k].Curved[at];
                }
        }

        return theta;
    }

    private double Gap(PlainOutputs.State state, Dd[] theta, double[] beta, double shift, PlainTerms terms, double left)
    {
        Dd[] t = Gradients(theta);
        double Off(int c) => _norm[c / _outputs] * left;
        // θ was made orthogonal to free columns; to combinations of them it is so to some 24 digits, which count as exact.
        bool[] isZero = [.. t.Select((value, c) => terms[c].IsHeld || (terms[c].IsFree && Math.Abs(value.Value) <= 1e6 * Off(c)))];
        (double open, double all) = terms.FeasibleScales(t, Off, isZero);
        double best = double.PositiveInfinity, charged = left * shift;
        for (int c = 0; c < beta.Length; c++)
            charged += Off(c) * Math.Abs(beta[c]);

        // Far from a minimum θ may lie beyond what ℓ* allows; 0 never does.
        foreach (double c in (double[])[open, all, all / 2, all / 8, 0])
        {
            Dd slack = state.Slack(theta, c), gap = slack + terms.Gap(beta, t, c, Off, isZero);
            double charge = charged + left * (2 * Math.Sqrt(Math.Max(slack.Value, 0)) + left);
            best = gap.Value + charge < best ? gap.Value + charge : best;
        }

        return best;
    }

    private PlainTerms TermsOf(double[] beta, PlainPenalty penalty) => new(
        [.. beta.Select((value, c) => c / _outputs is var j ? penalty.Term(j, value, _deviation[j], _isConstant[j] && (_intercept || penalty.Standardize)) : default)], penalty.GroupsOf(_x.Length, _outputs));

    private Dd[] Gradients(Dd[] v) => [.. Enumerable.Range(0, _x.Length * _outputs).Select(c => Gradient(c, v))];

    private Dd Gradient(int column, Dd[] v) => Math.DivRem(column, _outputs) is var (j, k) ? _rows.Average(i => (_x[j][i] - _mean[j]) * v[k * _n + i]) : 0;

    // ⟨1, vₖ⟩.
    private Dd Total(int k, Dd[] v) => _rows.Average(i => v[k * _n + i]);

    private double Norm(Dd[] v) => Math.Sqrt(Enumerable.Range(0, _outputs).Sum(k => _rows.Average(i => v[k * _n + i] * v[k * _n + i]).Value));

    private static Dd[] Curve(PlainOutputs.State state, double[] v) => state.Curve([.. v.Select(value => (Dd)value)]);

    private double Product(double[] v, Dd[] curved) => _rows.Average(i =>
    {
        Dd sum = 0;
        for (int at = i; at < v.Length; at += _n)
            sum += curved[at] * v[at];
        return sum;
    }).Value;
}
