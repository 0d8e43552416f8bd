using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class GramTests
{
    public static TheoryData<string> Variants => KernelCases.Of("Gram");

    // 0 to 13 columns on either side: every tile with every remainder, and a tile of the widest vectors beside others.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Adds_every_inner_product_and_nothing_between(string variant)
    {
        var gram = (GramKernel<double, double>)KernelCases.Find(variant);
        foreach (int rows in KernelCases.FewLengths)
        {
            for (int columnsA = 0; columnsA < 14; columnsA++)
            {
                for (int columnsB = 0; columnsB < 10; columnsB++)
                    Check(gram, rows, columnsA, columnsB, columnsB, KernelCases.Guards[(rows + columnsA + columnsB) % 2]);
            }
        }
    }

    // What lies above the diagonal is left as it was, wherever the diagonal cuts the tiles.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Stops_at_the_diagonal(string variant)
    {
        var gram = (GramKernel<double, double>)KernelCases.Find(variant);
        foreach (int rows in (int[])[0, 5, 16, 33])
        {
            for (int columns = 1; columns < 15; columns++)
            {
                for (int diagonal = -columns - 1; diagonal <= columns; diagonal++)
                    Check(gram, rows, columns, 13, diagonal, KernelCases.Guards[(rows + columns + diagonal + 1) % 2 == 0 ? 0 : 1]);
            }
        }
    }

    private static void Check(GramKernel<double, double> gram, int rows, int columnsA, int columnsB, int diagonal, Guard guard)
    {
        int strideA = rows + 1, strideB = rows + 2, strideC = columnsB + 1;
        using GuardedMemory memory = new(guard);
        double[] a = Panel.Create<double>(columnsA, rows, strideA, 20);
        double[] b = Panel.Create<double>(columnsB, rows, strideB, 21);
        double[] c = Panel.Create<double>(columnsA, columnsB, strideC, 22);
        double* actual = memory.Array<double>(c);
        gram(memory.Array<double>(a), strideA, columnsA, memory.Array<double>(b), strideB, columnsB, rows, actual, strideC, diagonal);
        for (int i = 0; i < columnsA; i++)
        {
            for (int j = 0; j < columnsB; j++)
            {
                double expected = c[i * strideC + j], size = Math.Abs(expected);
                for (int r = 0; r < rows && j <= i + diagonal; r++)
                {
                    double term = a[i * strideA + r] * b[j * strideB + r];
                    expected += term;
                    size += Math.Abs(term);
                }

                KernelCases.AssertSum(expected, actual[i * strideC + j], size, rows + 1);
                if (j > i + diagonal)
                    Assert.Equal(c[i * strideC + j], actual[i * strideC + j]);
            }

            if (i < columnsA - 1)
                Assert.Equal(double.NaN, actual[i * strideC + columnsB]);
        }

        memory.AssertNothingElseWritten();
    }
}
