using ElasticNet.Fast.Tests.Families;

namespace ElasticNet.Fast.Tests.Groups;

/// <summary>
/// How far a solution with groups is from the optimum, by the definition of the problem and by plain loops that share nothing with the library: with
/// Lⱼ = λρvⱼsⱼ the penalty of a group of several columns is (1−τ)v_g‖(Lⱼβⱼ)ⱼ‖ + τ Σ Lⱼ|βⱼ|.
/// </summary>
internal sealed class GroupOptimality
{
    private readonly FamilyProblem _problem;
    private readonly double[] _beta;
    private readonly double[] _eta;
    private readonly double[] _residual;
    private readonly double _mixing;
    private readonly bool _hasRidge;
    private readonly List<(int[] Columns, double Factor)> _groups = [];

    public GroupOptimality(Problem problem, ElasticNetFit fit, ReadOnlySpan<double> coefficients)
    {
        // Huber's loss is squared error as far as nobody is an outlier.
        ElasticNetOptions options = problem.Options.Family == Family.Gaussian ? problem.Options with { Family = Family.Huber(1e9) } : problem.Options;
        _problem = new FamilyProblem(problem.X, problem.Y, options, fit.Lambda, fit.L1Ratio);
        ScaledProblem columns = _problem.Columns;
        _mixing = problem.Options.GroupMixing;
        _hasRidge = fit.L1Ratio < 1;
        _beta = [.. coefficients.ToArray().Select((value, j) => Math.ScaleB(value, columns.Exponent[j]))];
        _eta = _problem.Eta(fit.Intercept, _beta);
        _residual = _problem.ResidualAt(_eta);
        KktResidual = Ratio(columns.Intercept ? Math.Abs(columns.Sum(_residual)) : Math.Abs(fit.Intercept), _problem.NullNorm);
        if (columns.Intercept)
            _residual = columns.Centered(_residual);
        bool IsPenalized(int j) => !columns.Held[j] && columns.Unit[j] > 0;
        HashSet<int> taken = [];
        foreach (FeatureGroup group in problem.Options.FeatureGroups)
        {
            int[] members = [.. group.Columns.Where(IsPenalized)];
            taken.UnionWith(members);
            if (members.Length > 0)
                _groups.Add((members, group.Factor ?? Math.Sqrt(group.Columns.Count)));
        }

        for (int j = 0; j < _beta.Length; j++)
        {
            if (columns.Held[j] && _beta[j] != 0)
                KktResidual = double.PositiveInfinity;
            if (!columns.Held[j] && !taken.Contains(j))
                _groups.Add(([j], 1));
        }

        foreach ((int[] members, double factor) in _groups)
            KktResidual = Math.Max(KktResidual, Violation(members, factor));
    }

    /// <summary>The largest distance of a gradient from the subdifferential, in units of ‖xⱼ‖ and the null model's residual.</summary>
    public double KktResidual { get; private set; }

    /// <summary>½ null deviance.</summary>
    public double NullLoss => _problem.NullLoss;

    /// <summary>Loss and penalty.</summary>
    public double Objective => _problem.LossAt(_eta) + _groups.Sum(group => Penalty(group.Columns, group.Factor));

    /// <summary>The relative gap of the residual, shrunk until every group allows it; for ρ = 1 and no column without a penalty.</summary>
    public double RelativeGap
    {
        get
        {
            Assert.False(_hasRidge);
            double[] theta = Balanced();
            double[] t = [.. _problem.Columns.Columns.Select(column => _problem.Columns.Dot(column, theta))];
            (double low, double high) = (0, 1);
            for (int halving = 0; halving < 100 && !IsFeasible(t, high); halving++)
            {
                double middle = (low + high) / 2;
                if (IsFeasible(t, middle))
                    low = middle;
                else
                    high = middle;
                if (halving == 99)
                    high = low;
            }

            // Rounding puts the dual of a row that is fitted this well beyond the end of its range: a hair less of all of it is a dual point.
            double gap = double.PositiveInfinity;
            foreach (double inwards in new[] { 1, 1 - 1e-13, 1 - 1e-11, 1 - 1e-9 })
            {
                double scale = high * inwards;
                if (!double.IsPositiveInfinity(gap))
                    break;
                gap = 0;
                for (int i = 0; i < _eta.Length; i++)
                    gap += _problem.Columns.Weights[i] * _problem.Loss.Slack(_problem.Response[i], _eta[i], -scale * theta[i]);
                foreach ((int[] members, double factor) in _groups)
                    gap += Penalty(members, factor) - scale * members.Sum(j => t[j] * _beta[j]);
            }

            return Ratio(gap, NullLoss);
        }
    }

    /// <summary>Whether the group is in, and how many of its columns.</summary>
    public IEnumerable<(int[] Columns, int NonZero)> Support => _groups.Select(group => (group.Columns, group.Columns.Count(j => _beta[j] != 0)));

    /// <summary>
    /// The residual made to sum to 0, where there is an intercept: along the curvature, so that a row that is fitted to rounding, whose dual has no room, is
    /// moved no further than it has.
    /// </summary>
    private double[] Balanced()
    {
        double[] residual = _problem.ResidualAt(_eta);
        if (!_problem.Columns.Intercept)
            return residual;
        double[] curvature = [.. _eta.Select((value, i) => _problem.Loss.Curvature(_problem.Response[i], value))];
        double moved = _problem.Columns.Sum(residual) / _problem.Columns.Sum(curvature);
        return moved == 0 || !double.IsFinite(moved) ? residual : [.. residual.Select((value, i) => value - moved * curvature[i])];
    }

    private bool IsFeasible(double[] t, double scale)
    {
        foreach ((int[] members, double factor) in _groups)
        {
            double square = 0, own = members.Length > 1 ? _mixing : _mixing + (1 - _mixing) * factor;
            foreach (int j in members)
            {
                // What rounding of θ makes of a product.
                double left = Math.Max(Math.Abs(scale * t[j]) - own * _problem.Columns.L1[j] - 1e-14 * _problem.Columns.Norm[j] * _problem.NullNorm, 0) / _problem.Columns.L1[j];
                square += left * left;
            }

            if (Math.Sqrt(square) > (members.Length > 1 ? (1 - _mixing) * factor : 0) * (1 + 1e-14))
                return false;
        }

        return true;
    }

    private double Penalty(int[] members, double factor)
    {
        double[] l1 = _problem.Columns.L1, l2 = _problem.Columns.L2;
        double norm = Math.Sqrt(members.Sum(j => l1[j] * _beta[j] * l1[j] * _beta[j]));
        return (1 - _mixing) * factor * norm + _mixing * members.Sum(j => l1[j] * Math.Abs(_beta[j])) + members.Sum(j => l2[j] * _beta[j] * _beta[j] / 2);
    }

    private double Violation(int[] members, double factor)
    {
        ScaledProblem columns = _problem.Columns;
        double[] l1 = columns.L1;
        double norm = Math.Sqrt(members.Sum(j => l1[j] * _beta[j] * l1[j] * _beta[j])), square = 0, worst = 0;
        double own = members.Length > 1 ? _mixing : _mixing + (1 - _mixing) * factor, together = members.Length > 1 ? (1 - _mixing) * factor : 0;
        double[] left = new double[members.Length];
        for (int k = 0; k < members.Length; k++)
        {
            int j = members[k];
            double slope = columns.Dot(columns.Columns[j], _residual) - columns.L2[j] * _beta[j];
            if (norm > 0)
                slope -= together * l1[j] * (l1[j] * _beta[j] / norm);
            left[k] = _beta[j] == 0 ? Math.Max(Math.Abs(slope) - own * l1[j], 0) : slope - own * l1[j] * Math.Sign(_beta[j]);
            square += l1[j] > 0 ? left[k] / l1[j] * (left[k] / l1[j]) : 0;
        }

        double shrink = norm > 0 || together == 0 ? 1 : Math.Max(1 - together / Math.Sqrt(square), 0);
        for (int k = 0; k < members.Length && square + Math.Abs(left[0]) > 0; k++)
            worst = Math.Max(worst, Ratio(shrink * Math.Abs(left[k]), columns.Norm[members[k]] * _problem.NullNorm));
        return worst;
    }

    private static double Ratio(double value, double unit) => value == 0 || unit == 0 ? 0 : value / unit;
}
