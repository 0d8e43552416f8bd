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
        if (y.Folds is { } plan)
        {
            if (plan.Seed is null && options.Repeats > 1)
                Throw.OutOfRange(nameof(options.Repeats), options.Repeats, "be 1 where the folds are given or go forward in time: they are the same each time");
            options = options with { FoldPlan = plan, Repeats = plan.Repeats };
        }

        RefuseSparse(x, options);
        return x.Table is { } table
            ? options with { Preparation = (options.Preparation ?? new()) with { Inputs = table.Columns }, FeatureNames = [] }
            : options;
    }

    /// <summary>A sparse table is fitted as it is.</summary>
    public static void RefuseSparse(in Features x, ElasticNetOptions options)
    {
        if (x.IsSparse && options.Preparation is not null)
            Throw.Data(nameof(options), $"'{nameof(options.Preparation)}' must be null for a sparse table: its columns are features already.");
    }
}
