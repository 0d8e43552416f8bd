using ElasticNet.Fast.Kernels;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Solvers;

namespace ElasticNet.Fast.Inference;

// Every feature, selected or not, also with p > n.
public sealed unsafe partial class ElasticNetInference
{
    /// <summary>More columns than this and the Gram matrix of all is out of reach.</summary>
    private const int MostNodes = 8192;

    /// <summary>
    /// The debiased elastic net: b̂ⱼ = β̂ⱼ + zⱼᵀ(y − Xβ̂)/zⱼᵀxⱼ with z the residual of column j regressed on all others by a lasso, se =
    /// σ̂‖zⱼ‖/|zⱼᵀxⱼ|. Tests every feature, selected or not. What depends on other features is not determined, and says so; what nearly does
    /// gets a direction of its own: that of least squares where there are rows for it, else one by a smaller node λ. Zhang and Zhang 2014; van de Geer, Bühlmann, Ritov and Dezeure 2014.
    /// Binomial and Poisson models are taken as linear near the fit: columns are weighted by √h, h the curvature of a row's loss, weights as given, and σ̂ is 1.
    /// </summary>
    /// <param name="options">Level, adjustment, λ and ρ of β̂ (cross-validated if null), σ, node λ and seed; null means the defaults.</param>
    /// <exception cref="InvalidOperationException">More than 8192 features, fewer rows than folds, or nothing left to estimate the noise from.</exception>
    /// <exception cref="NotSupportedException">A family other than Gaussian, binomial and Poisson.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public InferenceResult Debiased(InferenceOptions? options = null)
    {
        InferenceOptions inference = (options ?? InferenceOptions.Default).Check();
        if (IsCurved && !_options.Family.HasClasses && _options.Family != Family.Poisson)
            RefuseFamily("The debiased fit", "its variance is known only in part; the bootstrap and multi-splitting take it");
        int n = _sample.Rows, p = _sample.Columns;
        if (p > MostNodes)
            throw new InvalidOperationException(Throw.Invariant($"The debiased fit keeps a matrix of all pairs of features, for {MostNodes} at most, but there are {p}; multi-splitting has no such limit."));
        (double[] coefficients, double[] residuals, double lambda, double deviation, double freedom) = PenalizedFit(inference, out InferenceSample sample);
        double nodeLambda = inference.NodeLambda ?? 0.125 * Math.Sqrt(Math.Log(Math.Max(p, 2)) / n);
        double critical = -NormalDistribution.Quantile(0.5 * (1 - inference.Level));
        CoefficientInference[] rows = new CoefficientInference[p];
        using NodewiseRegressions nodes = new(sample);
        NodeDirections directions = new(sample, nodes, Copies, nodeLambda);
        ProgressCounter? progress = ProgressCounter.For(_options, p);
        int degree = WorkCrew.Threads(_options.MaxDegreeOfParallelism);
        // Columns in runs, so that a thread's solver serves many.
        int runs = Math.Min(p, 8 * degree);
        ParallelWork.Run(runs, degree, run =>
        {
            using ExactSolver solver = new();
            using RestrictedProblem problem = new();
            double[] z = new double[n];
            for (int j = run; j < p; j += runs)
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
                rows[j] = nodes.Norms[j] > 0
                    ? Node(j, solver, problem, z)
                    : Undetermined(j, Dependence.Group([_sample.Names[j]], _options.Intercept)) with { Estimate = 0 };
                progress?.Advance();
            }
        });

        return new(
            "debiased elastic net, nodewise lasso (Zhang and Zhang 2014; van de Geer et al. 2014)",
            (IsCurved
                ? $"a {_options.Family.Title} model with few true coefficients beside n/log p and few partial correlations among the weighted features, independent rows of the family's variance, each weight so many rows"
                : "a linear model with few true coefficients beside n/log p and few partial correlations among the features, independent noise of equal variance")
            + "; n large (the intervals are asymptotic). Of a constant feature nothing can be said" + _prepared,
            inference.Level, inference.Adjustment, rows)
        {
            NoiseDeviation = IsCurved ? double.NaN : deviation,
            ResidualDegreesOfFreedom = IsCurved ? double.NaN : freedom,
            Lambda = lambda,
            Seed = inference.Lambda is null ? inference.Seed : null,
        };

        CoefficientInference Node(int j, ExactSolver solver, RestrictedProblem problem, double[] z)
        {
            if (!directions.TryFind(j, solver, problem, z, out string? note))
                return Undetermined(j, note!);
            double own, rest, norm;
            fixed (double* left = z, r = residuals)
            {
                own = Kernel.Dot(left, nodes.Column(j), n) * nodes.Norms[j];
                rest = Kernel.Dot(left, r, n);
                norm = Math.Sqrt(Kernel.Dot(left, left, n));
            }

            int[] copies = Copies.Of(j);
            double penalized = coefficients[j];
            foreach (int copy in copies)
                penalized += copy == j ? 0 : coefficients[copy] * Copies.Factor(copy) / Copies.Factor(j);
            double estimate = penalized + rest / own, error = deviation * norm / Math.Abs(own);
            CoefficientInference found = new()
            {
                Feature = j,
                Name = _sample.Names[j],
                Estimate = estimate,
                StandardError = error,
                Lower = estimate - critical * error,
                Upper = estimate + critical * error,
                PValue = 2 * NormalDistribution.Survival(Math.Abs(estimate / error)),
                Note = note,
            };
            return copies.Length == 1 ? found : Undetermined(j, Dependence.Copies(NamesOf(copies), _options.Intercept, found, inference.Level));
        }
    }
}
