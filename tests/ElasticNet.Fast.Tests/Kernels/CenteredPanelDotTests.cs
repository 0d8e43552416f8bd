using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class CenteredPanelDotTests
{
    public static TheoryData<string> Variants => KernelCases.Of("CenteredPanelDot");

    // A product before the subtraction would lose the digits that the bound of the far case asks for.
    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_loop_also_far_from_zero(string variant)
    {
        foreach (double centre in new[] { 0, 1e6 })
        {
            if (KernelCases.Find(variant) is CenteredPanelDotKernel<float, double> single)
                Check(single, centre);
            else
                Check((CenteredPanelDotKernel<double, double>)KernelCases.Find(variant), centre);
        }
    }

    private static void Check<S>(CenteredPanelDotKernel<S, double> panelDot, double centre)
        where S : unmanaged, INumberBase<S>
    {
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                int columns = n % 10;
                int stride = n + n % 3;
                using GuardedMemory memory = new(guard);
                double[] x = Panel.Create<S>(columns, n, stride, 10, centre);
                double[] u = KernelCases.Values(n, 11);
                double[] shift = [.. KernelCases.Values(columns, 12).Select(value => value + centre)];
                double* actual = memory.Array<double>(KernelCases.Values(columns, 13));
                panelDot(memory.Array<S>(x), stride, columns, memory.Array<double>(shift), memory.Array<double>(u), n, actual);
                for (int j = 0; j < columns; j++)
                {
                    double expected = 0, size = 0;
                    for (int i = 0; i < n; i++)
                    {
                        double term = (x[j * stride + i] - shift[j]) * u[i];
                        expected += term;
                        size += Math.Abs(term);
                    }

                    KernelCases.AssertSum(expected, actual[j], size, n);
                }

                memory.AssertNothingElseWritten();
            }
        }
    }
}
