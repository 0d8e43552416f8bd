using System.Buffers;
using ElasticNet.Fast.Data;

namespace ElasticNet.Fast.Problems;

/// <summary>
/// <see cref="ElasticNetOptions"/> that have been held against a problem, once, at the door. Everything below trusts them.
/// </summary>
internal readonly ref struct ValidOptions
{
    private ValidOptions(ElasticNetOptions options, Target y)
    {
        Options = options;
        // What is on its way already may be less than the target's: the training rows of a fold. Into the caller's memory nothing is on its way.
        Weights = options.Weights.IsEmpty ? y.Weights : options.Weights.Span;
        Offset = options.Offset.IsEmpty ? y.Offset : options.Offset.Span;
        Times = options.Times ?? y.Times;
    }

    /// <summary>The options as given.</summary>
    public ElasticNetOptions Options { get; }

    /// <summary>Observation weights, or empty.</summary>
    public ReadOnlySpan<double> Weights { get; }

    /// <summary>Offset, or empty.</summary>
    public ReadOnlySpan<double> Offset { get; }

    /// <summary>How long rows were watched; null where the target is a number for each.</summary>
    public SurvivalTimes? Times { get; }

    /// <summary>Checks everything that does not need a look at X.</summary>
    public static ValidOptions Check(ElasticNetOptions options, int rows, int columns, Target y)
    {
        if (rows == 0 || columns == 0)
            Throw.Data("x", Throw.Invariant($"'x' ({rows} rows × {columns} columns) must have at least one row and one column."));
        // What is on its way is values alone, those of several responses one after another.
        int responses = Math.Max(options.Responses.Count, 1);
        if (y.Values.Length != (long)rows * responses)
            Throw.Length(nameof(y), y.Values.Length / responses, $"have one value for each of the {rows} rows of 'x'");
        ValidOptions valid = new(options, y);
        CheckRows(valid, rows);
        CheckSurvival(valid);
        Finite(nameof(y), y.Values, valid.Weights, rows);
        CheckColumns(options, columns);
        CheckGrid(options);
        CheckOutputs(options);
        return valid;
    }

    /// <summary>Checks a mixing.</summary>
    public static void CheckL1Ratio(string name, double l1Ratio)
    {
        if (!(l1Ratio is >= 0 and <= 1))
            Throw.OutOfRange(name, l1Ratio, "be in [0, 1]");
    }

    /// <summary>Checks a strength.</summary>
    public static void CheckLambda(string name, double lambda)
    {
        if (!(lambda >= 0) || double.IsInfinity(lambda))
            Throw.OutOfRange(name, lambda, "be finite and not negative");
    }

    /// <summary>Checks observation weights.</summary>
    public static void CheckWeights(string name, ReadOnlySpan<double> weights, int rows)
    {
        if (weights.IsEmpty)
            return;
        if (weights.Length != rows)
            Throw.Length(name, weights.Length, $"be empty or have one value for each of the {rows} rows");
        Finite(name, weights, default);
        bool any = false;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 0)
                Throw.Data(name, Throw.Invariant($"'{name}' must not be negative, but row {i} (counted from 0) has {weights[i]}."));
            any |= weights[i] > 0;
        }

        if (!any)
            Throw.Data(name, Throw.Invariant($"'{name}' must not all be 0, but those of all {rows} rows are."));
    }

    private static void CheckRows(in ValidOptions valid, int rows)
    {
        CheckWeights(nameof(ElasticNetOptions.Weights), valid.Weights, rows);
        if (!valid.Offset.IsEmpty && valid.Offset.Length != rows)
            Throw.Length(nameof(ElasticNetOptions.Offset), valid.Offset.Length, $"be empty or have one value for each of the {rows} rows");
        Finite(nameof(ElasticNetOptions.Offset), valid.Offset, valid.Weights);
    }

    private static void CheckSurvival(in ValidOptions valid)
    {
        if (valid.Options.Family is { IsSurvival: true } != (valid.Times is not null))
        {
            Throw.Data("y", valid.Times is null
                ? "'y' must be a survival target for Family.Cox: Target.Survival(time, isEvent)."
                : $"'{nameof(ElasticNetOptions.Family)}' ({valid.Options.Family}) must be {nameof(Family.Cox)} or {nameof(Family.CoxBreslow)} for a survival target.");
        }

        valid.Times?.Check(valid.Weights);
    }

    private static void CheckColumns(ElasticNetOptions options, int columns)
    {
        ReadOnlySpan<double> factors = options.PenaltyFactors.Span;
        if (!factors.IsEmpty && factors.Length != columns)
            Throw.Length(nameof(options.PenaltyFactors), factors.Length, $"be empty or have one value for each of the {columns} columns");
        for (int j = 0; j < factors.Length; j++)
        {
            if (!(factors[j] >= 0) || double.IsInfinity(factors[j]))
                Throw.Data(nameof(options.PenaltyFactors), Throw.Invariant($"'{nameof(options.PenaltyFactors)}' must be finite and not negative, but column {j} (counted from 0) has {factors[j]}."));
        }

        CheckBounds(nameof(options.LowerBounds), options.LowerBounds.Span, columns, -1, "not be positive");
        CheckBounds(nameof(options.UpperBounds), options.UpperBounds.Span, columns, 1, "not be negative");
        foreach (int j in options.ExcludedFeatures.Span)
        {
            if ((uint)j >= (uint)columns)
                Throw.OutOfRange(nameof(options.ExcludedFeatures), j, $"be columns in [0, {columns})");
        }

        CheckGroups(options, columns);
        if (options.FeatureNames is { IsEmpty: false, Count: var names } && names != columns)
            Throw.Length(nameof(options.FeatureNames), names, $"have one name for each of the {columns} columns");
    }

    private static void CheckGroups(ElasticNetOptions options, int columns)
    {
        if (!(options.GroupMixing is >= 0 and <= 1))
            Throw.OutOfRange(nameof(options.GroupMixing), options.GroupMixing, "be in [0, 1]");
        if (options.GroupLevels && options.Preparation is null)
            Throw.Data(nameof(options.GroupLevels), $"'{nameof(options.GroupLevels)}' must be false where no columns are prepared: features have no levels; name them in {nameof(options.FeatureGroups)}.");
        if (options.FeatureGroups.IsEmpty && !options.GroupLevels)
            return;
        int[] taken = ArrayPool<int>.Shared.Rent(columns);
        taken.AsSpan(0, columns).Fill(-1);
        CheckGroups(options, taken.AsSpan(0, columns));
        ArrayPool<int>.Shared.Return(taken);
    }

    /// <param name="options">Have groups.</param>
    /// <param name="taken">−1 for every column; filled with the group that each is in.</param>
    private static void CheckGroups(ElasticNetOptions options, Span<int> taken)
    {
        const string groups = nameof(options.FeatureGroups);
        for (int g = 0; g < options.FeatureGroups.Count; g++)
        {
            FeatureGroup group = options.FeatureGroups[g];
            if (group is null)
                throw new ArgumentNullException(nameof(options), Throw.Invariant($"'{groups}' must not hold null, but group {g} (counted from 0) is."));
            if (group.Columns.IsEmpty)
                Throw.Data(groups, $"'{groups}' must hold groups of at least one column, but {Words(g)} has none.");
            if (group.Factor is { } factor && !(factor > 0 && double.IsFinite(factor)))
                Throw.Data(groups, Throw.Invariant($"'{groups}' must have factors that are finite and positive, but {Words(g)} has {factor}; to free columns, give them penalty factors of 0."));
            foreach (int j in group.Columns)
            {
                if ((uint)j >= (uint)taken.Length)
                    Throw.Data(groups, Throw.Invariant($"'{groups}' must name columns in [0, {taken.Length}), but {Words(g)} names {j}."));
                if (taken[j] >= 0)
                    Throw.Data(groups, Throw.Invariant($"'{groups}' must not overlap, but column {j} (counted from 0) is in {Words(taken[j])} and {(taken[j] == g ? "again in it" : $"in {Words(g)}")}."));
                taken[j] = g;
            }
        }

        if (HasBound(options.LowerBounds.Span) || HasBound(options.UpperBounds.Span))
        {
            string bounds = HasBound(options.LowerBounds.Span) ? nameof(options.LowerBounds) : nameof(options.UpperBounds);
            Throw.Data(bounds, $"'{bounds}' must be empty with {(options.FeatureGroups.IsEmpty ? nameof(options.GroupLevels) : groups)}: coefficients in groups cannot be bounded.");
        }

        string Words(int g) => options.FeatureGroups[g].Name is { } name ? $"group '{name}'" : Throw.Invariant($"group {g} (counted from 0)");
    }

    private static bool HasBound(ReadOnlySpan<double> bounds)
    {
        foreach (double bound in bounds)
        {
            if (double.IsFinite(bound))
                return true;
        }

        return false;
    }

    private static void CheckBounds(string name, ReadOnlySpan<double> bounds, int columns, int side, string rule)
    {
        if (bounds.Length > 1 && bounds.Length != columns)
            Throw.Length(name, bounds.Length, $"be empty, 1, or one for each of the {columns} columns");
        for (int j = 0; j < bounds.Length; j++)
        {
            if (!(bounds[j] * side >= 0))
                Throw.Data(name, Throw.Invariant($"'{name}' must {rule} (0 must stay feasible), but column {j} (counted from 0) has {bounds[j]}."));
        }
    }

    private static void CheckGrid(ElasticNetOptions options)
    {
        foreach (double lambda in options.Lambdas.Span)
            CheckLambda(nameof(options.Lambdas), lambda);
        if (options.LambdaCount < 1)
            Throw.OutOfRange(nameof(options.LambdaCount), options.LambdaCount, "be at least 1");
        if (options.Repeats < 1)
            Throw.OutOfRange(nameof(options.Repeats), options.Repeats, "be at least 1");
        if (options.LambdaMinRatio is { } ratio && !(ratio is > 0 and < 1))
            Throw.OutOfRange(nameof(options.LambdaMinRatio), ratio, "be in (0, 1)");
        if (options.Family is null)
            throw new ArgumentNullException(nameof(options), $"'{nameof(options.Family)}' must not be null.");
        if (!options.Family.Measures.Contains(options.MeasureUsed))
            Throw.OutOfRange(nameof(options.Measure), options.Measure, $"be a measure of the family {options.Family}: {string.Join(" or ", options.Family.Measures)}");
        if (options.Selection is not (LambdaSelection.Minimum or LambdaSelection.OneStandardError))
            Throw.OutOfRange(nameof(options.Selection), options.Selection, "be a defined selection");
        if (options.MaxDegreeOfParallelism is 0 or < -1)
            Throw.OutOfRange(nameof(options.MaxDegreeOfParallelism), options.MaxDegreeOfParallelism, "be positive, or -1 for all cores");
    }

    /// <summary>What several outputs ask for, and what only they know.</summary>
    private static void CheckOutputs(ElasticNetOptions options)
    {
        if (options.GroupOutputs && !options.Family.HasOutputs)
            Throw.Data(nameof(options.GroupOutputs), $"'{nameof(options.GroupOutputs)}' must be false for {options.Family}, which has one output: it is for {Family.Multinomial} and {Family.MultiGaussian}.");
        if (!options.Family.HasOutputs)
            return;
        if (options.GroupLevels || !options.FeatureGroups.IsEmpty)
            Throw.Data(nameof(options), $"'{(options.GroupLevels ? nameof(options.GroupLevels) : nameof(options.FeatureGroups))}' must not be given for {options.Family}: groups of features are for families of one output.");
        if (options.GroupOutputs && !(options.LowerBounds.IsEmpty && options.UpperBounds.IsEmpty))
            Throw.Data(nameof(options), $"'{(options.LowerBounds.IsEmpty ? nameof(options.UpperBounds) : nameof(options.LowerBounds))}' must be empty with '{nameof(options.GroupOutputs)}': coefficients in groups cannot be bounded.");
    }

    /// <summary>Checks the rows that count; the others may hold anything.</summary>
    private static void Finite(string name, ReadOnlySpan<double> values, ReadOnlySpan<double> weights, int rows = int.MaxValue)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]) && (weights.IsEmpty || weights[i % rows] > 0))
                Throw.Data(name, Throw.Invariant($"'{name}' must be finite, but row {i % rows} (counted from 0) is {values[i]}."));
        }
    }
}
