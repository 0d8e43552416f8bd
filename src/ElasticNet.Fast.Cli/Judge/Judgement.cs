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
    /// <param name="rows">What they were fitted to.</param>
    public static Judgement Of(ForeignCoefficients coefficients, ForeignObjective objective, JudgedRows rows)
    {
        int n = rows.Count, outputs = coefficients.Outputs;
        bool intercept = coefficients.Intercepts is not null;
        Reading stated = new()
        {
            Lambda = coefficients.IsInverse ? coefficients.Lambda / rows.WeightSum : coefficients.Lambda,
            L1Ratio = coefficients.L1Ratio,
            Standardize = coefficients.Standardize,
            DividesRidge = objective == ForeignObjective.Glmnet && coefficients.Family == Family.Gaussian,
            GroupsOutputs = coefficients.IsGrouped,
            // glmnet makes them sum to the number of features.
            Factors = coefficients.Factors is { } factors ? [.. factors.Select(factor => factor * factors.Length / factors.Sum())] : null,
        };
        PlainVerdict verdict = Judge(stated);
        if (verdict.RelativeGap <= Solved)
            return new() { Verdict = verdict, Explanations = [] };
        var confusions = Confusions.Of(stated, objective, coefficients, rows);
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
            IPlainProof proof = rows.Proof(coefficients.Family, outputs, intercept, reading);
            double[] beta = coefficients.Values, b = [.. coefficients.Intercepts ?? new double[outputs]];
            if (reading.HasStandardizedCoefficients)
            {
                // Such an intercept is the mean of y, which belongs to centred columns.
                beta = [.. beta.Select((value, c) => proof.IsConstant[c / outputs] ? 0 : value / proof.Deviation[c / outputs])];
                double[] means = proof.Mean;
                for (int c = 0; intercept && c < beta.Length; c++)
                    b[c % outputs] -= means[c / outputs] * beta[c];
            }

            if (reading.IsTurned)
                (beta, b) = (Array.ConvertAll(beta, value => -value), Array.ConvertAll(b, value => -value));
            if (reading.HasStandardizedResponses)
            {
                double[] units = rows.Deviations;
                (beta, b) = ([.. beta.Select((value, c) => value / units[c % outputs])], [.. b.Select((value, k) => value / units[k])]);
            }

            double sdY = (proof is PlainProof { TargetDeviation: var deviation } ? deviation : 0) * reading.TargetScaleFactor;
            return proof.Judge(beta, b, new(reading.Lambda, reading.L1Ratio)
            {
                RidgeFactor = reading.RidgeFactor / (reading.DividesRidge && sdY > 0 ? sdY : 1),
                Scales = reading.Standardize ? [.. proof.Deviation.Select(deviation => deviation * reading.ScaleFactor)] : null,
                Standardize = reading.Standardize,
                Factors = reading.Factors,
                GroupsOutputs = reading.GroupsOutputs,
            }, Solved / 1000);
        }
    }
}
