using System.Runtime.Intrinsics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class CompensatedTests
{
    /// <summary>The rounding of a double-double number, with room for a sum of a hundred.</summary>
    private const double Rounding = 1e-30;

    public static TheoryData<string> Dots => KernelCases.Of("CompensatedDot");

    public static TheoryData<string> Axpys => KernelCases.Of("CompensatedAxpy");

    [Theory]
    [MemberData(nameof(Dots))]
    public void A_product_is_exact_to_twice_the_digits_of_a_double(string variant)
    {
        var dot = (CompensatedDotKernel<double, double>)KernelCases.Find(variant);
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                using GuardedMemory memory = new(guard);
                (double[] x, double[] xLow) = Numbers(n, 3);
                (double[] y, double[] yLow) = Numbers(n, 5);
                double* result = memory.Array<double>(new double[2]);
                dot(memory.Array<double>(x), memory.Array<double>(xLow), memory.Array<double>(y), memory.Array<double>(yLow), n, result);
                Dyadic exact = 0;
                double size = 0;
                for (int i = 0; i < n; i++)
                {
                    exact += ((Dyadic)x[i] + xLow[i]) * ((Dyadic)y[i] + yLow[i]);
                    size += Math.Abs(x[i] * y[i]);
                }

                Assert.InRange(Math.Abs((exact - result[0] - result[1]).Approximately()), 0, Rounding * size);
                Assert.Equal(result[0], result[0] + result[1]);
                memory.AssertNothingElseWritten();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Axpys))]
    public void A_combination_is_exact_to_twice_the_digits_of_a_double(string variant)
    {
        var axpy = (CompensatedAxpyKernel<double, double>)KernelCases.Find(variant);
        const double A = -1.7, Low = 3.1e-17;
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
            {
                using GuardedMemory memory = new(guard);
                (double[] x, double[] xLow) = Numbers(n, 3);
                (double[] y, double[] yLow) = Numbers(n, 5);
                double* actual = memory.Array<double>(y), actualLow = memory.Array<double>(yLow);
                axpy(A, Low, memory.Array<double>(x), memory.Array<double>(xLow), actual, actualLow, n);
                for (int i = 0; i < n; i++)
                {
                    Dyadic exact = (Dyadic)y[i] + yLow[i] + ((Dyadic)A + Low) * ((Dyadic)x[i] + xLow[i]);
                    Assert.InRange(Math.Abs((exact - actual[i] - actualLow[i]).Approximately()), 0, Rounding * (Math.Abs(y[i]) + Math.Abs(A * x[i])));
                    Assert.Equal(actual[i], actual[i] + actualLow[i]);
                }

                memory.AssertNothingElseWritten();
            }
        }
    }

    [Fact]
    public void What_rounding_takes_from_a_product_is_exact_without_a_fused_multiply_add()
    {
        foreach ((double a, double b) in new[] { (1 / 3.0, 3.0), (1e200, 1e-180), (-7.1, 1 + 2e-16), (Math.PI, Math.E) })
        {
            double product = a * b;
            Assert.Equal((Dyadic)0, Normal((Dyadic)a * b - product - ErrorFree.ProductError(a, b, product)));
        }
    }

    [Fact]
    public void Halves_of_the_factors_give_the_same_bits_as_a_fused_multiply_add()
    {
        double[] values = KernelCases.Values(200, 7), others = KernelCases.Values(200, 8);
        for (int i = 0; i < values.Length; i++)
        {
            double a = Math.ScaleB(values[i], i - 100), b = others[i] / 3, product = a * b, error = Math.FusedMultiplyAdd(a, b, -product);
            Assert.Equal(error, ErrorFree.SplitProductError(a, b, product));
            Vector128<double> pair = ErrorFree.SplitProductError(Vector128.Create(a, b), Vector128.Create(b, a), Vector128.Create(product));
            Assert.Equal((error, error), (pair[0], pair[1]));
        }
    }

    private static Dyadic Normal(Dyadic value) => value.Mantissa.IsZero ? 0 : value;

    private static (double[] High, double[] Low) Numbers(int n, int seed)
    {
        double[] high = KernelCases.Values(n, seed), low = KernelCases.Values(n, seed + 1);
        for (int i = 0; i < n; i++)
            low[i] *= 1e-17 * high[i];
        return (high, low);
    }
}
