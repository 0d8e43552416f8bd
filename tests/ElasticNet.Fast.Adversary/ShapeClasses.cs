namespace ElasticNet.Fast.Adversary;

/// <summary>Ordinary problems, and those of an unusual shape, bounds or response.</summary>
internal static class ShapeClasses
{
    /// <summary>Nothing hostile.</summary>
    public static Draft Control(Dice dice)
    {
        Draft draft = new(dice.Int(10, 60), dice.Int(1, 30), dice.Normal) { IsPlain = true, NearZero = 0.1 };
        double share = dice.Pick(0, 0, 0.5, 0.9);
        for (int j = 1; j < draft.Columns; j++)
            draft.Fill(j, i => share * draft.Column(j - 1)[i] + Math.Sqrt(1 - share * share) * draft.Column(j)[i]);
        return draft;
    }

    /// <summary>One or two rows, or one column.</summary>
    public static Draft Tiny(Dice dice) => dice.Chance(0.6)
        ? new(dice.Int(1, 2), dice.Int(1, 6), dice.Normal) { NearZero = 0.5 }
        : new(dice.Int(1, 20), 1, dice.Normal) { NearZero = 0.5 };

    /// <summary>More columns than rows.</summary>
    public static Draft Wide(Dice dice) => new(dice.Int(3, 20), dice.Int(40, 150), dice.Normal) { NearZero = 0.4 };

    /// <summary>A ridge term that all but vanishes on wide data of few different columns, often in a box: Newton's method on the dual.</summary>
    public static Draft WideNearLasso(Dice dice)
    {
        int n = dice.Int(3, 12), different = dice.Int(3, 40);
        Draft draft = new(n, dice.Int(2 * n + 510, 2 * n + 600));
        bool signs = dice.Chance(0.4), units = dice.Chance(0.3);
        double[] values = Dice.Many(n * different, () => signs ? dice.Sign() : dice.Normal());
        for (int j = 0; j < draft.Columns; j++)
            draft.Fill(j, i => units ? (i == j % n ? 1 : 0) : values[j % different * n + i]);
        draft.Respond(_ => dice.Int(-5, 5));
        draft.L1Ratio = dice.Chance(0.8) ? 1 - dice.Power(-14, -2) : dice.Uniform();
        if (dice.Chance(0.5))
            (draft.Lower, draft.Upper) = ([-dice.Power(-3, -1)], [dice.Power(-3, -1)]);
        return draft;
    }

    /// <summary>Thousands of rows and few columns: moments, about guessed centres.</summary>
    public static Draft Tall(Dice dice)
    {
        Draft draft = new(dice.Int(4096, 5500), dice.Int(1, 5), dice.Normal);
        double level = dice.Pick(0, 0, 10, 1e3, 1e6, 1e9), apart = dice.Pick(1, 1, 1e-3, 1e-6, 1e-9);
        for (int j = 0; j < draft.Columns; j++)
            draft.Fill(j, i => level + (j > 0 ? draft.Column(0)[i] - level + apart * draft.Column(j)[i] : draft.Column(j)[i]) + (dice.Chance(0.0005) ? 1e4 : 0));
        return draft;
    }

    /// <summary>More columns without a penalty than rows.</summary>
    public static Draft ManyFree(Dice dice)
    {
        Draft draft = new(dice.Int(2, 8), dice.Int(20, 100), dice.Normal);
        draft.Factors = Dice.Many(draft.Columns, () => dice.Chance(0.8) ? 0 : 1);
        return draft;
    }

    /// <summary>Bounds so tight that most bind, or 0 on one side.</summary>
    public static Draft TightBounds(Dice dice)
    {
        Draft draft = new(dice.Int(3, 40), dice.Int(2, 25), dice.Normal);
        draft.Lower = Dice.Many(draft.Columns, () => dice.Chance(0.3) ? 0 : -dice.Power(-8, -1));
        draft.Upper = Dice.Many(draft.Columns, () => dice.Chance(0.3) ? 0 : dice.Power(-8, -1));
        return draft;
    }

    /// <summary>Bounds that hold about half of the support; free columns among them.</summary>
    public static Draft HalfBounds(Dice dice)
    {
        Draft draft = new(dice.Int(5, 40), dice.Int(3, 40), dice.Normal);
        double bound = dice.Power(-1.5, 0);
        draft.Lower = Dice.Many(draft.Columns, () => dice.Chance(0.5) ? -bound : double.NegativeInfinity);
        draft.Upper = Dice.Many(draft.Columns, () => dice.Chance(0.5) ? bound : double.PositiveInfinity);
        if (dice.Chance(0.5))
            draft.Factors = Dice.Many(draft.Columns, () => dice.Chance(0.3) ? 0 : 1);
        return draft;
    }

    /// <summary>y exactly a combination of the columns.</summary>
    public static Draft InSpan(Dice dice)
    {
        Draft draft = new(dice.Int(2, 40), dice.Int(1, 20), () => dice.Int(-9, 9)) { NearZero = 0.7 };
        double[] beta = Dice.Many(draft.Columns, () => dice.Chance(0.5) ? 0 : dice.Int(-3, 3));
        draft.Respond(i =>
        {
            double sum = 0;
            for (int j = 0; j < beta.Length; j++)
                sum += beta[j] * draft.Column(j)[i];
            return sum;
        });
        return draft;
    }

    /// <summary>y constant, up to rounding or a little more.</summary>
    public static Draft ConstantResponse(Dice dice)
    {
        Draft draft = new(dice.Int(2, 30), dice.Int(1, 10), dice.Normal);
        double level = dice.Pick(0, 1, 0.1, 1 / 3.0, 1e6, -1e-7), apart = dice.Pick(0, 0, 2.3e-16, 1e-15, 1e-14, 1e-13, 1e-10);
        draft.Respond(_ => level * (1 + apart * dice.Int(-2, 2)));
        return draft;
    }

    /// <summary>Float X of every size.</summary>
    public static Draft Single(Dice dice)
    {
        double level = dice.Pick(0, 0, 100, 1e4, 1e6), unit = dice.Pick(1, 1, 1e-30, 1e30);
        return new(dice.Int(3, 60), dice.Int(1, 25), () => unit * (level + dice.Normal())) { IsSingle = true };
    }
}
