using ElasticNet.Fast.Compare.Problems;

namespace ElasticNet.Fast.PreparationBenchmark.Neighbours;

/// <summary>A column-major table with values missing at random.</summary>
internal sealed class GappedTable
{
    private const ulong Stream = 0x6B6E6E;

    /// <param name="rows">n.</param>
    /// <param name="columns">p.</param>
    /// <param name="missing">The share that is missing.</param>
    /// <param name="correlation">Between neighbouring columns, AR(1). Independent columns are the hardest: all rows are about equally far apart.</param>
    /// <param name="seed">Of the random numbers.</param>
    public GappedTable(int rows, int columns, double missing, double correlation, ulong seed)
    {
        (Rows, Columns) = (rows, columns);
        Values = new double[checked(rows * columns)];
        NormalSource source = new(seed, Stream);
        for (int i = 0; i < rows; i++)
        {
            double last = 0;
            for (int j = 0; j < columns; j++)
            {
                last = j == 0 ? source.NextNormal() : correlation * last + Math.Sqrt(1 - correlation * correlation) * source.NextNormal();
                Values[j * rows + i] = source.NextUniform() < missing ? double.NaN : last;
            }
        }
    }

    public int Rows { get; }

    public int Columns { get; }

    public double[] Values { get; }

    public int Gaps => Values.Count(double.IsNaN);
}
