namespace ElasticNet.Fast.Tests;

/// <summary>
/// How far a solution is from the optimum, by the definition of the problem and by plain loops that share nothing with
/// the library. With a dual point θ (Σwθ = 0 where there is an intercept) and tⱼ = Σ wᵢxᵢⱼθᵢ,
/// <code>gap = ½ Σ w (r − θ)²  +  Σⱼ [ penⱼ(βⱼ) + penⱼ*(tⱼ) − tⱼβⱼ ]</code>
/// which is primal minus dual objective written so that nothing cancels; penⱼ* is the conjugate over the bounds of j.
/// </summary>
internal readonly record struct Optimality
{
    /// <summary>The objective.</summary>
    public double Objective { get; init; }

    /// <summary>½ null deviance, weights summing to 1; for other losses the null model's above that of fitted values that equal y.</summary>
    public double NullLoss { get; init; }

    /// <summary>Duality gap / <see cref="NullLoss"/>; 0 where that is 0.</summary>
    public double RelativeGap { get; init; }

    /// <summary>
    /// Largest distance of a gradient to the subdifferential, over all columns and the intercept, in units of
    /// ‖xⱼ‖‖y‖: as an angle, whatever the scale of the column. Infinite for a coefficient outside its bounds.
    /// </summary>
    public double KktResidual { get; init; }

    public static Optimality Of(
        double[,] x, double[] y, ElasticNetOptions options, double lambda, double l1Ratio, double intercept, ReadOnlySpan<double> coefficients)
    {
        if (options.Family != Family.Gaussian)
            return Families.FamilyOptimality.Of(x, y, options, lambda, l1Ratio, intercept, coefficients);
        ScaledProblem problem = new(x, y, options, lambda, l1Ratio);
        double[] beta = new double[coefficients.Length];
        for (int j = 0; j < beta.Length; j++)
            beta[j] = Math.ScaleB(coefficients[j], problem.Exponent[j]);
        return Of(problem, intercept, beta);
    }

    private static Optimality Of(ScaledProblem problem, double intercept, double[] beta)
    {
        double[] residual = Residual(problem, intercept, beta);
        double nullLoss = problem.NullNorm * problem.NullNorm / 2;
        CompensatedSum objective = default;
        objective.Add(problem.Dot(residual, residual) / 2);
        double kkt = problem.Intercept ? Math.Abs(problem.Sum(residual)) : Math.Abs(intercept);
        kkt = Ratio(kkt, problem.NullNorm);
        // The intercept's own condition has just been looked at; the columns' are those of centred columns, which do not
        // multiply its rounding by the mean of a column.
        double[] centered = problem.Intercept ? problem.Centered(residual) : residual;
        for (int j = 0; j < beta.Length; j++)
        {
            if (problem.Held[j] ? beta[j] != 0 : beta[j] < problem.Lower[j] || beta[j] > problem.Upper[j])
                kkt = double.PositiveInfinity;
            if (problem.Held[j])
                continue;
            objective.Add(problem.L1[j] * Math.Abs(beta[j]) + problem.L2[j] * beta[j] * beta[j] / 2);
            double distance = Distance(problem, j, beta[j], problem.Dot(problem.Columns[j], centered));
            kkt = Math.Max(kkt, Ratio(distance, problem.Norm[j] * problem.NullNorm));
        }

        return new Optimality
        {
            Objective = objective.Value,
            NullLoss = nullLoss,
            KktResidual = kkt,
            RelativeGap = Ratio(DualityGap.Of(problem, residual, beta), nullLoss),
        };
    }

    private static double Ratio(double value, double unit) => value == 0 || unit == 0 ? 0 : value / unit;

    private static double[] Residual(ScaledProblem problem, double intercept, double[] beta)
    {
        double[] residual = new double[problem.Target.Length];
        for (int i = 0; i < residual.Length; i++)
        {
            CompensatedSum sum = default;
            sum.Add(problem.Target[i]);
            sum.Add(-intercept);
            for (int j = 0; j < beta.Length; j++)
                sum.AddProduct(-problem.Columns[j][i], beta[j]);
            residual[i] = sum.Value;
        }

        return residual;
    }

    /// <summary>Distance of <paramref name="gradient"/> to the subdifferential of the penalty of column j, bounds included, at <paramref name="b"/>.</summary>
    internal static double Distance(ScaledProblem problem, int j, double b, double gradient)
    {
        double least = b > 0 ? problem.L1[j] : -problem.L1[j];
        double most = b < 0 ? -problem.L1[j] : problem.L1[j];
        double ridge = problem.L2[j] * b;
        if (b <= problem.Lower[j])
            least = double.NegativeInfinity;
        if (b >= problem.Upper[j])
            most = double.PositiveInfinity;
        return Math.Max(0, Math.Max(least + ridge - gradient, gradient - (most + ridge)));
    }
}
