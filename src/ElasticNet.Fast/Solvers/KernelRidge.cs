using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Penalties;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// A ridge term alone and another loss than squared error, with more columns than rows: β = D⁻¹X̂ᵀu/l2 for some u of n numbers, D the columns'
/// shares of the ridge term, and at the solution u is the residual. With K = X̂D⁻¹X̂ᵀ the fit is Ku/l2, and Newton's method has systems of n × n
/// however many columns there are: with V = RRᵀ the curvature, (I + VK/l2)u = r + V·fit is solved by way of I + RᵀKR/l2, which is
/// symmetric and at least 1 (Saunders, Gammerman and Vovk 1998).
/// </summary>
internal sealed unsafe class KernelRidge(WorkCrew crew) : CurvedColumnSolver(crew)
{
    /// <summary>Newton steps per λ at most; some ten are usual.</summary>
    private const int MostSteps = 200;

    /// <summary>Halvings of a step at most.</summary>
    private const int MostHalvings = 50;

    /// <summary>What may be left of u − r, as a share of r.</summary>
    private const double Tolerance = 4e-16;

    /// <summary>What rounding may add to the objective, as a share of it.</summary>
    private const double Noise = 1e-14;

    private readonly SupportKernel _kernel = new();
    private readonly CholeskyFactor _factor = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private double _strength;
    private int _solves;
    private bool _hasGained; // more than rounding, by the last step

    public override FinishMethod Finisher => FinishMethod.DualNewton;

    public override double DegreesOfFreedom
    {
        get
        {
            Factor(_strength);
            if (_factor.Count < Rows)
                return double.NaN;
            double* ones = Vector(3);
            new Span<double>(ones, Rows).Fill(1);
            return Rows - _factor.InverseTrace(ones);
        }
    }

    public override WorkCounts Work => new()
    {
        FullPasses = FullPasses,
        Solves = _solves,
        Factorizations = _solves,
        WorkingSetSize = _kernel.Support,
    };

    /// <summary>u.</summary>
    private double* Combination => Vector(0);

    /// <summary>X̂β.</summary>
    private double* Fit => Vector(1);

    public override Progress Solve(in Strength strength, CancellationToken cancellationToken)
    {
        if (strength.L2 == 0)
            return Progress.Outgrown;
        double l2 = _strength = strength.L2, before = double.PositiveInfinity;
        Begin(l2);
        for (int step = 0; step < MostSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double open = Open();
            if (open <= Tolerance || (open > 0.5 * before && (open <= 1e-11 || !_hasGained)))
                break;
            before = open;
            Factor(l2);
            if (_factor.Count < Rows)
                return Progress.Outgrown; // l2 is so small beside K that rounding leaves no factor
            if (!TryStep(l2))
                break;
        }

        SetCoefficients(l2);
        RefreshResidual();
        Multiply(Residual, Gradients);
        return Progress.Solved;
    }

    protected override void Begin()
    {
        _solves = 0;
        _vectors.Require(8 * (nint)Stride);
        _kernel.Clear(Rows, Columns);
        for (int j = 0; j < Columns; j++)
        {
            if (!Terms.MayEnter(j))
                continue;
            Standardize(j, Column);
            _kernel.Toggle(j, Column, 1 / Math.Sqrt(Terms.Unit2[j]));
        }

        _kernel.Flush();
    }

    public override void Dispose()
    {
        base.Dispose();
        _kernel.Dispose();
        _factor.Dispose();
        _vectors.Dispose();
    }

    private int Stride => (Rows + 7) & ~7;

    private double* Vector(int index) => _vectors.Pointer + (nint)index * Stride;

    /// <summary>From the residual of the last λ or from no fit at all, whichever is lower.</summary>
    private void Begin(double l2)
    {
        long size = (long)Rows * sizeof(double);
        Buffer.MemoryCopy(Residual, Combination, size, size);
        double kept = Evaluate(Combination, l2);
        double* none = Vector(3);
        new Span<double>(none, Rows).Clear();
        // Of a loss that overflows there nothing is kept.
        if (kept <= Evaluate(none, l2))
            _ = Evaluate(Combination, l2);
        else
            new Span<double>(Combination, Rows).Clear();

        Loss.Accept(Left);
    }

    /// <summary>Loss and penalty at a combination; residual and fit go with it.</summary>
    private double Evaluate(double* combination, double l2)
    {
        _kernel.Multiply(combination, Fit);
        double penalty = 0.5 / l2 * Kernel.Dot(combination, Fit, Rows);
        for (int i = 0; i < Rows; i++)
            Fit[i] /= l2;
        for (int i = 0; i < Rows; i++)
            Left[i] = (Loss.Origin == null ? 0 : Loss.Origin[i]) - Fit[i];
        return Evaluate() + penalty;
    }

    /// <summary>‖u − r‖/‖r‖, along what the fit sees.</summary>
    private double Open()
    {
        double square = 0, size = 0;
        for (int i = 0; i < Rows; i++)
        {
            square += (Combination[i] - Residual[i]) * (Combination[i] - Residual[i]);
            size += Residual[i] * Residual[i];
        }

        return size == 0 ? 0 : Math.Sqrt(square / size);
    }

    /// <summary>Factors I + RᵀKR/l2 with R = diag(√h)(I − qqᵀ), q = √h∘√w/‖√h∘√w‖, of the curvature of here.</summary>
    private void Factor(double l2)
    {
        Loss.Freeze();
        FillRoots(out double* roots, out double* mean);
        bool takesMean = ((IPartedOperator)Loss).TakesMean;
        double* image = Vector(5), scaled = Vector(6);
        double inner = 0;
        if (takesMean)
        {
            for (int i = 0; i < Rows; i++)
                scaled[i] = roots[i] * mean[i];
            _kernel.Multiply(scaled, image);
            for (int i = 0; i < Rows; i++)
                image[i] *= roots[i];
            inner = Kernel.Dot(image, mean, Rows);
        }

        _factor.Clear();
        _factor.Reserve(Rows);
        for (int i = 0; i < Rows; i++)
        {
            double* row = _factor.Row(i), from = _kernel.Row(i);
            for (int j = 0; j <= i; j++)
            {
                double element = roots[i] * roots[j] * from[j];
                if (takesMean)
                    element += inner * mean[i] * mean[j] - image[i] * mean[j] - mean[i] * image[j];
                row[j] = element / l2;
            }

            row[i] += 1;
        }

        _solves++;
        _ = _factor.FactorInPlace(Rows);
    }

    /// <summary>A step towards the solution of the square that touches the loss here, halved until the objective falls.</summary>
    /// <returns>False, and nothing moves, where it does not.</returns>
    private bool TryStep(double l2)
    {
        FillRoots(out double* roots, out double* mean);
        double* target = Vector(5), solved = Vector(6), start = Vector(7);
        Loss.Apply(Fit, target);
        for (int i = 0; i < Rows; i++)
            target[i] += Residual[i];
        _kernel.Multiply(target, solved);
        for (int i = 0; i < Rows; i++)
            solved[i] *= roots[i] / l2;
        Project(solved, mean);
        _factor.Solve(solved);
        Project(solved, mean);
        for (int i = 0; i < Rows; i++)
            target[i] -= roots[i] * solved[i];
        long size = (long)Rows * sizeof(double);
        Buffer.MemoryCopy(Combination, start, size, size);
        double before = Evaluate(start, l2), limit = before + Noise * Math.Abs(before), share = 1;
        for (int halving = 0; halving < MostHalvings; halving++, share *= 0.5)
        {
            for (int i = 0; i < Rows; i++)
                Combination[i] = start[i] + share * (target[i] - start[i]);
            double value = Evaluate(Combination, l2);
            if (!(value <= limit))
                continue;
            _hasGained = before - value > Noise * Math.Abs(before);
            Loss.Accept(Left);
            return true;
        }

        Buffer.MemoryCopy(start, Combination, size, size);
        _ = Evaluate(Combination, l2);
        return false;
    }

    /// <summary>√h, and q.</summary>
    private void FillRoots(out double* roots, out double* mean)
    {
        roots = Vector(3);
        mean = Vector(4);
        var rows = (IPartedOperator)Loss;
        double square = 0;
        for (int i = 0; i < Rows; i++)
        {
            roots[i] = Math.Sqrt(rows.Diagonal[i]);
            mean[i] = rows.TakesMean ? roots[i] * Loss.RootWeights[i] : 0;
            square += mean[i] * mean[i];
        }

        for (int i = 0; i < Rows && square > 0; i++)
            mean[i] /= Math.Sqrt(square);
    }

    private void Project(double* vector, double* mean) => Kernel.Axpy(-Kernel.Dot(vector, mean, Rows), mean, vector, Rows);

    /// <summary>β = D⁻¹X̂ᵀu/l2: a pass over X.</summary>
    private void SetCoefficients(double l2)
    {
        Multiply(Combination, Gradients);
        for (int j = 0; j < Columns; j++)
            Beta[j] = Terms.MayEnter(j) ? Gradients[j] / (l2 * Terms.Unit2[j]) : 0;
    }
}
