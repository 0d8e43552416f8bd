using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.Compare.Solvers;

/// <summary>
/// The judge of other losses ℓ than least squares, and of sparse columns; plain code in double again. For one λ, with
/// l₁ = λρ, l₂ = λ(1−ρ), η = b + Xβ, θ = −ℓ′(y, η + δ), where δ makes Σθ = 0 if there is an intercept, and g = Xᵀθ/n:
/// <code>
/// P   = Σ ℓ(y, η)/n + l₁‖β‖₁ + l₂‖β‖²/2
/// D   = −Σ ℓ*(y, −cθ)/n,   c = min(1, l₁ / max|gⱼ|);   where l₂ > 0: c = 1 and less Σ (|gⱼ| − l₁)₊² / 2l₂
/// gap = (P − D) / (half the mean deviance of the model without features)
/// ℓ   = log(1 + e^η) − yη,  e^η − yη,       (y − η)²/2
/// −ℓ* = H(u),               u − u log u,    (y² − u²)/2,     u = y − cθ,  H the entropy of a probability
/// </code>
/// </summary>
internal static class LossGapCheck
{
    /// <summary>The largest relative gap over the λ of a task; +∞ where a number is not finite.</summary>
    public static double LargestRelativeGap(SolveTask task, Solution solution)
    {
        double largest = 0;
        for (int k = 0; k < task.Lambdas.Length; k++)
        {
            ReadOnlySpan<double> beta = solution.Coefficients.AsSpan(k * task.Problem.Columns, task.Problem.Columns);
            double gap = RelativeGap(task.Problem, task.Lambdas[k], task.L1Ratio, solution.Intercepts[k], beta);
            largest = double.IsFinite(gap) ? Math.Max(largest, gap) : double.PositiveInfinity;
        }
        return largest;
    }

    /// <summary>The gap of one solution, in units of the null model's loss.</summary>
    /// <param name="problem">X, y, the loss.</param>
    /// <param name="lambda">λ.</param>
    /// <param name="l1Ratio">ρ.</param>
    /// <param name="intercept">b.</param>
    /// <param name="beta">β.</param>
    public static double RelativeGap(Problem problem, double lambda, double l1Ratio, double intercept, ReadOnlySpan<double> beta)
    {
        double[] y = problem.Y, eta = new double[y.Length];
        (double l1, double l2) = (lambda * l1Ratio, lambda * (1 - l1Ratio));
        Array.Fill(eta, intercept);
        double primal = 0;
        for (int j = 0; j < beta.Length; j++)
        {
            if (beta[j] == 0)
                continue;
            problem.Add(j, beta[j], eta);
            primal += l1 * Math.Abs(beta[j]) + 0.5 * l2 * beta[j] * beta[j];
        }
        for (int i = 0; i < y.Length; i++)
            primal += Loss(problem.Family, y[i], eta[i]) / y.Length;

        double[] theta = Residuals(problem, eta);
        double steepest = 0, excess = 0;
        for (int j = 0; j < beta.Length; j++)
        {
            double gradient = Math.Abs(problem.Dot(j, theta)) / y.Length;
            steepest = Math.Max(steepest, gradient);
            excess += gradient > l1 ? (gradient - l1) * (gradient - l1) : 0;
        }
        double c = l2 > 0 || steepest <= l1 ? 1 : l1 / steepest;
        double dual = l2 > 0 ? -excess / (2 * l2) : 0, unit = 0, mean = problem.Intercept ? y.Average() : double.NaN;
        for (int i = 0; i < y.Length; i++)
        {
            dual += MinusConjugate(problem.Family, y[i], y[i] - c * theta[i]) / y.Length;
            // What the loss of a saturated model is: the conjugate at θ = 0.
            double none = problem.Intercept ? NullLoss(problem.Family, y[i], mean) : Loss(problem.Family, y[i], 0);
            unit += (none - MinusConjugate(problem.Family, y[i], y[i])) / y.Length;
        }
        return (primal - dual) / unit;
    }

    /// <summary>θ = y − μ, with the intercept solved anew by Newton's method where there is one.</summary>
    private static double[] Residuals(Problem problem, double[] eta)
    {
        double[] theta = new double[eta.Length];
        double shift = 0;
        for (int round = 0; round < 100; round++)
        {
            double sum = 0, curvature = 0;
            for (int i = 0; i < theta.Length; i++)
            {
                double mean = Mean(problem.Family, eta[i] + shift);
                theta[i] = problem.Y[i] - mean;
                sum += theta[i];
                curvature += problem.Family == Family.Binomial ? mean * (1 - mean) : problem.Family == Family.Poisson ? mean : 1;
            }
            double step = Math.Clamp(sum / curvature, -1, 1);
            if (!problem.Intercept || !(Math.Abs(step) > 1e-16 * Math.Max(1, Math.Abs(shift))))
                break;
            shift += step;
        }
        return theta;
    }

    private static double Mean(Family family, double eta) =>
        family == Family.Binomial ? 1 / (1 + Math.Exp(-eta)) : family == Family.Poisson ? Math.Exp(eta) : eta;

    private static double Loss(Family family, double y, double eta) =>
        family == Family.Binomial ? Math.Max(eta, 0) + Math.Log(1 + Math.Exp(-Math.Abs(eta))) - y * eta
        : family == Family.Poisson ? Math.Exp(eta) - y * eta
        : 0.5 * (y - eta) * (y - eta);

    private static double NullLoss(Family family, double y, double mean) =>
        Loss(family, y, family == Family.Binomial ? Math.Log(mean / (1 - mean)) : family == Family.Poisson ? Math.Log(mean) : mean);

    private static double MinusConjugate(Family family, double y, double u) =>
        family == Family.Binomial ? -Entropic(u) - Entropic(1 - u) : family == Family.Poisson ? u - Entropic(u) : 0.5 * (y * y - u * u);

    private static double Entropic(double u) => u == 0 ? 0 : u * Math.Log(u);
}
