using ElasticNet.Fast.Data;
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
        if (y.ClassNames is { } classes)
            options = options with { Classes = classes };
        if (y.ResponseNames is { } responses)
            options = options with { Responses = [.. responses] };
        if (y.Offsets.Rows > 0)
            options = options with { OutputOffsets = ResponseColumns.ByColumn(y.Offsets) };
        if (options.GroupOutputs && options.Family is { HasOutputs: true })
            options = options with { StackedColumns = options.OutputNames!.Count };
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

    /// <summary>Classes are no amounts, and a family of several outputs has a target of several.</summary>
    public static void RefuseLabels(in Target y, ElasticNetOptions options)
    {
        if (options.Family is not { } family)
            return;
        const string option = nameof(options.Family);
        if (y.ClassNames is { } classes)
        {
            if (!family.HasClasses)
                Throw.Data(nameof(options), $"'{option}' ({family.Title}) must be {(classes.Count > 2 ? Family.Multinomial : Family.Binomial)} for a target of {(classes.Count > 2 ? Throw.Invariant($"{classes.Count}") : "two")} classes ({ClassLabels.Listed(classes)}); or give it as numbers.");
            if (classes.Count > 2 && family.HasEvent)
                Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' must hold two different labels for {family.Title}, but holds {classes.Count}: {ClassLabels.Listed(classes)}; the {Family.Multinomial.Title} family takes more."));
        }
        else if (family == Family.Multinomial)
        {
            Throw.Data(nameof(y), $"'{nameof(y)}' must be classes for {family}: {nameof(Target)}.{nameof(Target.Labels)}(labels) or {nameof(Target)}.{nameof(Target.Classes)}(codes, names).");
        }

        if (y.Responses > 1 != (family == Family.MultiGaussian))
        {
            Throw.Data(nameof(y), y.Responses > 1
                ? Throw.Invariant($"'{option}' ({family.Title}) must be {Family.MultiGaussian} for a target of {y.Responses} responses.")
                : $"'{nameof(y)}' must have two responses or more for {family}: {nameof(Target)}.{nameof(Target.Columns)}(y); a single one is a target of {Family.Gaussian}.");
        }

        int outputs = !family.HasOutputs ? 1 : y.ClassNames?.Count ?? y.Responses;
        if (outputs > 1 && !y.Offset.IsEmpty)
            Throw.Length(nameof(y.Offset), y.Offset.Length, $"be empty for the {outputs} outputs of {family}, each of which has one: '{nameof(y.Offsets)}'");
        if (y.Offsets.Rows == 0)
            return;
        if (outputs == 1)
            Throw.Data(nameof(y.Offsets), Throw.Invariant($"'{nameof(y.Offsets)}' ({y.Offsets.Rows} rows × {y.Offsets.Columns} columns) must be empty for {family}, which has one output: '{nameof(y.Offset)}'."));
        if (y.Offsets.Rows != y.Length || y.Offsets.Columns != outputs)
            Throw.Data(nameof(y.Offsets), Throw.Invariant($"'{nameof(y.Offsets)}' ({y.Offsets.Rows} rows × {y.Offsets.Columns} columns) must have a row for each of the {y.Length} rows and a column for each of the {outputs} {family.OutputsNoun}."));
    }

    /// <summary>A sparse table is fitted as it is.</summary>
    public static void RefuseSparse(in Features x, ElasticNetOptions options)
    {
        if (x.IsSparse && options.Preparation is not null)
            Throw.Data(nameof(options), $"'{nameof(options.Preparation)}' must be null for a sparse table: its columns are features already.");
    }
}
