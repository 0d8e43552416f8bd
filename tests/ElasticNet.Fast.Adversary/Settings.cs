namespace ElasticNet.Fast.Adversary;

/// <summary>Chooses by chance what the class of a problem leaves open: options, λ, and the door.</summary>
internal static class Settings
{
    public static void Choose(HostileProblem problem, Draft draft, Dice dice)
    {
        bool plain = draft.IsPlain;
        int n = problem.Rows, p = problem.Columns;
        problem.Intercept = draft.Intercept ?? dice.Chance(0.7);
        problem.Standardize = draft.Standardize ?? dice.Chance(0.7);
        problem.IsRowMajor = dice.Chance(0.3);
        problem.L1Ratio = draft.L1Ratio ?? dice.Pick(1, 1, 1, 0.5, dice.Uniform(), 0, dice.Power(-12, -3), 1 - dice.Power(-15, -3));
        problem.Weights = draft.Weights.Length > 0 ? draft.Weights : dice.Chance(0.2) ? Dice.Many(n, () => dice.Uniform(0.1, 2)) : [];
        if (draft.Weights.Length == 0 && !plain && dice.Chance(0.05))
        {
            problem.Weights = Dice.Many(n, () => dice.Chance(0.3) ? 0 : 1);
            problem.Weights[dice.Int(0, n - 1)] = 1;
        }

        problem.Offset = draft.Offset.Length > 0 ? draft.Offset : dice.Chance(0.1) ? Dice.Many(n, () => draft.Unit * dice.Normal()) : [];
        problem.Factors = draft.Factors.Length > 0 ? draft.Factors : dice.Chance(0.2) ? Dice.Many(p, () => Factor(dice, plain)) : [];
        (problem.Lower, problem.Upper) = (draft.Lower, draft.Upper);
        if (draft.Lower.Length == 0 && draft.Upper.Length == 0 && dice.Chance(0.12))
        {
            problem.Lower = dice.Pick<double[]>([], [0], [-dice.Power(-2, 1)]);
            problem.Upper = dice.Pick<double[]>([], [dice.Power(-2, 1)], Dice.Many(p, () => dice.Chance(0.5) ? double.PositiveInfinity : dice.Power(-3, 1)));
        }

        if (!plain && dice.Chance(0.05))
            problem.Excluded = [dice.Int(0, p - 1)];
        ChooseLambdas(problem, draft, dice);
    }

    private static double Factor(Dice dice, bool plain) =>
        plain ? dice.Uniform(0.1, 2) : dice.Pick(0, 1, 1, dice.Uniform(0.1, 3), dice.Power(-12, 0), dice.Power(0, 6));

    private static void ChooseLambdas(HostileProblem problem, Draft draft, Dice dice)
    {
        bool nearZero = dice.Chance(draft.NearZero);
        problem.Way = (Way)dice.Pick(0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3);
        bool given = problem.Way is Way.Models or Way.FitsInWorkspace || nearZero || dice.Chance(0.3);
        if (!given)
        {
            problem.LambdaCount = dice.Int(8, 25);
            problem.LambdaMinRatio = draft.IsPlain || dice.Chance(0.5) ? null : dice.Power(-14, -1);
            return;
        }

        double scale = new ScaledProblem(problem).LambdaScale(problem.L1Ratio);
        if (!(scale > 0) || !double.IsFinite(scale))
            scale = 1;
        bool single = problem.Way is Way.Models or Way.FitsInWorkspace;
        int count = single ? dice.Int(1, 3) : dice.Int(4, 20);
        double reach = nearZero ? dice.Pick(4.0, 8, 12, 16) : 4;
        List<double> lambdas = [.. Dice.Many(count, () => Math.Min(scale * dice.Power(-reach, 0.1), 1e300))];
        if (nearZero)
        {
            lambdas.Add(0);
            if (dice.Chance(0.3))
                lambdas.Add(dice.Pick(1e-300, double.Epsilon, scale * 1e-17, scale * 1e-25, scale * 1e-100));
        }

        if (!draft.IsPlain && dice.Chance(0.1))
            lambdas.Add(dice.Pick(1e300, double.MaxValue, Math.Min(scale * 1e10, 1e300)));
        problem.Lambdas = [.. lambdas];
    }
}
