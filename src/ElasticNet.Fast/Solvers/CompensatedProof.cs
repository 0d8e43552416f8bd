using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Solvers;

/// <summary>
/// The proof of a <see cref="CompensatedProblem"/>'s solution at its coefficients rounded to doubles, as <see cref="Certificate"/> derives
/// it, but with every quantity computed instead of bounded: what is left of the optimality conditions of the support, d, costs
/// ½dᵀ(G_SS + l2)⁻¹d, and θ = r − Z_S(G_SS + l2)⁻¹d keeps these conditions, so that only columns outside remain to be looked at.
/// </summary>
internal sealed unsafe class CompensatedProof : IDisposable
{
    /// <summary>
    /// A column that is a combination of others to the last of 31 digits, and whose gradient is as little off, may still not be one in
    /// exact arithmetic; using that takes coefficients beyond this, which are left out of account.
    /// </summary>
    private const double LargestCoefficient = 1e16;

    /// <summary>Steps towards the conditions of the support at most, each of which should leave a small share,</summary>
    private const int MostSteps = 20;

    /// <summary>until no more than this share is left.</summary>
    private const double Settled = 1e-4;

    /// <summary>A share of l1 that c may as well take care of.</summary>
    private const double NextToNothing = 1e-17;

    /// <summary>The rounding of double-double arithmetic.</summary>
    private const double Unit = 1.3e-32;

    /// <summary>Penalty scales and weights are doubles: what a few units of their rounding do to the objective, at a point and at its minimum.</summary>
    private const double ScaleRounding = 16 * 2.220446049250313e-16;

    private readonly AlignedBuffer<double> _vectors = new();
    private readonly DependentColumns _dependent = new();
    private readonly List<int> _others = [];
    private readonly HashSet<int> _settled = [];
    private nint _stride;

    /// <summary>The coefficients as they will be returned, in the problem's units.</summary>
    public DoubleDoubles Rounded => Vector(0);

    /// <summary>Gap, and the largest violation of the optimality conditions in the units of λ over 2 to the problem's exponent.</summary>
    public Certificate Certificate { get; private set; }

    /// <summary>Twice the loss at these coefficients.</summary>
    public double ResidualSquare { get; private set; }

    /// <summary>Makes room for the coefficients of all members.</summary>
    public void Start(CompensatedProblem problem)
    {
        _stride = (problem.Count + 8) & ~7;
        _vectors.Require(8 * _stride);
    }

    /// <summary>
    /// The residual at the rounded coefficients, and from it the dual point: left in <see cref="CompensatedProblem.Residual"/>, for the
    /// columns that are no members.
    /// </summary>
    /// <param name="problem">The data.</param>
    /// <param name="solver">The support.</param>
    /// <param name="interceptError">What rounding the intercept adds to η.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Complete(CompensatedProblem problem, CompensatedSolver solver, double interceptError, CancellationToken cancellationToken)
    {
        problem.FillResidual(Rounded);
        DoubleDoubles residual = problem.Residual, step = Vector(1), products = Vector(2);
        ResidualSquare = DoubleDoubles.Dot(residual, residual, problem.Rows).High + interceptError * interceptError;
        double violation = 0, quadratic = 0;
        for (int k = 0; k < solver.Free.Count; k++)
        {
            products[k] = Left(problem, solver, k, default);
            step[k] = 0;
            violation = Math.Max(violation, Math.Abs(products[k].High) / problem[solver.Free[k]].Scale);
        }

        for (int round = 0; Settle(problem, solver, step, products) is var change && Math.Abs(change) > Settled * Math.Abs(quadratic); round++)
        {
            // Where columns depend on each other nearly as much as the rank rule admits, a step is right to a few digits only.
            cancellationToken.ThrowIfCancellationRequested();
            quadratic = round < MostSteps ? quadratic + change : double.PositiveInfinity;
            if (round == MostSteps)
                break;
        }

        quadratic = Math.Max(quadratic, 0);
        quadratic = WithNoise(problem, solver, step, quadratic);
        _dependent.Start(problem, solver);
        _settled.Clear();
        // Where the point moves for one column, it may move beyond the l1 of another.
        while (FindDependent(problem, solver))
            quadratic += _dependent.Project(problem, solver, _others, cancellationToken);

        double rest = RestOfGap(problem, solver, ref violation, out double penalty);
        double objective = 0.5 * ResidualSquare + penalty;
        double gap = quadratic + Math.Max(rest, 0) + 0.5 * interceptError * interceptError + ScaleRounding * objective;
        Certificate = new(Math.Min(gap, objective), violation); // the objective is never below 0
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _dependent.Dispose();
    }

    private DoubleDoubles Vector(int index) => new(_vectors.Pointer + 2 * index * _stride, _vectors.Pointer + (2 * index + 1) * _stride);

    /// <summary>What is left of the condition of the k-th member of the support at the dual point, which belongs to coefficients that have moved by a step.</summary>
    private DoubleDouble Left(CompensatedProblem problem, CompensatedSolver solver, int k, DoubleDouble step)
    {
        int i = solver.Free[k];
        CompensatedMember member = problem[i];
        return DoubleDoubles.Dot(problem.Column(i), problem.Residual, problem.Rows) - member.L1 * solver.Signs[k] - (Rounded[i] + step) * member.L2;
    }

    /// <summary>Moves the dual point towards one that meets the conditions of the support; returns what that adds to ½dᵀ·step.</summary>
    private double Settle(CompensatedProblem problem, CompensatedSolver solver, DoubleDoubles step, DoubleDoubles products)
    {
        DoubleDoubles change = Vector(3);
        for (int k = 0; k < solver.Free.Count; k++)
            change[k] = Left(problem, solver, k, step[k]);
        solver.Factor.Solve(change);
        for (int k = 0; k < solver.Free.Count; k++)
        {
            step[k] += change[k];
            problem.Residual.Add(-change[k], problem.Column(solver.Free[k]), problem.Rows);
        }

        return 0.5 * DoubleDoubles.Dot(change, products, solver.Free.Count).High;
    }

    /// <summary>
    /// Adds what double-double arithmetic leaves of d, times the norm of (G_SS + l2)⁻¹, of which a step that came from it has the larger part.
    /// </summary>
    private double WithNoise(CompensatedProblem problem, CompensatedSolver solver, DoubleDoubles step, double quadratic)
    {
        double before = DoubleDoubles.Dot(step, step, solver.Free.Count).High;
        if (before == 0)
            return quadratic;
        DoubleDoubles again = Vector(3);
        again.Set(step, solver.Free.Count);
        solver.Factor.Solve(again);
        double root = Math.Sqrt(quadratic) + Noise(problem) * Math.Sqrt(0.5 * Math.Sqrt(DoubleDoubles.Dot(again, again, solver.Free.Count).High / before));
        return root * root;
    }

    /// <summary>The columns outside the support whose gradient is beyond their l1 (0 without a penalty) where no bound keeps them from moving.</summary>
    private bool FindDependent(CompensatedProblem problem, CompensatedSolver solver)
    {
        _others.Clear();
        double noise = Noise(problem);
        for (int i = 0; i < problem.Count; i++)
        {
            CompensatedMember member = problem[i];
            double beta = Rounded.High[i];
            if (solver.IsFree(i) || _settled.Contains(i) || member.L2 > 0 || (beta != 0 && !member.IsUnpenalised))
                continue;
            DoubleDouble product = DoubleDoubles.Dot(problem.Column(i), problem.Residual, problem.Rows);
            double excess = (DoubleDouble.Abs(product) - member.L1).High;
            bool counts = excess > 0 || (excess > -noise && noise > NextToNothing * member.L1);
            if (counts && MayMove(member, beta, product.High))
                _others.Add(i);
        }

        _settled.UnionWith(_others);
        return _others.Count > 0;
    }

    /// <summary>
    /// What members outside the support add at the dual point c·θ. With a ridge term or a bound their conjugate is finite at c = 1; where
    /// it is huge, or there is neither, c &lt; 1 keeps their constraint. Or they are combinations of the support to the last digit, and the
    /// conjugate is that of a coefficient which is not beyond all measure. All are proofs, so that the smallest counts.
    /// </summary>
    private double RestOfGap(CompensatedProblem problem, CompensatedSolver solver, ref double violation, out double penalty)
    {
        double scale = 1, scaleToZero = 1, conjugates = 0, held = 0, limited = 0;
        penalty = 0;
        double noise = Noise(problem);
        for (int i = 0; i < problem.Count; i++)
        {
            CompensatedMember member = problem[i];
            double beta = Rounded.High[i], cost = beta == 0 ? 0 : member.L1 * Math.Abs(beta) + 0.5 * member.L2 * beta * beta;
            penalty += cost;
            DoubleDouble product = DoubleDoubles.Dot(problem.Column(i), problem.Residual, problem.Rows);
            double t = product.High;
            if (solver.IsFree(i))
                continue;
            if (member.IsUnpenalised && MayMove(member, beta, t))
            {
                held += (Math.Abs(t) + noise) * Math.Min(t > 0 ? member.Upper - beta : beta - member.Lower, Room(i, Math.Abs(t), noise));
                continue;
            }

            if (beta != 0)
            {
                // At a bound.
                DoubleDouble slope = product - member.L1 * Math.Sign(beta) - member.L2 * (DoubleDouble)beta;
                double outward = Math.Sign(beta) * slope.High;
                violation = Math.Max(violation, Math.Max(-outward, 0) / member.Scale);
                held += Math.Max(cost + Conjugate(member, t, Math.Abs(t) - member.L1) - t * beta, 0);
                continue;
            }

            if ((t > 0 ? member.Upper : -member.Lower) <= 0)
                continue;
            double excess = (DoubleDouble.Abs(product) - member.L1).High + noise;
            if (excess <= 0)
                continue;
            violation = Math.Max(violation, excess / member.Scale);
            double feasible = member.L1 / (member.L1 + excess) * (1 - 4e-16);
            scaleToZero = Math.Min(scaleToZero, feasible);
            double conjugate = Conjugate(member, t, excess);
            if (double.IsFinite(conjugate))
            {
                conjugates += conjugate;
                continue;
            }

            scale = Math.Min(scale, feasible);
            limited += excess * Room(i, excess, noise);
        }

        DoubleDouble square = DoubleDoubles.Dot(problem.Residual, problem.Residual, problem.Rows);
        double price = (DoubleDoubles.Dot(problem.Residual, problem.Response, problem.Rows) - square).High;
        return held + Math.Min(conjugates + Math.Min(Shrinking(scale), limited), Shrinking(scaleToZero));

        // What the dual objective cθᵀy − ½c²‖θ‖² loses.
        double Shrinking(double c) => 0.5 * (1 - c) * (1 - c) * square.High + (1 - c) * price;
    }

    /// <summary>How far the coefficient of a column may go that seems to be a combination of others; infinitely far where it is not.</summary>
    private double Room(int position, double gradient, double noise) =>
        _dependent.Combinations.Contains(position) && 8 * gradient <= noise ? LargestCoefficient * _dependent.Reach : double.PositiveInfinity;

    /// <summary>What double-double arithmetic leaves of a product that should be 0.</summary>
    private double Noise(CompensatedProblem problem)
    {
        double size = 1;
        for (int i = 0; i < problem.Count; i++)
            size += Math.Abs(Rounded.High[i]);
        return Unit * (2 * Math.Sqrt(problem.Rows) + 32) * size;
    }

    /// <summary>Whether no bound keeps a coefficient from moving the way of its gradient.</summary>
    private static bool MayMove(CompensatedMember member, double beta, double gradient) => gradient > 0 ? beta < member.Upper : beta > member.Lower;

    /// <summary>sup over feasible β of tβ − penalty(β), where |t| exceeds l1 by <paramref name="excess"/>.</summary>
    private static double Conjugate(CompensatedMember member, double t, double excess)
    {
        double bound = t > 0 ? member.Upper : -member.Lower;
        if (excess <= 0)
            return 0;
        if (member.L2 == 0)
            return bound * excess;
        double best = Math.Min(excess / member.L2, bound);
        return double.IsInfinity(best) ? best : best * (excess - 0.5 * member.L2 * best);
    }
}
