namespace ElasticNet.Fast.Preprocessing;

/// <summary>Which rows have a value in every column: the ones that <see cref="ImputationMethod.DropRows"/> keeps.</summary>
internal static unsafe class CompleteRows
{
    /// <summary>Gives incomplete rows the weight 0.</summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="options">The options; their inputs are not null.</param>
    /// <param name="weights">One for each row. Changed in place.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most, −1 for all cores.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>How many rows of positive weight are left.</returns>
    public static int Keep<T>(
        MatrixView<T> raw, PreparationOptions options, Span<double> weights, int maxDegreeOfParallelism, CancellationToken cancellationToken)
        where T : unmanaged
    {
        fixed (T* origin = raw)
        fixed (double* start = weights)
        {
            double* theirs = start;
            RawTable<T> table = new(raw, origin);
            int rows = table.Rows;
            // Two threads may write the same 0.
            table.ForEachColumn(maxDegreeOfParallelism, (column, values, _) =>
            {
                InputColumn input = options.Inputs[column];
                for (int i = 0; i < rows; i++)
                {
                    if (IsMissing(input, values[i], options.Encoding))
                        theirs[i] = 0;
                }
            }, cancellationToken);
        }

        int left = 0;
        foreach (double weight in weights)
            left += weight > 0 ? 1 : 0;
        return left;
    }

    /// <summary>
    /// Whether a raw value counts as missing: NaN, and where a category is a position, a level that has none.
    /// </summary>
    public static bool IsMissing(InputColumn input, double value, CategoryEncoding encoding) =>
        double.IsNaN(value) || value == InputColumn.UnknownLevel && encoding == CategoryEncoding.Ordinal && input.Kind == InputKind.Category;
}
