using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

/// <summary>What every kernel test runs over: all variants, guards on both sides, lengths around every unrolling.</summary>
internal static class KernelCases
{
    /// <summary>The distance from 1 to the next double, 2⁻⁵².</summary>
    public const double Epsilon = 2.220446049250313E-16;

    /// <summary>0 to 70 passes every boundary of the widest vectors, four at a time; the rest is for many rounds of the loop.</summary>
    public static readonly int[] Lengths = [.. Enumerable.Range(0, 71), 127, 128, 129, 255, 513, 1000];

    /// <summary>For tests with a second dimension to sweep.</summary>
    public static readonly int[] FewLengths = [0, 1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 70, 200];

    public static readonly Guard[] Guards = [Guard.Before, Guard.After];

    /// <summary>The names of the variants of a kernel, for a theory.</summary>
    public static TheoryData<string> Of(string kernel) =>
        new(KernelCatalog.All.Where(variant => variant.Kernel == kernel).Select(variant => variant.ToString()));

    /// <summary>The method of a variant.</summary>
    public static Delegate Find(string variant) => KernelCatalog.All.Single(candidate => candidate.ToString() == variant).Method;

    /// <summary>Values in [−1, 1) about a centre, already rounded to S, so that a reference sees what the kernel sees.</summary>
    public static double[] Values<S>(int count, int seed, double centre = 0)
        where S : unmanaged, INumberBase<S>
    {
        var random = new Random(seed);
        var values = new double[count];
        for (int i = 0; i < count; i++)
            values[i] = double.CreateTruncating(S.CreateTruncating(centre + 2 * random.NextDouble() - 1));
        return values;
    }

    public static double[] Values(int count, int seed) => Values<double>(count, seed);

    /// <summary>
    /// Fails where two sums of the same terms differ by more than rounding can explain: each of the operations, in
    /// whatever order, adds at most an ulp of the sum of the absolute values.
    /// </summary>
    public static void AssertSum(double expected, double actual, double sumOfAbsoluteValues, int terms)
    {
        double bound = (terms + 4) * Epsilon * sumOfAbsoluteValues;
        Assert.True(Math.Abs(expected - actual) <= bound, $"{expected:R} expected, {actual:R} found, {bound:R} allowed, {terms} terms");
    }
}
