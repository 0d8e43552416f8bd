using ElasticNet.Fast.Datafits;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Inference;

/// <summary>Coefficients without a penalty to their last digits, and what tests are made of: the scores of rows and the information.</summary>
internal sealed class UnpenalizedFit
{
    private const int MostSteps = 20;

    private UnpenalizedFit(double intercept, double[] coefficients, double[] scores, WeightedColumns information) =>
        (Intercept, Coefficients, Scores, Information) = (intercept, coefficients, scores, information);

    public double Intercept { get; }

    public double[] Coefficients { get; }

    /// <summary>Minus the derivative of half the deviance by η, times the weight, of each row; of squared error w times the residual.</summary>
    public double[] Scores { get; }

    /// <summary>Expected, as R's <c>glm</c> has it; of squared error XᵀWX.</summary>
    public WeightedColumns Information { get; }

    /// <summary>Half the deviance.</summary>
    public double HalfDeviance { get; private init; }

    /// <summary>Pearson's χ²: Σw(y − μ)²/V(μ).</summary>
    public double PearsonSquare { get; private init; }

    /// <summary>
    /// Squared error: factors of the columns, and then the residuals and gradients of what they give, in twice the digits, until these
    /// move nothing more.
    /// </summary>
    public static UnpenalizedFit Squares(double[][] columns, double[] y, double[] weights, WeightedColumns factors, CancellationToken cancellationToken)
    {
        int p = columns.Length;
        DoubleDouble[] beta = new DoubleDouble[p];
        DoubleDouble constant = 0;
        double[] residuals = new double[y.Length], gradient = new double[p];
        double last = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DoubleDouble ofIntercept = 0;
            DoubleDouble[] products = new DoubleDouble[p];
            for (int i = 0; i < y.Length; i++)
            {
                DoubleDouble residual = (DoubleDouble)y[i] - constant;
                for (int k = 0; k < p; k++)
                    residual -= beta[k] * columns[k][i];
                residuals[i] = residual.High;
                DoubleDouble score = residual * weights[i];
                ofIntercept += score;
                for (int k = 0; k < p; k++)
                    products[k] += score * DoubleDouble.Sum(columns[k][i], -factors.Means[k]);
            }

            for (int k = 0; k < p; k++)
                gradient[k] = products[k].High;
            (double change, double[] changes, double moved) = factors.Solve(ofIntercept.High, gradient);
            if (step == MostSteps || !(moved < 0.25 * last) || moved == 0)
                break;
            last = moved;
            constant += change;
            for (int k = 0; k < p; k++)
                beta[k] += changes[k];
        }

        double square = 0;
        double[] scores = new double[y.Length];
        for (int i = 0; i < y.Length; i++)
        {
            scores[i] = weights[i] * residuals[i];
            square += scores[i] * residuals[i];
        }

        return new(constant.High, Array.ConvertAll(beta, value => value.High), scores, factors) { HalfDeviance = 0.5 * square, PearsonSquare = square };
    }

    /// <summary>A family's loss: the solver's own minimum, and Newton steps by factors of the columns for the last digits.</summary>
    /// <param name="loss">Of the family.</param>
    /// <param name="columns">As they are.</param>
    /// <param name="sample">The rows.</param>
    /// <param name="start">The solver's intercept and coefficients.</param>
    public static UnpenalizedFit Curved(RowLoss loss, double[][] columns, UnpenalizedSample sample, (double Intercept, double[] Coefficients) start)
    {
        int n = sample.Rows, p = columns.Length;
        bool intercept = sample.Options.Intercept;
        (double constant, double[] beta) = start;
        double[] eta = new double[n], half = new double[n], slope = new double[n], curvature = new double[n], gradient = new double[p];
        double last = double.PositiveInfinity;
        for (int step = 0; ; step++)
        {
            sample.Options.CancellationToken.ThrowIfCancellationRequested();
            sample.Offset.CopyTo(eta, 0);
            for (int i = 0; i < n; i++)
                eta[i] += constant;
            for (int k = 0; k < p; k++)
                Vectors.Add(beta[k], columns[k], eta);
            loss.Evaluate(sample.Y, eta, half, slope, curvature);
            double ofIntercept = 0;
            for (int i = 0; i < n; i++)
            {
                slope[i] *= -sample.Weights[i];
                curvature[i] *= sample.Weights[i];
                ofIntercept += slope[i];
            }

            WeightedColumns information = WeightedColumns.TryOf(columns, curvature, intercept, out _) ?? throw Flat();
            for (int k = 0; k < p; k++)
            {
                gradient[k] = 0;
                for (int i = 0; i < n; i++)
                    gradient[k] += slope[i] * (columns[k][i] - information.Means[k]);
            }

            (double change, double[] changes, double moved) = information.Solve(ofIntercept, gradient);
            if (step == MostSteps || !(moved < 0.25 * last) || moved == 0)
                break;
            last = moved;
            constant += change;
            for (int k = 0; k < p; k++)
                beta[k] += changes[k];
        }

        // ℓ is linear in y, so that at y = μ its curvature is the expected one; and (y − μ)²/V(μ) is the squared score of a row over that.
        double[] means = new double[n], expected = new double[n], none = new double[n], zero = new double[n];
        sample.Options.Family.Link.Inverse(eta, means);
        loss.Evaluate(means, eta, none, zero, expected);
        double deviance = 0, pearson = 0;
        for (int i = 0; i < n; i++)
        {
            deviance += sample.Weights[i] * half[i];
            expected[i] *= sample.Weights[i];
            pearson += slope[i] == 0 ? 0 : slope[i] * slope[i] / expected[i];
        }

        return new(constant, beta, slope, WeightedColumns.TryOf(columns, expected, intercept, out _) ?? throw Flat()) { HalfDeviance = deviance, PearsonSquare = pearson };

        static InvalidOperationException Flat() =>
            new("The loss is flat in some direction at its minimum: the fitted means lie at the edge of their range, and standard errors are infinite. Penalise (λ > 0), or leave features out.");
    }

    /// <summary>The solver's unpenalised minimum; it refuses rows that features separate.</summary>
    public static (double Intercept, double[] Coefficients) Solve(UnpenalizedSample sample, int[] chosen)
    {
        double[] coefficients = new double[chosen.Length];
        ElasticNetOptions options = sample.Options with
        {
            FeatureNames = [.. chosen.Select(j => sample.Names[j])],
            PenaltyFactors = default,
            PenaltyScales = default,
            ExcludedFeatures = default,
            FeatureGroups = default,
        };
        if (chosen.Length == 0)
            return (RowLoss.Of(options.Family)!.NullIntercept(sample.Y, sample.Weights, sample.Offset, options.Intercept), []);

        int n = sample.Rows;
        double[] x = chosen.Length == sample.Names.Length ? sample.X : [.. chosen.SelectMany(j => sample.X[(j * n)..((j + 1) * n)])];
        using PathMemory memory = new();
        ElasticNetFit fit = PathEngine.Fit(MatrixView.ColumnMajor<double>(x, n, chosen.Length), sample.Y, 0, 1, options, memory, coefficients);
        return (fit.Intercept, coefficients);
    }
}
