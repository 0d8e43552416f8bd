using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Tests.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Numerics;

public unsafe class GramBlocksTests
{
    // Several strips, several tiles of rows, both with remainders; the last rows only, as when columns join a working set.
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(7, 0, 0)]
    [InlineData(30, 13, 0)]
    [InlineData(500, 40, 33)]
    [InlineData(801, 170, 0)]
    [InlineData(1200, 310, 150)]
    public void Agrees_with_plain_sums_and_with_itself_on_several_threads(int rows, int columns, int first)
    {
        int stride = (rows + 15) & ~7;
        double[] x = KernelCases.Values(columns * stride, 50);
        double[] once = Multiply(x, stride, rows, columns, first, degree: 1);
        Assert.Equal(once, Multiply(x, stride, rows, columns, first, degree: 3));
        for (int i = 0; i < columns; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                double expected = 1, size = 1;
                for (int r = 0; r < rows && i >= first && j <= i; r++)
                {
                    double term = x[i * stride + r] * x[j * stride + r];
                    expected += term;
                    size += Math.Abs(term);
                }

                KernelCases.AssertSum(expected, once[i * columns + j], size, rows + 1);
            }
        }
    }

    private static double[] Multiply(double[] x, int stride, int rows, int columns, int first, int degree)
    {
        double[] c = new double[columns * columns];
        Array.Fill(c, 1);
        WorkCrew crew = new();
        crew.Resize(degree);
        fixed (double* px = x, pc = c)
            new GramBlocks().AddLower(crew, px, stride, first, columns, rows, pc, columns);
        return c;
    }
}
