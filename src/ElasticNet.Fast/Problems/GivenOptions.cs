using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Problems;

/// <summary>Options as a call gives them: with what its data bring along.</summary>
internal static class GivenOptions
{
    /// <summary>The options for these data: the target's weights, offset and folds go along with them, raw columns bring their names and kinds.</summary>
    public static ElasticNetOptions For(in Features x, in Target y, ElasticNetOptions? options)
    {
        options ??= ElasticNetOptions.Default;
        if (!y.Weights.IsEmpty)
            options = options with { Weights = y.Weights.ToArray() };
        if (!y.Offset.IsEmpty)
            options = options with { Offset = y.Offset.ToArray() };
        if (y.Times is { } times)
            options = options with { Times = times };
        if (y.Folds is { } plan)
        {
            if (plan.Seed is null && options.Repeats > 1)
                Throw.OutOfRange(nameof(options.Repeats), options.Repeats, "be 1 where the folds are given or go forward in time: they are the same each time");
            options = options with { FoldPlan = plan, Repeats = plan.Repeats };
        }
        if (y.Name is { } name)
            options = options with { TargetName = name };
        RefuseSparse(x, options);
        CheckNames(x, options);
        RefuseLabels(y, options);
        if (y.Classes is { } classes)
            options = options with { Classes = classes };
        return x.Table is { } table
            ? options with { Preparation = (options.Preparation ?? new()) with { Inputs = table.Columns }, FeatureNames = [], TextFormat = table.Format ?? options.TextFormat }
            : options;
    }

    /// <summary>Names that differ, and none of them the target's: whoever predicts the target from itself has left it in the table by mistake.</summary>
    private static void CheckNames(in Features x, ElasticNetOptions options)
    {
        ListOf<string> names = x.Table is null ? options.FeatureNames : [.. x.Table.Columns.Select(column => column.Name)];
        Dictionary<string, int> seen = new(names.Count, StringComparer.Ordinal);
        for (int j = 0; j < names.Count; j++)
        {
            if (names[j] is not { } name)
                continue;
            if (name == options.TargetName)
                Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' must not hold the target, but column {j} (counted from 0) of {names.Count} is '{name}', which is what is predicted; read the table with it as its target, or leave the column out."));
            if (!seen.TryAdd(name, j))
                Throw.Data(nameof(options.FeatureNames), Throw.Invariant($"'{nameof(options.FeatureNames)}' must differ, but '{name}' is column {seen[name]} and column {j} (counted from 0) of {names.Count}."));
        }
    }

    /// <summary>Classes are no amounts.</summary>
    public static void RefuseLabels(in Target y, ElasticNetOptions options)
    {
        if (y.Classes is { } classes && options.Family is { HasClasses: false } family)
            Throw.Data(nameof(options), $"'{nameof(options.Family)}' ({family.Title}) must be {Family.Binomial} for a target of two classes ('{classes[0]}' and '{classes[1]}'); or give it as numbers.");
    }

    /// <summary>A sparse table is fitted as it is.</summary>
    public static void RefuseSparse(in Features x, ElasticNetOptions options)
    {
        if (x.IsSparse && options.Preparation is not null)
            Throw.Data(nameof(options), $"'{nameof(options.Preparation)}' must be null for a sparse table: its columns are features already.");
    }
}
