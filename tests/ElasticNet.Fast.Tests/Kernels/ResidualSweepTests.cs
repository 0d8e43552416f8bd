using System.Numerics;
using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

public unsafe class ResidualSweepTests
{
    private const int Columns = 6;

    public static TheoryData<string> Variants => KernelCases.Of("ResidualSweep");

    [Theory]
    [MemberData(nameof(Variants))]
    public void Agrees_with_the_plain_sweep(string variant)
    {
        if (KernelCases.Find(variant) is ResidualSweepKernel<float, double> single)
            Check(single);
        else
            Check((ResidualSweepKernel<double, double>)KernelCases.Find(variant));
    }

    private static void Check<S>(ResidualSweepKernel<S, double> sweep)
        where S : unmanaged, INumberBase<S>
    {
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in KernelCases.Lengths)
                Check(sweep, n, guard);
        }
    }

    private static void Check<S>(ResidualSweepKernel<S, double> sweep, int n, Guard guard)
        where S : unmanaged, INumberBase<S>
    {
        int stride = n + 1 + n % 3;
        int[] columns = Panel.Choose(n % 10, Columns);
        var problem = new SweepProblem(Columns, n);
        double[] x = Panel.Create<S>(Columns, n, stride, 25, 3);
        double[] weights = [.. KernelCases.Values(n, 26).Select(value => (value + 1) / Math.Max(1, n))];
        double[] residual = [.. KernelCases.Values(n, 27).Select((value, i) => weights[i] * value)];
        double[] shift = [.. KernelCases.Values(Columns, 28).Select(value => 3 + 0.1 * value)];
        double[] scale = [.. Enumerable.Range(0, Columns).Select(j => UnitScale(x, j * stride, weights, shift[j]))];

        using GuardedMemory memory = new(guard);
        double* actualResidual = memory.Array<double>(residual);
        double* actualBeta = memory.Array<double>(problem.Beta);
        double actual;
        fixed (int* chosen = columns)
        {
            actual = sweep(
                memory.Array<S>(x), stride, chosen, columns.Length, memory.Array<double>(shift), memory.Array<double>(scale),
                memory.Array<double>(weights), actualResidual, actualBeta, memory.Array<double>(problem.L1), memory.Array<double>(problem.L2),
                memory.Array<double>(problem.Lower), memory.Array<double>(problem.Upper), n);
        }

        double expected = 0;
        foreach (int j in columns)
            expected = Math.Max(expected, Step(j, x, j * stride, shift[j], scale[j], weights, residual, problem));

        // Numbers of size 1; a difference of an ulp in a step passes through every later one.
        double bound = 8 * (n + 1) * KernelCases.Epsilon;
        Assert.Equal(expected, actual, bound);
        for (int j = 0; j < Columns; j++)
            Assert.Equal(problem.Beta[j], actualBeta[j], bound);
        for (int i = 0; i < n; i++)
            Assert.Equal(residual[i], actualResidual[i], bound);
        memory.AssertNothingElseWritten();
    }

    private static double Step(int j, double[] x, int start, double shift, double scale, double[] weights, double[] residual, SweepProblem problem)
    {
        double z = problem.Beta[j];
        for (int i = 0; i < residual.Length; i++)
            z += (x[start + i] - shift) * scale * residual[i];
        double delta = problem.Step(j, z, 1 + problem.L2[j]) - problem.Beta[j];
        problem.Beta[j] += delta;
        for (int i = 0; i < residual.Length; i++)
            residual[i] -= weights[i] * (x[start + i] - shift) * scale * delta;
        return Math.Abs(delta);
    }

    private static double UnitScale(double[] x, int start, double[] weights, double shift)
    {
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] * (x[start + i] - shift) * (x[start + i] - shift);
        return sum == 0 ? 0 : 1 / Math.Sqrt(sum);
    }
}
