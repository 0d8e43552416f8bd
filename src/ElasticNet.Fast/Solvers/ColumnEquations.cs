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
internal sealed unsafe partial class ColumnEquations(WorkCrew crew) : NormalEquations
{
    private readonly ResidualBasis _basis = new();
    private readonly ColumnPass _pass = new();
    private readonly AlignedBuffer<int> _undecided = new();
    private readonly AlignedBuffer<int> _sequence = new();
    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _scratch = new();
    private readonly AlignedBuffer<double> _memberProducts = new();
    private readonly AlignedBuffer<double> _weighted = new();
    private readonly AlignedBuffer<int> _positions = new();
    private WorkingColumns? _held;
    private double _roundingFactor;
    private Design _design = null!;
    private Datafit _datafit = null!;
    private CurvedDatafit? _curved; // the same, unless the loss is squared error
    private NewtonLoop? _newton;
    private CurvedDual? _dual;
    private ColumnScaling _scaling = null!;
    private nint _stride;
    private SparseNormalMatrix? _normal;
    private bool _hasAsked; // for it

    /// <summary>Members from which on it pays to ask whether their equations are sparse.</summary>
    private const int LeastSparse = 1000;

    private WorkingColumns Held => _held!;

    public override int Columns => _design.Columns;

    public override bool IsComplete => false;

    public override bool IsQuadratic => _curved is null;

    /// <summary>Whether the passes over X serve other problems too, so that they are cheap and a direction more is not.</summary>
    public bool SharesPasses { get; set; }

    private double* Residual => _rows.Pointer;

    private double* Weighted => _rows.Pointer + _stride;

    /// <summary>Starts with an empty working set.</summary>
    public void Start(in ColumnProblem problem)
    {
        (_design, _datafit, _scaling, _) = problem;
        int n = _design.Rows;
        _stride = (n + 7) & ~7;
        if (_stride % 512 == 0)
            _stride += 8;
        _rows.Require(2 * _stride);
        new Span<int>(_positions.Require(Columns), Columns).Fill(-1);
        if (_held is null || !_held.TryStart(_design, _scaling, _datafit.RootWeights))
        {
            _held?.Dispose();
            _held = _design.CreateWorkingColumns();
            _ = _held.TryStart(_design, _scaling, _datafit.RootWeights);
        }

        _normal?.Dispose();
        // Bounds pin what the sparse factor would have to leave out; and a curvature must be one of rows.
        (_normal, _hasAsked) = (null, problem.Terms.HasBounds || _datafit is CurvedDatafit and not IPartedOperator);
        _roundingFactor = _design.RoundingFactor(_scaling);
        _basis.Clear(n, Columns, _roundingFactor);
        Problem.Clear(64);
        FullPasses = ColumnsRead = 0;
        InterceptShift = 0;
        SharesPasses = false;
        NullDeviance = _datafit.NullDeviance;
        _curved = _datafit as CurvedDatafit;
        if (_curved is null)
            return;
        (_newton ??= new(crew)).Start(_curved, Problem, Held);
        (_dual ??= new()).Start(_curved);
    }

    public override bool IsSparse
    {
        get
        {
            if (!_hasAsked)
                _normal = Held.FindNormalMatrix();
            _hasAsked = true;
            return _normal is not null;
        }
    }

    public override bool IsMember(int column) => _positions.Pointer[column] >= 0;

    public override void Admit(ReadOnlySpan<int> columns, PenaltyTerms terms)
    {
        if (columns.IsEmpty)
            return;
        int known = Problem.Count, total = known + columns.Length, n = _design.Rows;
        double* response = IsQuadratic ? _datafit.Response : _newton!.Working;
        Held.Append(columns);
        if (Problem.Normal is null && total > LeastSparse && IsSparse)
        {
            Held.FillNormalMatrix(_normal!, _curved as IPartedOperator);
            Problem.UseColumns(Held, n, response, _normal!, _curved);
        }

        Problem.Reserve(total);
        foreach (int j in columns)
        {
            int at = Problem.Add(j, terms.Unit1[j], terms.Unit2[j], terms.Lower[j], terms.Upper[j]);
            _positions.Pointer[j] = at;
            Problem.Correlation[at] = Held.Dot(at, response);
        }

        ColumnsRead += columns.Length;
        // What lies at a bound takes no part in solving: where that is much, in few rows, the Gram matrix of all members is not worth its price.
        if (Problem.Normal is not null)
            return;
        if (!IsQuadratic)
            Held.FillGram(crew, _curved!, known, total, Problem.Gram, Problem.Stride);
        else if (!Problem.HasGram || (Problem.HasBounds && total > 2 * n && 2 * Problem.CountPinned() > n))
            Problem.UseColumns(Held, n, response);
        else
            Held.FillGram(crew, known, total, Problem.Gram, Problem.Stride);
        if (Problem.HasGram)
            Problem.Mirror(known);
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

    public override void Multiply(int position, double* products) => Multiply(Held.Column(position), products);

    public override void Dispose()
    {
        base.Dispose();
        _basis.Dispose();
        _undecided.Dispose();
        _sequence.Dispose();
        _held?.Dispose();
        _normal?.Dispose();
        _rows.Dispose();
        _scratch.Dispose();
        _memberProducts.Dispose();
        _weighted.Dispose();
        _positions.Dispose();
        _newton?.Dispose();
        _dual?.Dispose();
    }

    /// <summary>products[j] ← x̂ⱼᵀ vector for all columns: the expensive thing.</summary>
    private void Multiply(double* vector, double* products)
    {
        double* weighted = _weighted.Require(_stride);
        Weigh(vector, weighted);
        _pass.Run(crew, _design, _scaling.Center, weighted, products);
        for (int j = 0; j < Columns; j++)
            products[j] *= _scaling.InverseNorm[j];
        FullPasses++;
    }

    /// <summary>The raw columns miss the √w that X̂ has.</summary>
    private void Weigh(double* vector, double* weighted)
    {
        for (int i = 0; i < _design.Rows; i++)
            weighted[i] = _datafit.RootWeights[i] * vector[i];
    }

    /// <summary>r ← r + X̂·negated, then the intercept takes what is not centred.</summary>
    private void Subtract(int* positions, double* negated, int count)
    {
        Held.AddTo(positions, negated, count, Residual);
        CenterResidual();
    }

    private void CenterResidual()
    {
        if (!_datafit.HasIntercept)
            return;
        double shift = Kernel.Dot(Residual, _datafit.RootWeights, _design.Rows);
        InterceptShift += shift;
        Kernel.Axpy(-shift, _datafit.RootWeights, Residual, _design.Rows);
    }
}
