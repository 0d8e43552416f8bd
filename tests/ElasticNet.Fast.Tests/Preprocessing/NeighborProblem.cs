using ElasticNet.Fast.Preprocessing;

namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>Donors and rows with gaps: ties, columns of very different sizes and means, columns and rows that are all gaps.</summary>
internal sealed class NeighborProblem
{
    public NeighborProblem(Random random, Func<double, double>? unit = null)
    {
        Rows = random.Next(1, random.Next(2) == 0 ? 12 : 300);
        Columns = random.Next(1, 20);
        Neighbors = random.Next(1, 8);
        Weighting = random.Next(2) == 0 ? NeighborWeighting.Uniform : NeighborWeighting.Distance;
        double gaps = random.Next(4) * 0.2;
        bool ties = random.Next(3) == 0;
        (double Centre, double Size)[] columns =
            [.. Enumerable.Range(0, Columns).Select(_ => random.Next(3) == 0 ? (1e6 * random.Next(-1, 2), Math.Pow(10, random.Next(-3, 4))) : (0, 1.0))];
        double[] Row(double missing) => [.. columns.Select(column =>
        {
            double value = ties ? random.Next(3) : column.Centre + column.Size * (random.NextDouble() + random.NextDouble() - 1);
            return random.NextDouble() < missing ? double.NaN : unit?.Invoke(value) ?? value;
        })];
        DonorRows = [.. Enumerable.Range(0, Rows).Select(_ => Row(gaps))];
        Queries = [.. Enumerable.Range(0, random.Next(1, 150)).Select(_ => Row(0.3)), Row(1), Row(0)];
    }

    public int Rows { get; }
    public int Columns { get; }
    public int Neighbors { get; }
    public NeighborWeighting Weighting { get; }
    public double[][] DonorRows { get; }
    public double[][] Queries { get; }

    public NeighborImputer Learn() => NeighborImputer.Learn(
        Enumerable.Range(0, Columns).SelectMany(j => DonorRows.Select(row => row[j])).ToArray(), Rows, Columns, Neighbors, Weighting);
}
