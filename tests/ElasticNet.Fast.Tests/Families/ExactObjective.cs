namespace ElasticNet.Fast.Tests.Families;

/// <summary>The objective of a solution to 28 digits, in decimal arithmetic: what a reported gap of 1e-16 must still cover.</summary>
internal static class ExactObjective
{
    /// <summary>Those whose loss needs no more than exp and log(1 + t).</summary>
    public static readonly Family[] Families = [Family.Binomial, Family.Poisson, Family.Gamma];

    private const decimal Ln2 = 0.6931471805599453094172321215m;

    public static decimal Of(Solution solution)
    {
        Problem problem = solution.Problem;
        FamilyProblem family = new(problem.X, problem.Y, problem.Options, solution.Fit.Lambda, solution.Fit.L1Ratio);
        ScaledProblem columns = family.Columns;
        decimal[] beta = [.. solution.Coefficients.Select((value, j) => Exactly(Math.ScaleB(value, columns.Exponent[j])))];
        decimal objective = 0, weight = 0;
        for (int i = 0; i < family.Rows; i++)
        {
            decimal eta = Exactly(solution.Fit.Intercept) + Exactly(family.Offset[i]);
            for (int j = 0; j < beta.Length; j++)
            {
                if (beta[j] != 0)
                    eta += beta[j] * Exactly(columns.Columns[j][i]);
            }

            decimal w = Exactly(columns.Weights[i]);
            weight += w;
            objective += w * Loss(problem.Options.Family, Exactly(family.Response[i]), eta);
        }

        // Weights sum to 1 but for rounding, which would shift one objective against another.
        objective /= weight;
        for (int j = 0; j < beta.Length; j++)
            objective += Exactly(columns.L1[j]) * Math.Abs(beta[j]) + Exactly(columns.L2[j]) * beta[j] * beta[j] / 2;
        return objective;
    }

    /// <summary>A double as it is; the conversion of the language rounds to 15 digits.</summary>
    public static decimal Exactly(double value)
    {
        if (value == 0)
            return 0;
        int exponent = Math.ILogB(value) - 52;
        decimal result = (long)Math.ScaleB(value, -exponent);
        for (; exponent > 0; exponent--)
            result *= 2;
        for (; exponent < 0; exponent++)
            result /= 2;
        return result;
    }

    private static decimal Loss(Family family, decimal y, decimal eta) =>
        family == Family.Binomial ? Math.Max(eta, 0) + LogOnePlus(Exp(-Math.Abs(eta))) - y * eta
        : family == Family.Poisson ? Exp(eta) - y * eta
        : y * Exp(-eta) + eta;

    private static decimal Exp(decimal x)
    {
        if (x < -64)
            return 0;
        int halvings = (int)decimal.Round(x / Ln2);
        decimal rest = x - halvings * Ln2, term = 1, sum = 1;
        for (int k = 1; k < 28; k++)
            sum += term *= rest / k;
        for (; halvings > 0; halvings--)
            sum *= 2;
        for (; halvings < 0; halvings++)
            sum /= 2;
        return sum;
    }

    /// <summary>log(1 + t), 0 ≤ t ≤ 1.</summary>
    private static decimal LogOnePlus(decimal t)
    {
        decimal z = t / (2 + t), square = z * z, sum = 0;
        for (int k = 57; k > 0; k -= 2)
            sum = 1m / k + square * sum;
        return 2 * z * sum;
    }
}
