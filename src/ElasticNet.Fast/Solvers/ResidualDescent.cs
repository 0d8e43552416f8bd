using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Coordinate descent on the residual itself: needs no memory beyond a few vectors, whatever the size of the support. Sweeps find out who is in
/// the support and with which sign; on it conjugate gradients go where sweeps alone would take very many, for columns are correlated. Stops at
/// <see cref="Target"/> or after <see cref="MostSweeps"/>; the certificate says which.
/// </summary>
internal sealed unsafe partial class ResidualDescent(WorkCrew crew) : ColumnSolver(crew)
{
    /// <summary>The relative gap to reach.</summary>
    private const double Target = 1e-13;

    /// <summary>Sweeps per λ at most.</summary>
    private const int MostSweeps = 20_000;

    /// <summary>Sweeps between two looks at all columns.</summary>
    private const int Batch = 20;

    private readonly AlignedBuffer<double> _strengths = new();
    private readonly AlignedBuffer<int> _active = new();
    private int _sweeps, _conjugateSteps;
    private bool _hasRidge;
    public override FinishMethod Finisher => FinishMethod.CoordinateDescent;

    /// <summary>The size of the support; unknown (NaN) with a ridge term, which would take a factor of it.</summary>
    public override double DegreesOfFreedom => _hasRidge ? double.NaN : CountFree();

    public override WorkCounts Work => new() { FullPasses = FullPasses, Sweeps = _sweeps, ConjugateSteps = _conjugateSteps };

    public override Progress Solve(in Strength strength, CancellationToken cancellationToken)
    {
        _hasRidge = strength.L2 > 0;
        ElasticNetPenalty penalty = Terms.At(strength.L1, strength.L2);
        double* l1 = _strengths.Require(2 * (nint)Columns);
        double* l2 = l1 + Columns;
        for (int j = 0; j < Columns; j++)
            (l1[j], l2[j]) = (penalty.L1(j), penalty.L2(j));
        double moved = double.PositiveInfinity;
        int wait = 0, waited = 0;
        bool isFresh = false; // whether residual and gradients are those of the coefficients
        for (int last = _sweeps + _conjugateSteps + MostSweeps; _sweeps + _conjugateSteps < last;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RefreshResidual();
            Multiply(Residual, Gradients); // also leaves √w∘r in Weighted, which the sweeps keep up to date
            isFresh = true;
            // As if nothing were rounded, and no unpenalised column depended on others: this says when to stop, the proof comes after.
            Certificate certificate = FirstBound(Terms, strength, default, Free.InverseNorm);
            if (certificate.Gap <= 0.5 * Target * NullDeviance || moved < 1e-16)
                break;
            int active = FindActive(l1);
            isFresh = false;
            for (int sweep = 0; sweep < Batch; sweep++)
            {
                _sweeps++;
                moved = Design.Sweep(
                    _active.Pointer, active, Scaling.Center, Scaling.InverseNorm, Datafit.Weights, Weighted,
                    Beta, l1, l2, Terms.Lower, Terms.Upper);
                if (moved < 1e-16)
                    break;
            }

            // Where signs were not settled yet, sweeps go on for longer before it is tried again.
            if (moved >= 1e-16 && ++waited > wait)
                (wait, waited) = (TryConjugate(active, penalty) ? 0 : 2 * wait + 1, 0);
        }

        if (!isFresh)
        {
            RefreshResidual();
            Multiply(Residual, Gradients);
        }

        return Progress.Solved;
    }

    public override void Dispose()
    {
        base.Dispose();
        _strengths.Dispose();
        _active.Dispose();
        _support.Dispose();
        _vectors.Dispose();
    }

    protected override void Begin() => _sweeps = _conjugateSteps = 0;

    /// <summary>Columns that have a coefficient or want one.</summary>
    private int FindActive(double* l1)
    {
        int* active = _active.Require(Columns);
        int found = 0;
        for (int j = 0; j < Columns; j++)
        {
            if (Terms.MayEnter(j) && (Beta[j] != 0 || Math.Abs(Gradients[j]) > l1[j]))
                active[found++] = j;
        }

        return found;
    }
}
