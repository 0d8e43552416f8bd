using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Tests.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Numerics;

/// <summary>The factor built in blocks is the one built row by row, wherever it starts and whatever was removed in between.</summary>
public unsafe class CholeskyFactorTests
{
    public static TheoryData<int> Counts => [1, 2, 47, 48, 49, 96, 130, 200];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Blocks_and_rows_agree(int count)
    {
        double[] matrix = Matrix(count);
        using CholeskyFactor rows = new(), blocks = new();
        AppendAll(rows, matrix, count, 0);
        Fill(blocks, matrix, count, 0);
        Assert.Equal(-1, blocks.FactorInPlace(count));
        AssertSame(rows, blocks, count);
    }

    [Theory]
    [InlineData(10, 130)]
    [InlineData(48, 130)]
    [InlineData(70, 75)]
    [InlineData(70, 200)]
    public void Blocks_go_on_from_rows(int start, int count)
    {
        double[] matrix = Matrix(count);
        using CholeskyFactor rows = new(), mixed = new();
        AppendAll(rows, matrix, count, 0);
        mixed.Reserve(count);
        AppendAll(mixed, matrix, start, 0);
        Fill(mixed, matrix, count, start);
        Assert.Equal(-1, mixed.FactorInPlace(count));
        AssertSame(rows, mixed, count);
    }

    /// <summary>Rows are rotated four at a time, and the last ones singly: every remainder, and a removal after a removal.</summary>
    [Fact]
    public void A_factor_that_lost_rows_is_that_of_the_others()
    {
        const int Most = 27;
        for (int count = 1; count <= Most; count++)
        {
            double[] matrix = Matrix(count);
            for (int removed = 0; removed < count; removed++)
            {
                List<int> left = [.. Enumerable.Range(0, count)];
                using CholeskyFactor factor = new();
                AppendAll(factor, matrix, count, 0);
                foreach (int index in new[] { removed, removed / 2 })
                {
                    if (left.Count == 0)
                        break;
                    factor.Remove(index);
                    left.RemoveAt(index);
                    using CholeskyFactor expected = new();
                    AppendAll(expected, [.. left.SelectMany(_ => left, (i, j) => matrix[i * count + j])], left.Count, 0);
                    AssertSame(expected, factor, left.Count);
                }
            }
        }
    }

    /// <summary>The inverses of blocks that are kept are those of the rows that are there now.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    [InlineData(149)]
    public void Trace_of_the_inverse_follows_removals_and_additions(int removed)
    {
        const int Count = 150;
        double[] matrix = Matrix(Count);
        double[] weights = [.. KernelCases.Values(Count, 61).Select(Math.Abs)];
        using CholeskyFactor factor = new();
        Fill(factor, matrix, Count, 0);
        Assert.Equal(-1, factor.FactorInPlace(Count));
        Compare(Enumerable.Range(0, Count));
        factor.Remove(removed);
        Compare(Enumerable.Range(0, Count).Where(k => k != removed));
        int[] order = [.. Enumerable.Range(0, Count).Where(k => k != removed), removed];
        double[] products = [.. order[..^1].Select(k => matrix[removed * Count + k])];
        fixed (double* row = products)
            Assert.True(factor.TryAppend(row, matrix[removed * Count + removed]));
        Compare(order);

        void Compare(IEnumerable<int> members)
        {
            double expected = 0;
            int k = 0;
            foreach (int _ in members)
            {
                double[] unit = new double[factor.Count];
                unit[k] = 1;
                fixed (double* b = unit)
                    factor.Solve(b);
                expected += weights[k] * unit[k];
                k++;
            }

            fixed (double* w = weights)
                Assert.Equal(expected, factor.InverseTrace(w), 1e-12 * expected);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    [InlineData(100)]
    public void A_dependent_row_is_found_and_those_before_it_are_factored(int dependent)
    {
        const int Count = 120;
        double[] matrix = Matrix(Count);
        // Row `dependent` becomes the sum of the two before it.
        for (int pass = 0; pass < 2; pass++)
        {
            for (int k = 0; k < Count; k++)
            {
                double sum = pass == 0
                    ? matrix[(dependent - 1) * Count + k] + matrix[(dependent - 2) * Count + k]
                    : matrix[k * Count + dependent - 1] + matrix[k * Count + dependent - 2];
                matrix[pass == 0 ? dependent * Count + k : k * Count + dependent] = sum;
            }
        }

        using CholeskyFactor rows = new(), blocks = new();
        AppendAll(rows, matrix, dependent, 0, Count);
        Fill(blocks, matrix, Count, 0);
        Assert.Equal(dependent, blocks.FactorInPlace(Count));
        Assert.Equal(dependent, blocks.Count);
        AssertSame(rows, blocks, dependent);
    }

    /// <summary>XᵀX + I, columns of X correlated.</summary>
    private static double[] Matrix(int count)
    {
        int depth = count + 20;
        double[] x = KernelCases.Values(count * depth, 60), matrix = new double[count * count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double sum = i == j ? 1 : 0;
                for (int r = 0; r < depth; r++)
                    sum += (x[i * depth + r] + x[r]) * (x[j * depth + r] + x[r]);
                matrix[i * count + j] = sum;
            }
        }

        return matrix;
    }

    private static void AppendAll(CholeskyFactor factor, double[] matrix, int count, int start, int stride = 0)
    {
        stride = stride == 0 ? (int)Math.Sqrt(matrix.Length) : stride;
        fixed (double* a = matrix)
        {
            for (int i = start; i < count; i++)
                Assert.True(factor.TryAppend(a + i * stride, a[i * stride + i]));
        }
    }

    private static void Fill(CholeskyFactor factor, double[] matrix, int count, int start)
    {
        factor.Reserve(count);
        for (int i = start; i < count; i++)
            matrix.AsSpan(i * count, i + 1).CopyTo(new(factor.Row(i), i + 1));
    }

    private static void AssertSame(CholeskyFactor expected, CholeskyFactor actual, int count)
    {
        Assert.Equal(count, actual.Count);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.Equal(expected.Row(i)[j], actual.Row(i)[j], 1e-12 * Math.Abs(expected.Row(i)[i]) + 1e-12);
        }
    }
}
