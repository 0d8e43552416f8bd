using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Problems;

/// <summary>Rows that are imputed several times lie one copy after another; all copies of a row share target, weight, offset and fold.</summary>
internal static unsafe class RowCopies
{
    /// <summary>Rows of all copies.</summary>
    public static int Rows(int rows, int copies)
    {
        if ((long)rows * copies > Array.MaxLength)
            Throw.Data("x", Throw.Invariant($"'x' must have fewer rows where they are imputed several times, but {rows} rows × {copies} imputations are more than {Array.MaxLength}; draw fewer, or impute once."));
        return rows * copies;
    }

    /// <summary>What is given per row for each copy of it; nothing stays nothing, and one copy is the thing itself.</summary>
    public static ReadOnlySpan<TValue> Of<TValue>(ReadOnlySpan<TValue> perRow, int copies)
    {
        if (copies == 1 || perRow.IsEmpty)
            return perRow;
        TValue[] all = new TValue[perRow.Length * copies];
        for (int copy = 0; copy < copies; copy++)
            perRow.CopyTo(all.AsSpan(copy * perRow.Length));
        return all;
    }

    /// <summary>Copies the features of all rows, and puts draws into the gaps of the training rows, other ones in each copy.</summary>
    /// <param name="raw">The raw table.</param>
    /// <param name="target">y.</param>
    /// <param name="weights">Weights; empty means 1. Rows of weight 0 are no training rows.</param>
    /// <param name="preparation">What was learnt.</param>
    /// <param name="features">Column-major, a copy after the other in each column; the first is there.</param>
    /// <param name="threads">Threads at most, −1 for all cores.</param>
    /// <param name="cancellation">Stops the work.</param>
    public static void Draw<T>(
        MatrixView<T> raw, ReadOnlySpan<double> target, ReadOnlySpan<double> weights, Preparation preparation, double* features,
        int threads, CancellationToken cancellation)
        where T : unmanaged
    {
        MultipleImputationOptions options = preparation.Options.Multiple;
        (int rows, int columns, nint pitch, bool isColumnMajor) = (raw.Rows, raw.Columns, raw.Stride, raw.IsColumnMajor);
        nint stride = (nint)rows * options.Imputations;
        for (int k = 0; k < preparation.FeatureCount; k++)
        {
            for (int copy = 1; copy < options.Imputations; copy++)
                new ReadOnlySpan<double>(features + k * stride, rows).CopyTo(new Span<double>(features + k * stride + (nint)copy * rows, rows));
        }

        int[] places = Array.ConvertAll(Preparation.NumbersOf(preparation.Inputs), number => preparation.Encodings.Span[number].Feature);
        double[] y = target.ToArray(), theirs = weights.ToArray();
        fixed (T* origin = raw)
        {
            T* start = origin;
            ParallelWork.Run(options.Imputations, threads, copy =>
            {
                nint[] destinations = Array.ConvertAll(places, place => (nint)(features + place * stride + (nint)copy * rows));
                MatrixView<T> table = new(ref *start, rows, columns, pitch, isColumnMajor);
                ChainedDraws.Draw(
                    table, preparation, theirs, y, options.Rounds, new Deviates(options.Seed, copy), destinations, cancellation);
            });
        }
    }
}
