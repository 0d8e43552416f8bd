using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Newton's method on the dual, for a ridge term on every penalised column and more columns in the support than rows. With
/// l2 &gt; 0 each coefficient is a function of the residual alone, βⱼ(r) = clip(soft(x̂ⱼᵀr, l1ⱼ)/l2ⱼ), so that r is the root of
/// F(r) = r − ŷ + X̂β(r), the gradient of a convex, piecewise quadratic function of n variables. Its Jacobian I + X̂_S l2⁻¹ X̂_Sᵀ is
/// n × n however large S is; once S stands still, one step is exact.
/// </summary>
/// <remarks>
/// Semismooth Newton with an Armijo search: Li, Sun and Toh (2018). Unpenalised columns are projected out: r stays
/// orthogonal to them and their coefficients follow at the end.
/// </remarks>
internal sealed unsafe class DualNewton(WorkCrew crew) : ColumnSolver(crew)
{
    /// <summary>Newton steps per λ at most; a handful is usual.</summary>
    private const int MostSteps = 200;

    /// <summary>Steps between two looks at the certificate: with a small l2, F may never come to 0 by rounding that does the solution no harm.</summary>
    private const int Patience = 20;

    private readonly SupportKernel _kernel = new();
    private readonly AlignedBuffer<double> _rows = new();
    private readonly AlignedBuffer<double> _slopes = new();
    private int _solves;

    /// <summary>
    /// The relative gap up to which a solution is handed over. Where l2 is tiny, β = (x̂ᵀr − l1)/l2 magnifies the rounding of
    /// gradients 1/l2 times, and r alone cannot tell β any better: then the solution is for somebody who works with coefficients.
    /// </summary>
    public double LargestGap { get; set; }

    public override FinishMethod Finisher => FinishMethod.DualNewton;

    public override double DegreesOfFreedom => Free.Count + _kernel.Trace();

    public override WorkCounts Work => new()
    {
        FullPasses = FullPasses,
        Solves = _solves,
        Factorizations = _solves,
        WorkingSetSize = _kernel.Support,
    };

    /// <summary>Projected response.</summary>
    private double* Target => _rows.Pointer;

    /// <summary>F(r), then the Newton step −J⁻¹F.</summary>
    private double* Step => _rows.Pointer + Rows;

    /// <summary>Room to keep r.</summary>
    private double* Kept => _rows.Pointer + 2 * (nint)Rows;

    public override Progress Solve(in Strength strength, CancellationToken cancellationToken)
    {
        if (strength.L2 == 0)
            return Progress.Outgrown; // no dual function to follow
        ElasticNetPenalty penalty = Terms.At(strength.L1, strength.L2);
        double before = double.PositiveInfinity;
        for (int step = 0; step < MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            SetCoefficients(penalty);
            if (!TryFillKernel(strength.L2))
                return GiveUp();
            double size = FillGradient(out double slope);
            if (!double.IsFinite(size))
                return GiveUp();
            if (size <= 1e-15 || (size <= 1e-11 && size > 0.5 * before))
                break;
            if (step % Patience == Patience - 1 && IsSolvedAlready(strength, out slope))
                return Progress.Solved;
            before = size;
            Multiply(Step, _slopes.Pointer);
            Search(penalty, slope);
        }

        return IsSolved(strength) ? Progress.Solved : Progress.Outgrown;
    }

    public override void Dispose()
    {
        base.Dispose();
        _kernel.Dispose();
        _rows.Dispose();
        _slopes.Dispose();
    }

    protected override void Begin()
    {
        _solves = 0;
        _rows.Require(3 * (nint)Rows);
        _slopes.Require(Columns);
        _kernel.Clear(Rows, Columns);
        for (int j = 0; j < Columns; j++)
        {
            if (Terms.IsFree(j))
                Beta[j] = 0; // the residual keeps what it explains
        }

        Buffer.MemoryCopy(Datafit.Response, Target, (long)Rows * sizeof(double), (long)Rows * sizeof(double));
        Free.Project(Target);
    }

    /// <summary>β(r) from the gradients.</summary>
    private void SetCoefficients(in ElasticNetPenalty penalty)
    {
        for (int j = 0; j < Columns; j++)
        {
            if (!Terms.MayEnter(j) || Terms.IsFree(j))
                continue;
            double excess = Math.Abs(Gradients[j]) - penalty.L1(j);
            Beta[j] = excess <= 0 ? 0
                : Math.Clamp(Math.CopySign(excess, Gradients[j]) / penalty.L2(j), penalty.Lower(j), penalty.Upper(j));
        }
    }

    /// <summary>Brings the kernel X̂_S diag(1/unit2) X̂_Sᵀ up to the current support, and factors the Jacobian.</summary>
    /// <returns>False where l2 is so small beside the kernel that rounding leaves no factor.</returns>
    private bool TryFillKernel(double l2)
    {
        int changes = 0, support = 0;
        for (int j = 0; j < Columns; j++)
        {
            bool free = IsInside(j);
            support += free ? 1 : 0;
            changes += free != _kernel.Has(j) ? 1 : 0;
        }

        if (changes > support)
            _kernel.Clear(Rows, Columns);
        for (int j = 0; j < Columns && changes > 0; j++)
        {
            if (IsInside(j) == _kernel.Has(j))
                continue;
            Standardize(j, Column);
            Free.Project(Column);
            _kernel.Toggle(j, Column, 1 / Math.Sqrt(Terms.Unit2[j]));
        }

        _solves++;
        return _kernel.TryFactor(l2);
    }

    /// <summary>Whether the coefficients as they are will do.</summary>
    private bool IsSolved(in Strength strength)
    {
        Finish();
        return FirstBound(Terms, strength, default, Free.InverseNorm).Gap <= 0.5 * LargestGap * NullDeviance;
    }

    /// <summary>The same on the way: where it says no, everything is as before.</summary>
    private bool IsSolvedAlready(in Strength strength, out double slope)
    {
        long rows = (long)Rows * sizeof(double), columns = (long)Columns * sizeof(double);
        Buffer.MemoryCopy(Residual, Kept, rows, rows);
        Buffer.MemoryCopy(Gradients, _slopes.Pointer, columns, columns);
        slope = 0;
        if (IsSolved(strength))
            return true;
        Buffer.MemoryCopy(Kept, Residual, rows, rows);
        Buffer.MemoryCopy(_slopes.Pointer, Gradients, columns, columns);
        Free.ClearCoefficients(Beta);
        _ = FillGradient(out slope);
        return false;
    }

    /// <summary>Leaves coefficients that are numbers to whoever goes on from here.</summary>
    private Progress GiveUp()
    {
        new Span<double>(Beta, Columns).Clear();
        return Progress.Outgrown;
    }

    private bool IsInside(int j) =>
        Beta[j] != 0 && !Terms.IsFree(j) && Beta[j] > Terms.Lower[j] && Beta[j] < Terms.Upper[j];

    /// <summary>F(r) and the Newton step; <paramref name="slope"/> is the directional derivative Fᵀstep.</summary>
    private double FillGradient(out double slope)
    {
        double* f = Step;
        for (int i = 0; i < Rows; i++)
            f[i] = 0;
        AddFit(1, f);
        Free.Project(f);
        for (int i = 0; i < Rows; i++)
            f[i] += Residual[i] - Target[i];
        double size = Math.Sqrt(Kernel.Dot(f, f, Rows));
        double* gradient = Column;
        for (int i = 0; i < Rows; i++)
        {
            gradient[i] = f[i];
            f[i] = -f[i];
        }

        _kernel.Solve(f);
        slope = Kernel.Dot(gradient, f, Rows);
        return size;
    }

    /// <summary>Moves r along the step as far as the dual function falls enough; gradients follow.</summary>
    private void Search(in ElasticNetPenalty penalty, double slope)
    {
        double start = Value(penalty, 0), length = 1;
        // Below 1e-14 the fall is lost in the rounding of the value: there the full step is safe.
        while (length > 1e-10 && slope < -1e-14 && Value(penalty, length) > start + 1e-4 * length * slope)
            length *= 0.5;
        Kernel.Axpy(length, Step, Residual, Rows);
        Kernel.Axpy(length, _slopes.Pointer, Gradients, Columns);
    }

    /// <summary>½‖r‖² − ŷᵀr + Σ conjugateⱼ(x̂ⱼᵀr) at r + length·step.</summary>
    private double Value(in ElasticNetPenalty penalty, double length)
    {
        double value = 0;
        for (int i = 0; i < Rows; i++)
        {
            double r = Residual[i] + length * Step[i];
            value += r * (0.5 * r - Target[i]);
        }

        for (int j = 0; j < Columns; j++)
        {
            if (Terms.MayEnter(j) && !Terms.IsFree(j))
                value += penalty.Conjugate(j, Gradients[j] + length * _slopes.Pointer[j]);
        }

        return value;
    }

    /// <summary>Coefficients of the unpenalised columns, then residual and gradients afresh.</summary>
    private void Finish()
    {
        if (Free.Count > 0)
        {
            Free.ClearCoefficients(Beta);
            Buffer.MemoryCopy(Datafit.Response, Step, (long)Rows * sizeof(double), (long)Rows * sizeof(double));
            AddFit(-1, Step);
            Free.Solve(Step, Beta);
        }

        RefreshResidual();
        Multiply(Residual, Gradients);
    }
}
