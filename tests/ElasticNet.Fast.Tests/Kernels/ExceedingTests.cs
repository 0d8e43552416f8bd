using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class ExceedingTests
{
    public static TheoryData<string> Variants => KernelCases.Of("Exceeding");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_loop(string variant)
    {
        var exceeding = (ExceedingKernel<double, double>)KernelCases.Find(variant);
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                // Powers of two, so that no variant rounds: a limit that is met exactly is not exceeded.
                double[] x = Sixteenths(n, 1), s = Sixteenths(n, 2), unit = Sixteenths(n, 3);
                for (int i = 0; i < n; i++)
                    (x[i], unit[i]) = i % 11 == 3 ? (double.NaN, unit[i]) : i % 13 == 5 ? (x[i], 0) : (x[i], Math.Abs(unit[i]));
                int[] expected = [.. Enumerable.Range(0, n).Where(i => !(Math.Abs(x[i]) + 0.5 * s[i] - 0.25 <= 0.5 * unit[i]))];
                using GuardedMemory memory = new(guard);
                int* indices = (int*)memory.Array<float>(new double[expected.Length]);
                nint found = exceeding(memory.Array<double>(x), 0.5, memory.Array<double>(s), -0.25, 0.5, memory.Array<double>(unit), n, indices);
                Assert.Equal(expected, new ReadOnlySpan<int>(indices, (int)found).ToArray());
                memory.AssertNothingElseWritten();
            }
        }
    }

    private static double[] Sixteenths(int count, int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(-16, 17) / 16.0)];
    }
}
