using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Preprocessing;

/// <summary>
/// Fills the gaps of a row with what its nearest neighbours among the donors have there. The squared distance of two rows
/// is the mean square of their differences over the columns that both have; donors of a column are those that have it and
/// share a column with the row, of equally near ones the first; fewer than k are all taken. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// A column without such a donor gets the donors' mean, one without any donor stays NaN. The result is the same bits for
/// a row alone and in a batch, for any number of threads, on every machine: float arithmetic only decides which donors
/// are too far away to be looked at, with room for its rounding.
/// </remarks>
internal sealed unsafe class NeighborImputer : INumberImputer
{
    /// <summary>Rows searched together.</summary>
    private const int BlockRows = 64;

    /// <summary>Neighbours that a block has room for, unless a row alone needs more.</summary>
    private const int BlockNeighbors = 1 << 20;

    [ThreadStatic]
    private static NeighborSearch? t_search;

    private readonly DonorTable _table;
    private readonly int _kept;
    private readonly int _blockRows;

    private NeighborImputer(ReadOnlyMemory<double> donors, DonorTable table, int neighbors, NeighborWeighting weighting)
    {
        (Donors, _table, Neighbors, Weighting) = (donors, table, neighbors, weighting);
        _kept = Math.Min(neighbors, table.Rows);
        _blockRows = (int)Math.Clamp(BlockNeighbors / Math.Max((long)table.Columns * _kept, 1), 1, BlockRows);
    }

    /// <summary>Number of donors.</summary>
    public int Rows => _table.Rows;

    /// <summary>Number of columns.</summary>
    public int Columns => _table.Columns;

    /// <summary>The donors, column by column, NaN for missing.</summary>
    public ReadOnlyMemory<double> Donors { get; }

    /// <summary>The k that was asked for.</summary>
    public int Neighbors { get; }

    /// <summary>How much each neighbour counts.</summary>
    public NeighborWeighting Weighting { get; }

    /// <summary>Learns the donors, which takes one and a half times their memory on top of it.</summary>
    /// <param name="donors">Column-major, rows × columns, NaN for missing. Kept, not copied; it must not change.</param>
    /// <param name="rows">Number of donors.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="neighbors">k ≥ 1.</param>
    /// <param name="weighting">How much each neighbour counts.</param>
    /// <exception cref="ArgumentException">Sizes that do not fit, or an infinite value.</exception>
    public static NeighborImputer Learn(ReadOnlyMemory<double> donors, int rows, int columns, int neighbors, NeighborWeighting weighting)
    {
        if (neighbors < 1)
            Throw.OutOfRange(nameof(neighbors), neighbors, "be at least 1");
        if (donors.Length != (long)rows * columns)
            Throw.Length(nameof(donors), donors.Length, Throw.Invariant($"be {rows} rows × {columns} columns"));
        ReadOnlySpan<double> values = donors.Span;
        int infinite = values.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity);
        if (infinite >= 0)
            Throw.Data(nameof(donors), Throw.Invariant($"'donors' must be finite or NaN, but row {infinite % rows}, column {infinite / rows} (counted from 0) is {values[infinite]}."));
        return new NeighborImputer(donors, new DonorTable(values, rows, columns), neighbors, weighting);
    }

    public int ScratchLength => 0;

    public void Fill(Span<double> numbers, Span<double> scratch) => Fill(numbers);

    /// <summary>Fills the gaps of one row in place. Allocates nothing once a thread has filled a row of this size.</summary>
    /// <param name="numbers">A value per column, NaN for missing. One that is infinite has no neighbours: its gaps stay.</param>
    public void Fill(Span<double> numbers)
    {
        if (numbers.Length != Columns)
            Throw.Length(nameof(numbers), numbers.Length, Throw.Invariant($"have a value for each of the {Columns} columns"));
        fixed (double* row = numbers)
        {
            if (!HasGaps(row, 1))
                return;
            NeighborSearch search = t_search ??= new();
            search.Begin(_table, _kept, 1);
            search.Add(row, 1);
            search.Fill(Weighting);
        }
    }

    /// <summary>Fills the gaps of many rows in place.</summary>
    /// <param name="columns">Column-major.</param>
    /// <param name="stride">Elements from one column to the next.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="maxDegreeOfParallelism">Threads at most; −1 means all cores.</param>
    /// <param name="cancellation">Stops between blocks of rows; those before are filled.</param>
    public void Fill(double* columns, nint stride, int rows, int maxDegreeOfParallelism, CancellationToken cancellation = default)
    {
        int blocks = (int)(((long)rows + _blockRows - 1) / _blockRows);
        ParallelWork.Run(blocks, maxDegreeOfParallelism, block =>
        {
            cancellation.ThrowIfCancellationRequested();
            NeighborSearch search = t_search ??= new();
            search.Begin(_table, _kept, _blockRows);
            int top = block * _blockRows;
            for (int i = top; i < Math.Min(top + _blockRows, rows); i++)
            {
                if (HasGaps(columns + i, stride))
                    search.Add(columns + i, stride);
            }

            search.Fill(Weighting);
        });
    }

    private bool HasGaps(double* row, nint stride)
    {
        bool gaps = false, infinite = false;
        for (int j = 0; j < Columns; j++)
        {
            double value = row[j * stride];
            gaps |= double.IsNaN(value);
            infinite |= double.IsInfinity(value);
        }

        return gaps && !infinite;
    }
}
