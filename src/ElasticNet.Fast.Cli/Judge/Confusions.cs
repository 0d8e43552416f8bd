namespace ElasticNet.Fast.Cli.Judge;

/// <summary>What people usually mistake about an objective, each as a change of the reading that was stated.</summary>
internal static class Confusions
{
    /// <summary>All that make a difference to this reading, by name.</summary>
    /// <param name="stated">The reading that was stated.</param>
    /// <param name="objective">Whose words to use.</param>
    /// <param name="coefficients">What was given.</param>
    /// <param name="rows">What they were fitted to.</param>
    public static (string Name, Func<Reading, Reading> Change)[] Of(Reading stated, ForeignObjective objective, ForeignCoefficients coefficients, JudgedRows rows)
    {
        double n = rows.Count;
        double? weightSum = rows.Weights?.Sum();
        bool squares = coefficients.Family == Family.Gaussian || coefficients.Family == Family.MultiGaussian, hasDeviation = coefficients.Family == Family.Gaussian;
        double[]? givenFactors = coefficients.Factors;
        bool glmnet = objective == ForeignObjective.Glmnet, hasRidge = stated.L1Ratio < 1;
        (string strength, string mixing) = glmnet ? ("lambda", "alpha") : (coefficients.IsInverse ? "C" : "alpha", "l1_ratio");
        List<(string, Func<Reading, Reading>)> all = [.. squares ? OfSquares(n) : OfLoss(coefficients, weightSum ?? n), .. OfOutputs(stated, coefficients), .. OfSurvival(coefficients, rows)];
        all.AddRange(
        [
            (stated.Standardize ? "the columns were not standardised" : "the columns were standardised",
                of => of with { Standardize = !of.Standardize }),
            ("the columns were scaled to norm 1, not to standard deviation 1", of => of with { Standardize = true, ScaleFactor = Math.Sqrt(n) }),
            ("the coefficients are those of standardised columns, not on the original scale", of => of with { Standardize = true, HasStandardizedCoefficients = true }),
        ]);
        if (stated.Lambda <= 1 && stated.Lambda != stated.L1Ratio && !coefficients.IsInverse)
            all.Add(($"{strength} and {mixing} are exchanged", of => of with { Lambda = of.L1Ratio, L1Ratio = of.Lambda }));
        if (stated.L1Ratio != 0.5)
            all.Add(($"{mixing} is the share of the ridge term, not of the L1 term", of => of with { L1Ratio = 1 - of.L1Ratio }));
        if (stated.Standardize)
            all.Add(("the standard deviations of the columns have n − 1 in place of n", of => of with { ScaleFactor = Math.Sqrt(n / (n - 1)) }));
        else
            all.Add(("the columns were standardised, by standard deviations with n − 1", of => of with { Standardize = true, ScaleFactor = Math.Sqrt(n / (n - 1)) }));
        if (hasRidge)
        {
            if (hasDeviation)
                all.Add((stated.DividesRidge ? "the ridge term is not divided by sd(y)" : "the ridge term is divided by sd(y)", of => of with { DividesRidge = !of.DividesRidge }));
            if (hasDeviation)
                all.Add(("the ridge term is divided by the sd(y) with n − 1", of => of with { DividesRidge = true, TargetScaleFactor = Math.Sqrt(n / (n - 1)) }));
            all.Add(("the ridge term has no factor ½", of => of with { RidgeFactor = 2 * of.RidgeFactor }));
        }

        if (weightSum is { } sum)
        {
            all.Add((squares ? "the weights are not normalised: the loss is ½ Σ w r², divided by n" : "the weights are not normalised: the loss is Σ w ℓ, divided by n", of => of with { Lambda = of.Lambda * (n / sum) }));
            all.Add(("the weights were ignored", of => of with { IsWeighted = false }));
        }

        if (givenFactors is not null)
        {
            all.Add(("the penalty factors are used as given, not rescaled to sum to the number of features", of => of with { Factors = givenFactors }));
            all.Add(("the penalty factors were ignored", of => of with { Factors = null }));
        }

        return [.. all];
    }

    private static IEnumerable<(string Name, Func<Reading, Reading> Change)> OfSquares(double n) =>
    [
            ("the residual sum of squares is not divided by n: ½ RSS + penalty", of => of with { Lambda = of.Lambda / n }),
            ("the residual sum of squares is neither divided by n nor halved: RSS + penalty", of => of with { Lambda = of.Lambda / (2 * n) }),
            ("the mean of squares is not halved: RSS/n + penalty", of => of with { Lambda = of.Lambda / 2 }),
            ("the loss is divided by n − 1 in place of n", of => of with { Lambda = of.Lambda * ((n - 1) / n) }),
    ];

    private static IEnumerable<(string Name, Func<Reading, Reading> Change)> OfOutputs(Reading stated, ForeignCoefficients coefficients)
    {
        if (coefficients.Outputs == 1)
            yield break;
        yield return (stated.GroupsOutputs ? "the coefficients of a feature are penalised each for itself, not by their norm" : "the coefficients of a feature are penalised by their norm, not each for itself",
            of => of with { GroupsOutputs = !of.GroupsOutputs });
        if (!coefficients.Family.HasClasses)
            yield return ("the responses were standardised", of => of with { HasStandardizedResponses = true });
    }

    private static IEnumerable<(string Name, Func<Reading, Reading> Change)> OfSurvival(ForeignCoefficients coefficients, JudgedRows rows)
    {
        if (rows.Survival is not { } survival)
            yield break;
        double events = survival.Events.Select((isEvent, i) => isEvent ? rows.Weights?[i] ?? 1 : 0).Sum();
        yield return ("ties are broken by Efron's rule, not by Breslow's", of => of with { IsEfron = true });
        yield return ("the loss is divided by the number of events, not of rows", of => of with { Lambda = of.Lambda * (events / rows.WeightSum) });
    }

    private static IEnumerable<(string Name, Func<Reading, Reading> Change)> OfLoss(ForeignCoefficients coefficients, double weightSum)
    {
        yield return ("the loss is the deviance, not half of it", of => of with { Lambda = of.Lambda / 2 });
        yield return coefficients.IsInverse
            ? ("the loss is divided by n: C·mean + penalty", of => of with { Lambda = of.Lambda * weightSum })
            : ("the loss is a sum, not divided by n", of => of with { Lambda = of.Lambda / weightSum });
        if (coefficients.IsInverse)
        {
            double c = 1 / coefficients.Lambda;
            yield return ("C is the strength, not its inverse", of => of with { Lambda = of.Lambda * (c * c) });
            yield return ("C is the strength of a mean, not its inverse", of => of with { Lambda = of.Lambda * (c * c * weightSum) });
        }

        if (coefficients.Family.HasEvent)
            yield return ("the other class is the event", of => of with { IsTurned = !of.IsTurned });
    }
}
