using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class StandardizeTests
{
    public static TheoryData<string> Variants => KernelCases.Of("Standardize");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Gives_the_bits_of_the_plain_loop(string variant)
    {
        if (KernelCases.Find(variant) is StandardizeKernel<float, double> single)
            Check(single);
        else
            Check((StandardizeKernel<double, double>)KernelCases.Find(variant));
    }

    private static void Check<S>(StandardizeKernel<S, double> standardize)
        where S : unmanaged, INumberBase<S>
    {
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                using GuardedMemory memory = new(guard);
                double[] x = KernelCases.Values<S>(n, 7, 100), roots = KernelCases.Values(n, 8);
                double* actual = memory.Array<double>(KernelCases.Values(n, 9));
                standardize(memory.Array<S>(x), 99.9, 1.3, memory.Array<double>(roots), actual, n);
                for (int i = 0; i < n; i++)
                    Assert.Equal((x[i] - 99.9) * 1.3 * roots[i], actual[i]); // no sum, hence no rounding to allow for
                memory.AssertNothingElseWritten();
            }
        }
    }
}
