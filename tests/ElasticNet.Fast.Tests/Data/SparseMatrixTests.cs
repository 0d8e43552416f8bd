using ElasticNet.Fast.Data;
using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Data;

/// <summary>Every way to a sparse table gives the same table.</summary>
[Reproducible]
public class SparseMatrixTests
{
    [Property]
    public void All_makers_agree_with_the_dense_table(int seed, byte rows, byte columns) => Agree(seed, rows % 40, columns % 30, random => random.NextDouble() * 4 - 2);

    [Property]
    public void All_makers_agree_on_ones(int seed, byte rows, byte columns)
    {
        int n = rows % 40, p = columns % 30;
        Agree(seed, n, p, _ => 1);
        double[,] dense = Dense(seed, n, p, _ => 1);
        (long[] starts, int[] indices, _) = Compressed(dense, byColumn: true);
        (long[] rowStarts, int[] columnIndices, _) = Compressed(dense, byColumn: false);
        (int Row, int Column)[] pairs = [.. Pairs(dense)];
        new Random(seed).Shuffle(pairs);
        SparseMatrix<double>[] made =
        [
            SparseMatrix.FromCsc(n, p, starts, indices), SparseMatrix.FromCsr(n, p, rowStarts, columnIndices),
            SparseMatrix.FromTriplets(n, p, [.. pairs.Select(pair => pair.Row)], [.. pairs.Select(pair => pair.Column)]),
            SparseMatrix.FromRows(p, Enumerable.Range(0, n).Select(i => Enumerable.Range(0, p).Reverse().Where(j => dense[i, j] != 0))),
        ];
        foreach (SparseMatrix<double> matrix in made)
        {
            Assert.Equal(dense, matrix.ToDense());
            Assert.False(matrix.HasValues);
            Assert.True(matrix.Values.IsEmpty);
        }
    }

    [Fact]
    public void Triplets_of_one_place_are_added_in_their_order()
    {
        SparseMatrix<double> matrix = SparseMatrix.FromTriplets(3, 2, [2, 0, 2, 2], [1, 0, 1, 1], (double[])[1e16, 5, 1, -1e16]);
        Assert.Equal(2, matrix.StoredCount);
        Assert.Equal(1e16 + 1 - 1e16, matrix[2, 1]);
        Assert.Equal(5, matrix[0, 0]);
        Assert.Equal("sparse 3 × 2, 2 stored", matrix.ToString());
        // What cancels stays as a stored zero.
        Assert.Equal(1, SparseMatrix.FromTriplets(1, 1, [0, 0], [0, 0], (double[])[1, -1]).StoredCount);
    }

    [Fact]
    public void Stored_zeros_are_kept_and_counted()
    {
        SparseMatrix<float> matrix = SparseMatrix.FromCsc(2, 3, [0, 1, 1, 3], [1, 0, 1], (float[])[0, -0f, 2]);
        Assert.Equal(3, matrix.StoredCount);
        Assert.Equal([0, 1], matrix.RowsOf(2).ToArray());
        Assert.Equal([-0f, 2], matrix.ValuesOf(2).ToArray());
        Assert.True(matrix.RowsOf(1).IsEmpty);
        Assert.Equal(0, matrix[0, 1]);
    }

    [Fact]
    public void What_is_given_is_copied()
    {
        int[] rows = [0, 1];
        double[] values = [2, 3];
        SparseMatrix<double> matrix = SparseMatrix.FromCsc(2, 1, [0, 2], rows, values);
        (rows[0], values[0]) = (1, 9);
        Assert.Equal(2, matrix[0, 0]);
    }

    [Fact]
    public void A_builder_keeps_values_only_from_the_first_that_is_not_1()
    {
        var builder = new SparseMatrixBuilder<float>();
        for (int i = 0; i < 3000; i++)
            builder.AddRow([i % 7, 7 + i % 5], [1, i == 2000 ? 3 : 1]);
        builder.AddRow([]);
        builder.AddRow([20]);
        SparseMatrix<float> matrix = builder.ToMatrix(builder.LeastColumns);
        Assert.Equal((3002, 21, 6001L), (matrix.Rows, matrix.Columns, matrix.StoredCount));
        Assert.Equal(3, matrix[2000, 7 + 2000 % 5]);
        Assert.Equal(1, matrix[2001, 7 + 2001 % 5]);
        Assert.Equal(1, matrix[0, 0]);
        Assert.Equal(1, matrix[3001, 20]);
        Assert.Equal(6001 + 2, matrix.Values.ToArray().Sum());
        // It can go on.
        builder.AddRow([0], [2]);
        Assert.Equal(2, builder.ToMatrix(30)[3002, 0]);
    }

    [Theory]
    [InlineData(2, 2, new long[] { 0, 1 }, new[] { 0 }, new double[] { 1 }, "'starts' (length 2) must hold 3 numbers")]
    [InlineData(2, 1, new long[] { 1, 1 }, new[] { 0 }, new double[] { 1 }, "'starts' must begin with 0, but begins with 1")]
    [InlineData(2, 2, new long[] { 0, 2, 1 }, new[] { 0, 1 }, new double[] { 1, 1 }, "'starts' must not fall, but number 2 (1) is below number 1 (2)")]
    [InlineData(2, 1, new long[] { 0, 3 }, new[] { 0, 1 }, new double[] { 1, 1 }, "'starts' must end with the number of entries (2), but ends with 3")]
    [InlineData(2, 2, new long[] { 0, 4294967298, 2 }, new[] { 0, 1 }, new double[] { 1, 1 }, "'starts' must not fall")]
    [InlineData(2, 1, new long[] { 0, 4294967298 }, new[] { 0, 1 }, new double[] { 1, 1 }, "'starts' must end with the number of entries (2), but ends with 4294967298")]
    [InlineData(2, 1, new long[] { 0, 1 }, new[] { 2 }, new double[] { 1 }, "'rowIndices' must be in [0, 2), but column 0 (counted from 0) has 2")]
    [InlineData(2, 1, new long[] { 0, 1 }, new[] { -1 }, new double[] { 1 }, "'rowIndices' must be in [0, 2), but column 0 (counted from 0) has -1")]
    [InlineData(3, 1, new long[] { 0, 2 }, new[] { 1, 0 }, new double[] { 1, 1 }, "in column 0 (counted from 0) row 0 follows row 1")]
    [InlineData(3, 1, new long[] { 0, 2 }, new[] { 1, 1 }, new double[] { 1, 1 }, "in column 0 (counted from 0) row 1 follows row 1")]
    [InlineData(3, 2, new long[] { 0, 1, 2 }, new[] { 1, 2 }, new[] { 1, double.NaN }, "'values' must be finite, but row 2, column 1 (counted from 0) is NaN")]
    [InlineData(3, 2, new long[] { 0, 1, 2 }, new[] { 1, 2 }, new[] { double.NegativeInfinity, 1 }, "'values' must be finite, but row 1, column 0 (counted from 0) is -Infinity")]
    [InlineData(3, 1, new long[] { 0, 1 }, new[] { 1 }, new double[] { 1, 2 }, "'values' (length 2) must hold one value for each of the 1 entries")]
    [InlineData(-1, 1, new long[] { 0, 0 }, new int[0], new double[0], "'rows' (-1) must not be negative")]
    [InlineData(1, -1, new long[] { 0 }, new int[0], new double[0], "'columns' (-1) must not be negative")]
    [InlineData(1, int.MaxValue, new long[] { 0 }, new int[0], new double[0], "'columns' (2147483647) must be below 2147483591")]
    public void Bad_columns_are_refused_by_name(int rows, int columns, long[] starts, int[] indices, double[] values, string message)
    {
        Assert.Contains(message, Message(() => SparseMatrix.FromCsc(rows, columns, starts, indices, values)), StringComparison.Ordinal);
        if (values.Length == indices.Length && values.All(double.IsFinite))
            Assert.Contains(message, Message(() => SparseMatrix.FromCsc(rows, columns, starts, indices)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new long[] { 0, 1, 2 }, new[] { 0, 3 }, new double[] { 1, 1 }, "'columnIndices' must be in [0, 3), but row 1 (counted from 0) has 3")]
    [InlineData(new long[] { 0, 0, 2 }, new[] { 1, 1 }, new double[] { 1, 1 }, "row 1, column 1 (counted from 0) is there twice")]
    [InlineData(new long[] { 0, 0, 3 }, new[] { 1, 0, 1 }, new double[] { 1, 1, 1 }, "row 1, column 1 (counted from 0) is there twice")]
    [InlineData(new long[] { 0, 1, 2 }, new[] { 0, 1 }, new[] { 1, double.PositiveInfinity }, "row 1, column 1 (counted from 0) is Infinity")]
    [InlineData(new long[] { 0, 2 }, new[] { 0, 1 }, new double[] { 1, 1 }, "'starts' (length 2) must hold 3 numbers, one for each of the 2 rows")]
    public void Bad_rows_are_refused_by_name(long[] starts, int[] indices, double[] values, string message) =>
        Assert.Contains(message, Message(() => SparseMatrix.FromCsr(2, 3, starts, indices, values)), StringComparison.Ordinal);

    [Fact]
    public void Bad_triplets_and_pairs_are_refused_by_name()
    {
        Assert.Contains("'rowIndices' must be in [0, 2), but entry 1 (counted from 0) has 2", Message(() => SparseMatrix.FromTriplets(2, 2, [0, 2], [0, 0], (double[])[1, 1])), StringComparison.Ordinal);
        Assert.Contains("'columnIndices' must be in [0, 2), but entry 0 (counted from 0) has -5", Message(() => SparseMatrix.FromTriplets(2, 2, [0], [-5], (double[])[1])), StringComparison.Ordinal);
        Assert.Contains("'columnIndices' (length 1)", Message(() => SparseMatrix.FromTriplets(2, 2, [0, 1], [1], (double[])[1, 1])), StringComparison.Ordinal);
        Assert.Contains("row 1, column 0 (counted from 0) is NaN", Message(() => SparseMatrix.FromTriplets(2, 2, [1], [0], (double[])[double.NaN])), StringComparison.Ordinal);
        Assert.Contains("row 1, column 0 (counted from 0) is Infinity", Message(() => SparseMatrix.FromTriplets(2, 2, [1, 1], [0, 0], (double[])[1e308, 1e308])), StringComparison.Ordinal);
        Assert.Contains("row 1, column 0 (counted from 0) is there twice", Message(() => SparseMatrix.FromTriplets(2, 2, [1, 1], [0, 0])), StringComparison.Ordinal);
        Assert.Contains("row 0, column 1 (counted from 0) is there twice", Message(() => SparseMatrix.FromRows(2, (int[][])[[1, 1]])), StringComparison.Ordinal);
        Assert.Contains("'columns' (2) must be at least 3: there is an entry in column 2", Message(() => SparseMatrix.FromRows(2, (int[][])[[0, 2]])), StringComparison.Ordinal);
        Assert.Contains("row 1 (counted from 0) has -1", Message(() => SparseMatrix.FromRows(2, (int[][])[[], [-1]])), StringComparison.Ordinal);
        Assert.Contains("is NaN", Message(() => SparseMatrix.FromRows(2, ((int, float)[][])[[(1, float.NaN)]])), StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => SparseMatrix.FromCsc(1, 1, [0, 1], [0], (Half[])[Half.One]));
        Assert.Contains("'row' (1) must be in [0, 1)", Message(() => SparseMatrix.FromCsc(1, 1, [0, 0], []) is { } one ? one[1, 0] : 0), StringComparison.Ordinal);
        Assert.Contains("'column' (1) must be in [0, 1)", Message(() => SparseMatrix.FromCsc(1, 1, [0, 0], []) is { } one ? one[0, 1] : 0), StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_array_holds_is_refused_by_its_size()
    {
        SparseRules.DemandCapacity(Array.MaxLength);
        Assert.Contains("'entries' (2147483592) must be at most 2147483591", Message(() => SparseRules.DemandCapacity(2147483592)), StringComparison.Ordinal);
        Assert.Contains("'entries' (6000000000)", Message(() => SparseRules.DemandCapacity(3L * 2_000_000_000)), StringComparison.Ordinal);
        SparseMatrix<double> large = SparseMatrix.FromRows(1 << 16, Enumerable.Repeat(Array.Empty<int>(), 1 << 16));
        Assert.Contains("A table of 65536 × 65536 elements is more than", Assert.Throws<InvalidOperationException>(large.ToDense).Message, StringComparison.Ordinal);
    }

    private static void Agree(int seed, int n, int p, Func<Random, double> value)
    {
        double[,] dense = Dense(seed, n, p, value);
        (long[] starts, int[] indices, double[] values) = Compressed(dense, byColumn: true);
        (long[] rowStarts, int[] columnIndices, double[] rowValues) = Compressed(dense, byColumn: false);
        (int Row, int Column)[] pairs = [.. Pairs(dense)];
        new Random(seed).Shuffle(pairs);
        SparseMatrix<double>[] made =
        [
            SparseMatrix.FromCsc(n, p, starts, indices, values), SparseMatrix.FromCsr(n, p, rowStarts, columnIndices, rowValues),
            SparseMatrix.FromTriplets(n, p, [.. pairs.Select(pair => pair.Row)], [.. pairs.Select(pair => pair.Column)], (double[])[.. pairs.Select(pair => dense[pair.Row, pair.Column])]),
            SparseMatrix.FromRows(p, Enumerable.Range(0, n).Select(i => Enumerable.Range(0, p).Reverse().Where(j => dense[i, j] != 0).Select(j => (j, dense[i, j])))),
        ];
        foreach (SparseMatrix<double> matrix in made)
        {
            Assert.Equal((n, p, (long)pairs.Length), (matrix.Rows, matrix.Columns, matrix.StoredCount));
            Assert.Equal(dense, matrix.ToDense());
            Assert.Equal(starts, matrix.Starts.ToArray());
            Assert.Equal(indices, matrix.RowIndices.ToArray());
            for (int j = 0; j < p; j++)
                for (int i = 0; i < n; i++)
                    Assert.Equal(dense[i, j], matrix[i, j]);
        }

        SparseMatrix<float> single = SparseMatrix.FromCsr(n, p, rowStarts, columnIndices, (float[])[.. rowValues.Select(x => (float)x)]);
        Assert.Equal([.. dense.Cast<double>().Select(x => (float)x)], single.ToDense().Cast<float>());
    }

    private static double[,] Dense(int seed, int n, int p, Func<Random, double> value)
    {
        Random random = new(seed);
        double[,] dense = new double[n, p];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < p; j++)
                dense[i, j] = random.Next(4) == 0 && j != 3 ? value(random) : 0;
        return dense;
    }

    private static IEnumerable<(int Row, int Column)> Pairs(double[,] dense) =>
        from i in Enumerable.Range(0, dense.GetLength(0)) from j in Enumerable.Range(0, dense.GetLength(1)) where dense[i, j] != 0 select (i, j);

    private static (long[] Starts, int[] Indices, double[] Values) Compressed(double[,] dense, bool byColumn)
    {
        int outer = dense.GetLength(byColumn ? 1 : 0), inner = dense.GetLength(byColumn ? 0 : 1);
        long[] starts = new long[outer + 1];
        List<int> indices = [];
        List<double> values = [];
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                double value = byColumn ? dense[i, o] : dense[o, i];
                if (value == 0)
                    continue;
                indices.Add(i);
                values.Add(value);
            }

            starts[o + 1] = indices.Count;
        }

        return (starts, [.. indices], [.. values]);
    }

    private static string Message(Func<object> make) => Assert.ThrowsAny<ArgumentException>(make).Message;

    private static string Message(Action make) => Assert.ThrowsAny<ArgumentException>(make).Message;
}
