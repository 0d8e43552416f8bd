namespace ElasticNet.Fast.Preprocessing;

/// <summary>Fills the gaps of a row of numbers from what the row has: one row alone and many give the same bits.</summary>
internal interface INumberImputer
{
    /// <summary>Numbers of room that <see cref="Fill(Span{double}, Span{double})"/> needs.</summary>
    int ScratchLength { get; }

    /// <summary>Fills the gaps of one row in place, as far as it can. Allocates nothing once a thread has filled a row of this size.</summary>
    /// <param name="numbers">A value per column, NaN for missing.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/>.</param>
    void Fill(Span<double> numbers, Span<double> scratch);

    /// <summary>Fills the gaps of many rows in place.</summary>
    /// <param name="columns">Column-major.</param>
    /// <param name="stride">Elements from one column to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most; −1 means all cores.</param>
    /// <param name="cancellation">Stops between blocks of rows; those before are filled.</param>
    unsafe void Fill(double* columns, nint stride, int rows, int maxDegreeOfParallelism, CancellationToken cancellation = default);
}
