using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class PanelDotTests
{
    private const int Columns = 6;

    public static TheoryData<string> Variants => KernelCases.Of("PanelDot");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_loop(string variant)
    {
        var panelDot = (PanelDotKernel<double, double>)KernelCases.Find(variant);
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                int count = n % 10;
                int stride = n + 1 + n % 3;
                using GuardedMemory memory = new(guard);
                double[] x = Panel.Create<double>(Columns, n, stride, 14);
                double[] y = KernelCases.Values(n, 15);
                int[] columns = Panel.Choose(count, Columns);
                double* actual = memory.Array<double>(KernelCases.Values(count, 16));
                fixed (int* chosen = columns)
                    panelDot(memory.Array<double>(x), stride, chosen, count, memory.Array<double>(y), n, actual);
                for (int k = 0; k < count; k++)
                {
                    double expected = 0, size = 0;
                    for (int i = 0; i < n; i++)
                    {
                        double term = x[columns[k] * stride + i] * y[i];
                        expected += term;
                        size += Math.Abs(term);
                    }

                    KernelCases.AssertSum(expected, actual[k], size, n);
                }

                memory.AssertNothingElseWritten();
            }
        }
    }
}
