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
    /// <summary>A relative gap that needs no better proof.</summary>
    public const double Sufficient = 1e-13;

    /// <summary>Zeros that may be taken for members of the support at most.</summary>
    private const int MostMarginal = 16;

    /// <summary>An inverse of at most this is small enough: what rounding leaves, squared and times this, is nothing.</summary>
    private const double RidgeInverse = 1e8;

    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<int> _relevant = new();

    /// <summary>p.</summary>
    public int Columns { get; private set; }

    /// <summary>Coefficient of every column.</summary>
    public double* Beta => _vectors.Pointer;

    /// <summary>x̂ⱼᵀr of every column, zero for those that may not enter.</summary>
    public double* Gradients => _vectors.Pointer + Columns;

    /// <summary>Deviance of the null model; for squared error the square of the response's norm: 1, or 0 where there is nothing to explain.</summary>
    public abstract double NullDeviance { get; }

    /// <summary>‖r‖².</summary>
    public abstract double ResidualSquare { get; }

    /// <summary>Twice the loss, less that of fitted values that equal y.</summary>
    public virtual double Deviance => ResidualSquare;

    /// <summary>Whether the loss is squared error.</summary>
    public virtual bool IsQuadratic => true;

    /// <summary>Whether <see cref="CompensatedRefinement"/> solves the same problem.</summary>
    public virtual bool IsRefinable => IsQuadratic;

    /// <summary>What the intercept gained beyond the centring of columns and response.</summary>
    public abstract double InterceptShift { get; }

    /// <summary>Effective degrees of freedom, the intercept's left out; with a ridge term it takes a factorisation.</summary>
    public abstract double DegreesOfFreedom { get; }

    /// <summary>Whether they take no factorisation at a strength.</summary>
    public virtual bool IsFreedomCheap(in Strength strength) => strength.L2 == 0;

    /// <summary>What reached the final accuracy.</summary>
    public abstract FinishMethod Finisher { get; }

    /// <summary>Work done so far.</summary>
    public abstract WorkCounts Work { get; }

    /// <summary>Solves as far as it gets; where it cannot, the coefficients are those of a larger λ, or of some of the columns.</summary>
    public abstract Progress Solve(in Strength strength, CancellationToken cancellationToken);

    /// <summary>Goes on after the pass that was needed.</summary>
    public virtual Progress Resume(in Strength strength, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("This solver makes its passes itself.");

    /// <summary>Whether columns of the support nearly depend on each other, so that a solution needs its proof even where nobody asks for one.</summary>
    public virtual bool IsDelicate => false;

    /// <summary>The proof of the current solution under the given penalty.</summary>
    /// <param name="terms">Which columns may enter.</param>
    /// <param name="strength">λ and ρ.</param>
    /// <param name="rounding">What gradients and residual can be off by.</param>
    public virtual Certificate Certify(PenaltyTerms terms, in Strength strength, in Rounding rounding)
    {
        ElasticNetPenalty penalty = terms.At(strength.L1, strength.L2);
        double sufficient = 0.5 * Sufficient * NullDeviance;
        bool hasFree = terms.HasFree || strength.L1 * terms.LeastUnit1 == 0;
        Certificate proof = FirstBound(terms, strength, rounding, hasFree ? FreeInverseNorm(penalty, rounding, renew: false) : 0);
        if (hasFree && proof.Gap > sufficient)
            proof = FirstBound(terms, strength, rounding, FreeInverseNorm(penalty, rounding, renew: true));
        if (rounding.Proven < 0)
            return proof with { Gap = Certificate.Objective(Relevant(terms, strength.L1, 0), this, penalty, rounding) };
        if (!IsQuadratic)
            return proof;
        double ridge = hasFree ? double.PositiveInfinity : 1 / (strength.L2 * terms.LeastUnit2);
        for (int attempt = ridge <= RidgeInverse ? 2 : 0; attempt < 3 && proof.Gap > sufficient; attempt++)
        {
            double inverse = attempt == 2 && ridge <= RidgeInverse ? ridge : InverseNorm(penalty, rounding, renew: attempt > 0);
            double second = SecondBound(terms, strength, penalty, rounding, inverse, withMarginal: attempt == 2);
            proof = proof with { Gap = Math.Min(proof.Gap, second) };
        }

        return proof;
    }

    /// <summary>
    /// The second of the two bounds of <see cref="Certificate"/>. Zeros whose gradient cannot be told from their l1 may be taken for members of
    /// the support: then they do not make the dual point shrink.
    /// </summary>
    private double SecondBound(
        PenaltyTerms terms, in Strength strength, in ElasticNetPenalty penalty, in Rounding rounding, double inverse, bool withMarginal)
    {
        double quadratic = Certificate.Quadratic(Relevant(terms, strength.L1, rounding.Gradient), Beta, Gradients, penalty, rounding, [], inverse);
        double moved = rounding.Residual + Math.Sqrt(2 * quadratic);
        // What is only known to stay below its l1 has no room for more than this.
        if (!double.IsFinite(moved) || !(moved <= rounding.Proven * strength.L1 * terms.LeastUnit1))
            return double.PositiveInfinity;
        ReadOnlySpan<int> relevant = Relevant(terms, strength.L1, rounding.Gradient + moved);
        int* marginal = stackalloc int[MostMarginal];
        int count = 0;
        for (int k = 0; k < relevant.Length && withMarginal; k++)
        {
            int j = relevant[k];
            if (Beta[j] != 0 || !terms.MayEnter(j) || penalty.IsInside(j, 0) || penalty.IsAlwaysFinite(j, Gradients[j], rounding.Gradient + moved))
                continue;
            if (count == MostMarginal)
                return double.PositiveInfinity;
            marginal[count++] = j;
        }

        if (count > 0)
        {
            inverse = InverseNorm(new ReadOnlySpan<int>(marginal, count), rounding);
            quadratic = Certificate.Quadratic(relevant, Beta, Gradients, penalty, rounding, new(marginal, count), inverse);
            if (!double.IsFinite(quadratic))
                return double.PositiveInfinity;
            relevant = Relevant(terms, strength.L1, rounding.Gradient + rounding.Residual + Math.Sqrt(2 * quadratic));
        }

        return Certificate.Second(
            relevant, Beta, Gradients, ResidualSquare + rounding.Square, terms, penalty, rounding, new(marginal, count), quadratic, inverse);
    }

    /// <summary>The first of the two bounds of <see cref="Certificate"/>.</summary>
    protected Certificate FirstBound(PenaltyTerms terms, in Strength strength, in Rounding rounding, double freeInverse)
    {
        ElasticNetPenalty penalty = terms.At(strength.L1, strength.L2);
        ReadOnlySpan<int> relevant = Relevant(terms, strength.L1, rounding.Gradient);
        double shift = Shift(relevant, terms, penalty, rounding, freeInverse);
        if (shift > 0)
        {
            // What is only known to stay below its l1 has no room for more than this.
            if (rounding.Proven > 0 && strength.L1 > 0 && shift > rounding.Proven * strength.L1 * terms.LeastUnit1)
                shift = double.PositiveInfinity;
            // Where the dual point moves, it may move beyond an l1 that was out of its reach.
            relevant = Relevant(terms, strength.L1, rounding.Gradient + shift);
        }

        return Certificate.First(relevant, this, terms, penalty, rounding, shift);
    }

    /// <summary>What f(η) + f*(−θ) + ηᵀθ is at most for θ = <paramref name="scale"/>·r, moved so as to meet the conditions of unpenalised columns; f is the loss.</summary>
    /// <param name="scale">0 ≤ c ≤ 1.</param>
    /// <param name="moved">How far η, and θ from c·r, can be from what is known of them.</param>
    /// <param name="rounding">What ‖r‖² can be off by.</param>
    public virtual double FenchelSlack(double scale, double moved, in Rounding rounding) => SquareSlack(ResidualSquare + rounding.Square, scale, moved);

    /// <summary>The same for squared error: ½‖r − θ‖².</summary>
    public static double SquareSlack(double residualSquare, double scale, double moved)
    {
        double distance = (1 - scale) * Math.Sqrt(residualSquare) + moved;
        return 0.5 * distance * distance;
    }

    /// <summary>σ_F of <see cref="Certificate"/>.</summary>
    protected virtual double Shift(ReadOnlySpan<int> relevant, PenaltyTerms terms, in ElasticNetPenalty penalty, in Rounding rounding, double freeInverse) =>
        Certificate.Shift(relevant, Gradients, terms, penalty, rounding, freeInverse);

    /// <summary>What gradients and residual can be off by, intercept aside.</summary>
    public abstract Rounding Rounding { get; }

    /// <summary>A bound on ‖A⁻¹‖ of <see cref="Certificate"/>; infinite where none is known.</summary>
    /// <param name="penalty">The penalty at this λ.</param>
    /// <param name="rounding">What rounding has done.</param>
    /// <param name="renew">Whether the bound at hand, which may have become loose, is too large.</param>
    protected virtual double InverseNorm(in ElasticNetPenalty penalty, in Rounding rounding, bool renew) => double.PositiveInfinity;

    /// <summary>The same where some more columns join the support; as large as it happens to be at hand.</summary>
    protected virtual double InverseNorm(ReadOnlySpan<int> more, in Rounding rounding) => double.PositiveInfinity;

    /// <summary>The same for the unpenalised columns alone.</summary>
    protected virtual double FreeInverseNorm(in ElasticNetPenalty penalty, in Rounding rounding, bool renew) => InverseNorm(penalty, rounding, renew);

    /// <summary>Σ|β|.</summary>
    protected double Size()
    {
        double size = 0;
        for (int j = 0; j < Columns; j++)
            size += Math.Abs(Beta[j]);
        return size;
    }

    /// <summary>The columns that have a coefficient, or a gradient that is less than <paramref name="slack"/> below its l1.</summary>
    private ReadOnlySpan<int> Relevant(PenaltyTerms terms, double l1, double slack)
    {
        int* relevant = _relevant.Require(Math.Max(2 * (nint)Columns, 1));
        int* beyond = relevant + Columns;
        int count = 0, found = (int)Kernel.Exceeding(Gradients, 0, terms.Unit1, slack, l1, terms.Unit1, Columns, beyond);
        // Most are 0; as integers the search takes many at a time.
        ReadOnlySpan<long> bits = new(Beta, Columns);
        for (int j = 0, skip; (skip = bits[j..].IndexOfAnyExcept(0)) >= 0; j++)
        {
            j += skip;
            relevant[count++] = j;
        }

        for (int k = 0; k < found; k++)
        {
            if (double.IsNaN(Gradients[beyond[k]]))
                Throw.NotANumber(beyond[k]);
            if (Beta[beyond[k]] == 0)
                relevant[count++] = beyond[k];
        }

        return new(relevant, count);
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
