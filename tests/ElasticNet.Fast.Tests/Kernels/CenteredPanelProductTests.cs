using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class CenteredPanelProductTests
{
    public static TheoryData<string> Variants => KernelCases.Of("CenteredPanelProduct");

    // 0 to 5 columns and 0 to 9 vectors: every tile with every remainder. 700 rows of nine vectors are more than one tile.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_loops_also_far_from_zero(string variant)
    {
        foreach (int rows in (int[])[.. KernelCases.FewLengths, 700])
        {
            for (int columns = 0; columns < 6; columns++)
            {
                for (int vectors = rows == 700 ? 9 : 0; vectors < 10; vectors++)
                {
                    double centre = (rows + columns) % 2 == 0 ? 0 : 1e6;
                    Guard guard = KernelCases.Guards[(rows + columns + vectors) % 2];
                    if (KernelCases.Find(variant) is CenteredPanelProductKernel<float, double> single)
                        Check(single, rows, columns, vectors, centre, guard);
                    else
                        Check((CenteredPanelProductKernel<double, double>)KernelCases.Find(variant), rows, columns, vectors, centre, guard);
                }
            }
        }
    }

    private static void Check<S>(CenteredPanelProductKernel<S, double> product, int rows, int columns, int vectors, double centre, Guard guard)
        where S : unmanaged, INumberBase<S>
    {
        int stride = rows + 1, strideU = rows + 2, strideResult = columns + 1;
        using GuardedMemory memory = new(guard);
        double[] x = Panel.Create<S>(columns, rows, stride, 40, centre);
        double[] u = Panel.Create<double>(vectors, rows, strideU, 41);
        double[] shift = [.. KernelCases.Values(columns, 42).Select(value => value + centre)];
        double* actual = memory.Array<double>(Panel.Create<double>(vectors, columns, strideResult, 43));
        product(
            memory.Array<S>(x), stride, columns, memory.Array<double>(shift), memory.Array<double>(u), strideU, vectors, rows, actual, strideResult);
        for (int k = 0; k < vectors; k++)
        {
            for (int j = 0; j < columns; j++)
            {
                double expected = 0, size = 0;
                for (int i = 0; i < rows; i++)
                {
                    double term = (x[j * stride + i] - shift[j]) * u[k * strideU + i];
                    expected += term;
                    size += Math.Abs(term);
                }

                KernelCases.AssertSum(expected, actual[k * strideResult + j], size, rows);
            }

            if (k < vectors - 1)
                Assert.Equal(double.NaN, actual[k * strideResult + columns]);
        }

        memory.AssertNothingElseWritten();
    }
}
