namespace ElasticNet.Fast.Tests.Properties;

/// <summary>
/// Normal equations of the free columns of a problem without bounds, in the coordinates of the penalty (βⱼ times its
/// unit sⱼ), and what can be read off their spectrum.
/// </summary>
internal sealed class NormalEquations
{
    private readonly ScaledProblem _scaled;
    private readonly int[] _columns;
    private readonly double[] _unit;
    private readonly double[] _right;
    private readonly SymmetricEigen _eigen;

    /// <param name="problem">The problem.</param>
    /// <param name="columns">The columns that take part.</param>
    /// <param name="ridge">Added to the diagonal.</param>
    public NormalEquations(Problem problem, IEnumerable<int> columns, double ridge)
    {
        _scaled = new ScaledProblem(problem.X, problem.Y, problem.Options with { PenaltyFactors = default }, 1, 0);
        _columns = [.. columns.Where(j => !_scaled.Held[j])];
        _unit = [.. _columns.Select(j => _scaled.Unit[j])];
        double[] target = Centered(_scaled.Target);
        double[][] x = [.. _columns.Select((j, k) => Centered(_scaled.Columns[j]).Select(value => value / _unit[k]).ToArray())];
        _right = [.. x.Select(column => _scaled.Dot(column, target))];
        double[,] gram = new double[_columns.Length, _columns.Length];
        for (int a = 0; a < _columns.Length; a++)
        {
            for (int b = 0; b < _columns.Length; b++)
                gram[a, b] = _scaled.Dot(x[a], x[b]) + (a == b ? ridge * Factor(problem, _columns[a]) : 0);
        }

        _eigen = new SymmetricEigen(gram);
    }

    /// <summary>Coefficients on the original scale: the solution, of minimum norm in the coordinates of the penalty.</summary>
    public double[] Solve(int p)
    {
        double[] solution = _eigen.Apply(Inverse, _right);
        double[] coefficients = new double[p];
        for (int k = 0; k < _columns.Length; k++)
            coefficients[_columns[k]] = Math.ScaleB(solution[k] / _unit[k], -_scaled.Exponent[_columns[k]]);
        return coefficients;
    }

    /// <summary>Σ (sⱼβⱼ)².</summary>
    public double SquaredNorm(double[] coefficients) =>
        _columns.Select((j, k) => Math.ScaleB(coefficients[j], _scaled.Exponent[j]) * _unit[k]).Sum(effect => effect * effect);

    /// <summary>tr[G (G + ridge)⁻¹], where <paramref name="ridge"/> was added to every diagonal element.</summary>
    public double Trace(double ridge) => _eigen.Values.Sum(value => Inverse(value) * (value - ridge));

    /// <summary>Whether the spectrum tells the rank: no eigenvalue lies where it could be either rounding or real.</summary>
    public bool RankIsClear => _eigen.Values.All(value => value < 1e-13 * _eigen.Values.Max() || value > 1e-9 * _eigen.Values.Max());

    private double Inverse(double value) => value > 1e-11 * _eigen.Values.Max() ? 1 / value : 0;

    private double[] Centered(double[] values)
    {
        double mean = _scaled.Intercept ? _scaled.Sum(values) : 0;
        return [.. values.Select(value => value - mean)];
    }

    private static double Factor(Problem problem, int j) => problem.Options.PenaltyFactors.IsEmpty ? 1 : problem.Options.PenaltyFactors.Span[j];
}
