using ElasticNet.Fast.Numerics;
using ElasticNet.Fast.Tests.Kernels;

namespace ElasticNet.Fast.Tests.Numerics;

/// <summary>Double-double numbers and their Cholesky factor, held against exact arithmetic.</summary>
public unsafe class DoubleDoubleTests
{
    private const double Unit = 1e-30;

    [Fact]
    public void Sums_and_products_of_doubles_lose_nothing()
    {
        foreach ((double a, double b) in Pairs())
        {
            Assert.True((Exact(DoubleDouble.Sum(a, b)) - a - b).Mantissa.IsZero);
            Assert.True((Exact(DoubleDouble.Product(a, b)) - (Dyadic)a * b).Mantissa.IsZero);
        }
    }

    [Fact]
    public void Arithmetic_keeps_thirty_digits()
    {
        foreach ((double high, double low) in Pairs())
        {
            DoubleDouble a = DoubleDouble.Sum(high, low * 1e-17), b = DoubleDouble.Sum(low, high * 1e-18), quotient = a / b, root = DoubleDouble.Sqrt(DoubleDouble.Abs(a));
            double size = Math.Abs(a.High) + Math.Abs(b.High);
            Near(Exact(a + b) - Exact(a) - Exact(b), size);
            Near(Exact(a - b) - Exact(a) + Exact(b), size);
            Near(Exact(a * b) - Exact(a) * Exact(b), Math.Abs(a.High * b.High));
            Near(Exact(quotient) * Exact(b) - Exact(a), Math.Abs(a.High));
            Near(Exact(root) * Exact(root) - Exact(DoubleDouble.Abs(a)), Math.Abs(a.High));
        }
    }

    [Fact]
    public void A_factor_solves_where_doubles_cannot_and_tells_what_depends()
    {
        // The Hilbert matrix of order 10: its condition, 1e13, leaves nothing of a double.
        const int Size = 10;
        using CompensatedFactor factor = new();
        double* memory = stackalloc double[2 * Size];
        DoubleDoubles row = new(memory, memory + Size);
        for (int i = 0; i < Size; i++)
        {
            for (int k = 0; k < i; k++)
                row[k] = Hilbert(i, k);
            Assert.True(factor.TryAppend(row, Hilbert(i, i), 1e-24));
        }

        // The first row again: nothing is left of it.
        for (int k = 0; k < Size; k++)
            row[k] = Hilbert(0, k);
        Assert.False(factor.TryAppend(row, Hilbert(0, 0), 1e-24));
        Assert.Equal(Size, factor.Count);
        // The sum of each row as right-hand side: the solution is 1 everywhere.
        for (int i = 0; i < Size; i++)
        {
            DoubleDouble sum = 0;
            for (int k = 0; k < Size; k++)
                sum += Hilbert(i, k);
            row[i] = sum;
        }

        factor.Solve(row);
        for (int i = 0; i < Size; i++)
            Assert.InRange(Math.Abs((row[i] - 1).High), 0, 1e-15);
    }

    private static DoubleDouble Hilbert(int i, int k) => (DoubleDouble)1 / (i + k + 1);

    private static Dyadic Exact(DoubleDouble value) => (Dyadic)value.High + value.Low;

    private static void Near(Dyadic difference, double size) => Assert.InRange(Math.Abs(difference.Approximately()), 0, Unit * size);

    private static IEnumerable<(double A, double B)> Pairs()
    {
        double[] a = KernelCases.Values(100, 11), b = KernelCases.Values(100, 12);
        for (int i = 0; i < a.Length; i++)
            yield return (a[i] + 3, Math.ScaleB(b[i] - 3, i % 40 - 20));
    }
}
