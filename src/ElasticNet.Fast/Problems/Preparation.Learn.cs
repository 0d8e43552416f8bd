using ElasticNet.Fast.Paths;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Preprocessing;

// Learning may take a solver, which what is learnt does not.
public sealed partial class Preparation
{
    /// <summary>Learns from a table, without a fit.</summary>
    /// <param name="x">The table. Its columns are the inputs.</param>
    /// <param name="options">How; their inputs are empty or the columns of the table.</param>
    /// <param name="weights">One for each row, ≥ 0; rows of weight 0 are no training rows. Empty means 1 each.</param>
    /// <exception cref="ArgumentException">
    /// An option is outside its range, or the table holds a value that cannot be, or one that is missing and that nothing
    /// fills; row and column are named.
    /// </exception>
    public static Preparation Learn(FeatureTable x, PreparationOptions options, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(options);
        if (!options.Inputs.IsEmpty)
            PreparationRules.CheckColumns(nameof(options.Inputs), options.Inputs, x.Columns);
        PreparationOptions asked = options with { Inputs = x.Columns };
        PreparationRules.Check(asked, x.Columns.Count);
        if (x.Rows == 0)
            Throw.Data(nameof(x), Throw.Invariant($"'{nameof(x)}' ({x.Rows} rows × {x.Columns.Count} columns) must have at least one row."));
        ValidOptions.CheckWeights(nameof(weights), weights, x.Rows);
        TableSummary.CheckWeights(weights, x.Rows);
        return PreparationLearner.Learn(x.View, asked, weights, maxDegreeOfParallelism: -1, CancellationToken.None,
            regression: ElasticNetRegression.For(asked, CancellationToken.None));
    }
}
