namespace ElasticNet.Fast.Tests.Preprocessing;

/// <summary>What the imputer promises, by sorting all donors.</summary>
internal static class PlainNeighbors
{
    public static double[] Fill(NeighborProblem problem, double[] row)
    {
        double?[] distances = [.. problem.DonorRows.Select(donor => MeanSquare(donor, row))];
        double[] filled = [.. row];
        for (int j = 0; j < row.Length; j++)
        {
            if (!double.IsNaN(row[j]))
                continue;
            int[] having = [.. Enumerable.Range(0, problem.Rows).Where(i => !double.IsNaN(problem.DonorRows[i][j]))];
            int[] nearest = [.. having.Where(i => distances[i] is not null).OrderBy(i => distances[i]).ThenBy(i => i).Take(problem.Neighbors).Order()];
            filled[j] = nearest.Length > 0
                ? Combine(problem, [.. nearest.Select(i => (distances[i]!.Value, problem.DonorRows[i][j]))])
                : Mean([.. having.Select(i => problem.DonorRows[i][j])]);
        }

        return filled;
    }

    /// <summary>Column j adds to sum j mod 8.</summary>
    private static double? MeanSquare(double[] donor, double[] row)
    {
        double[] sums = new double[8];
        int common = 0;
        for (int j = 0; j < row.Length; j++)
        {
            double difference = donor[j] - row[j];
            if (double.IsNaN(difference))
                continue;
            sums[j % 8] += difference * difference;
            common++;
        }

        double even = (sums[0] + sums[2]) + (sums[4] + sums[6]), odd = (sums[1] + sums[3]) + (sums[5] + sums[7]);
        return common == 0 ? null : (even + odd) / common;
    }

    private static double Combine(NeighborProblem problem, (double Distance, double Value)[] neighbors)
    {
        bool exact = problem.Weighting == NeighborWeighting.Distance && neighbors.Any(neighbor => neighbor.Distance == 0);
        double shift = neighbors[0].Value, sum = 0, total = 0;
        foreach ((double distance, double value) in neighbors)
        {
            double weight = problem.Weighting == NeighborWeighting.Uniform ? 1 : exact ? (distance == 0 ? 1 : 0) : 1 / Math.Sqrt(distance);
            sum += weight * (value - shift);
            total += weight;
        }

        return shift + sum / total;
    }

    private static double Mean(double[] values)
    {
        if (values.Length == 0)
            return double.NaN;
        double middle = 0.5 * values.Min() + 0.5 * values.Max(), sum = 0;
        foreach (double value in values)
            sum += value - middle;
        return middle + sum / values.Length;
    }
}
