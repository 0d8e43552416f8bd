using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Least squares that is not unique (λ = 0, dependent columns): of all solutions, the one that is smallest in the norm of
/// the penalty, Σ(sⱼβⱼ)², which is where ridge solutions tend as λ → 0.
/// </summary>
/// <remarks>
/// The support S of the solver's solution spans all columns: x̂ⱼ = X̂_S zⱼ. Another b fits the same where Zb = β_S, and of those
/// b = D Zᵀ(Z D Zᵀ)⁻¹β_S is the smallest, D the inverse penalty. As Z holds an identity, the system is well conditioned.
/// </remarks>
internal sealed unsafe class MinimumNorm : IDisposable
{
    private const int MostRefinements = 20;

    /// <summary>Largest gradient (columns and response have norm 1) at which the coefficients still count as a least-squares solution.</summary>
    private const double LargestGradient = 1e-9;

    private readonly AlignedBuffer<double> _combinations = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<int> _others = new();
    private readonly CholeskyFactor _factor = new();
    private nint _stride;

    /// <summary>Replaces the coefficients where others fit as well and are smaller; where bounds limit them, or rounding spoils them, the solver's stand.</summary>
    /// <param name="equations">The data.</param>
    /// <param name="solver">Holds the least-squares solution on its support.</param>
    /// <param name="terms">Which columns may enter, and what they cost.</param>
    /// <param name="beta">All coefficients.</param>
    /// <param name="gradients">All gradients.</param>
    public void Apply(NormalEquations equations, ExactSolver solver, PenaltyTerms terms, double* beta, double* gradients)
    {
        ActiveSet set = solver.Set;
        RestrictedProblem problem = equations.Problem;
        int rank = set.Count, others = CollectOthers(equations, set, terms);
        if (others == 0 || rank == 0 || terms.HasBounds)
            return;
        _stride = others + 8;
        double* target = _vectors.Require(rank + equations.Columns);
        Combine(equations, set, terms, others, products: target + rank);
        if (!TryFactor(equations, set, terms, others))
            return;
        for (int k = 0; k < rank; k++)
            target[k] = problem.Beta[set.Positions[k]];
        new Span<double>(beta, equations.Columns).Clear();
        AddSmallest(equations, set, terms, others, target, beta);

        // What the long way round lost in digits is fitted again, as the smallest correction, while that helps.
        double before = double.PositiveInfinity;
        for (int round = 0; round <= MostRefinements; round++)
        {
            equations.Evaluate(beta, gradients);
            double worst = 0;
            for (int k = 0; k < rank; k++)
            {
                target[k] = gradients[problem.Columns[set.Positions[k]]];
                worst = Math.Max(worst, Math.Abs(target[k]));
            }

            if (worst <= 1e-16 || !(worst < 0.9 * before) || round == MostRefinements)
                break;
            before = worst;
            set.Solve(problem, target);
            AddSmallest(equations, set, terms, others, target, beta);
        }

        if (IsSolution(equations.Columns, terms, gradients))
            return;
        // The scales of the columns lie so far apart that the smallest solution is lost in rounding: the solver's stands.
        new Span<double>(beta, equations.Columns).Clear();
        for (int i = 0; i < problem.Count; i++)
            beta[problem.Columns[i]] = problem.Beta[i];
        equations.Evaluate(beta, gradients);
    }

    public void Dispose()
    {
        _combinations.Dispose();
        _vectors.Dispose();
        _others.Dispose();
        _factor.Dispose();
    }

    private static bool IsSolution(int columns, PenaltyTerms terms, double* gradients)
    {
        for (int j = 0; j < columns; j++)
        {
            if (terms.MayEnter(j) && !(Math.Abs(gradients[j]) <= LargestGradient))
                return false;
        }

        return true;
    }

    /// <summary>The columns that may enter but are not in the support.</summary>
    private int CollectOthers(NormalEquations equations, ActiveSet set, PenaltyTerms terms)
    {
        int* others = _others.Require(equations.Columns);
        int found = 0;
        for (int j = 0; j < equations.Columns; j++)
        {
            bool inside = false;
            for (int k = 0; k < set.Count && !inside; k++)
                inside = equations.Problem.Columns[set.Positions[k]] == j;
            if (terms.MayEnter(j) && !inside)
                others[found++] = j;
        }

        return found;
    }

    /// <summary>One row per member of S, one column per other column j: √Dⱼ·zⱼ.</summary>
    private void Combine(NormalEquations equations, ActiveSet set, PenaltyTerms terms, int others, double* products)
    {
        int rank = set.Count;
        double* combinations = _combinations.Require(rank * _stride);
        for (int k = 0; k < rank; k++)
        {
            equations.Multiply(set.Positions[k], products);
            for (int a = 0; a < others; a++)
                combinations[k * _stride + a] = products[_others.Pointer[a]];
        }

        double* column = products;
        for (int a = 0; a < others; a++)
        {
            double root = 1 / terms.Ratio[_others.Pointer[a]];
            for (int k = 0; k < rank; k++)
                column[k] = combinations[k * _stride + a];
            set.Solve(equations.Problem, column);
            for (int k = 0; k < rank; k++)
                combinations[k * _stride + a] = column[k] * root;
        }
    }

    /// <summary>Factors Z D Zᵀ = D_S + (the others' part).</summary>
    private bool TryFactor(NormalEquations equations, ActiveSet set, PenaltyTerms terms, int others)
    {
        int rank = set.Count;
        double* combinations = _combinations.Pointer;
        _factor.Clear();
        _factor.Reserve(rank);
        for (int i = 0; i < rank; i++)
        {
            double* row = _factor.Row(i);
            new Span<double>(row, i + 1).Clear();
            Kernel.Gram(combinations + i * _stride, _stride, 1, combinations, _stride, i + 1, others, row, 1, i);
            double ratio = terms.Ratio[equations.Problem.Columns[set.Positions[i]]];
            row[i] += 1 / (ratio * ratio);
        }

        return _factor.FactorInPlace(rank) < 0;
    }

    /// <summary>beta ← beta + D Zᵀ(Z D Zᵀ)⁻¹·target: the smallest coefficients that fit what <paramref name="target"/> fits on S.</summary>
    private void AddSmallest(NormalEquations equations, ActiveSet set, PenaltyTerms terms, int others, double* target, double* beta)
    {
        _factor.Solve(target);
        for (int k = 0; k < set.Count; k++)
        {
            int j = equations.Problem.Columns[set.Positions[k]];
            beta[j] += target[k] / (terms.Ratio[j] * terms.Ratio[j]);
        }

        for (int a = 0; a < others; a++)
        {
            double sum = 0;
            for (int k = 0; k < set.Count; k++)
                sum += _combinations.Pointer[k * _stride + a] * target[k];
            beta[_others.Pointer[a]] += sum / terms.Ratio[_others.Pointer[a]];
        }
    }
}
