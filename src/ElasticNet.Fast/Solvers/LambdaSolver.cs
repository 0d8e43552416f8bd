using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>Where on the path to solve: λ, the λ before it, and ρ.</summary>
internal readonly record struct Strength(double Lambda, double Previous, double L1Ratio)
{
    /// <summary>Whether the path ends here.</summary>
    public bool IsLast { get; init; }

    /// <summary>λρ.</summary>
    public double L1 => Lambda * L1Ratio;

    /// <summary>λ(1−ρ).</summary>
    public double L2 => Lambda * (1 - L1Ratio);
}

/// <summary>How far a solver has come with a λ.</summary>
internal enum Progress
{
    /// <summary>Solved and certified.</summary>
    Solved,

    /// <summary>It takes a pass over X to go on.</summary>
    NeedsPass,

    /// <summary>Not by this solver: the problem has outgrown it.</summary>
    Outgrown,
}

/// <summary>
/// Solves one λ after another, each from the last solution. What they share is what a certificate needs: all
/// coefficients, all gradients, and the size of the residual, in the solvers' units (columns and response of norm 1).
/// </summary>
internal abstract unsafe class LambdaSolver : IDisposable
{
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<int> _relevant = new();

    /// <summary>p.</summary>
    public int Columns { get; private set; }

    /// <summary>Coefficient of every column.</summary>
    public double* Beta => _vectors.Pointer;

    /// <summary>x̂ⱼᵀr of every column, zero for those that may not enter.</summary>
    public double* Gradients => _vectors.Pointer + Columns;

    /// <summary>Square of the response's norm: 1, or 0 where there is nothing to explain.</summary>
    public abstract double ResponseSquare { get; }

    /// <summary>‖r‖².</summary>
    public abstract double ResidualSquare { get; }

    /// <summary>What the intercept gained beyond the centring of columns and response.</summary>
    public abstract double InterceptShift { get; }

    /// <summary>Effective degrees of freedom, the intercept's left out; with a ridge term it takes a factorisation.</summary>
    public abstract double DegreesOfFreedom { get; }

    /// <summary>What reached the final accuracy.</summary>
    public abstract FinishMethod Finisher { get; }

    /// <summary>Work done so far.</summary>
    public abstract WorkCounts Work { get; }

    /// <summary>Solves as far as it gets; where it cannot, the coefficients are those of a larger λ, or of some of the columns.</summary>
    public abstract Progress Solve(in Strength strength, CancellationToken cancellationToken);

    /// <summary>Goes on after the pass that was needed.</summary>
    public virtual Progress Resume(in Strength strength, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This solver makes its passes itself.");

    /// <summary>The proof of the current solution under the given penalty.</summary>
    public Certificate Certify(PenaltyTerms terms, in ElasticNetPenalty penalty, double l1)
    {
        int* relevant = _relevant.Require(Math.Max(2 * (nint)Columns, 1));
        int* beyond = relevant + Columns;
        int count = 0, found = (int)Kernel.Exceeding(Gradients, 0, terms.Unit1, 0, l1, terms.Unit1, Columns, beyond);
        for (int j = 0; j < Columns; j++)
        {
            if (Beta[j] != 0)
                relevant[count++] = j;
        }

        for (int k = 0; k < found; k++)
        {
            if (double.IsNaN(Gradients[beyond[k]]))
                Throw.NotANumber(beyond[k]);
            if (Beta[beyond[k]] == 0)
                relevant[count++] = beyond[k];
        }

        return Certificate.Compute(new(relevant, count), Beta, Gradients, ResidualSquare, terms, penalty);
    }

    public virtual void Dispose()
    {
        _vectors.Dispose();
        _relevant.Dispose();
    }

    /// <summary>Sizes the shared vectors and clears them.</summary>
    protected void Clear(int columns)
    {
        Columns = columns;
        _vectors.RequireZeroed(2 * (nint)columns);
    }
}

/// <summary>Running totals of work; the difference of two is the trace of one solution.</summary>
internal readonly record struct WorkCounts
{
    public bool UsesMoments { get; init; }

    public int FullPasses { get; init; }

    public int ColumnsRead { get; init; }

    public int WorkingSetSize { get; init; }

    public int Sweeps { get; init; }

    public int Solves { get; init; }

    public int Factorizations { get; init; }

    public int ConjugateSteps { get; init; }

    public int MonotoneSteps { get; init; }

    /// <summary>The work since <paramref name="before"/>, as a trace.</summary>
    public SolveTrace Since(in WorkCounts before, FinishMethod finisher, TimeSpan elapsed) => new()
    {
        Finisher = finisher,
        UsesMoments = UsesMoments,
        FullPasses = FullPasses - before.FullPasses,
        ColumnsRead = ColumnsRead - before.ColumnsRead,
        WorkingSetSize = WorkingSetSize,
        Sweeps = Sweeps - before.Sweeps,
        Solves = Solves - before.Solves,
        Factorizations = Factorizations - before.Factorizations,
        ConjugateSteps = ConjugateSteps - before.ConjugateSteps,
        MonotoneSteps = MonotoneSteps - before.MonotoneSteps,
        Elapsed = elapsed,
    };
}
