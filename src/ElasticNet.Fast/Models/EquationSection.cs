using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Models;

/// <summary>"EQNS": the regressions that fill the gaps of raw columns of numbers from each other, in the order of their use.</summary>
internal static class EquationSection
{
    private const uint HasConverged = 1;
    private const uint ClipsToObserved = 2;
    private const uint ByElasticNet = 4;
    private const uint FlagBound = 8;

    /// <summary>Writes what was asked for, how it ended, the limits, the equations and their order.</summary>
    public static void Write(SectionWriter file, ChainedEquations equations, PreparationOptions preparation)
    {
        IterativeImputationOptions options = preparation.Iterative;
        MultipleImputationOptions draws = preparation.Multiple;
        ImputationConvergence convergence = equations.Convergence;
        file.Begin(SectionKind.Equations);
        file.UInt32((uint)equations.Columns);
        file.UInt32((uint)convergence.Rounds);
        file.UInt32((convergence.Converged ? HasConverged : 0) | (options.ClipToObserved ? ClipsToObserved : 0)
            | (options.Regression == ImputationRegression.ElasticNet ? ByElasticNet : 0));
        file.UInt32((uint)options.MaxRounds);
        file.Double(options.Tolerance);
        file.Double(options.Minimum);
        file.Double(options.Maximum);
        file.Double(convergence.LastChange);
        file.Double(convergence.Threshold);
        file.UInt32((uint)draws.Imputations);
        file.UInt32((uint)draws.Rounds);
        file.UInt64(draws.Seed);
        file.Double(options.L1Ratio);
        file.Numbers(equations.Lower);
        file.Numbers(equations.Upper);
        file.Numbers(equations.Equations);
        file.Numbers(equations.Order);
        file.End();
    }

    /// <summary>Reads them back.</summary>
    /// <param name="section">The section.</param>
    /// <param name="hasMatches">Whether observed values take the place of predictions.</param>
    /// <param name="matches">Their section.</param>
    /// <param name="options">What the raw columns are; comes back with what was asked of the regressions.</param>
    /// <param name="encodings">Where gaps start.</param>
    public static ChainedEquations Read(SectionReader section, bool hasMatches, SectionReader matches, ref PreparationOptions options, ReadOnlySpan<InputEncoding> encodings)
    {
        int[] numbers = Preparation.NumbersOf(options.Inputs);
        int columns = section.Count("columns of equations"), rounds = section.Count("rounds");
        if (columns != numbers.Length)
            Throw.ModelFile($"'columns of equations' ({columns}) must be the {numbers.Length} raw columns of numbers");
        uint flags = section.Flags(FlagBound);
        IterativeImputationOptions asked = new()
        {
            MaxRounds = section.Count("most rounds"),
            Tolerance = section.Double(),
            Minimum = section.Double(),
            Maximum = section.Double(),
            ClipToObserved = (flags & ClipsToObserved) != 0,
            Regression = (flags & ByElasticNet) != 0 ? ImputationRegression.ElasticNet : ImputationRegression.BayesianRidge,
        };
        if (rounds > asked.MaxRounds || rounds == 0 != columns < 2)
            Throw.ModelFile($"'rounds' ({rounds}) must be from 1 to {asked.MaxRounds}, or 0 for fewer than 2 columns of equations ({columns})");
        ImputationConvergence convergence = new(rounds, (flags & HasConverged) != 0, section.Double(), section.Double());
        MultipleImputationOptions draws = new()
        {
            Imputations = section.Count("imputations"),
            Rounds = section.Count("rounds of draws"),
            Seed = section.UInt64(),
        };
        asked = asked with { L1Ratio = section.Double() };
        long width = columns + 1L;
        Int128 bytes = (Int128)rounds * columns * width * sizeof(double) + columns * (2L * sizeof(double) + sizeof(int));
        section.RequireRemaining(bytes > long.MaxValue ? long.MaxValue : (long)bytes);
        double[] lower = section.Doubles(columns), upper = section.Doubles(columns), equations = section.Doubles((int)(rounds * columns * width));
        int[] order = section.Integers(columns);

        MatchTable[] tables = [];
        if (hasMatches)
        {
            tables = MatchSection.Read(matches, columns, out int matching);
            asked = asked with { Matching = matching };
        }

        options = options with { Iterative = asked, Multiple = draws };
        if (PreparationContentRules.FirstViolation(options) is { } violation)
            Throw.ModelFile($"{violation}");
        double[] starts = Array.ConvertAll(encodings.ToArray(), encoding => encoding.Fill);
        starts = Array.ConvertAll(numbers, number => starts[number]);
        Check(order, starts, lower, upper, equations);
        return new(order, starts, lower, upper, equations, convergence, asked.Matching, tables);
    }

    private static void Check(int[] order, double[] starts, double[] lower, double[] upper, double[] equations)
    {
        int columns = order.Length, width = columns + 1;
        bool[] seen = new bool[columns];
        for (int k = 0; k < columns; k++)
        {
            int column = order[k];
            if ((uint)column >= (uint)columns || seen[column])
                Throw.ModelFile($"column {k} in the order of equations ({column}) must be one of the {columns}, each once");
            seen[column] = true;
            if (!double.IsFinite(starts[k]))
                Throw.ModelFile($"the fill of column of equations {k} ({starts[k]}) must be finite");
            if (!(lower[k] <= upper[k]))
                Throw.ModelFile($"the limits of column of equations {k} ({lower[k]} and {upper[k]}) must be in order");
        }

        for (int at = 0; at < equations.Length; at++)
        {
            int equation = at / width, column = order[equation % columns];
            if (!double.IsFinite(equations[at]) || at % width == column + 1 && equations[at] != 0)
                Throw.ModelFile($"number {at % width} of equation {equation} ({equations[at]}) must be finite, and 0 for the column itself");
        }
    }
}
