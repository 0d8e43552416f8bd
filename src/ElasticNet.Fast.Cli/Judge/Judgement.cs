using ElasticNet.Fast.Cli.Verify;

namespace ElasticNet.Fast.Cli.Judge;

/// <summary>Somebody's coefficients under their own objective: how far they are from its minimum, and what would explain that.</summary>
internal sealed record Judgement
{
    /// <summary>Up to this relative gap coefficients count as a solution: what default tolerances leave is more.</summary>
    public const double Solved = 1e-9;

    /// <summary>What a confusion must leave of the gap to explain it.</summary>
    private const double Remains = 1e-2;

    /// <summary>And at most so much.</summary>
    private const double MostLeft = 1e-4;

    /// <summary>Under the objective as stated.</summary>
    public required PlainVerdict Verdict { get; init; }

    /// <summary>The confusions under which the coefficients are a solution, the best first, with the relative gap that is left.</summary>
    public required (string Name, double RelativeGap)[] Explanations { get; init; }

    /// <summary>Judges.</summary>
    /// <param name="coefficients">The coefficients.</param>
    /// <param name="objective">Whose objective.</param>
    /// <param name="columns">A column for each coefficient, in rows of positive weight.</param>
    /// <param name="y">The target.</param>
    /// <param name="weights">Weights, or null.</param>
    /// <param name="offset">The offset, or null.</param>
    public static Judgement Of(ForeignCoefficients coefficients, ForeignObjective objective, double[][] columns, double[] y, double[]? weights, double[]? offset)
    {
        int n = y.Length;
        double[] equal = [.. y.Select(_ => 1.0)];
        bool intercept = coefficients.Intercept is not null;
        PlainLoss? loss = coefficients.Family == Family.Gaussian ? null : PlainLoss.Of(coefficients.Family);
        PlainProof weighted = new(columns, y, offset, weights ?? equal, intercept, loss), unweighted = weights is null ? weighted : new(columns, y, offset, equal, intercept, loss);
        Reading stated = new()
        {
            Lambda = coefficients.IsInverse ? coefficients.Lambda / (weights?.Sum() ?? n) : coefficients.Lambda,
            L1Ratio = coefficients.L1Ratio,
            Standardize = coefficients.Standardize,
            DividesRidge = objective == ForeignObjective.Glmnet && loss is null,
            // glmnet makes them sum to the number of features.
            Factors = coefficients.Factors is { } factors ? [.. factors.Select(factor => factor * factors.Length / factors.Sum())] : null,
        };
        PlainVerdict verdict = Judge(stated);
        if (verdict.RelativeGap <= Solved)
            return new() { Verdict = verdict, Explanations = [] };
        var confusions = Confusions.Of(stated, objective, coefficients, n, weights?.Sum());
        List<(string Name, double RelativeGap)> found = [.. confusions.Select(one => (one.Name, Judge(one.Change(stated)).RelativeGap)).Where(IsExplanation)];
        // Two at once only where no single one explains.
        for (int k = 0; found.Count == 0 && k < confusions.Length; k++)
        {
            for (int l = k + 1; l < confusions.Length; l++)
            {
                double gap = Judge(confusions[l].Change(confusions[k].Change(stated))).RelativeGap;
                if (IsExplanation(("", gap)))
                    found.Add(($"{confusions[k].Name}; and {confusions[l].Name}", gap));
            }
        }

        return new() { Verdict = verdict, Explanations = [.. found.OrderBy(one => one.RelativeGap)] };

        bool IsExplanation((string Name, double RelativeGap) one) => one.RelativeGap <= Math.Min(Remains * verdict.RelativeGap, MostLeft);

        PlainVerdict Judge(Reading reading)
        {
            PlainProof proof = reading.IsWeighted ? weighted : unweighted;
            double[] beta = coefficients.Values;
            double b = coefficients.Intercept ?? 0;
            if (reading.HasStandardizedCoefficients)
            {
                // Such an intercept is the mean of y, which belongs to centred columns.
                beta = [.. beta.Select((value, j) => proof.IsConstant[j] ? 0 : value / proof.Deviation[j])];
                for (int j = 0; intercept && j < beta.Length; j++)
                    b -= proof.Mean[j] * beta[j];
            }

            if (reading.IsTurned)
                (beta, b) = (Array.ConvertAll(beta, value => -value), -b);
            double sdY = proof.TargetDeviation * reading.TargetScaleFactor;
            return proof.Judge(beta, b, new(reading.Lambda, reading.L1Ratio)
            {
                RidgeFactor = reading.RidgeFactor / (reading.DividesRidge && sdY > 0 ? sdY : 1),
                Scales = reading.Standardize ? [.. proof.Deviation.Select(deviation => deviation * reading.ScaleFactor)] : null,
                Standardize = reading.Standardize,
                Factors = reading.Factors,
            }, Solved / 1000);
        }
    }
}
