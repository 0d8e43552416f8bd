using System.Numerics;
using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Problems;

namespace ElasticNet.Fast.Explanation;

/// <summary>Groups of features that correlations with selected features link.</summary>
internal static class Grouping
{
    /// <summary>The groups of two or more.</summary>
    /// <param name="x">All features.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="intercept">Whether columns are centred.</param>
    /// <param name="selected">The selected features, ascending.</param>
    /// <param name="centred">Their columns, centred and multiplied by √w.</param>
    /// <param name="effects">Their |β·sd|.</param>
    /// <param name="link">Least absolute correlation.</param>
    /// <param name="cancellation">Looked at for each feature.</param>
    public static CorrelatedGroup[] Of<T>(
        MatrixView<T> x, CountedRows rows, bool intercept, int[] selected, double[][] centred, double[] effects, double link, CancellationToken cancellation)
        where T : unmanaged, INumberBase<T>
    {
        int[] leader = [.. Enumerable.Range(0, x.Columns)];
        double[] strengths = new double[x.Columns], column = new double[rows.Count];
        double[] norms = Array.ConvertAll(centred, own => Math.Sqrt(Vectors.Dot(own, own)));
        for (int k = 0; k < selected.Length; k++)
            strengths[selected[k]] = effects[k];
        for (int j = 0; j < x.Columns; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            rows.Column(x, j, column);
            rows.Center(column, intercept ? rows.Mean(column) : 0);
            double norm = Math.Sqrt(Vectors.Dot(column, column));
            for (int k = 0; k < selected.Length; k++)
            {
                // Rounding must not part what is the same.
                if (selected[k] != j && norm > 0 && norms[k] > 0 && Math.Abs(Vectors.Dot(column, centred[k])) >= link * (1 - 1e-12) * norm * norms[k])
                    leader[Find(leader, j)] = Find(leader, selected[k]);
            }
        }

        return [.. Enumerable.Range(0, x.Columns).GroupBy(j => Find(leader, j)).Where(group => group.Skip(1).Any())
            .Select(group => group.ToArray()).OrderBy(group => group[0]).Select(group =>
            {
                double sum = group.Sum(j => strengths[j]);
                return new CorrelatedGroup(group, Array.ConvertAll(group, j => sum > 0 ? strengths[j] / sum : 0));
            })];
    }

    private static int Find(int[] leader, int j)
    {
        while (leader[j] != j)
            j = leader[j] = leader[leader[j]];
        return j;
    }
}
