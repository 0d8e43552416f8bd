using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class NearRowsTests
{
    public static TheoryData<string> Variants => KernelCases.Of("NearRows");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Lists_the_rows_of_the_plain_loop(string variant)
    {
        if (KernelCases.Find(variant) is NearRowsKernel<float, float> single)
            Check(single);
        else
            Check((NearRowsKernel<double, double>)KernelCases.Find(variant));
    }

    /// <summary>Halves below 4 and few columns: every sum is exact, in float and in any order.</summary>
    private static void Check<S>(NearRowsKernel<S, S> nearRows)
        where S : unmanaged, INumberBase<S>
    {
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                using GuardedMemory memory = new(guard);
                Random random = new(n);
                int[] columns = [.. Enumerable.Range(0, 5).Where(_ => random.Next(3) > 0)];
                double[] x = [.. Enumerable.Range(0, 5 * n).Select(_ => random.Next(6) == 0 ? double.NaN : random.Next(8) / 2.0)];
                double[] point = [.. columns.Select(_ => random.Next(8) / 2.0)];
                int* chosen = memory.Array<int>([.. columns.Select(column => (double)column)]);
                S* table = memory.Array<S>(x), at = memory.Array<S>(point);
                int* hits = memory.Array<int>(new double[n]);
                foreach (double limit in new[] { -1, 0, 4.25, 20, double.PositiveInfinity })
                {
                    int count = (int)nearRows(table, n, chosen, columns.Length, at, S.CreateTruncating(limit), n, hits);
                    Assert.Equal(
                        Enumerable.Range(0, n).Where(i => columns.Select((j, k) => x[j * n + i] - point[k]).Where(d => !double.IsNaN(d)).Sum(d => d * d) <= limit),
                        new ReadOnlySpan<int>(hits, count).ToArray());
                }

                memory.AssertNothingElseWritten();
            }
        }
    }
}
