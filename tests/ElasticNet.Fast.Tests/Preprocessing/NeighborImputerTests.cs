using ElasticNet.Fast.Preprocessing;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Preprocessing;

[Reproducible]
public class NeighborImputerTests
{
    /// <summary>Against plain loops over all donors that add in the same order: not a bit differs, whatever the vector width.</summary>
    [Property(MaxTest = 400)]
    public void Filled_rows_are_those_of_plain_loops(int seed)
    {
        NeighborProblem problem = new(new Random(seed));
        NeighborImputer imputer = problem.Learn();
        foreach (double[] row in problem.Queries)
        {
            double[] filled = [.. row];
            imputer.Fill(filled);
            Assert.Equal(PlainNeighbors.Fill(problem, row), filled);
        }
    }

    /// <summary>A row alone, a batch, and any number of threads: the same bits.</summary>
    [Property(MaxTest = 100)]
    public unsafe void Batches_are_rows(int seed)
    {
        Random random = new(seed);
        NeighborProblem problem = new(random);
        NeighborImputer imputer = problem.Learn();
        double[][] rows = [.. problem.Queries.Select(row => (double[])[.. row])];
        int stride = rows.Length + random.Next(3);
        foreach (int degree in new[] { 1, 3, -1 })
        {
            double[] table = new double[stride * problem.Columns];
            for (int j = 0; j < problem.Columns; j++)
            {
                for (int i = 0; i < rows.Length; i++)
                    table[j * stride + i] = rows[i][j];
            }

            fixed (double* columns = table)
                imputer.Fill(columns, stride, rows.Length, degree, CancellationToken.None);
            for (int i = 0; i < rows.Length; i++)
            {
                double[] filled = [.. rows[i]];
                imputer.Fill(filled);
                Assert.Equal(filled, Enumerable.Range(0, problem.Columns).Select(j => table[j * stride + i]));
            }
        }
    }

    /// <summary>Units of the whole table change nothing but the unit of the result, out to where squares overflow or vanish.</summary>
    [Theory]
    [InlineData(500)]
    [InlineData(-500)]
    [InlineData(900)]
    [InlineData(-900)]
    public void Scales_far_from_one(int exponent)
    {
        NeighborProblem problem = new(new Random(1)), scaled = new(new Random(1), value => Math.ScaleB(value, exponent));
        (NeighborImputer imputer, NeighborImputer other) = (problem.Learn(), scaled.Learn());
        for (int q = 0; q < problem.Queries.Length; q++)
        {
            imputer.Fill(problem.Queries[q]);
            other.Fill(scaled.Queries[q]);
            Assert.Equal(problem.Queries[q].Select(value => Math.ScaleB(value, exponent)), scaled.Queries[q]);
        }
    }

    /// <summary>Differences in the eleventh digit decide who is near, far below what floats can tell.</summary>
    [Fact]
    public void Differences_smaller_than_floats_can_tell()
    {
        double[] donors = new double[2000];
        for (int i = 0; i < 1000; i++)
            (donors[i], donors[1000 + i]) = (i == 0 ? 1e4 : 1 + (i * 7919 % 999) * 1e-11, i);
        NeighborImputer imputer = NeighborImputer.Learn(donors, 1000, 2, 1, NeighborWeighting.Uniform);
        double[] row = [1 + 500e-11, double.NaN];
        imputer.Fill(row);
        Assert.Equal(Enumerable.Range(1, 999).MinBy(i => Math.Abs(donors[i] - (1 + 500e-11))), row[1]);
    }

    [Fact]
    public void Of_equally_near_donors_the_first_are_taken()
    {
        NeighborImputer imputer = NeighborImputer.Learn(Columns([1, -1, 1, -1, 5], [10, 20, 40, 80, 160]), 5, 2, 3, NeighborWeighting.Uniform);
        Assert.Equal((10 + 20 + 40) / 3.0, Filled(imputer, [0, double.NaN])[1], 1e-13);
    }

    [Fact]
    public void Fewer_donors_than_neighbours_are_all_taken()
    {
        NeighborImputer imputer = NeighborImputer.Learn(Columns([1, 2, 3], [10, double.NaN, 30]), 3, 2, 50, NeighborWeighting.Uniform);
        Assert.Equal(20, Filled(imputer, [0, double.NaN])[1]);
    }

    [Fact]
    public void Exact_matches_take_all()
    {
        NeighborImputer imputer = NeighborImputer.Learn(Columns([1, 2, 2, 3], [10, 20, 30, 40]), 4, 2, 4, NeighborWeighting.Distance);
        Assert.Equal(25, Filled(imputer, [2, double.NaN])[1]);
    }

    [Fact]
    public void Without_anything_in_common_it_is_the_mean_of_the_donors()
    {
        NeighborImputer imputer = NeighborImputer.Learn(Columns([1, 2, double.NaN], [10, double.NaN, 20], [double.NaN, double.NaN, 7]), 3, 3, 1, NeighborWeighting.Distance);
        Assert.Equal([1.5, 15, 7], Filled(imputer, [double.NaN, double.NaN, double.NaN]));
        Assert.Equal([1, 10, 7], Filled(imputer, [1, double.NaN, double.NaN])); // The only one with the last column shares none.
    }

    [Fact]
    public void A_column_without_donors_stays_missing()
    {
        NeighborImputer imputer = NeighborImputer.Learn(Columns([1, 2], [double.NaN, double.NaN]), 2, 2, 1, NeighborWeighting.Uniform);
        Assert.Equal([1, double.NaN], Filled(imputer, [1, double.NaN]));
        Assert.Equal([double.NaN, double.NaN], Filled(NeighborImputer.Learn(default, 0, 2, 1, NeighborWeighting.Uniform), [double.NaN, double.NaN]));
    }

    [Fact]
    public void A_row_with_an_infinite_value_keeps_its_gaps()
    {
        NeighborImputer imputer = NeighborImputer.Learn(Columns([1, 2], [3, 4], [5, 6]), 2, 3, 1, NeighborWeighting.Uniform);
        double[] row = [double.PositiveInfinity, double.NaN, 5];
        Assert.Equal(row, Filled(imputer, row));
    }

    /// <summary>A value that no float can hold is still nearer to one donor than to the other.</summary>
    [Fact]
    public void A_row_far_out_has_neighbours()
    {
        NeighborImputer imputer = NeighborImputer.Learn(Columns([0, 1], [3, 4]), 2, 2, 1, NeighborWeighting.Uniform);
        Assert.Equal(4, Filled(imputer, [1e10, double.NaN])[1]);
        Assert.Equal(3, Filled(imputer, [-1e10, double.NaN])[1]);
        Assert.Equal(3, Filled(imputer, [1e100, double.NaN])[1]); // Both at the same distance, to double precision.
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Contains("'neighbors' (0)", Assert.Throws<ArgumentOutOfRangeException>(() => NeighborImputer.Learn(new double[4], 2, 2, 0, default)).Message, StringComparison.Ordinal);
        Assert.Contains("2 rows × 2 columns", Assert.Throws<ArgumentException>(() => NeighborImputer.Learn(new double[5], 2, 2, 1, default)).Message, StringComparison.Ordinal);
        Assert.Contains("row 1, column 1", Assert.Throws<ArgumentException>(() => NeighborImputer.Learn(Columns([1, 2], [3, double.NegativeInfinity]), 2, 2, 1, default)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NeighborImputer.Learn(new double[4], 2, 2, 1, default).Fill(new double[3]));
    }

    [Fact]
    public unsafe void A_cancelled_batch_stops()
    {
        NeighborImputer imputer = NeighborImputer.Learn(new double[4], 2, 2, 1, default);
        double[] table = [double.NaN, 0];
        fixed (double* columns = table)
        {
            double* pinned = columns;
            Assert.ThrowsAny<OperationCanceledException>(() => imputer.Fill(pinned, 1, 1, 1, new CancellationToken(canceled: true)));
        }
    }

    private static double[] Columns(params double[][] columns) => [.. columns.SelectMany(column => column)];

    private static double[] Filled(NeighborImputer imputer, double[] row)
    {
        double[] filled = [.. row];
        imputer.Fill(filled);
        return filled;
    }
}
