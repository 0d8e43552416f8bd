using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Tests.Numerics;

/// <summary>The sparse factor solves as the dense one does, whoever takes part.</summary>
public unsafe class SparseFactorTests
{
    [Theory]
    [InlineData(1, 30, 0.02, 1)]
    [InlineData(2, 60, 0.05, 3)]
    [InlineData(3, 60, 0.3, 2)]
    [InlineData(4, 150, 0.02, 1)]
    [InlineData(5, 12, 0, 1)]
    [InlineData(6, 40, 1, 4)]
    public void It_solves_as_a_dense_factor(int seed, int count, double share, int border)
    {
        Random random = new(seed);
        using SparseSymmetric matrix = Make(random, count, share, border, out double[,] dense);
        using SparseFactor factor = new(matrix);
        int size = count + border;
        for (int round = 0; round < 8; round++)
        {
            int[] members = [.. Enumerable.Range(0, size).Where(_ => round == 0 || random.Next(3) > 0)];
            for (int v = 0; v < size; v++)
                factor.TakesPart(v) = members.Contains(v);
            factor.Factor();
            Assert.Empty(factor.Dependents);
            double[] b = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble() - 0.5)], expected = [.. members.Select(v => b[v])];
            using CholeskyFactor plain = new();
            plain.Reserve(members.Length);
            for (int i = 0; i < members.Length; i++)
            {
                for (int j = 0; j <= i; j++)
                    plain.Row(i)[j] = dense[members[i], members[j]];
            }

            Assert.Equal(-1, plain.FactorInPlace(members.Length));
            double[] weights = [.. Enumerable.Range(0, size).Select(_ => random.NextDouble())], ofMembers = [.. members.Select(v => weights[v])];
            fixed (double* all = weights, some = ofMembers)
                Assert.Equal(plain.InverseTrace(some), factor.InverseTrace(all), 1e-11);
            fixed (double* x = b, y = expected)
            {
                factor.Solve(x);
                plain.Solve(y);
            }

            for (int v = 0; v < size; v++)
                Assert.Equal(members.Contains(v) ? expected[Array.IndexOf(members, v)] : 0, b[v], 1e-11);
        }
    }

    /// <summary>What depends on others is left out, wherever the order meets it, and the others are solved for as if it were not there.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Dependent_rows_are_left_out(int seed)
    {
        const int Groups = 12, Members = 5, Levels = Groups * Members;
        Random random = new(seed);
        // Levels of a few rows each, and groups of them: a group is the sum of its levels.
        double[,] dense = new double[Levels + Groups + 1, Levels + Groups + 1];
        for (int row = 0; row < 4 * Levels; row++)
        {
            int level = row < Levels ? row : random.Next(Levels);
            int[] entries = [level, Levels + level / Members, Levels + Groups];
            foreach (int a in entries)
            {
                foreach (int other in entries)
                    dense[a, other] += 1;
            }
        }

        using SparseSymmetric matrix = Of(dense, Levels + Groups, 1);
        using SparseFactor factor = new(matrix);
        for (int v = 0; v < matrix.Size; v++)
            factor.TakesPart(v) = true;
        factor.Factor();
        // Each group depends on its levels, and the intercept on all.
        Assert.Equal(Groups + 1, factor.Dependents.Count);
        double[] b = new double[matrix.Size], x = new double[matrix.Size];
        for (int v = 0; v < matrix.Size; v++)
            x[v] = factor.Dependents.Contains(v) ? 0 : random.NextDouble();
        double[] places = x;
        double[,] byPlace = ByPlace(dense, matrix);
        for (int v = 0; v < matrix.Size; v++)
            b[v] = Enumerable.Range(0, matrix.Size).Sum(u => byPlace[v, u] * places[u]);
        fixed (double* solution = b)
            factor.Solve(solution);
        for (int v = 0; v < matrix.Size; v++)
            Assert.Equal(x[v], b[v], 1e-9);
    }

    private static SparseSymmetric Make(Random random, int count, double share, int border, out double[,] byPlace)
    {
        int size = count + border;
        double[,] dense = new double[size, size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (i >= count || random.NextDouble() < share)
                    dense[i, j] = dense[j, i] = random.NextDouble() - 0.5;
            }
        }

        for (int i = 0; i < size; i++)
            dense[i, i] = 1 + Enumerable.Range(0, size).Sum(j => Math.Abs(dense[i, j]));
        SparseSymmetric matrix = Of(dense, count, border);
        byPlace = ByPlace(dense, matrix);
        return matrix;
    }

    private static double[,] ByPlace(double[,] dense, SparseSymmetric matrix)
    {
        double[,] result = new double[matrix.Size, matrix.Size];
        int PlaceOf(int v) => v < matrix.Sparse ? matrix.Order.Places[v] : v;
        for (int i = 0; i < matrix.Size; i++)
        {
            for (int j = 0; j < matrix.Size; j++)
                result[PlaceOf(i), PlaceOf(j)] = dense[i, j];
        }

        return result;
    }

    private static SparseSymmetric Of(double[,] dense, int count, int border)
    {
        List<int>[] neighbours = [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count).Where(j => j != i && dense[i, j] != 0).ToList())];
        EliminationOrder order = EliminationOrder.Find(neighbours)!;
        Assert.Equal(Enumerable.Range(0, count), order.Places.Order());
        int[] vertices = new int[count];
        for (int v = 0; v < count; v++)
            vertices[order.Places[v]] = v;
        List<int> rows = [];
        List<double> values = [];
        int[] starts = new int[count + 1];
        for (int q = 0; q < count; q++)
        {
            for (int r = q + 1; r < count; r++)
            {
                if (dense[vertices[q], vertices[r]] == 0)
                    continue;
                rows.Add(r);
                values.Add(dense[vertices[q], vertices[r]]);
            }

            starts[q + 1] = rows.Count;
        }

        SparseSymmetric matrix = new(order, starts, [.. rows], border);
        for (int e = 0; e < values.Count; e++)
            matrix.Values[e] = values[e];
        for (int v = 0; v < count + border; v++)
        {
            int vertex = v < count ? vertices[v] : v;
            matrix.Diagonal[v] = dense[vertex, vertex];
            for (int b = 0; b < border; b++)
                matrix.Borders[(nint)v * border + b] = dense[count + b, vertex];
        }

        return matrix;
    }
}
