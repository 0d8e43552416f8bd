namespace ElasticNet.Fast.Tests.Families;

/// <summary>
/// <see cref="Optimality"/> for a loss that is not squared error, by plain loops that share nothing with the library. With a dual point u
/// (Σwu = 0 where there is an intercept) and tⱼ = −Σ wᵢxᵢⱼuᵢ,
/// <code>gap = Σ w [ℓ(η) + ℓ*(u) − uη]  +  Σⱼ [ penⱼ(βⱼ) + penⱼ*(tⱼ) − tⱼβⱼ ].</code>
/// u is ℓ′ moved along ℓ″ so that it meets the conditions of the intercept and the unpenalised columns, and shrunk until the others are met.
/// </summary>
internal static class FamilyOptimality
{
    public static Optimality Of(
        double[,] x, double[] y, ElasticNetOptions options, double lambda, double l1Ratio, double intercept, ReadOnlySpan<double> coefficients)
    {
        FamilyProblem problem = new(x, y, options, lambda, l1Ratio);
        ScaledProblem columns = problem.Columns;
        double[] beta = new double[coefficients.Length];
        for (int j = 0; j < beta.Length; j++)
            beta[j] = Math.ScaleB(coefficients[j], columns.Exponent[j]);
        double[] eta = problem.Eta(intercept, beta), residual = problem.ResidualAt(eta);
        CompensatedSum objective = default;
        objective.Add(problem.LossAt(eta));
        double kkt = Ratio(options.Intercept ? Math.Abs(columns.Sum(residual)) : Math.Abs(intercept), problem.NullNorm);
        double[] centered = options.Intercept ? columns.Centered(residual) : residual;
        for (int j = 0; j < beta.Length; j++)
        {
            if (columns.Held[j] ? beta[j] != 0 : beta[j] < columns.Lower[j] || beta[j] > columns.Upper[j])
                kkt = double.PositiveInfinity;
            if (columns.Held[j])
                continue;
            objective.Add(columns.L1[j] * Math.Abs(beta[j]) + columns.L2[j] * beta[j] * beta[j] / 2);
            double distance = Optimality.Distance(columns, j, beta[j], columns.Dot(columns.Columns[j], centered));
            kkt = Math.Max(kkt, Ratio(distance, columns.Norm[j] * problem.NullNorm));
        }

        return new Optimality
        {
            Objective = objective.Value,
            NullLoss = problem.NullLoss,
            KktResidual = kkt,
            RelativeGap = Ratio(Gap(problem, eta, beta), problem.NullLoss),
        };
    }

    private static double Ratio(double value, double unit) => value == 0 || unit == 0 ? 0 : value / unit;

    private static double Gap(FamilyProblem problem, double[] eta, double[] beta)
    {
        ScaledProblem columns = problem.Columns;
        double[] theta = Project(problem, eta, beta);
        double size = Size(problem, eta, beta), scale = 1;
        double[] t = new double[beta.Length];
        for (int j = 0; j < beta.Length; j++)
        {
            if (columns.Held[j])
                continue;
            t[j] = columns.Dot(columns.Columns[j], theta);
            // Without a ridge term and without a bound on that side the conjugate is infinite beyond l1.
            bool open = columns.L2[j] == 0 && double.IsInfinity(t[j] > 0 ? columns.Upper[j] : columns.Lower[j]);
            double allowed = columns.L1[j] + DualityGap.Noise(columns, j, size);
            if (open && Math.Abs(t[j]) > allowed)
                scale = Math.Min(scale, allowed / Math.Abs(t[j]));
        }

        // Rounding puts the dual of a row that is fitted this well beyond the end of its range: a hair less of all of it is a dual point.
        double gap = double.PositiveInfinity;
        foreach (double inwards in new[] { 1, 1 - 1e-13, 1 - 1e-11, 1 - 1e-9 })
        {
            if (double.IsPositiveInfinity(gap))
                gap = GapAt(problem, eta, beta, theta, t, size, scale * inwards);
        }

        return gap;
    }

    private static double GapAt(FamilyProblem problem, double[] eta, double[] beta, double[] theta, double[] t, double size, double scale)
    {
        ScaledProblem columns = problem.Columns;
        CompensatedSum gap = default;
        for (int i = 0; i < eta.Length; i++)
        {
            double slack = problem.Loss.Slack(problem.Response[i], eta[i], -scale * theta[i]);
            if (double.IsPositiveInfinity(slack) && columns.Weights[i] > 0)
                return slack; // no dual point of this loss, and a compensated sum would make NaN of it
            gap.AddProduct(columns.Weights[i], slack);
        }

        for (int j = 0; j < beta.Length; j++)
        {
            double tj = scale * t[j];
            if (!columns.Held[j] && Optimality.Distance(columns, j, beta[j], tj) > DualityGap.Noise(columns, j, size))
                gap.Add(DualityGap.FenchelYoung(columns, j, beta[j], tj));
        }

        return gap.Value;
    }

    /// <summary>What a rounding of every number makes of a residual, in units of the rounding.</summary>
    private static double Size(FamilyProblem problem, double[] eta, double[] beta)
    {
        double[] size = new double[eta.Length];
        for (int i = 0; i < size.Length; i++)
        {
            double terms = Math.Abs(problem.Offset[i]) + Math.Abs(eta[i]);
            for (int j = 0; j < beta.Length; j++)
                terms += Math.Abs(problem.Columns.Columns[j][i] * beta[j]);
            double slope = problem.Loss.Slope(problem.Response[i], eta[i]), curvature = problem.Loss.Curvature(problem.Response[i], eta[i]);
            size[i] = Math.Abs(slope) + curvature * (1 + terms);
        }

        return problem.NullNorm + Math.Sqrt(problem.Columns.Dot(size, size));
    }

    /// <summary>−ℓ′ made orthogonal (twice) to the intercept and to the unpenalised columns that are free to move, along ℓ″ times these.</summary>
    private static double[] Project(FamilyProblem problem, double[] eta, double[] beta)
    {
        ScaledProblem columns = problem.Columns;
        double[] curvature = [.. eta.Select((value, i) => problem.Loss.Curvature(problem.Response[i], value))];
        double[] Curved(double[] vector) => [.. vector.Select((value, i) => value * curvature[i])];
        List<double[]> basis = [];
        void Extend(double[] column)
        {
            double[] direction = [.. column];
            double whole = Math.Sqrt(columns.Dot(Curved(direction), direction));
            for (int round = 0; round < 2; round++)
            {
                foreach (double[] unit in basis)
                    Subtract(direction, columns.Dot(Curved(direction), unit), unit);
            }

            double norm = Math.Sqrt(columns.Dot(Curved(direction), direction));
            if (norm > 1e-12 * whole)
                basis.Add([.. direction.Select(value => value / norm)]);
        }

        if (columns.Intercept)
            Extend([.. eta.Select(_ => 1.0)]);
        for (int j = 0; j < beta.Length; j++)
        {
            if (columns.L1[j] == 0 && columns.L2[j] == 0 && !columns.Held[j] && beta[j] > columns.Lower[j] && beta[j] < columns.Upper[j])
                Extend(columns.Columns[j]);
        }

        double[] theta = problem.ResidualAt(eta);
        for (int round = 0; round < 2; round++)
        {
            foreach (double[] unit in basis)
                Subtract(theta, columns.Dot(theta, unit), Curved(unit));
        }

        return theta;
    }

    private static void Subtract(double[] from, double factor, double[] vector)
    {
        for (int i = 0; i < from.Length; i++)
            from[i] -= factor * vector[i];
    }
}
