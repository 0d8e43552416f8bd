using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Completes a table several times, with draws in place of single guesses, so that what is computed from each says how much the gaps
/// leave open: fit each, then pool by <see cref="Inference.RubinRules"/>.
/// </summary>
/// <remarks>
/// Chained equations whose regressions are BayesianRidge; noise variance, coefficients and noise are all drawn, which makes the
/// imputations proper in Rubin's sense (1987), as far as the columns are linear in each other with normal noise and gaps do not depend
/// on what they hide once the observed values are known. Columns of numbers and the target take part, categories do not.
/// </remarks>
public static unsafe class MultipleImputation
{
    /// <summary>Draws completed tables.</summary>
    /// <param name="x">The table; NaN in its columns of numbers is filled, categories stay as they are.</param>
    /// <param name="y">
    /// The target that the tables will be regressed on, one finite value for each row. Leave it empty only for imputations that are not
    /// regressed on: without it coefficients are biased towards 0.
    /// </param>
    /// <param name="options">How many, from what seed; null means the defaults.</param>
    /// <param name="limits">Least and largest values that may be put in, and whether observed values are (<see cref="IterativeImputationOptions.Matching"/>); its rounds and tolerance play no part. Null means none.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most, −1 for all cores; the tables are the same bit for bit.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>As many tables as were asked for, each with the columns of <paramref name="x"/>.</returns>
    /// <exception cref="ArgumentException">
    /// An option is outside its range, a length is wrong, a value cannot be, or a column is missing in all rows: leave it out.
    /// </exception>
    public static FeatureTable[] Draw(
        FeatureTable x, ReadOnlySpan<double> y, MultipleImputationOptions? options = null, IterativeImputationOptions? limits = null,
        int maxDegreeOfParallelism = -1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        options ??= new();
        PreparationRules.Check(options);
        if (y.Length != x.Rows && y.Length != 0)
            Throw.Length(nameof(y), y.Length, Throw.Invariant($"have a value for each of the {x.Rows} rows, or none"));
        for (int i = 0; i < y.Length; i++)
        {
            if (!double.IsFinite(y[i]))
                Throw.Data(nameof(y), Throw.Invariant($"'{nameof(y)}' must be finite, but row {i} (counted from 0) is {y[i]}; take such rows out."));
        }

        Preparation preparation = Preparation.Learn(x, new()
        {
            Imputation = ImputationMethod.Iterative,
            Iterative = (limits ?? new()) with { MaxRounds = 1 },
        });
        double[]? target = y.IsEmpty ? null : y.ToArray();
        FeatureTable[] tables = new FeatureTable[options.Imputations];
        ParallelWork.Run(tables.Length, maxDegreeOfParallelism, k =>
        {
            double[] values = x.Values.ToArray();
            fixed (double* origin = values)
            {
                double* start = origin;
                nint[] columns = Array.ConvertAll(Preparation.NumbersOf(x.Columns), number => (nint)(start + (nint)number * x.Rows));
                ChainedDraws.Draw(x.View, preparation, [], target, options.Rounds, new Deviates(options.Seed, k), columns, cancellationToken);
            }

            tables[k] = new FeatureTable(x.Columns, values, x.Rows);
        });
        return tables;
    }
}
