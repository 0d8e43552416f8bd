namespace ElasticNet.Fast.Adversary;

/// <summary>
/// Looks for a lower objective: an active-set Newton method that lets columns in by the largest violation, solves on their QR factor
/// and moves by exact line searches, all in <see cref="DoubleDouble"/>. Every iterate gives an upper bound of the minimum (its
/// objective) and a lower one (<see cref="DualBound"/> at its residual).
/// </summary>
internal sealed class Improver
{
    private const int MostIterations = 300;
    private const int MostColumns = 300;

    /// <summary>A ridge below this share of a column's square is too small to divide by.</summary>
    private const double LeastRidge = 1e-18;
    private readonly ScaledProblem _problem;
    private readonly Penalty _penalty;
    private readonly bool[] _pinned;
    private readonly DoubleDouble[] _beta;
    private readonly DoubleDouble[] _gradients;
    private readonly bool[] _admitted;
    private readonly DoubleDouble _halfNull;
    private DoubleDouble[] _residual = [];
    private bool _ended;

    /// <summary>Whether every step is printed.</summary>
    public static bool Trace { get; set; }

    /// <param name="problem">The problem.</param>
    /// <param name="penalty">The penalty at its λ.</param>
    /// <param name="pinned">Columns whose coefficient is 0.</param>
    /// <param name="start">Where to start, feasible.</param>
    public Improver(ScaledProblem problem, Penalty penalty, bool[] pinned, ReadOnlySpan<double> start)
    {
        (_problem, _penalty, _pinned, _halfNull) = (problem, penalty, pinned, problem.HalfNull);
        _beta = new DoubleDouble[start.Length];
        for (int j = 0; j < start.Length; j++)
            _beta[j] = start[j];
        _gradients = new DoubleDouble[start.Length];
        _admitted = new bool[start.Length];
        Measure();
        Upper = Objective();
        Lower = 0;
    }

    /// <summary>The objective at the best point found.</summary>
    public DoubleDouble Upper { get; private set; }

    /// <summary>A value below the minimum.</summary>
    public DoubleDouble Lower { get; private set; }

    public ReadOnlySpan<DoubleDouble> Beta => _beta;

    /// <summary>Goes on until the minimum is known to a tolerance, or is certain not to lie below <paramref name="threshold"/>.</summary>
    public void Run(DoubleDouble threshold, double tolerance)
    {
        int stuck = 0;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Lower = DoubleDouble.Max(Lower, DualBound.At(_problem, _penalty, _pinned, _residual, _gradients));
            if (Lower >= threshold || (Upper - Lower).High <= tolerance * _halfNull.High)
                return;
            DoubleDouble before = Upper;
            bool moved = Descend();
            if (Trace)
                Console.WriteLine($"{iteration}: {(Lower / _halfNull).High:r} … {(Upper / _halfNull).High:r}, moved {moved}{(_ended ? " to an end" : "")}, {_beta.Count(b => !b.IsZero)} not 0, admitted {string.Join(' ', _admitted.Index().Where(a => a.Item).Select(a => a.Index))}");
            if (moved && (_ended || (before - Upper).High > 1e-22 * _halfNull.High))
                stuck = 0;
            else if (!Admit() && (!moved || ++stuck == 3))
                return;
        }
    }

    /// <summary>One step on the columns that are in: a Newton step, or along a direction that changes nothing but the penalty.</summary>
    private bool Descend()
    {
        _ended = false;
        List<int> columns = [];
        for (int j = 0; j < _beta.Length; j++)
        {
            if (!_pinned[j] && (_penalty.L1[j].IsZero || _admitted[j] || !_beta[j].IsZero) && !IsHeld(j))
                columns.Add(j);
        }

        // A column that would leave through its bound at once, or enter against its gradient, stays out of the next try.
        while (columns.Count > 0)
        {
            if (Direction(columns) is not { } direction)
                return false;
            List<int> free = [.. columns.Where((j, k) => !IsBlocked(j, direction[k]))];
            if (free.Count < columns.Count)
            {
                columns = free;
                continue;
            }

            DoubleDouble[] change = new DoubleDouble[_problem.Rows];
            for (int k = 0; k < columns.Count; k++)
                DoubleDouble.Add(change, direction[k], _problem.Column(columns[k]));
            DoubleDouble[] weighted = _problem.Weighted(change);
            DoubleDouble[] saved = (DoubleDouble[])_beta.Clone();
            if (!LineSearch.Move(_penalty, columns, direction, _beta, -DoubleDouble.Dot(weighted, _residual), DoubleDouble.Dot(weighted, change), out _ended))
                return false;
            Array.Clear(_admitted);
            Measure();
            DoubleDouble objective = Objective();
            // A coefficient that comes to its bound by a step too small to count still changes what the next step is.
            if (objective < Upper || (_ended && (objective - Upper).High <= 1e-28 * _halfNull.High))
            {
                Upper = DoubleDouble.Min(Upper, objective);
                return true;
            }

            saved.CopyTo(_beta, 0);
            Measure();
            return false;
        }

        return false;
    }

    /// <summary>Lets in the column of the largest violation.</summary>
    private bool Admit()
    {
        int best = -1;
        double largest = 1e-27 * Math.Sqrt(_halfNull.High);
        for (int j = 0; j < _beta.Length; j++)
        {
            if (_pinned[j] || _admitted[j] || _problem.Norms[j].IsZero)
                continue;
            double violation;
            if (_beta[j].IsZero)
            {
                violation = _penalty.Reach(j, _gradients[j].High) > 0 ? (DoubleDouble.Abs(_gradients[j]) - _penalty.L1[j]).High : 0;
            }
            else
            {
                double slope = Slope(j).High;
                violation = _beta[j].High >= _penalty.Upper[j] ? -slope : _beta[j].High <= _penalty.Lower[j] ? slope : 0;
            }

            // What a step of this column alone would gain, but for a factor.
            violation /= Math.Sqrt(_problem.Norms[j].High * _problem.Norms[j].High + _penalty.L2[j].High);
            if (violation > largest)
                (best, largest) = (j, violation);
        }

        if (best >= 0)
            _admitted[best] = true;
        return best >= 0;
    }

    /// <summary>At a bound, with a gradient that presses against it.</summary>
    private bool IsHeld(int j) => !_admitted[j] && !_beta[j].IsZero && (_beta[j].High >= _penalty.Upper[j] || _beta[j].High <= _penalty.Lower[j])
        || _beta[j].IsZero && _penalty.Reach(j, _gradients[j].High) == 0;

    private bool IsBlocked(int j, DoubleDouble step)
    {
        if (step.IsZero)
            return false;
        if (step.High > 0 ? _beta[j].High >= _penalty.Upper[j] : _beta[j].High <= _penalty.Lower[j])
            return true;
        return _beta[j].IsZero && !_penalty.L1[j].IsZero && step.High > 0 != _gradients[j].High > 0;
    }

    /// <summary>The sign that the l1 term has at a coefficient, or will have.</summary>
    private DoubleDouble Pull(int j) => _penalty.L1[j] * Math.Sign(_beta[j].IsZero ? _gradients[j].High : _beta[j].High);

    private DoubleDouble Slope(int j) => _gradients[j] - Pull(j) - _penalty.L2[j] * _beta[j];

    private DoubleDouble[]? Direction(List<int> columns)
    {
        if (columns.Count > _problem.Rows && columns.TrueForAll(j => _penalty.L2[j].High > LeastRidge * _problem.Norms[j].High * _problem.Norms[j].High))
            return DualSystem.Step([.. columns.Select(Rooted)], [.. columns.Select(j => _penalty.L2[j])], [.. columns.Select(Slope)]);
        int[] ridges = [.. Enumerable.Range(0, columns.Count).Where(k => !_penalty.L2[columns[k]].IsZero)];
        if (columns.Count > MostColumns && ridges.Length > 0)
            return null;
        DoubleDouble[][] a = new DoubleDouble[columns.Count][];
        DoubleDouble[] right = new DoubleDouble[_problem.Rows + ridges.Length];
        for (int i = 0; i < _problem.Rows; i++)
            right[i] = _problem.RootWeights[i] * _residual[i];
        for (int k = 0; k < a.Length; k++)
            Array.Resize(ref a[k], right.Length);
        for (int k = 0; k < a.Length; k++)
            Rooted(columns[k]).CopyTo(a[k], 0);
        for (int r = 0; r < ridges.Length; r++)
        {
            int j = columns[ridges[r]], at = _problem.Rows + r;
            a[ridges[r]][at] = DoubleDouble.Sqrt(_penalty.L2[j]);
            right[at] = -a[ridges[r]][at] * _beta[j];
        }

        OrthogonalColumns factor = new(a);
        DoubleDouble[] pull = [.. factor.Order.Select(k => factor.Norms[k].IsZero ? 0 : Pull(columns[k]) / factor.Norms[k])];
        DoubleDouble[] z = factor.SolveTransposed(pull), direction = new DoubleDouble[columns.Count];
        if (!TryFlat(factor, pull, z, direction))
        {
            DoubleDouble[] y = factor.Project(right);
            for (int k = 0; k < y.Length; k++)
                y[k] -= z[k];
            Spread(factor, factor.Solve(y), direction);
            Bound(factor, z, y, right);
        }

        return direction;
    }

    /// <summary>
    /// The lower bound at the residual that the whole step would leave, taken from the orthogonal directions, where no digits
    /// cancel however large the coefficients are; its gradients are what the penalty asks for, those of free columns 0.
    /// </summary>
    private void Bound(OrthogonalColumns factor, DoubleDouble[] z, DoubleDouble[] y, DoubleDouble[] right)
    {
        factor.Subtract(y, right);
        DoubleDouble[] again = factor.Project(right), u = new DoubleDouble[_problem.Rows];
        for (int k = 0; k < again.Length; k++)
            again[k] -= z[k];
        factor.Subtract(again, right);
        for (int i = 0; i < u.Length; i++)
            u[i] = right[i] / _problem.RootWeights[i];
        Lower = DoubleDouble.Max(Lower, DualBound.At(_problem, _penalty, _pinned, u, new DoubleDouble[_beta.Length]));
    }

    /// <summary>A combination of columns that is 0, along which the penalty falls.</summary>
    private static bool TryFlat(OrthogonalColumns factor, DoubleDouble[] pull, DoubleDouble[] z, DoubleDouble[] direction)
    {
        for (int at = factor.Rank; at < factor.Order.Length; at++)
        {
            if (factor.Norms[factor.Order[at]].IsZero)
                continue;
            DoubleDouble[] coordinates = factor.Coordinates(at);
            DoubleDouble slope = pull[at] - DoubleDouble.Dot(z, coordinates);
            double scale = pull.Take(factor.Rank).Append(pull[at]).Max(v => Math.Abs(v.High));
            if (Math.Abs(slope.High) <= 1e-20 * scale)
                continue;
            int sign = slope.High > 0 ? -1 : 1;
            Spread(factor, [.. factor.Solve(coordinates).Select(v => v * -sign)], direction);
            direction[factor.Order[at]] = (DoubleDouble)sign / factor.Norms[factor.Order[at]];
            return true;
        }

        return false;
    }

    private static void Spread(OrthogonalColumns factor, DoubleDouble[] pivots, DoubleDouble[] direction)
    {
        for (int k = 0; k < pivots.Length; k++)
            direction[factor.Order[k]] = pivots[k] / factor.Norms[factor.Order[k]];
    }

    private DoubleDouble[] Rooted(int j)
    {
        DoubleDouble[] column = new DoubleDouble[_problem.Rows];
        ReadOnlySpan<DoubleDouble> x = _problem.Column(j);
        for (int i = 0; i < column.Length; i++)
            column[i] = _problem.RootWeights[i] * x[i];
        return column;
    }

    /// <summary>The residual of the coefficients.</summary>
    private void Measure()
    {
        _residual = (DoubleDouble[])_problem.Centred.Clone();
        for (int j = 0; j < _beta.Length; j++)
        {
            if (!_beta[j].IsZero)
                DoubleDouble.Add(_residual, -_beta[j], _problem.Column(j));
        }

        _problem.Center(_residual);
    }

    private DoubleDouble Objective()
    {
        DoubleDouble value = 0.5 * DoubleDouble.Dot(_problem.Weighted(_residual), _residual);
        for (int j = 0; j < _beta.Length; j++)
            value += _penalty.Value(j, _beta[j]);
        return value;
    }
}
