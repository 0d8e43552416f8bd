using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class GramSweepTests
{
    public static TheoryData<string> Variants => KernelCases.Of("GramSweep");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_sweep(string variant)
    {
        var sweep = (GramSweepKernel<double, double>)KernelCases.Find(variant);
        foreach (Guard guard in KernelCases.Guards)
        {
            for (int count = 0; count <= 70; count++)
                Check(sweep, count, guard);
        }
    }

    [Fact]
    public void A_coordinate_without_curvature_is_left_alone()
    {
        double gram = 0, gradient = 5, beta = 0.25, zero = 0, lower = double.NegativeInfinity, upper = double.PositiveInfinity;
        Assert.Equal(0, Kernel.GramSweep(&gram, 1, &gradient, &beta, &zero, &zero, &lower, &upper, 1));
        Assert.Equal(0.25, beta);
    }

    [Fact]
    public void Sweeps_to_the_optimum()
    {
        // Minimise ½·(2a² + 2b² + 2ab) − 3a − 3b + |a| + |b|: by symmetry 3a = 2.
        double* gram = stackalloc double[] { 2, 1, 1, 2 };
        double* gradient = stackalloc double[] { 3, 3 };
        double* beta = stackalloc double[] { 0, 0 };
        double* l1 = stackalloc double[] { 1, 1 };
        double* l2 = stackalloc double[] { 0, 0 };
        double* lower = stackalloc double[] { double.NegativeInfinity, double.NegativeInfinity };
        double* upper = stackalloc double[] { double.PositiveInfinity, double.PositiveInfinity };
        int sweeps = 0;
        while (Kernel.GramSweep(gram, 2, gradient, beta, l1, l2, lower, upper, 2) > 1e-15)
            Assert.True(++sweeps < 100);
        Assert.Equal(2.0 / 3, beta[0], 1e-14);
        Assert.Equal(2.0 / 3, beta[1], 1e-14);
        Assert.Equal(1, gradient[0], 1e-14);
    }

    private static void Check(GramSweepKernel<double, double> sweep, int count, Guard guard)
    {
        int stride = count + 1;
        var problem = new SweepProblem(count, count);
        double[] gram = Covariance(count, stride);
        double[] gradient = KernelCases.Values(count, 24);
        using GuardedMemory memory = new(guard);
        double* actualGradient = memory.Array<double>(gradient);
        double* actualBeta = memory.Array<double>(problem.Beta);
        double actual = sweep(
            memory.Array<double>(gram), stride, actualGradient, actualBeta, memory.Array<double>(problem.L1), memory.Array<double>(problem.L2),
            memory.Array<double>(problem.Lower), memory.Array<double>(problem.Upper), count);

        double expected = Plain(gram, stride, gradient, problem, count);
        Assert.Equal(expected, actual, Bound(count));
        for (int j = 0; j < count; j++)
        {
            Assert.Equal(problem.Beta[j], actualBeta[j], Bound(count));
            Assert.Equal(gradient[j], actualGradient[j], Bound(count));
        }

        memory.AssertNothingElseWritten();
    }

    // Numbers of size 1; a difference of an ulp in a step passes through every later one.
    private static double Bound(int count) => 8 * (count + 1) * KernelCases.Epsilon;

    private static double Plain(double[] gram, int stride, double[] gradient, SweepProblem problem, int count)
    {
        double largest = 0;
        for (int j = 0; j < count; j++)
        {
            double diagonal = gram[j * stride + j];
            if (diagonal + problem.L2[j] == 0)
                continue;
            double delta = problem.Step(j, gradient[j] + diagonal * problem.Beta[j], diagonal + problem.L2[j]) - problem.Beta[j];
            problem.Beta[j] += delta;
            for (int i = 0; i < count; i++)
                gradient[i] -= delta * gram[j * stride + i];
            largest = Math.Max(largest, Math.Abs(delta) * Math.Sqrt(diagonal));
        }

        return largest;
    }

    /// <summary>XᵀX of a few rows; every fifth column is zero, and NaN lies between the rows.</summary>
    private static double[] Covariance(int count, int stride)
    {
        const int Rows = 8;
        double[] x = KernelCases.Values(count * Rows, 23);
        double[] gram = Panel.Create<double>(count, count, stride, 0);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double sum = 0;
                for (int r = 0; r < Rows; r++)
                    sum += x[i * Rows + r] * x[j * Rows + r] / Rows;
                gram[i * stride + j] = i % 5 == 4 || j % 5 == 4 ? 0 : sum;
            }
        }

        return gram;
    }
}
