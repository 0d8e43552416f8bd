namespace ElasticNet.Fast.Adversary;

/// <summary>Makes the problem of a seed and an index: always the same one.</summary>
internal static class ProblemFactory
{
    public static HostileProblem Make(int seed, int index, HostileClass? only)
    {
        Dice dice = new(unchecked((seed * 486_187_739 + index) * 16_777_619 ^ index << 7));
        HostileClass drawn = HostileClass.Draw(dice), kind = only ?? drawn;
        Draft draft = kind.Make(dice);
        if (draft.Y.Length == 0)
            Signal(draft, dice);
        for (int i = 0; draft.Unit != 1 && i < draft.Rows; i++)
            draft.Y[i] *= draft.Unit;
        bool single = draft.IsSingle ?? (!draft.IsPlain && dice.Chance(0.1));
        single &= Array.TrueForAll(draft.X, v => !double.IsFinite(v) || float.IsFinite((float)v));
        if (single)
            Round(draft.X);
        HostileProblem problem = new()
        {
            Class = kind.Name,
            Seed = seed,
            Index = index,
            Rows = draft.Rows,
            Columns = draft.Columns,
            X = draft.X,
            Y = draft.Y,
            IsSingle = single,
        };
        Settings.Choose(problem, draft, dice);
        return problem;
    }

    private static void Signal(Draft draft, Dice dice)
    {
        int[] columns = [.. Enumerable.Range(0, Math.Min(draft.Columns, 4)).Select(_ => dice.Int(0, draft.Columns - 1))];
        double[] beta = Dice.Many(columns.Length, dice.Normal);
        double[] widths = [.. columns.Select(j => Width(draft.Column(j)))];
        double noise = dice.Pick(0.01, 0.3, 1, 3), level = dice.Chance(0.3) ? 10 * dice.Normal() : 0;
        draft.Respond(i =>
        {
            double sum = level + noise * dice.Normal();
            for (int k = 0; k < columns.Length; k++)
            {
                double x = draft.Column(columns[k])[i];
                sum += double.IsFinite(x) && Math.Abs(x) < 1e3 * widths[k] ? beta[k] * (x / widths[k]) : 0;
            }

            return sum;
        });
    }

    /// <summary>The median size of a column's elements.</summary>
    private static double Width(ReadOnlySpan<double> column)
    {
        double[] sizes = column.ToArray();
        for (int i = 0; i < sizes.Length; i++)
            sizes[i] = Math.Abs(sizes[i]);
        Array.Sort(sizes);
        double median = sizes[sizes.Length / 2];
        return median > 0 && double.IsFinite(median) ? median : 1;
    }

    private static void Round(double[] values)
    {
        for (int k = 0; k < values.Length; k++)
            values[k] = (float)values[k];
    }
}
