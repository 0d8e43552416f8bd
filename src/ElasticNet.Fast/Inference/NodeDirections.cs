using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Inference;

/// <summary>
/// The direction z in which the debiased fit looks at column j. By the nodewise lasso zᵀx̂ⱼ = ‖z‖² + λ‖γ‖₁: the first part is the column's
/// own, the second is lent by the penalty, and with it of every other column in use the part λ/zᵀx̂ⱼ of what the fit got wrong. Where the
/// second part prevails, the interval would be one of the penalty's making, narrow where it should be wide.
/// </summary>
internal sealed class NodeDirections
{
    /// <summary>
    /// If more than this would pass from one other coefficient, least squares does without the penalty, where it can. By simulation
    /// (<c>bench/simulations</c>, near-copies) intervals cover less than they should from about 0.3 on.
    /// </summary>
    private const double MostPassed = 0.25;

    /// <summary>
    /// Likewise if more than this share of zᵀx̂ⱼ is lent, by several. With more columns than rows the column is then asked whether it depends on
    /// those it uses; lent by many, a little each, 0.7 is ordinary there.
    /// </summary>
    private const double MostLent = 0.75;

    /// <summary>With more columns than rows a smaller λ is sought if more than this would pass, until no more than <see cref="MostPassed"/> does.</summary>
    private const double MostPassedByMany = 0.5;

    private const int Halvings = 8;

    private readonly InferenceSample _sample;
    private readonly NodewiseRegressions _nodes;
    private readonly Copies _copies;
    private readonly double _lambda;
    private readonly int[] _features, _places;
    private readonly Lazy<RankRevealingBasis>? _basis;
    private readonly Dictionary<int, int[]> _dependent = [];

    /// <param name="sample">The data.</param>
    /// <param name="nodes">The regressions on them.</param>
    /// <param name="copies">Columns that are left out of each other's regressions.</param>
    /// <param name="lambda">λ of the regressions, for columns of variance 1.</param>
    public NodeDirections(InferenceSample sample, NodewiseRegressions nodes, Copies copies, double lambda)
    {
        (_sample, _nodes, _copies, _lambda) = (sample, nodes, copies, lambda);
        _features = [.. Enumerable.Range(0, sample.Columns).Where(j => nodes.Norms[j] > 0 && copies.Representative(j) == j)];
        _places = new int[sample.Columns];
        for (int k = 0; k < _features.Length; k++)
            _places[_features[k]] = k;
        if (_features.Length >= sample.Rows - (sample.Options.Intercept ? 1 : 0))
            return;
        _basis = new(() => new([.. _features.Select(Column)]));
        if (!nodes.MayDepend(_features))
            return;
        foreach (int[] group in _basis.Value.Groups())
        {
            int[] members = [.. group.SelectMany(k => copies.Of(_features[k])).Order()];
            foreach (int j in members)
                _dependent[j] = members;
        }
    }

    /// <summary>Finds z for a column, or why there is none.</summary>
    /// <param name="j">The column, which varies.</param>
    /// <param name="solver">Of the calling thread.</param>
    /// <param name="problem">Of the calling thread.</param>
    /// <param name="z">Receives it.</param>
    /// <param name="note">What is to be said of it, if anything; why there is none, if so.</param>
    public bool TryFind(int j, ExactSolver solver, RestrictedProblem problem, Span<double> z, out string? note)
    {
        note = null;
        int[] copies = _copies.Of(j);
        if (_dependent.TryGetValue(j, out int[]? group))
            return Refuse(group, out note);
        _nodes.Residual(j, _lambda, solver, problem, z, copies);
        (double lent, double passed) = Lent(j, z, _lambda);
        if (_basis is not null)
        {
            if (lent > MostLent || passed > MostPassed)
            {
                int place = _places[_copies.Representative(j)];
                _basis.Value.Contrast(place).CopyTo(z);
                note = Throw.Invariant($"{Dependence.Names([_sample.Names[j]])} is nearly a combination of other features, only {_basis.Value.Left[place]:g3} of it is its own: its interval is that of least squares, without a penalty on the others");
            }

            return true;
        }

        if (lent > MostLent && TryDepend(j, problem, out group))
            return Refuse(group, out note);
        double lambda = _lambda;
        for (int halving = 0; passed > (halving == 0 ? MostPassedByMany : MostPassed); halving++)
        {
            if (halving == Halvings)
            {
                int[] near = Near(j, problem);
                note = $"{Dependence.Names(near.Select(k => _sample.Names[k]))} are so nearly combinations of each other that these data, with no more rows than features, do not determine the coefficient of {Dependence.Names([_sample.Names[j]])}";
                return false;
            }

            lambda *= 0.5;
            _nodes.Residual(j, lambda, solver, problem, z, copies);
            (_, passed) = Lent(j, z, lambda);
            note = Throw.Invariant($"{Dependence.Names([_sample.Names[j]])} is nearly a combination of other features: the λ of its nodewise regression is lowered to {lambda:g3}");
        }

        return true;
    }

    private unsafe (double Lent, double Passed) Lent(int j, ReadOnlySpan<double> z, double lambda)
    {
        fixed (double* left = z)
        {
            double own = Kernel.Dot(left, _nodes.Column(j), z.Length), square = Kernel.Dot(left, left, z.Length);
            return own > 0 ? (1 - square / own, lambda / own) : (1, 1);
        }
    }

    private bool Refuse(int[] group, out string? note)
    {
        note = Dependence.Group([.. group.Select(k => _sample.Names[k])], _sample.Options.Intercept);
        return false;
    }

    /// <summary>Whether a column depends on those that its regression uses, if these are few enough to tell.</summary>
    private unsafe bool TryDepend(int j, RestrictedProblem problem, out int[] group)
    {
        List<int> used = [j];
        for (int a = 0; a < problem.Count; a++)
        {
            if (problem.Beta[a] != 0 && _copies.Representative(problem.Columns[a]) is var k && !used.Contains(k))
                used.Add(k);
        }

        group = [];
        if (used.Count >= _sample.Rows - 1)
            return false;
        int[]? found = new RankRevealingBasis([.. used.Select(Column)]).Groups().Find(members => members.Contains(0));
        group = found is null ? [] : [.. found.Select(k => used[k]).Order()];
        return found is not null;
    }

    /// <summary>The column and those that make up most of it.</summary>
    private static unsafe int[] Near(int j, RestrictedProblem problem)
    {
        double largest = 0;
        for (int a = 0; a < problem.Count; a++)
            largest = Math.Max(largest, Math.Abs(problem.Beta[a]));
        List<int> near = [j];
        for (int a = 0; a < problem.Count; a++)
        {
            if (Math.Abs(problem.Beta[a]) > 0.3 * largest)
                near.Add(problem.Columns[a]);
        }

        return [.. near.Order()];
    }

    private double[] Column(int j)
    {
        double[] column = new double[_sample.Rows];
        _sample.Fill(j, column);
        return column;
    }
}
