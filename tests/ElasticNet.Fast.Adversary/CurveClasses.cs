namespace ElasticNet.Fast.Adversary;

/// <summary>Columns that lie far from 0, and powers of them.</summary>
internal static class CurveClasses
{
    /// <summary>Years, months and things that grow with them.</summary>
    public static Draft Years(Dice dice)
    {
        Draft draft = new(dice.Int(5, 60), dice.Int(1, 6), dice.Normal) { Intercept = dice.Chance(0.6), Standardize = dice.Chance(0.5) };
        double first = dice.Int(1900, 2010);
        draft.Fill(0, i => first + i);
        for (int j = 1; j < draft.Columns; j++)
        {
            int kind = dice.Int(0, 3);
            draft.Fill(j, i => kind == 0 ? first + i + dice.Int(0, 1) : kind == 1 ? first + (i * 7) % draft.Rows : kind == 2 ? (first + i) * 12 + dice.Int(0, 11) : draft.Column(j)[i]);
        }

        Trend(draft, dice);
        return draft;
    }

    /// <summary>Seconds since 1970, or days, and others at a small distance.</summary>
    public static Draft Timestamps(Dice dice)
    {
        Draft draft = new(dice.Int(4, 40), dice.Int(1, 5)) { Intercept = dice.Chance(0.6), Standardize = dice.Chance(0.6), NearZero = 0.5 };
        double origin = dice.Pick(1.7e9, 1.7e12, 1.7e18, 738000), spread = dice.Power(0, 6);
        for (int j = 0; j < draft.Columns; j++)
            draft.Fill(j, i => j > 0 && dice.Chance(0.5) ? draft.Column(j - 1)[i] + Math.Round(dice.Power(0, 2)) : origin + Math.Round(spread * dice.Uniform()));
        Trend(draft, dice);
        return draft;
    }

    /// <summary>Columns near a million (or so) with a small spread.</summary>
    public static Draft NearMillion(Dice dice)
    {
        Draft draft = new(dice.Int(2, 30), dice.Int(1, 8)) { Intercept = dice.Chance(0.3), Standardize = dice.Chance(0.4), NearZero = 0.5 };
        double level = dice.Power(3, 9), spread = dice.Power(-4, 2);
        bool each = dice.Chance(0.3);
        for (int j = 0; j < draft.Columns; j++)
        {
            double at = each ? level * dice.Uniform(0.5, 2) : level;
            draft.Fill(j, _ => at + spread * dice.Normal());
        }

        return draft;
    }

    /// <summary>year, year², …</summary>
    public static Draft RawPowers(Dice dice)
    {
        Draft draft = new(dice.Int(6, 50), dice.Int(2, 4)) { NearZero = 0.8 };
        double first = dice.Pick(1, 20, 1900, 1985, 2000, 1.7e5);
        for (int j = 0; j < draft.Columns; j++)
            draft.Fill(j, i => Math.Pow(first + i, j + 1));
        Trend(draft, dice);
        return draft;
    }

    /// <summary>Powers of t in [0, 1] up to the twelfth and more.</summary>
    public static Draft UnitPowers(Dice dice)
    {
        Draft draft = new(dice.Int(6, 50), dice.Int(3, 14)) { NearZero = 0.8 };
        for (int j = 0; j < draft.Columns; j++)
            draft.Fill(j, i => Math.Pow(i / (draft.Rows - 1.0), j + 1));
        Trend(draft, dice);
        return draft;
    }

    /// <summary>1/(i + j + 1).</summary>
    public static Draft Hilbert(Dice dice)
    {
        Draft draft = new(dice.Int(3, 30), dice.Int(2, 12)) { NearZero = 0.8 };
        for (int j = 0; j < draft.Columns; j++)
            draft.Fill(j, i => 1.0 / (i + j + 1));
        if (dice.Chance(0.5))
            Trend(draft, dice);
        return draft;
    }

    /// <summary>Powers of points anywhere, 0 included, where the first column is constant.</summary>
    public static Draft Vandermonde(Dice dice)
    {
        Draft draft = new(dice.Int(4, 30), dice.Int(2, 12)) { NearZero = 0.8 };
        double scale = dice.Power(-1, 1);
        int from = dice.Int(0, 1);
        double[] points = Dice.Many(draft.Rows, () => scale * dice.Uniform(-1, 1));
        for (int j = 0; j < draft.Columns; j++)
            draft.Fill(j, i => Math.Pow(points[i], j + from));
        return draft;
    }

    private static void Trend(Draft draft, Dice dice)
    {
        double slope = dice.Normal(), period = dice.Uniform(1, 6), level = dice.Chance(0.3) ? dice.Power(0, 5) : 0;
        draft.Respond(i => level + slope * i + 3 * Math.Sin(i / period) + dice.Normal());
    }
}
