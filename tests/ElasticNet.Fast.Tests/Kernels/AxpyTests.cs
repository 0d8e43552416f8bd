using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class AxpyTests
{
    public static TheoryData<string> Variants => KernelCases.Of("Axpy");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_loop(string variant)
    {
        if (KernelCases.Find(variant) is AxpyKernel<float, double> single)
            Check(single);
        else
            Check((AxpyKernel<double, double>)KernelCases.Find(variant));
    }

    private static void Check<S>(AxpyKernel<S, double> axpy)
        where S : unmanaged, INumberBase<S>
    {
        const double A = -1.7;
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                using GuardedMemory memory = new(guard);
                double[] x = KernelCases.Values<S>(n, 3), y = KernelCases.Values(n, 4);
                double* actual = memory.Array<double>(y);
                axpy(A, memory.Array<S>(x), actual, n);
                for (int i = 0; i < n; i++)
                    KernelCases.AssertSum(y[i] + A * x[i], actual[i], Math.Abs(y[i]) + Math.Abs(A * x[i]), 2);
                memory.AssertNothingElseWritten();
            }
        }
    }
}
