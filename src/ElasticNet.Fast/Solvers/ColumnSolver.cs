using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>What solvers have in common that work on the columns of X themselves and keep no Gram matrix: the residual and the passes.</summary>
internal abstract unsafe class ColumnSolver(WorkCrew crew) : LambdaSolver
{
    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<int> _support = new();
    private readonly ColumnPass _pass = new();
    private readonly FreeBlock _free = new();
    private double _responseSquare, _residualSquare, _interceptShift;
    private int _fullPasses;

    /// <summary>Who works.</summary>
    protected WorkCrew Crew => crew;

    /// <summary>What is to be solved.</summary>
    protected ColumnProblem Problem { get; private set; }

    /// <summary>X.</summary>
    protected Design Design => Problem.Design;

    /// <summary>Weights and response.</summary>
    protected Datafit Datafit => Problem.Datafit;

    /// <summary>Centers and scales.</summary>
    protected ColumnScaling Scaling => Problem.Scaling;

    /// <summary>Penalty terms.</summary>
    protected PenaltyTerms Terms => Problem.Terms;

    /// <summary>n.</summary>
    protected int Rows => Design.Rows;

    /// <summary>√w∘(y − η).</summary>
    protected double* Residual => _rows.Pointer;

    /// <summary>√w∘residual, what a gradient multiplies the raw columns with.</summary>
    protected double* Weighted => _rows.Pointer + Rows;

    /// <summary>Room for one column.</summary>
    protected double* Column => _rows.Pointer + 2 * (nint)Rows;

    public sealed override double NullDeviance => _responseSquare;

    public sealed override double ResidualSquare => _residualSquare;

    public sealed override double InterceptShift => _interceptShift;

    public sealed override Rounding Rounding
    {
        get
        {
            int support = 0;
            double size = 0;
            for (int j = 0; j < Columns; j++)
            {
                if (Beta[j] == 0)
                    continue;
                support++;
                // A column that is added as it is stored errs by its own size, its centre's with it.
                size += Math.Abs(Beta[j]) * (Design.PrefersCopies ? 1 : 1 + Math.Abs(Scaling.Center[j]) * Scaling.InverseNorm[j]);
            }

            double product = Design.RoundingFactor(Scaling) * Rounding.OfProduct(Rows);
            double norm = Math.Sqrt(_residualSquare), residual = Rounding.OfCombination(2 * support) * (1 + size);
            double gradient = product * norm + ((Datafit as CurvedDatafit)?.ResidualRounding ?? 0);
            return new(gradient, residual, 0, (2 * norm + residual) * residual + product * _residualSquare, 1, double.PositiveInfinity);
        }
    }

    /// <summary>Passes over X so far.</summary>
    protected int FullPasses => _fullPasses;

    /// <summary>Goes on from the solution of another solver of the same problem.</summary>
    public void Start(in ColumnProblem problem, LambdaSolver from)
    {
        Problem = problem;
        _rows.Require(3 * (nint)Rows);
        _fullPasses = 0;
        _responseSquare = from.NullDeviance;
        Clear(Design.Columns);
        Buffer.MemoryCopy(from.Beta, Beta, (long)Columns * sizeof(double), (long)Columns * sizeof(double));
        _free.Clear(Rows);
        for (int j = 0; j < Columns && Terms.HasFree; j++)
        {
            if (!Terms.IsFree(j))
                continue;
            Standardize(j, Column);
            _free.Add(j, Column);
        }

        RefreshResidual();
        // Of columns proven inactive the other solver knows an estimate only.
        Multiply(Residual, Gradients);
        Begin();
    }

    public override void Dispose()
    {
        base.Dispose();
        _rows.Dispose();
        _support.Dispose();
        _free.Dispose();
    }

    /// <summary>The unpenalised columns.</summary>
    protected FreeBlock Free => _free;

    protected override double FreeInverseNorm(in ElasticNetPenalty penalty, in Rounding rounding, bool renew) =>
        _free.HasLeftOut ? double.PositiveInfinity : _free.InverseNorm;

    /// <summary>Prepares what the solver keeps besides.</summary>
    protected abstract void Begin();

    /// <summary>Coefficients that are neither 0 nor at a bound.</summary>
    protected int CountFree()
    {
        int free = 0;
        for (int j = 0; j < Columns; j++)
            free += Beta[j] != 0 && Beta[j] != Terms.Lower[j] && Beta[j] != Terms.Upper[j] ? 1 : 0;
        return free;
    }

    /// <summary>The standardised column, times √w.</summary>
    protected void Standardize(int column, double* destination) =>
        Design.Standardize(column, Scaling.Center[column], Scaling.InverseNorm[column], Datafit.RootWeights, 0, Rows, destination);

    /// <summary>vector ← vector + factor·X̂β over all columns whose coefficient is not 0.</summary>
    protected void AddFit(double factor, double* vector)
    {
        int* columns = _support.Require(Math.Max(Columns, 1));
        int count = 0;
        for (int j = 0; j < Columns; j++)
        {
            if (Beta[j] != 0)
                columns[count++] = j;
        }

        AddFit(factor, columns, count, Beta, vector);
    }

    /// <summary>The same over the columns listed, with coefficients that are indexed by the column itself. What is stored sparse is added up as it is, its centres apart.</summary>
    protected void AddFit(double factor, int* columns, int count, double* beta, double* vector)
    {
        // Of several outputs a centre is that of an output's own rows.
        if (Design.PrefersCopies || Datafit.Outputs > 1)
        {
            for (int k = 0; k < count; k++)
            {
                Standardize(columns[k], Column);
                Kernel.Axpy(factor * beta[columns[k]], Column, vector, Rows);
            }

            return;
        }

        double* sums = Column;
        double shift = 0;
        new Span<double>(sums, Rows).Clear();
        for (int k = 0; k < count; k++)
        {
            int j = columns[k];
            double step = factor * beta[j] * Scaling.InverseNorm[j];
            Design.AddColumn(j, step, sums);
            shift += step * Scaling.Center[j];
        }

        for (int i = 0; i < Rows; i++)
            vector[i] += Datafit.RootWeights[i] * (sums[i] - shift);
    }

    /// <summary>products[j] ← x̂ⱼᵀ vector for all columns: one pass over X.</summary>
    protected void Multiply(double* vector, double* products)
    {
        for (int i = 0; i < Rows; i++)
            Weighted[i] = Datafit.RootWeights[i] * vector[i];
        _pass.Run(crew, Design, Scaling.Center, Weighted, products);
        for (int j = 0; j < Columns; j++)
            products[j] *= Scaling.InverseNorm[j];
        _fullPasses++;
    }

    /// <summary>Takes a residual that was made elsewhere.</summary>
    protected void TakeResidual(double interceptShift) =>
        (_interceptShift, _residualSquare) = (interceptShift, Kernel.Dot(Residual, Residual, Rows));

    /// <summary>Residual afresh from the coefficients; the intercept takes what is not centred.</summary>
    protected virtual void RefreshResidual()
    {
        Buffer.MemoryCopy(Datafit.Response, Residual, (long)Rows * sizeof(double), (long)Rows * sizeof(double));
        AddFit(-1, Residual);
        CenterResidual();
    }

    /// <summary>The intercept takes what is not centred.</summary>
    protected void CenterResidual()
    {
        _interceptShift = 0;
        if (Datafit.HasIntercept)
        {
            _interceptShift = Kernel.Dot(Residual, Datafit.RootWeights, Rows);
            Kernel.Axpy(-_interceptShift, Datafit.RootWeights, Residual, Rows);
        }

        _residualSquare = Kernel.Dot(Residual, Residual, Rows);
    }
}
