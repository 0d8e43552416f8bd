namespace ElasticNet.Fast.Adversary;

/// <summary>Columns that are, or nearly are, combinations of others.</summary>
internal static class CollinearClasses
{
    /// <summary>Columns 1e-4 to 1e-16 apart.</summary>
    public static Draft NearlyEqual(Dice dice)
    {
        Draft draft = new(dice.Int(5, 40), dice.Int(2, 8), dice.Normal) { NearZero = 0.8 };
        double apart = dice.Power(-16, -4);
        int first = dice.Int(0, draft.Columns - 2);
        for (int j = first + 1; j < draft.Columns; j++)
        {
            if (j == first + 1 || dice.Chance(0.5))
                draft.Fill(j, i => draft.Column(first)[i] + apart * draft.Column(j)[i]);
        }

        if (dice.Chance(0.6))
            draft.Respond(i => draft.Column(first)[i] + (draft.Column(first + 1)[i] - draft.Column(first)[i]) / apart + 0.1 * dice.Normal());
        return draft;
    }

    /// <summary>Copies, negated and scaled copies.</summary>
    public static Draft Copies(Dice dice)
    {
        Draft draft = new(dice.Int(4, 40), dice.Int(2, 20), dice.Normal) { NearZero = 0.5 };
        for (int j = 1; j < draft.Columns; j++)
        {
            int of = dice.Int(0, j - 1);
            double scale = dice.Pick(1, 1, -1, 2, 3, 0.1, 1e6, 1e-7);
            if (dice.Chance(0.6))
                draft.Fill(j, i => scale * draft.Column(of)[i]);
        }

        return draft;
    }

    /// <summary>Sums of other columns, exact in integers or up to rounding.</summary>
    public static Draft Combinations(Dice dice)
    {
        bool integers = dice.Chance(0.5);
        Draft draft = new(dice.Int(5, 40), dice.Int(3, 15), () => integers ? dice.Int(-5, 5) : dice.Normal()) { NearZero = 0.6 };
        for (int j = 2; j < draft.Columns; j++)
        {
            (int a, int b) = (dice.Int(0, j - 1), dice.Int(0, j - 1));
            if (dice.Chance(0.5))
                draft.Fill(j, i => draft.Column(a)[i] - draft.Column(b)[i] * (integers ? 2 : 0.7));
        }

        return draft;
    }

    /// <summary>Complete blocks of indicators.</summary>
    public static Draft OneHot(Dice dice)
    {
        int first = dice.Int(2, 8), second = dice.Int(2, 6), more = dice.Int(0, 3);
        Draft draft = new(dice.Int(8, 60), first + second + more, dice.Normal) { NearZero = 0.5 };
        for (int i = 0; i < draft.Rows; i++)
        {
            (int a, int b) = (dice.Int(0, first - 1), dice.Int(0, second - 1));
            for (int j = 0; j < first + second; j++)
                draft.X[j * draft.Rows + i] = j == (j < first ? a : first + b) ? 1 : 0;
        }

        return draft;
    }

    /// <summary>Columns that are constant, up to rounding or a little more.</summary>
    public static Draft NearlyConstant(Dice dice)
    {
        Draft draft = new(dice.Int(4, 40), dice.Int(2, 10), dice.Normal);
        int count = dice.Int(1, draft.Columns - 1);
        for (int j = 0; j < count; j++)
        {
            double level = dice.Pick(0.1, 1.1, 1 / 3.0, 1e6, 1e-5, -7.7), apart = dice.Pick(0, 2.3e-16, 4.5e-16, 1e-15, 1e-14, 1e-13, 1e-12, 1e-10);
            draft.Fill(j, i => level * (1 + apart * dice.Int(-2, 2)));
        }

        return draft;
    }

    /// <summary>The user's own column of ones (or another constant) in place of an intercept.</summary>
    public static Draft ConstantWithoutIntercept(Dice dice)
    {
        Draft draft = new(dice.Int(4, 40), dice.Int(1, 10), dice.Normal) { Intercept = false, Standardize = dice.Chance(0.3) };
        double level = dice.Pick(1, 1, 2, 0.1, 1e6);
        draft.Column(dice.Int(0, draft.Columns - 1)).Fill(level);
        draft.Respond(i => 5 + draft.X[i] + dice.Normal());
        return draft;
    }

    /// <summary>Columns without a penalty that nearly or exactly repeat penalised ones.</summary>
    public static Draft FreeCollinear(Dice dice)
    {
        Draft draft = new(dice.Int(5, 40), dice.Int(3, 15), dice.Normal);
        draft.Factors = Dice.Many(draft.Columns, () => 1);
        double apart = dice.Chance(0.4) ? 0 : dice.Power(-16, -3);
        int free = dice.Int(1, Math.Max(1, draft.Columns / 2));
        for (int j = 0; j < free; j++)
        {
            int like = dice.Int(0, draft.Columns - 1);
            draft.Factors[j] = 0;
            if (like != j)
                draft.Fill(j, i => draft.Column(like)[i] + apart * draft.Column(j)[i]);
        }

        return draft;
    }

    /// <summary>Rows that repeat.</summary>
    public static Draft RepeatedRows(Dice dice)
    {
        Draft draft = new(dice.Int(4, 40), dice.Int(1, 15), dice.Normal) { NearZero = 0.5 };
        int different = dice.Int(1, Math.Max(1, draft.Rows / 3));
        for (int j = 0; j < draft.Columns; j++)
            draft.Fill(j, i => draft.X[j * draft.Rows + i % different]);
        return draft;
    }

    /// <summary>Small integers: gradients that tie exactly, coefficients that meet.</summary>
    public static Draft Ties(Dice dice)
    {
        Draft draft = new(dice.Int(2, 20), dice.Int(2, 30), () => dice.Int(-1, 1));
        draft.Respond(_ => dice.Int(-3, 3));
        return draft;
    }
}
