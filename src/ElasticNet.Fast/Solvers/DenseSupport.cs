using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// Solves with A = G_SS + l2·diag(unit2) on a support S that gains and loses members. Without a ridge term that is a Cholesky
/// factor, kept up to date. With one, A changes from λ to λ by a few per cent of l2 only: the factor of an earlier λ,
/// M = G_SS + l2₀·diag(unit2), preconditions conjugate gradients, which then need a handful of steps. As A = M + (l2 − l2₀)·diag(unit2)
/// differs from M by a diagonal, a step is one solve with the factor and touches no Gram matrix.
/// </summary>
internal sealed unsafe class DenseSupport : SupportFactor
{
    /// <summary>Steps of conjugate gradients per solve at most; what they leave is seen by who asked.</summary>
    private const int MostSteps = 60;

    /// <summary>
    /// How many times longer a multiply-add of a triangular solve takes than one of a factorisation: the former waits for memory.
    /// This and <see cref="GatherWeight"/> come from <c>bench/compare kernels</c>, where factors of 100 to 900 columns took as long as 35 to 47 solves.
    /// </summary>
    private const double SolveWeight = 3;

    /// <summary>Multiply-adds of a factorisation that gathering an element of the matrix, and what the blocks leave over, cost.</summary>
    private const double GatherWeight = 60;

    /// <summary>l2 may move by this factor from the l2₀ of the factor before the preconditioner counts as too weak.</summary>
    private const double FarthestRatio = 16;

    private readonly CholeskyFactor _factor = new();
    private readonly AlignedBuffer<double> _vectors = new();
    private readonly AlignedBuffer<int> _order = new();
    private double _ridge, _renewal, _spent, _recent;
    private int _strengths;
    private double _inverseNorm = double.PositiveInfinity;

    /// <summary>Forgets everything.</summary>
    public override void Clear()
    {
        _factor.Clear();
        base.Clear();
        _ridge = _renewal = _spent = _recent = 0;
        _strengths = 0;
        _inverseNorm = double.PositiveInfinity;
    }

    /// <summary>Whether the factor is that of another l2 than the problem's.</summary>
    public override bool IsDated(RestrictedProblem problem) => _factor.Count > 0 && _ridge != problem.Ridge;

    /// <summary>
    /// Told at each new strength: whether to factor anew rather than go on with a dated factor. The price of a factorisation
    /// is spread over the strengths that it serves; when one more would raise their average cost, it has served its time.
    /// </summary>
    public override bool ShouldRenew(RestrictedProblem problem)
    {
        double latest = _recent * SolveWeight;
        _recent = 0;
        _spent += latest;
        _strengths++;
        if (!IsDated(problem))
        {
            if (_factor.Count == 0)
                _ridge = problem.Ridge;
            return false;
        }

        return problem.Ridge <= 0 || _ridge <= 0
            || Math.Max(problem.Ridge / _ridge, _ridge / problem.Ridge) > FarthestRatio
            || latest * _strengths > _renewal + _spent;
    }

    /// <summary>Factors A at the problem's l2.</summary>
    /// <returns>−1, or the first position that depends on those before it; take it out and go on with <paramref name="restart"/> false.</returns>
    public override int Refactor(RestrictedProblem problem, int* positions, int count, bool restart)
    {
        if (restart)
        {
            Factorizations++;
            _factor.Clear();
            _ridge = problem.Ridge;
            _renewal = (double)count * count * (count / 6.0 + GatherWeight);
            _spent = _recent = 0;
            _strengths = 0;
            _inverseNorm = double.PositiveInfinity;
        }

        int known = _factor.Count;
        _factor.Reserve(count);
        for (int i = known; i < count; i++)
            Fill(problem, positions, i);
        int dependent = _factor.FactorInPlace(count);
        for (int i = known; i < _factor.Count; i++)
            Admit(problem, positions[i], i);
        return dependent;
    }

    /// <summary>Appends a member; <paramref name="positions"/> are those before it.</summary>
    /// <returns>False, and nothing is appended, where its column depends on theirs.</returns>
    public override bool TryAppend(RestrictedProblem problem, int* positions, int position)
    {
        int count = _factor.Count;
        double* products = Vectors(count);
        problem.Products(position, positions, count, products);
        if (!_factor.TryAppend(products, problem.Square(position) + _ridge * problem.Unit2[position]))
            return false;
        Admit(problem, position, count);
        return true;
    }

    /// <summary>Removes the k-th member.</summary>
    public override void Remove(int k) => _factor.Remove(k);

    /// <summary>b ← A⁻¹b; where the factor is dated, until no residual exceeds <paramref name="tolerance"/>.</summary>
    public override void Solve(RestrictedProblem problem, int* positions, double* b, double tolerance)
    {
        Solves++;
        if (IsDated(problem))
            ConjugateGradients(problem, positions, b, tolerance);
        else
            _factor.Solve(b);
    }

    /// <summary>
    /// A bound on ‖A⁻¹‖, as far as the estimate that it starts from is one (<see cref="CholeskyFactor.InverseNorm"/>): who leaves lowers the norm, and a
    /// member with diagonal element d and pivot π raises it to d/π·‖A⁻¹‖ + 1/π at most. After many of these <paramref name="renew"/> makes a
    /// new estimate.
    /// </summary>
    public override double InverseNorm(RestrictedProblem problem, bool renew)
    {
        if (_factor.Count == 0)
            return 0;
        if (renew || double.IsInfinity(_inverseNorm))
            _inverseNorm = _factor.InverseNorm(Vectors(_factor.Count));
        // A + change·diag(unit2) is at least ratio·A where change takes a part of the ridge term away.
        return _inverseNorm * (IsDated(problem) ? Math.Max(_ridge / problem.Ridge, 1) : 1);
    }

    /// <summary>The bound that holds with some more members, which are not kept; infinite where one depends on the others, or the factor is dated.</summary>
    public override double InverseNorm(RestrictedProblem problem, int* positions, ReadOnlySpan<int> more)
    {
        int count = _factor.Count;
        double before = _inverseNorm, with = IsDated(problem) ? double.PositiveInfinity : before;
        int* all = _order.Require(count + more.Length);
        new ReadOnlySpan<int>(positions, count).CopyTo(new(all, count));
        for (int k = 0; k < more.Length && double.IsFinite(with); k++)
        {
            all[count + k] = more[k];
            with = TryAppend(problem, all, more[k]) ? _inverseNorm : double.PositiveInfinity;
        }

        while (_factor.Count > count)
            _factor.Remove(_factor.Count - 1);
        _inverseNorm = before;
        return with;
    }

    /// <summary>The least pivot as a share of its diagonal element; 1 without members.</summary>
    public override double LeastShare(RestrictedProblem problem, int* positions)
    {
        double least = 1;
        for (int i = 0; i < _factor.Count; i++)
        {
            double root = _factor.Row(i)[i];
            least = Math.Min(least, root * root / (problem.Square(positions[i]) + _ridge * problem.Unit2[positions[i]]));
        }

        return least;
    }

    /// <summary>tr[A⁻¹ diag(weights)]; the factor must not be dated.</summary>
    public override double InverseTrace(double* weights) => _factor.InverseTrace(weights);

    public override void Dispose()
    {
        _factor.Dispose();
        _vectors.Dispose();
        _order.Dispose();
    }

    /// <summary>What a new member, the i-th row of the factor, makes of the bound on the inverse.</summary>
    private void Admit(RestrictedProblem problem, int position, int i)
    {
        double root = _factor.Row(i)[i], pivot = root * root;
        _inverseNorm = (_inverseNorm * (problem.Square(position) + _ridge * problem.Unit2[position]) + 1) / pivot;
    }

    private void Fill(RestrictedProblem problem, int* positions, int i)
    {
        double* row = _factor.Row(i);
        problem.Products(positions[i], positions, i + 1, row);
        row[i] += _ridge * problem.Unit2[positions[i]];
    }

    private void ConjugateGradients(RestrictedProblem problem, int* positions, double* b, double tolerance)
    {
        int count = _factor.Count;
        nint stride = (count + 7) & ~7;
        double* drift = Vectors(5 * stride), solution = drift + stride, preconditioned = solution + stride;
        double* direction = preconditioned + stride, image = direction + stride; // image = M·direction
        double change = problem.Ridge - _ridge, largest = 0;
        for (int k = 0; k < count; k++)
        {
            drift[k] = change * problem.Unit2[positions[k]];
            solution[k] = direction[k] = image[k] = 0;
            largest = Math.Max(largest, Math.Abs(b[k]));
        }

        double before = 0;
        for (int step = 0; step < MostSteps && largest > tolerance; step++)
        {
            Buffer.MemoryCopy(b, preconditioned, (long)count * sizeof(double), (long)count * sizeof(double));
            _factor.Solve(preconditioned);
            double product = Kernel.Dot(b, preconditioned, count);
            double again = step == 0 ? 0 : product / before;
            before = product;
            double curvature = 0;
            for (int k = 0; k < count; k++)
            {
                direction[k] = preconditioned[k] + again * direction[k];
                image[k] = b[k] + again * image[k];
                curvature += direction[k] * (image[k] + drift[k] * direction[k]);
            }

            if (!(product > 0) || !(curvature > 0))
                break;
            double length = product / curvature;
            largest = 0;
            for (int k = 0; k < count; k++)
            {
                solution[k] += length * direction[k];
                b[k] -= length * (image[k] + drift[k] * direction[k]);
                largest = Math.Max(largest, Math.Abs(b[k]));
            }

            ConjugateSteps++;
            _recent += (double)count * count;
        }

        Buffer.MemoryCopy(solution, b, (long)count * sizeof(double), (long)count * sizeof(double));
    }

    private double* Vectors(nint count) => _vectors.Require(Math.Max(count, 1));
}
