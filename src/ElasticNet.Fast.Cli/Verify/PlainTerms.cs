using Dd = ElasticNet.Fast.Cli.Verify.DoubleDouble;

namespace ElasticNet.Fast.Cli.Verify;

/// <summary>The penalty of all columns: each has its <see cref="PlainTerm"/>, but for those that a <see cref="PlainGroup"/> takes together.</summary>
internal sealed class PlainTerms
{
    private readonly PlainTerm[] _of;
    private readonly PlainGroup[] _groups;
    private readonly int[] _group;

    /// <param name="terms">Of each column.</param>
    /// <param name="groups">The columns that are penalised together.</param>
    public PlainTerms(PlainTerm[] terms, PlainGroup[] groups)
    {
        _of = terms;
        _groups = [.. groups.Select(group => group.Of(terms)).Where(group => group.Columns.Length > 0)];
        _group = [.. terms.Select(_ => -1)];
        foreach ((int g, PlainGroup group) in _groups.Index())
            foreach (int j in group.Columns)
                _group[j] = g;
    }

    /// <summary>The term of a column.</summary>
    public PlainTerm this[int j] => _of[j];

    /// <summary>Whether all coefficients keep their bounds.</summary>
    public bool AreFeasible(double[] beta) => !_of.Where((term, j) => !term.IsFeasible(beta[j])).Any();

    /// <summary>Columns without a penalty that may have a coefficient.</summary>
    public IEnumerable<int> Free => Enumerable.Range(0, _of.Length).Where(j => _of[j].IsFree && !_of[j].IsHeld);

    /// <summary>The penalty.</summary>
    public Dd Value(double[] beta)
    {
        Dd sum = 0;
        foreach (int j in Singles)
            sum += _of[j].Value(beta[j]);
        return _groups.Aggregate(sum, (all, group) => all + group.Value(_of, beta));
    }

    /// <summary>The columns whose optimality is an equation, and the gradient that it asks for: those without a penalty, or all that have a coefficient.</summary>
    public (int[] Columns, Dd[] Wanted) Exact(double[] beta, bool all)
    {
        Dd[] sizes = [.. _groups.Select(group => group.Size(_of, beta))];
        int[] columns = [.. Enumerable.Range(0, _of.Length).Where(j => _of[j].IsInside(beta[j]) && (_of[j].IsFree || (all && IsEquation(j))))];
        return (columns, [.. columns.Select(j => _group[j] < 0 ? _of[j].Slope(beta[j]) : _groups[_group[j]].Slope(_of, beta, j, sizes[_group[j]]))]);

        bool IsEquation(int j) => beta[j] != 0 || (_group[j] >= 0 && _groups[_group[j]].Mixing == 0 && sizes[_group[j]].Value > 0);
    }

    /// <summary>How far each gradient is from what optimality asks of it, in units of λ; of a group the norm of all, at the column that is farthest.</summary>
    public double[] Violations(double[] beta, Dd[] gradients)
    {
        double[] violations = new double[_of.Length];
        foreach (int j in Singles)
            violations[j] = _of[j].Violation(beta[j], gradients[j]);
        foreach (PlainGroup group in _groups)
        {
            double[] own = group.Violations(_of, beta, gradients);
            int worst = Array.IndexOf(own, own.Max());
            for (int k = 0; k < own.Length; k++)
                violations[group.Columns[k]] = k == worst ? Math.Sqrt(own.Sum(value => value * value)) : own[k];
        }

        return violations;
    }

    /// <summary>What roundings of the gradients make of violations that are 0.</summary>
    public double[] Rounding(Func<int, double> gradient)
    {
        double[] rounding = [.. _of.Select((term, j) => term.Scale == 0 ? 0 : gradient(j) / term.Scale)];
        foreach (PlainGroup group in _groups)
        {
            double all = Math.Sqrt(group.Columns.Sum(j => rounding[j] * rounding[j]));
            foreach (int j in group.Columns)
                rounding[j] = all;
        }

        return rounding;
    }

    /// <summary>Nearly the largest c ≤ 1 at which the conjugate is finite, and at which it is 0; columns whose gradient counts as 0 take no part.</summary>
    public (double Open, double All) FeasibleScales(Dd[] t, Func<int, double> off, bool[] isZero)
    {
        double open = 1, all = 1;
        foreach (int j in Singles.Where(j => !isZero[j]))
        {
            double feasible = _of[j].FeasibleScale(Math.Abs(t[j].Value) + off(j));
            all = Math.Min(all, feasible);
            open = _of[j].IsOpen(t[j].Value) ? Math.Min(open, feasible) : open;
        }

        foreach (PlainGroup group in _groups)
        {
            double feasible = group.FeasibleScale(_of, j => Math.Abs(t[j].Value) + off(j));
            all = Math.Min(all, feasible);
            open = group.IsOpen(_of) ? Math.Min(open, feasible) : open;
        }

        return (open, all);
    }

    /// <summary>penalty(β) + conjugate(c·t) − c·tᵀβ, of the columns whose gradient does not count as 0.</summary>
    public Dd Gap(double[] beta, Dd[] t, double c, Func<int, double> off, bool[] isZero)
    {
        Dd gap = 0;
        foreach (int j in Singles.Where(j => !isZero[j]))
            gap += _of[j].Gap(beta[j], t[j] * c, off(j));
        return _groups.Aggregate(gap, (sum, group) => sum + group.Gap(_of, beta, j => t[j] * c, j => c * off(j)));
    }

    /// <summary>The least λρ at which all penalised columns are 0, given their gradients there, known up to something.</summary>
    public double ZeroedFrom(Dd[] t, Func<int, double> off)
    {
        double most = 0;
        foreach (int j in Singles.Where(j => !_of[j].IsFree && (t[j].Value > 0 ? _of[j].Upper : -_of[j].Lower) > 0))
            most = Math.Max(most, (Math.Abs(t[j].Value) + off(j)) / (_of[j].Factor * _of[j].Scale));
        return _groups.Aggregate(most, (largest, group) => Math.Max(largest, group.ZeroedFrom(_of, j => Math.Abs(t[j].Value) + off(j))));
    }

    private IEnumerable<int> Singles => Enumerable.Range(0, _of.Length).Where(j => _group[j] < 0);
}
