using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The normal equations of square and wide data: a column is standardised, kept and multiplied with the others when it is
/// admitted; a certificate costs at most one pass over X, and mostly none.
/// </summary>
internal sealed unsafe class ColumnEquations<TDesign>(WorkCrew crew) : NormalEquations
    where TDesign : struct, IDesign
{
    /// <summary>So many undecided columns are always multiplied singly,</summary>
    private const int LeastSingles = 16;

    /// <summary>or up to 1 / so many of all columns: beyond that a pass, which also improves the basis, pays.</summary>
    private const int SingleShare = 10;

    /// <summary>A share of l1 below which a gradient from the Gram matrix is as good as one from the columns.</summary>
    private const double ClearlyBelow = 1 - 1e-6;

    private readonly ResidualBasis _basis = new();
    private readonly ColumnPass<TDesign> _pass = new();
    private readonly GramBlocks _products = new();
    private readonly AlignedBuffer<int> _undecided = new();
    private readonly AlignedBuffer<int> _sequence = new();
    private readonly AlignedBuffer<double> _columns = new();
    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _scratch = new();
    private readonly AlignedBuffer<double> _products = new();
    private readonly AlignedBuffer<int> _positions = new();
    private TDesign _design;
    private GaussianDatafit _datafit = null!;
    private ColumnScaling _scaling = null!;
    private bool _intercept;
    private nint _stride;

    public override int Columns => _design.Columns;

    public override bool IsComplete => false;

    private double* Residual => _rows.Pointer;

    private double* Weighted => _rows.Pointer + _stride;

    /// <summary>Starts with an empty working set.</summary>
    public void Start(in TDesign design, GaussianDatafit datafit, ColumnScaling scaling, bool intercept)
    {
        (_design, _datafit, _scaling, _intercept) = (design, datafit, scaling, intercept);
        int n = design.Rows;
        _stride = (n + 7) & ~7;
        if (_stride % 512 == 0)
            _stride += 8;
        _rows.Require(2 * _stride);
        new Span<int>(_positions.Require(design.Columns), design.Columns).Fill(-1);
        _basis.Clear(n, design.Columns);
        Problem.Clear(64);
        FullPasses = ColumnsRead = 0;
        InterceptShift = 0;
        ResponseSquare = Kernel.Dot(datafit.Response, datafit.Response, n);
    }

    public override bool IsMember(int column) => _positions.Pointer[column] >= 0;

    public override void Admit(ReadOnlySpan<int> columns, PenaltyTerms terms)
    {
        if (columns.IsEmpty)
            return;
        int known = Problem.Count, total = known + columns.Length, n = _design.Rows;
        Problem.Reserve(total);
        double* memory = _columns.Grow(total * _stride, known * _stride);
        foreach (int j in columns)
        {
            int at = Problem.Add(j, terms.Unit1[j], terms.Unit2[j], terms.Lower[j], terms.Upper[j]);
            _positions.Pointer[j] = at;
            double* column = memory + at * _stride;
            _design.Standardize(j, _scaling.Center[j], _scaling.InverseNorm[j], _datafit.RootWeights, 0, n, column);
            Problem.Correlation[at] = Kernel.Dot(column, _datafit.Response, n);
        }

        ColumnsRead += columns.Length;
        MultiplyNew(known, total);
    }

    public override void Certify(ExactSolver solver, PenaltyTerms terms, double l1, double* gradients)
    {
        ActiveSet set = solver.Set;
        int n = _design.Rows, support = set.Count + set.PinnedCount;
        double* scratch = _scratch.Require(Math.Max(support, 1));
        for (int k = 0; k < support; k++)
            scratch[k] = -Problem.Beta[set.Positions[k]];
        Buffer.MemoryCopy(_datafit.Response, Residual, (long)n * sizeof(double), (long)n * sizeof(double));
        InterceptShift = 0;
        Subtract(set.Positions, scratch, support);
        int exact = FindMembers(set, l1);
        double* ofMembers = _products.Require(Math.Max(exact, 1));
        Kernel.PanelDot(_columns.Pointer, _stride, _sequence.Pointer, exact, Residual, n, ofMembers);
        // The Gram matrix carries the rounding of its own sums; a step against the columns themselves removes it.
        if (solver.NeedsRefinement(ofMembers) && solver.TryRefine(ofMembers, scratch))
        {
            for (int k = 0; k < set.Count; k++)
                scratch[k] = -scratch[k];
            Subtract(set.Positions, scratch, set.Count);
            Kernel.PanelDot(_columns.Pointer, _stride, _sequence.Pointer, exact, Residual, n, ofMembers);
        }

        ResidualSquare = Kernel.Dot(Residual, Residual, n);
        _basis.Split(Residual, n);
        _basis.Predict(gradients, Columns);
        // With l1 = 0 nothing is proven and every column is exact in the end.
        int undecided = FindUndecided(terms, l1, gradients);
        if (undecided > Math.Max(LeastSingles, Columns / SingleShare) && ResidualSquare > 0)
            Pass(gradients);
        else
            MultiplySingly(undecided, gradients);
        for (int i = 0; i < Problem.Count; i++)
            gradients[Problem.Columns[i]] = Problem.Gradient[i];
        for (int k = 0; k < exact; k++)
            gradients[Problem.Columns[_sequence.Pointer[k]]] = ofMembers[k];
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

    public override void Evaluate(double* beta, double* gradients)
    {
        int n = _design.Rows;
        double* column = _scratch.Require(n);
        Buffer.MemoryCopy(_datafit.Response, Residual, (long)n * sizeof(double), (long)n * sizeof(double));
        InterceptShift = 0;
        for (int j = 0; j < Columns; j++)
        {
            if (beta[j] == 0)
                continue;
            _design.Standardize(j, _scaling.Center[j], _scaling.InverseNorm[j], _datafit.RootWeights, 0, n, column);
            Kernel.Axpy(-beta[j], column, Residual, n);
        }

        CenterResidual();
        ResidualSquare = Kernel.Dot(Residual, Residual, n);
        Multiply(Residual, gradients);
    }

    public override void Multiply(int position, double* products) => Multiply(_columns.Pointer + position * _stride, products);

    public override void Dispose()
    {
        base.Dispose();
        _basis.Dispose();
        _undecided.Dispose();
        _sequence.Dispose();
        _columns.Dispose();
        _rows.Dispose();
        _scratch.Dispose();
        _products.Dispose();
        _positions.Dispose();
    }

    /// <summary>The columns outside the working set that the basis does not prove to be inactive.</summary>
    private int FindUndecided(PenaltyTerms terms, double l1, double* gradients)
    {
        int* undecided = _undecided.Require(Math.Max(Columns, 1));
        int possible = _basis.FindUndecided(gradients, l1, terms.Unit1, Columns, undecided), found = 0;
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
        Weigh(Residual);
        for (int k = 0; k < undecided; k++)
        {
            int j = _undecided.Pointer[k];
            _design.Gradients(j, 1, _scaling.Center + j, Weighted, gradients + j);
            gradients[j] *= _scaling.InverseNorm[j];
        }

        ColumnsRead += undecided;
    }

    /// <summary>A pass over X for the part of the residual that the basis does not know: every gradient is exact after it, and later ones need less.</summary>
    private void Pass(double* gradients)
    {
        double* products = _basis.Extend(Residual, _design.Rows);
        Multiply(_basis.Newest, products);
        _basis.Commit(Columns);
        _basis.Split(Residual, _design.Rows);
        _basis.Predict(gradients, Columns);
    }

    /// <summary>products[j] ← x̂ⱼᵀ vector for all columns: the expensive thing.</summary>
    private void Multiply(double* vector, double* products)
    {
        Weigh(vector);
        _pass.Run(crew, _design, _scaling.Center, Weighted, products);
        for (int j = 0; j < Columns; j++)
            products[j] *= _scaling.InverseNorm[j];
        FullPasses++;
    }

    /// <summary>The raw columns miss the √w that X̂ has.</summary>
    private void Weigh(double* vector)
    {
        for (int i = 0; i < _design.Rows; i++)
            Weighted[i] = _datafit.RootWeights[i] * vector[i];
    }

    /// <summary>r ← r + X̂·negated, then the intercept takes what is not centred.</summary>
    private void Subtract(int* positions, double* negated, int count)
    {
        int n = _design.Rows;
        Kernel.PanelAxpy(_columns.Pointer, _stride, positions, negated, count, Residual, n);
        CenterResidual();
    }

    private void CenterResidual()
    {
        if (!_intercept)
            return;
        double shift = Kernel.Dot(Residual, _datafit.RootWeights, _design.Rows);
        InterceptShift += shift;
        Kernel.Axpy(-shift, _datafit.RootWeights, Residual, _design.Rows);
    }

    /// <summary>Fills the rows and columns of G that belong to the members from <paramref name="known"/> on.</summary>
    private void MultiplyNew(int known, int total)
    {
        for (int i = known; i < total; i++)
            new Span<double>(Problem.GramRow(i), i + 1).Clear();
        _products.AddLower(crew, _columns.Pointer, _stride, known, total, _design.Rows, Problem.Gram, Problem.Stride);
        for (int i = known; i < total; i++)
        {
            double* row = Problem.GramRow(i);
            for (int j = 0; j < i; j++)
                Problem.GramRow(j)[i] = row[j];
        }
    }
}
