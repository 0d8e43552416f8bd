namespace ElasticNet.Fast.Preprocessing;

/// <summary>The training rows as neighbours to be: their numbers, column by column.</summary>
internal static unsafe class Donors
{
    /// <summary>Learns the neighbours; null where no column is a number.</summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="options">The options; their inputs are not null.</param>
    /// <param name="weights">Weights of the rows; empty means 1 each. Rows of weight 0 are no donors, and more weight gives no more say.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most, −1 for all cores.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static NeighborImputer? Learn<T>(
        MatrixView<T> raw, PreparationOptions options, double[] weights, int maxDegreeOfParallelism, CancellationToken cancellationToken)
        where T : unmanaged
    {
        int[] numbers = Preparation.NumbersOf(options.Inputs);
        if (numbers.Length == 0)
            return null;
        int[] rows = [.. Enumerable.Range(0, raw.Rows).Where(row => weights.Length == 0 || weights[row] > 0)];
        if ((long)rows.Length * numbers.Length > Array.MaxLength)
            Throw.Data("x", Throw.Invariant($"'x' must have at most {Array.MaxLength} numbers where training rows are kept as neighbours, but {rows.Length} training rows × {numbers.Length} columns of numbers are more; impute in another way."));
        double[] donors = new double[rows.Length * numbers.Length];
        fixed (T* origin = raw)
        {
            new RawTable<T>(raw, origin).ForEachColumn(maxDegreeOfParallelism, (input, values, _) =>
            {
                int number = Array.BinarySearch(numbers, input);
                for (int k = 0; number >= 0 && k < rows.Length; k++)
                    donors[number * rows.Length + k] = values[rows[k]];
            }, cancellationToken);
        }

        return NeighborImputer.Learn(donors, rows.Length, numbers.Length, options.Neighbors, options.NeighborWeighting);
    }
}
