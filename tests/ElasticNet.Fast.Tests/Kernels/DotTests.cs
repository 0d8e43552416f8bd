using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class DotTests
{
    public static TheoryData<string> Variants => KernelCases.Of("Dot");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_loop(string variant)
    {
        if (KernelCases.Find(variant) is DotKernel<float, double> single)
            Check(single);
        else
            Check((DotKernel<double, double>)KernelCases.Find(variant));
    }

    private static void Check<S>(DotKernel<S, double> dot)
        where S : unmanaged, INumberBase<S>
    {
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                using GuardedMemory memory = new(guard);
                double[] x = KernelCases.Values<S>(n, 1), y = KernelCases.Values(n, 2);
                double expected = 0, size = 0;
                for (int i = 0; i < n; i++)
                {
                    expected += x[i] * y[i];
                    size += Math.Abs(x[i] * y[i]);
                }

                KernelCases.AssertSum(expected, dot(memory.Array<S>(x), memory.Array<double>(y), n), size, n);
                memory.AssertNothingElseWritten();
            }
        }
    }
}
