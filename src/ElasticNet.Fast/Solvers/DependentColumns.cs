using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Columns outside the support whose gradient is beyond their l1: the rank rule took them for combinations of it. In exact arithmetic
/// something may be left of them, v = zⱼ − Z_S a, a = (G_SS + l2)⁻¹G_Sj, and along it the dual point moves until their condition holds. v
/// comes from the columns themselves, orthogonalised again until nothing else is left, be it 10⁻²⁵ of zⱼ.
/// </summary>
internal sealed unsafe class DependentColumns : IDisposable
{
    /// <summary>What is left below this share of a column's norm is rounding in double-double numbers: a combination, as far as 28 digits tell.</summary>
    private const double Smallest = 1e-27;

    private readonly AlignedBuffer<double> _memory = new();
    private readonly List<double> _pivots = [];
    private nint _rows, _free;

    /// <summary>Columns that are combinations of the support and of each other, as far as 28 digits tell.</summary>
    public HashSet<int> Combinations { get; } = [];

    /// <summary>How much larger coefficients may have to be than those of the support, to make use of what is left of a column.</summary>
    public double Reach => _pivots.Count == 0 ? 1 : Math.Max(1 / Math.Sqrt(_pivots.Min()), 1);

    /// <summary>Starts with no column.</summary>
    public void Start(CompensatedProblem problem, CompensatedSolver solver)
    {
        _rows = (problem.Rows + 7) & ~7;
        _free = (solver.Free.Count + 8) & ~7;
        _pivots.Clear();
        Combinations.Clear();
    }

    /// <summary>
    /// Moves the dual point, which keeps the conditions of the support and of the columns before, so that it keeps those of these columns as well.
    /// </summary>
    /// <returns>What that adds to the gap: half the square of the excess over ‖v‖², each.</returns>
    public double Project(CompensatedProblem problem, CompensatedSolver solver, List<int> columns, CancellationToken cancellationToken)
    {
        double gap = 0;
        foreach (int j in columns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            nint vectors = 2 * (_rows + _free);
            _memory.Grow((_pivots.Count + 1) * vectors, _pivots.Count * vectors);
            DoubleDoubles left = Left(_pivots.Count), combination = Combination(_pivots.Count), theta = problem.Residual;
            Separate(problem, solver, j, left, combination);
            double pivot = Inner(problem, solver, left, combination, left, combination).High;
            if (!(pivot > Smallest * Smallest * problem.Gram(j)[j].High))
            {
                Combinations.Add(j);
                continue;
            }

            DoubleDouble product = DoubleDoubles.Dot(problem.Column(j), theta, problem.Rows);
            DoubleDouble excess = product - Math.CopySign(Math.Min(problem[j].L1, Math.Abs(product.High)), product.High);
            gap += 0.5 * excess.High * excess.High / pivot;
            theta.Add(-excess / pivot, left, problem.Rows);
            _pivots.Add(pivot);
        }

        return gap;
    }

    public void Dispose() => _memory.Dispose();

    private DoubleDoubles Left(int index) => Vector(index, 0, _rows);

    private DoubleDoubles Combination(int index) => Vector(index, 2 * _rows, _free);

    private DoubleDoubles Vector(int index, nint start, nint stride)
    {
        double* at = _memory.Pointer + index * 2 * (_rows + _free) + start;
        return new(at, at + stride);
    }

    private void Separate(CompensatedProblem problem, CompensatedSolver solver, int column, DoubleDoubles left, DoubleDoubles combination)
    {
        IReadOnlyList<int> free = solver.Free;
        DoubleDoubles change = solver.Scratch;
        left.Set(problem.Column(column), problem.Rows);
        for (int k = 0; k < free.Count; k++)
            combination[k] = 0;
        for (int round = 0; round < 3; round++)
        {
            for (int k = 0; k < free.Count; k++)
                change[k] = DoubleDoubles.Dot(problem.Column(free[k]), left, problem.Rows) - combination[k] * problem[free[k]].L2;
            solver.Factor.Solve(change);
            for (int k = 0; k < free.Count; k++)
            {
                left.Add(-change[k], problem.Column(free[k]), problem.Rows);
                combination[k] += change[k];
            }

            for (int other = 0; other < _pivots.Count; other++)
            {
                DoubleDouble share = Inner(problem, solver, left, combination, Left(other), Combination(other)) / _pivots[other];
                left.Add(-share, Left(other), problem.Rows);
                combination.Add(-share, Combination(other), free.Count);
            }
        }
    }

    /// <summary>The product of what is left of two columns, where a ridge term counts as a row of its own for each member of the support.</summary>
    private static DoubleDouble Inner(
        CompensatedProblem problem, CompensatedSolver solver, DoubleDoubles a, DoubleDoubles aCombination, DoubleDoubles b, DoubleDoubles bCombination)
    {
        DoubleDouble product = DoubleDoubles.Dot(a, b, problem.Rows);
        for (int k = 0; k < solver.Free.Count; k++)
            product += aCombination[k] * bCombination[k] * problem[solver.Free[k]].L2;
        return product;
    }
}
