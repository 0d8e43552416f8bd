using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class ColumnMomentsTests
{
    public static TheoryData<string> Variants => KernelCases.Of("ColumnMoments");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_loop_also_far_from_zero(string variant)
    {
        foreach (double centre in new[] { 0, 1e6 })
        {
            if (KernelCases.Find(variant) is ColumnMomentsKernel<float, double> single)
                Check(single, centre);
            else
                Check((ColumnMomentsKernel<double, double>)KernelCases.Find(variant), centre);
        }
    }

    private static void Check<S>(ColumnMomentsKernel<S, double> moments, double centre)
        where S : unmanaged, INumberBase<S>
    {
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                using GuardedMemory memory = new(guard);
                double[] x = KernelCases.Values<S>(n, 5, centre), w = KernelCases.Values(n, 6);
                double first = 0, firstSize = 0, second = 0, secondSize = 0;
                double shift = centre + 0.3;
                for (int i = 0; i < n; i++)
                {
                    double d = x[i] - shift;
                    first += w[i] * d;
                    firstSize += Math.Abs(w[i] * d);
                    second += w[i] * d * d;
                    secondSize += Math.Abs(w[i] * d * d);
                }

                double* result = memory.Array<double>([double.NaN, double.NaN]);
                moments(memory.Array<S>(x), shift, memory.Array<double>(w), n, result);
                KernelCases.AssertSum(first, result[0], firstSize, n);
                KernelCases.AssertSum(second, result[1], secondSize, n);
                memory.AssertNothingElseWritten();
            }
        }
    }
}
