namespace ElasticNet.Fast.Adversary;

/// <summary>Numbers, units and weights at the ends of the range.</summary>
internal static class MagnitudeClasses
{
    /// <summary>Columns in units 1e±100 to 1e±150.</summary>
    public static Draft MixedUnits(Dice dice)
    {
        Draft draft = new(dice.Int(4, 30), dice.Int(1, 10), dice.Normal);
        double reach = dice.Pick(10.0, 100, 150);
        for (int j = 0; j < draft.Columns; j++)
        {
            double unit = dice.Power(-reach, reach);
            draft.Fill(j, i => unit * draft.Column(j)[i]);
        }

        return draft;
    }

    /// <summary>y towards 1e±200 and beyond.</summary>
    public static Draft ExtremeResponse(Dice dice) =>
        new(dice.Int(3, 30), dice.Int(1, 10), dice.Normal) { Unit = dice.Pick(1e200, 1e-200, 1e150, 1e-150, 1e280, 1e-280, 1e100, 1e-100, 1e305) };

    /// <summary>y in units of 1e-20 to 1e-40.</summary>
    public static Draft SmallResponse(Dice dice) =>
        new(dice.Int(3, 40), dice.Int(1, 15), dice.Normal) { Unit = dice.Power(-40, -15), L1Ratio = dice.Chance(0.6) ? dice.Uniform() : null };

    /// <summary>Columns, or y, of denormal numbers.</summary>
    public static Draft Denormals(Dice dice)
    {
        Draft draft = new(dice.Int(3, 20), dice.Int(1, 6), dice.Normal) { Unit = dice.Pick(1, 1, 1e-310, 1e-320) };
        for (int j = 0; j < draft.Columns; j++)
        {
            double unit = dice.Pick(1, 1e-300, 1e-308, 1e-312, 5e-323);
            draft.Fill(j, i => unit * draft.Column(j)[i]);
        }

        return draft;
    }

    /// <summary>Weights from 1e-12 to 1e12.</summary>
    public static Draft HeavyWeights(Dice dice)
    {
        Draft draft = new(dice.Int(3, 50), dice.Int(1, 15), dice.Normal);
        double reach = dice.Pick(3.0, 6, 12, 12);
        draft.Weights = Dice.Many(draft.Rows, () => dice.Power(-reach, reach));
        if (dice.Chance(0.1))
            draft.Weights = Dice.Many(draft.Rows, () => 1e308 * dice.Uniform(0.1));
        return draft;
    }

    /// <summary>Rows of weight 0 that hold NaN, ∞ or marks for no data.</summary>
    public static Draft IgnoredRows(Dice dice)
    {
        Draft draft = new(dice.Int(3, 40), dice.Int(1, 12), dice.Normal);
        draft.Weights = Dice.Many(draft.Rows, () => dice.Chance(0.3) ? 0 : dice.Chance(0.5) ? 1 : dice.Uniform(0.1, 3));
        draft.Weights[dice.Int(0, draft.Rows - 1)] = 1;
        double mark = dice.Pick(double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e300, -9999, 1.7e308, 1e160);
        for (int i = 0; i < draft.Rows; i++)
        {
            for (int j = 0; j < draft.Columns && draft.Weights[i] == 0; j++)
            {
                if (dice.Chance(0.5))
                    draft.X[j * draft.Rows + i] = mark;
            }
        }

        return draft;
    }

    /// <summary>Values far out, in rows of next to no weight; often the first.</summary>
    public static Draft LightOutlier(Dice dice)
    {
        Draft draft = new(dice.Int(4, 40), dice.Int(1, 8), dice.Normal);
        int at = dice.Chance(0.6) ? 0 : dice.Int(0, draft.Rows - 1);
        double far = dice.Power(4, 30);
        draft.Weights = Dice.Many(draft.Rows, () => 1);
        draft.Weights[at] = dice.Chance(0.7) ? 1 / (far * far) : 1 / far;
        draft.Respond(i => draft.X[i] + dice.Normal());
        for (int j = 0; j < draft.Columns; j++)
        {
            if (j == 0 || dice.Chance(0.4))
                draft.X[j * draft.Rows + at] = far * dice.Uniform(0.5, 1);
        }

        return draft;
    }

    /// <summary>y or its offset far from 0.</summary>
    public static Draft FarResponse(Dice dice)
    {
        Draft draft = new(dice.Int(3, 40), dice.Int(1, 10), dice.Normal);
        double level = dice.Sign() * dice.Power(3, 14);
        draft.Respond(i => draft.X[i] + dice.Normal() + level);
        if (dice.Chance(0.5))
            draft.Offset = Dice.Many(draft.Rows, () => level * (1 + 1e-15 * dice.Int(-2, 2)));
        return draft;
    }
}
