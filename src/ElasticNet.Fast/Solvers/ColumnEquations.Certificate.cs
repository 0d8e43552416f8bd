using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>Whether a solution on the working set is one for all columns: mostly proven without a look at X.</summary>
internal sealed unsafe partial class ColumnEquations
{
    /// <summary>So many undecided columns are always multiplied singly,</summary>
    private const int LeastSingles = 16;

    /// <summary>or up to 1 / so many of all columns: beyond that a pass, which also improves the basis, pays;</summary>
    private const int SingleShare = 10;

    /// <summary>sooner where others share the pass.</summary>
    private const int SingleShareTogether = 20;

    /// <summary>A share of l1 below which a gradient from the Gram matrix is as good as one from the columns.</summary>
    private const double ClearlyBelow = 1 - 2e-5;

    /// <summary>A share of l1 by which a column is proven to stay below it, for the certificate to move in.</summary>
    private const double Margin = 1e-5;

    private int _exact;

    public override Rounding Rounding(double size, double norm, int support, double least)
    {
        double residualNorm = Math.Sqrt(ResidualSquare), product = _roundingFactor * Solvers.Rounding.OfProduct(_design.Rows);
        // Columns whose centre is implicit err by their own size, not by that of what is left without it.
        double residual = Solvers.Rounding.OfCombination(support) * (1 + size * Math.Max(Math.Sqrt(0.5 * _roundingFactor), 1));
        // Members that are clearly below their l1 are known from the Gram matrix only.
        double estimated = (product + Solvers.Rounding.OfCombination(support)) * (1 + size);
        bool isClear = !IsQuadratic || estimated <= (1 - ClearlyBelow - Margin) * least;
        double gradient = product * residualNorm + (_curved?.ResidualRounding ?? 0);
        return new(gradient, residual, 0, (2 * residualNorm + residual) * residual + product * ResidualSquare, product, least == 0 || isClear ? Margin : -1);
    }

    public override bool TryCertify(ExactSolver solver, PenaltyTerms terms, double l1, bool foresee, double* gradients)
    {
        if (IsQuadratic)
            FindResidual(solver, l1);
        else
            AdoptResidual();
        int n = _design.Rows;
        ResidualSquare = Kernel.Dot(Residual, Residual, n);
        _basis.Split(Residual, n);
        _basis.Predict(gradients, Columns);
        // With l1 = 0 nothing is proven and every column is exact in the end.
        int undecided = FindUndecided(terms, l1, gradients);
        if (undecided > Math.Max(LeastSingles, Columns / (SharesPasses ? SingleShareTogether : SingleShare)) && ResidualSquare > 0)
        {
            BeginDirections(solver, foresee);
            return false;
        }

        MultiplySingly(undecided, gradients);
        AdoptMembers(gradients);
        return true;
    }

    /// <summary>The residual of the solver's solution, which is refined.</summary>
    private void FindResidual(ExactSolver solver, double l1)
    {
        ActiveSet set = solver.Set;
        int n = _design.Rows, support = set.Count + set.PinnedCount;
        double* scratch = _scratch.Require(Math.Max(support, 1));
        for (int k = 0; k < support; k++)
            scratch[k] = -Problem.Beta[set.Positions[k]];
        Buffer.MemoryCopy(_datafit.Response, Residual, (long)n * sizeof(double), (long)n * sizeof(double));
        InterceptShift = 0;
        Subtract(set.Positions, scratch, support);
        _exact = FindMembers(set, l1);
        double* ofMembers = _memberProducts.Require(Math.Max(_exact, 1));
        Held.Dot(_sequence.Pointer, _exact, Residual, ofMembers);
        // The Gram matrix carries the rounding of its own sums; a step against the columns themselves removes it.
        if (solver.NeedsRefinement(ofMembers) && solver.TryRefine(ofMembers, scratch))
        {
            for (int k = 0; k < set.Count; k++)
                scratch[k] = -scratch[k];
            Subtract(set.Positions, scratch, set.Count);
            Held.Dot(_sequence.Pointer, _exact, Residual, ofMembers);
        }
    }

    /// <summary>With the new directions in the basis every gradient is exact.</summary>
    public override void Conclude(double* gradients)
    {
        int n = _design.Rows;
        _basis.Split(Residual, n);
        _basis.Predict(gradients, Columns);
        AdoptMembers(gradients);
    }

    private void AdoptMembers(double* gradients)
    {
        for (int i = 0; i < Problem.Count; i++)
            gradients[Problem.Columns[i]] = Problem.Gradient[i];
        for (int k = 0; k < _exact; k++)
            gradients[Problem.Columns[_sequence.Pointer[k]]] = _memberProducts.Pointer[k];
    }

    /// <summary>
    /// The members whose gradient is wanted to the last digit: the support, first and in its order, and whoever comes close
    /// to l1. Of the others the Gram matrix says clearly enough that they stay out.
    /// </summary>
    private int FindMembers(ActiveSet set, double l1)
    {
        int* members = _sequence.Require(Math.Max(Problem.Count, 1));
        int found = set.Count + set.PinnedCount;
        for (int k = 0; k < found; k++)
            members[k] = set.Positions[k];
        for (int i = 0; i < Problem.Count; i++)
        {
            if (Problem.Beta[i] == 0 && !(Math.Abs(Problem.Gradient[i]) < ClearlyBelow * l1 * Problem.Unit1[i]) && !set.IsFree(i))
                members[found++] = i;
        }

        return found;
    }

    /// <summary>The columns outside the working set that the basis does not prove to be inactive.</summary>
    private int FindUndecided(PenaltyTerms terms, double l1, double* gradients)
    {
        int* undecided = _undecided.Require(Math.Max(Columns, 1));
        int possible = _basis.FindUndecided(gradients, l1 * (1 - Margin), terms.Unit1, Columns, undecided), found = 0;
        for (int k = 0; k < possible; k++)
        {
            if (!IsMember(undecided[k]) && terms.MayEnter(undecided[k]))
                undecided[found++] = undecided[k];
        }

        return found;
    }

    /// <summary>Exact gradients of the undecided columns, one by one.</summary>
    private void MultiplySingly(int undecided, double* gradients)
    {
        Weigh(Residual, Weighted);
        _design.Gradients(_undecided.Pointer, undecided, _scaling.Center, Weighted, gradients);
        for (int k = 0; k < undecided; k++)
            gradients[_undecided.Pointer[k]] *= _scaling.InverseNorm[_undecided.Pointer[k]];

        ColumnsRead += undecided;
    }

    /// <summary>
    /// What a pass over X should multiply: the part of the residual that the basis does not know, and in the same breath the
    /// direction that the residual is about to take, which costs next to nothing where the pass is not shared. Every gradient
    /// is exact after it, and the next λ need less.
    /// </summary>
    private void BeginDirections(ExactSolver solver, bool foresee)
    {
        int n = _design.Rows;
        if (!_basis.TryExtend(_basis.Rest, n))
        {
            // The rest is rounding and no direction of its own, or there are too many: all over again, from the residual.
            _basis.Forget();
            _ = _basis.TryExtend(Residual, n);
        }

        if (foresee && !SharesPasses && TryPredict(solver))
            _ = _basis.TryExtend(Weighted, n);
    }

    public override void Pass()
    {
        int count = Directions;
        double* weighted = _weighted.Require(count * _stride), products = _basis.NewProducts;
        WeighDirections(weighted, _stride);
        if (count == 1)
            _pass.Run(crew, _design, _scaling.Center, weighted, products);
        else
            _pass.Run(crew, _design, _scaling.Center, weighted, _stride, count, products, _basis.ColumnStride);
        Accept(products, _basis.ColumnStride, _scaling.Center, weighted, _stride);
    }

    /// <summary>How many vectors a pass has to multiply.</summary>
    public int Directions => _basis.Begun;

    /// <summary>The vectors, as the raw columns want them: times √w.</summary>
    public void WeighDirections(double* destination, nint stride)
    {
        for (int v = 0; v < Directions; v++)
            Weigh(_basis.NewDirections + v * _basis.RowStride, destination + v * stride);
    }

    /// <summary>Takes the products of the raw columns, less a shift, with the weighed vectors.</summary>
    public void Accept(double* products, nint stride, double* shift, double* weighed, nint weighedStride)
    {
        for (int v = 0; v < Directions; v++)
        {
            double* from = products + v * stride, to = _basis.NewProducts + v * _basis.ColumnStride;
            // Next to nothing: with an intercept a direction is orthogonal to √w, without one no column is shifted.
            double sum = 0;
            for (int i = 0; i < _design.Rows; i++)
                sum += weighed[v * weighedStride + i];
            for (int j = 0; j < Columns; j++)
                to[j] = (from[j] - (_scaling.Center[j] - shift[j]) * sum) * _scaling.InverseNorm[j];
        }

        _basis.Commit(Columns);
        FullPasses++;
    }

    /// <summary><see cref="Weighted"/> ← where the residual goes as λ falls, as long as the support stands: X̂_S(G_SS + l2)⁻¹(l1·signs + l2β).</summary>
    private bool TryPredict(ExactSolver solver)
    {
        ActiveSet set = solver.Set;
        if (set.Count == 0)
            return false;
        double* tangent = _scratch.Require(set.Count);
        solver.Tangent(tangent);
        new Span<double>(Weighted, _design.Rows).Clear();
        Held.AddTo(set.Positions, tangent, set.Count, Weighted);
        TurnToResidual(Weighted);
        return Kernel.Dot(Weighted, Weighted, _design.Rows) > 0;
    }
}
