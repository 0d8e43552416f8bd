using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Least squares that is not unique, as <see cref="MinimumNorm"/> settles it: of all coefficients that fit the same, those with the
/// least Σ(sⱼβⱼ)². Columns that depend on the support by less than the rank rule tells count as combinations of it.
/// </summary>
internal sealed unsafe class CompensatedNorm : IDisposable
{
    private readonly CompensatedFactor _factor = new();
    private readonly CompensatedMatrix _combinations = new();
    private readonly AlignedBuffer<double> _vectors = new();

    /// <summary>Spreads the coefficients of the support over all members that depend on it.</summary>
    public void Apply(CompensatedProblem problem, CompensatedSolver solver)
    {
        IReadOnlyList<int> free = solver.Free;
        List<int> others = [];
        for (int i = 0; i < problem.Count; i++)
        {
            if (!problem[i].IsFree)
                return;
            if (!free.Contains(i))
                others.Add(i);
        }

        int rank = free.Count;
        if (others.Count == 0 || rank == 0)
            return;
        // One row for each other member: what it is made of.
        _combinations.Reserve(Math.Max(others.Count, rank), 0);
        nint stride = (rank + 8) & ~7;
        double* memory = _vectors.Require(4 * stride);
        DoubleDoubles target = new(memory, memory + stride), products = new(memory + 2 * stride, memory + 3 * stride);
        for (int a = 0; a < others.Count; a++)
        {
            DoubleDoubles combination = _combinations[a], row = problem.Gram(others[a]);
            for (int k = 0; k < rank; k++)
                combination[k] = row[free[k]];
            solver.Factor.Solve(combination);
        }

        _factor.Truncate(0);
        for (int k = 0; k < rank; k++)
        {
            for (int l = 0; l <= k; l++)
            {
                DoubleDouble sum = l == k ? Weight(problem[free[k]]) : 0;
                for (int a = 0; a < others.Count; a++)
                    sum += _combinations[a][k] * _combinations[a][l] * Weight(problem[others[a]]);
                products[l] = sum;
            }

            if (!_factor.TryAppend(products, products[k], 0))
                return; // scales too far apart: the solution on the support stands
            target[k] = problem[free[k]].Beta;
        }

        _factor.Solve(target);
        for (int k = 0; k < rank; k++)
            problem[free[k]].Beta = target[k] * Weight(problem[free[k]]);
        for (int a = 0; a < others.Count; a++)
            problem[others[a]].Beta = DoubleDoubles.Dot(_combinations[a], target, rank) * Weight(problem[others[a]]);
    }

    public void Dispose()
    {
        _factor.Dispose();
        _combinations.Dispose();
        _vectors.Dispose();
    }

    private static double Weight(CompensatedMember member) => 1 / (member.Scale * member.Scale);
}
