using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class PanelAxpyTests
{
    private const int Columns = 6;

    public static TheoryData<string> Variants => KernelCases.Of("PanelAxpy");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_loop(string variant)
    {
        var panelAxpy = (PanelAxpyKernel<double, double>)KernelCases.Find(variant);
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                int count = n % 10;
                int stride = n + 1 + n % 3;
                using GuardedMemory memory = new(guard);
                double[] x = Panel.Create<double>(Columns, n, stride, 17);
                double[] y = KernelCases.Values(n, 18), a = KernelCases.Values(count, 19);
                int[] columns = Panel.Choose(count, Columns);
                double* actual = memory.Array<double>(y);
                fixed (int* chosen = columns)
                    panelAxpy(memory.Array<double>(x), stride, chosen, memory.Array<double>(a), count, actual, n);
                for (int i = 0; i < n; i++)
                {
                    double expected = y[i], size = Math.Abs(y[i]);
                    for (int k = 0; k < count; k++)
                    {
                        double term = a[k] * x[columns[k] * stride + i];
                        expected += term;
                        size += Math.Abs(term);
                    }

                    KernelCases.AssertSum(expected, actual[i], size, count + 1);
                }

                memory.AssertNothingElseWritten();
            }
        }
    }
}
