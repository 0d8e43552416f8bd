using ElasticNet.Fast.Kernels;
using Xunit;

namespace ElasticNet.Fast.Tests.Kernels;

/// <summary>Loops over sparse columns against plain ones over the same columns with their zeros, for every storage of values, between guard pages.</summary>
public unsafe class SparseKernelTests
{
    private const int Columns = 11;

    /// <summary>Starts far beyond 2³¹: the arrays are given from as far before their first element, so that 32-bit arithmetic would miss them.</summary>
    private static readonly long s_farAway = 6_000_000_000;

    public static TheoryData<string> Storages => ["double", "float", "ones"];

    /// <summary>A table with an empty column, a full one, one of a single entry, and others at random; its dense twin beside it.</summary>
    private sealed class Table
    {
        public readonly double[][] Dense;
        public readonly long[] Starts;
        public readonly int[] Rows;
        public readonly double[] Values;

        public Table(int n, string storage, int seed)
        {
            Random random = new(seed);
            Dense = new double[Columns][];
            Starts = new long[Columns + 1];
            List<int> rows = [];
            List<double> values = [];
            for (int j = 0; j < Columns; j++)
            {
                Dense[j] = new double[n];
                for (int i = 0; i < n; i++)
                {
                    bool stored = j switch { 0 => false, 1 => true, 2 => i == n / 2, 10 => i % 4001 == 11, _ => random.Next(j) == 0 };
                    double value = storage switch { "ones" => 1, "float" => (float)(3 * random.NextDouble() - 1), _ => 3 * random.NextDouble() - 1 };
                    if (!stored)
                        continue;
                    Dense[j][i] = value;
                    rows.Add(i);
                    values.Add(value);
                }

                Starts[j + 1] = rows.Count;
            }

            Rows = [.. rows];
            Values = [.. values];
        }
    }

    private interface ICheck
    {
        void Run<V>(Table table, SparsePanel<V> panel, int n, GuardedMemory memory)
            where V : struct, ISparseValues<V>;
    }

    /// <summary>Lengths around the tiles of rows that columns pass over together.</summary>
    private static readonly int[] s_tiled = [.. KernelCases.FewLengths, SparsePanel<UnitValues>.TileRows, SparsePanel<UnitValues>.TileRows + 1, 3 * SparsePanel<UnitValues>.TileRows - 7];

    private static void Sweep<TCheck>(string storage, int[]? lengths = null)
        where TCheck : ICheck, new()
    {
        foreach (Guard guard in KernelCases.Guards)
        {
            foreach (int n in lengths ?? KernelCases.Lengths)
            {
                using GuardedMemory memory = new(guard);
                Table table = new(n, storage, n + 1);
                var check = new TCheck();
                long[] far = [.. table.Starts.Select(start => start + s_farAway)];
                // Rows as doubles fit the guarded arrays too.
                fixed (long* starts = far)
                {
                    int* rows = memory.Array<int>([.. table.Rows.Select(row => (double)row)]) - (nint)s_farAway;
                    if (storage == "double")
                        check.Run(table, new SparsePanel<DoubleValues>(starts, rows, new(memory.Array<double>(table.Values) - (nint)s_farAway)), n, memory);
                    else if (storage == "float")
                        check.Run(table, new SparsePanel<SingleValues>(starts, rows, new(memory.Array<float>(table.Values) - (nint)s_farAway)), n, memory);
                    else
                        check.Run(table, new SparsePanel<UnitValues>(starts, rows, default), n, memory);
                }

                memory.AssertNothingElseWritten();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public void Products_agree(string storage) => Sweep<Products>(storage);

    private sealed class Products : ICheck
    {
        public void Run<V>(Table table, SparsePanel<V> panel, int n, GuardedMemory memory)
            where V : struct, ISparseValues<V>
        {
            double[] u = KernelCases.Values(n, 3);
            double* y = memory.Array<double>(u);
            for (int j = 0; j < Columns; j++)
                KernelCases.AssertSum(Dot(table.Dense[j], u), panel[j].Dot(y), Size(table.Dense[j], u), n);
            double[] shift = KernelCases.Values(Columns, 4);
            double* results = memory.Array<double>(new double[Columns]), shifts = memory.Array<double>(shift);
            panel.CenteredDot(1, Columns - 1, shifts + 1, y, u.Sum(), results);
            for (int j = 1; j < Columns; j++)
                AssertCentred(table.Dense[j], shift[j], u, results[j - 1]);
        }
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public void Additions_agree(string storage) => Sweep<Additions>(storage);

    private sealed class Additions : ICheck
    {
        public void Run<V>(Table table, SparsePanel<V> panel, int n, GuardedMemory memory)
            where V : struct, ISparseValues<V>
        {
            double[] start = KernelCases.Values(n, 5), weights = KernelCases.Values(n, 6);
            double* w = memory.Array<double>(weights);
            for (int j = 0; j < Columns; j++)
            {
                double[] x = table.Dense[j];
                double* y = memory.Array<double>(start), z = memory.Array<double>(start);
                panel[j].AddTo(-1.7, y);
                panel[j].AddWeightedTo(-1.7, w, z);
                for (int i = 0; i < n; i++)
                {
                    KernelCases.AssertSum(start[i] - 1.7 * x[i], y[i], Math.Abs(start[i]) + 2 * Math.Abs(x[i]), 2);
                    KernelCases.AssertSum(start[i] - 1.7 * x[i] * weights[i], z[i], Math.Abs(start[i]) + 2 * Math.Abs(x[i] * weights[i]), 3);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public void Rows_read_and_chosen_agree(string storage) => Sweep<Reading>(storage, KernelCases.FewLengths);

    private sealed class Reading : ICheck
    {
        public void Run<V>(Table table, SparsePanel<V> panel, int n, GuardedMemory memory)
            where V : struct, ISparseValues<V>
        {
            Random random = new(n);
            double[] roots = KernelCases.Values(n, 8);
            double* w = memory.Array<double>(roots);
            for (int j = 0; j < Columns; j++)
            {
                double[] x = table.Dense[j];
                int first = random.Next(n + 1), length = random.Next(n - first + 1);
                double* read = memory.Array<double>([.. Enumerable.Repeat(9.0, length)]), standardized = memory.Array<double>(new double[length]);
                panel[j].Read(first, length, read);
                panel[j].Standardize(0.3, -2, w, first, length, standardized);
                for (int i = 0; i < length; i++)
                {
                    Assert.Equal(x[first + i], read[i]);
                    KernelCases.AssertSum((x[first + i] - 0.3) * -2 * roots[first + i], standardized[i], 2 * (Math.Abs(x[first + i]) + 0.3), 2);
                }

                int[] chosen = [.. Enumerable.Range(0, n).Where(_ => random.Next(1 + j % 4) == 0)];
                double[] start = KernelCases.Values(chosen.Length, j);
                double* y = memory.Array<double>(start);
                fixed (int* rows = chosen)
                    panel[j].AddRows(0.7, rows, chosen.Length, y);
                for (int i = 0; i < chosen.Length; i++)
                    KernelCases.AssertSum(start[i] + 0.7 * x[chosen[i]], y[i], 1 + Math.Abs(x[chosen[i]]), 2);
                for (int row = 0; row <= n; row++)
                {
                    SparseVector<V> column = panel[j];
                    int expected = table.Rows[(int)table.Starts[j]..(int)table.Starts[j + 1]].Count(stored => stored < row);
                    int from = expected == 0 ? 0 : random.Next(expected + 1);
                    Assert.Equal(expected, column.LowerBound(from, row));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public void Moments_agree_for_every_set_of_weights(string storage) => Sweep<Moments>(storage);

    private sealed class Moments : ICheck
    {
        public void Run<V>(Table table, SparsePanel<V> panel, int n, GuardedMemory memory)
            where V : struct, ISparseValues<V>
        {
            int stride = n + 1;
            double[] weights = [.. KernelCases.Values(2 * stride, 9).Select(Math.Abs)];
            double* w = memory.Array<double>(weights), results = memory.Array<double>(new double[4]);
            (double, double)* totals = stackalloc (double, double)[2];
            for (int k = 0; k < 2; k++)
                totals[k] = SparseMoments.Total(w + k * stride, n);
            foreach (double shift in (double[])[0, 0.4, -1e6])
            {
                for (int j = 0; j < Columns; j++)
                {
                    for (int k = 0; k < 2; k++)
                    {
                        SparseMoments.Measure(panel[j], shift, w + k * stride, totals[k], n, results + 2 * k);
                        double sum = 0, size = 0, square = 0;
                        for (int i = 0; i < n; i++)
                        {
                            double d = table.Dense[j][i] - shift, a = weights[k * stride + i] * d;
                            sum += a;
                            size += Math.Abs(a);
                            square += a * d;
                        }

                        KernelCases.AssertSum(sum, results[2 * k], size, n + 4);
                        KernelCases.AssertSum(square, results[2 * k + 1], square, n + 4);
                    }
                }
            }
        }
    }

    /// <summary>What is not stored weighs exactly nothing where all rows that weigh anything are stored, however far the shift.</summary>
    [Fact]
    public void Zeros_without_weight_have_no_moments()
    {
        const int N = 997;
        Random random = new(4);
        double[] weights = [.. Enumerable.Range(0, N).Select(i => i % 3 == 0 ? random.NextDouble() / 300 : 0)];
        int[] stored = [.. Enumerable.Range(0, N).Where(i => weights[i] > 0)];
        double[] values = [.. stored.Select(_ => 1e12)];
        double* results = stackalloc double[2];
        fixed (double* w = weights, v = values)
        fixed (int* rows = stored)
            SparseMoments.Measure(new SparseVector<DoubleValues>(rows, new(v), stored.Length), 1e12, w, SparseMoments.Total(w, N), N, results);
        Assert.InRange(Math.Abs(results[0]), 0, 1e-18);
        Assert.InRange(results[1], 0, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public void Gram_matrices_of_standardised_columns_agree(string storage) => Sweep<Grams>(storage, s_tiled);

    private sealed class Grams : ICheck
    {
        public void Run<V>(Table table, SparsePanel<V> panel, int n, GuardedMemory memory)
            where V : struct, ISparseValues<V>
        {
            // More columns than lanes, one of them twice, and a matrix that grows.
            int[] columns = [4, 1, 0, 9, 2, 5, 3, 8, 10, 4, 6];
            int count = columns.Length, stride = count + 2;
            double[] weights = [.. KernelCases.Values(n, 10).Select(Math.Abs)], center = KernelCases.Values(count, 11), scale = KernelCases.Values(count, 12);
            double* w = memory.Array<double>(weights), zeros = memory.Array<double>(new double[8 * SparsePanel<V>.TileRows]), gram = memory.Array<double>([.. Enumerable.Repeat(double.NaN, count * stride)]);
            double[] sums = [.. columns.Select(j => Dot(table.Dense[j], weights))];
            int[] steps = [0, 3, 11];
            fixed (int* chosen = columns)
            fixed (double* s = sums, m = center, d = scale)
            {
                for (int step = 0; step < steps.Length - 1; step++)
                {
                    for (int a = steps[step]; a < steps[step + 1]; a++)
                        new Span<double>(gram + a * stride, a + 1).Clear();
                    for (int a = steps[step]; a < steps[step + 1]; a += 8)
                        panel.AddGram(chosen, a, Math.Min(8, steps[step + 1] - a), w, zeros, gram, stride);
                    SparseCentring.Standardize(gram, stride, steps[step], steps[step + 1], s, weights.Sum(), m, d);
                }
            }

            Assert.False(new Span<double>(zeros, 8 * SparsePanel<V>.TileRows).ContainsAnyExcept(0.0));
            for (int a = 0; a < count; a++)
            {
                for (int b = 0; b < stride; b++)
                {
                    if (b > a)
                    {
                        Assert.True(double.IsNaN(gram[a * stride + b]));
                        continue;
                    }

                    double expected = 0, size = 0;
                    for (int i = 0; i < n; i++)
                    {
                        double xa = table.Dense[columns[a]][i], xb = table.Dense[columns[b]][i];
                        expected += weights[i] * (xa - center[a]) * (xb - center[b]) * scale[a] * scale[b];
                        size += weights[i] * (Math.Abs(xa) + Math.Abs(center[a])) * (Math.Abs(xb) + Math.Abs(center[b])) * Math.Abs(scale[a] * scale[b]);
                    }

                    KernelCases.AssertSum(expected, gram[a * stride + b], size, n + 8);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Storages))]
    public void A_sweep_is_that_of_the_dense_columns(string storage) => Sweep<Sweeps>(storage, KernelCases.FewLengths);

    private sealed class Sweeps : ICheck
    {
        public void Run<V>(Table table, SparsePanel<V> panel, int n, GuardedMemory memory)
            where V : struct, ISparseValues<V>
        {
            if (n < 3)
                return;
            double[] weights = [.. KernelCases.Values(n, 13).Select(w => 0.1 + Math.Abs(w))];
            double weight = weights.Sum();
            double[] dense = [.. table.Dense.SelectMany(column => column)];
            double[] mean = [.. table.Dense.Select(column => Dot(column, weights) / weight)], sums = [.. table.Dense.Select(column => Dot(column, weights))];
            int[] columns = [.. Enumerable.Range(0, Columns)];
            double[] residual = KernelCases.Values(n, 14);
            foreach (double[] shift in (double[][])[mean, new double[Columns], KernelCases.Values(Columns, 15)])
            {
                double[] norms = [.. table.Dense.Select((column, j) => Math.Sqrt(column.Select((x, i) => weights[i] * (x - shift[j]) * (x - shift[j])).Sum()))];
                double[] scale = [.. norms.Select(norm => norm > 1e-6 ? 1 / norm : 0)];
                double[] u = [.. residual], v = [.. residual], beta = KernelCases.Values(Columns, 16), gamma = [.. beta];
                double[] l1 = [.. Enumerable.Repeat(0.01, Columns)], l2 = [.. Enumerable.Repeat(0.1, Columns)];
                double[] lower = [.. Enumerable.Repeat(-0.5, Columns)], upper = [.. Enumerable.Repeat(double.PositiveInfinity, Columns)];
                fixed (int* chosen = columns)
                fixed (double* x = dense, m = shift, d = scale, s = sums, w = weights, pu = u, pv = v, pb = beta, pg = gamma, p1 = l1, p2 = l2, lo = lower, up = upper)
                {
                    for (int round = 0; round < 3; round++)
                    {
                        double expected = Kernel.ResidualSweep(x, n, chosen, Columns, m, d, w, pu, pb, p1, p2, lo, up, n);
                        double actual = SparseSweep.Run(panel, chosen, Columns, m, d, s, w, weight, pv, pg, p1, p2, lo, up, n);
                        Assert.Equal(expected, actual, 1e-11);
                    }
                }

                for (int j = 0; j < Columns; j++)
                    Assert.Equal(beta[j], gamma[j], 1e-11);
                for (int i = 0; i < n; i++)
                    Assert.Equal(u[i], v[i], 1e-11);
            }
        }
    }

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static double Size(double[] x, double[] y) => x.Zip(y, (a, b) => Math.Abs(a * b)).Sum();

    private static void AssertCentred(double[] x, double shift, double[] u, double actual)
    {
        double expected = 0, size = 0;
        for (int i = 0; i < u.Length; i++)
        {
            expected += (x[i] - shift) * u[i];
            size += (Math.Abs(x[i]) + Math.Abs(shift)) * Math.Abs(u[i]);
        }

        KernelCases.AssertSum(expected, actual, size, u.Length + 3);
    }
}
