using ElasticNet.Fast.Designs;
using ElasticNet.Fast.Numerics;

namespace ElasticNet.Fast.Tests.Designs;

/// <summary>X of K outputs against the table of n·K rows and (p + 1)·K columns that it stands for.</summary>
public sealed unsafe class StackedDesignTests : IDisposable
{
    private const int Rows = 37, Features = 5, Outputs = 3;

    private readonly AlignedBuffer<double> _x = new();
    private readonly double[,] _whole = new double[Rows * Outputs, (Features + 1) * Outputs];
    private readonly StackedDesign _design;
    private readonly Random _random = new(3);

    public StackedDesignTests()
    {
        double* x = _x.Require(Rows * Features);
        for (int i = 0; i < Rows * Features; i++)
            x[i] = _random.NextDouble() - 0.3;
        _design = new(new DenseDesign<double>().Of(x, Rows, Features, Rows), Outputs);
        for (int k = 0; k < Outputs; k++)
        {
            for (int i = 0; i < Rows; i++)
            {
                for (int j = 0; j < Features; j++)
                    _whole[k * Rows + i, j * Outputs + k] = x[j * Rows + i];
                _whole[k * Rows + i, Features * Outputs + k] = 1;
            }
        }
    }

    public void Dispose() => _x.Dispose();

    [Fact]
    public void Elements_are_those_of_the_whole_table()
    {
        Assert.Equal((_whole.GetLength(0), _whole.GetLength(1)), (_design.Rows, _design.Columns));
        double* part = stackalloc double[50];
        for (int column = 0; column < _design.Columns; column++)
        {
            foreach ((int start, int count) in new[] { (0, 50), (20, 50), (Rows - 1, 2), (70, 41), (5, 0) })
            {
                _design.Read(column, start, count, part);
                for (int i = 0; i < count; i++)
                    Assert.Equal(_whole[start + i, column], part[i]);
            }
        }
    }

    [Fact]
    public void Columns_are_standardised_in_the_rows_of_their_output_only()
    {
        double[] roots = Vector(_design.Rows);
        double* to = stackalloc double[60];
        fixed (double* root = roots)
        {
            for (int column = 0; column < _design.Columns; column++)
            {
                _design.Standardize(column, 0.25, 2, root, 30, 60, to);
                for (int i = 0; i < 60; i++)
                    Assert.Equal(IsOwn(30 + i, column) ? (_whole[30 + i, column] - 0.25) * 2 * roots[30 + i] : 0, to[i], 1e-15);
            }
        }
    }

    [Theory]
    [InlineData(0, 18)]
    [InlineData(1, 17)]
    [InlineData(4, 7)]
    [InlineData(2, 1)]
    [InlineData(14, 4)]
    public void A_pass_over_any_columns_gives_their_products(int start, int count)
    {
        // All columns of a feature are shifted alike.
        double[] shift = Shifts(), u = Vector(2 * _design.Rows), result = new double[2 * count];
        fixed (double* shifts = shift, vectors = u, to = result)
            _design.Gradients(start, count, shifts + start, vectors, _design.Rows, 2, to, count);
        for (int v = 0; v < 2; v++)
        {
            for (int c = 0; c < count; c++)
                Assert.Equal(Product(start + c, shift[start + c], u.AsSpan(v * _design.Rows)), result[v * count + c], 1e-13);
        }
    }

    [Fact]
    public void Listed_columns_and_rows_are_read_where_they_are()
    {
        int[] columns = [16, 3, 8], rows = [1, 36, 37, 40, 73, 74, 110];
        double[] shift = Vector(_design.Columns), u = Vector(_design.Rows), result = new double[_design.Columns], eta = new double[rows.Length];
        fixed (int* list = columns, ofRows = rows)
        fixed (double* shifts = shift, vector = u, to = result, etas = eta)
        {
            _design.Gradients(list, columns.Length, shifts, vector, to);
            foreach (int column in columns)
                Assert.Equal(Product(column, shift[column], u), result[column], 1e-13);
            for (int column = 0; column < _design.Columns; column++)
            {
                Array.Clear(eta);
                _design.AddRows(column, 1.5, ofRows, rows.Length, etas);
                for (int i = 0; i < rows.Length; i++)
                    Assert.Equal(1.5 * _whole[rows[i], column], eta[i]);
            }
        }
    }

    [Fact]
    public void A_working_set_multiplies_like_its_columns()
    {
        double[] weights = Weights();
        double[] roots = Array.ConvertAll(weights, Math.Sqrt);
        using ColumnScaling scaling = new();
        WorkCrew crew = new();
        using WorkingColumns held = _design.CreateWorkingColumns();
        int[] columns = [4, 3, 11, 0, 5, 9];
        double[] gram = new double[columns.Length * columns.Length], vector = Vector(_design.Rows), sum = [.. vector], coefficients = Vector(columns.Length);
        int[] positions = [.. Enumerable.Range(0, columns.Length)];
        fixed (double* w = weights, root = roots, to = gram, v = vector, total = sum, beta = coefficients)
        fixed (int* all = positions)
        {
            scaling.Measure(crew, _design, w, 0, intercept: true);
            Assert.True(held.TryStart(_design, scaling, root));
            held.Append(columns.AsSpan(0, 2));
            held.Append(columns.AsSpan(2));
            held.FillGram(crew, 0, 2, to, columns.Length);
            held.FillGram(crew, 2, columns.Length, to, columns.Length);
            held.AddTo(all, beta, columns.Length, total);
            for (int a = 0; a < columns.Length; a++)
            {
                double[] one = Standardised(columns[a], scaling, roots);
                Assert.Equal(one, new ReadOnlySpan<double>(held.Column(a), _design.Rows).ToArray());
                Assert.Equal(1, one.Sum(value => value * value), 1e-13);
                Assert.Equal(Dot(one, vector), held.Dot(a, v), 1e-13);
                for (int b = 0; b <= a; b++)
                    Assert.Equal(Dot(one, Standardised(columns[b], scaling, roots)), gram[a * columns.Length + b], 1e-13);
            }
        }

        for (int i = 0; i < sum.Length; i++)
            Assert.Equal(vector[i] + columns.Select((column, a) => coefficients[a] * Standardised(column, scaling, roots)[i]).Sum(), sum[i], 1e-13);
    }

    private double[] Weights()
    {
        double[] one = Array.ConvertAll(Vector(Rows), value => Math.Abs(value) + 0.1);
        double total = one.Sum();
        return [.. Enumerable.Range(0, Rows * Outputs).Select(i => one[i % Rows] / total)];
    }

    private double[] Standardised(int column, ColumnScaling scaling, double[] roots) =>
        [.. Enumerable.Range(0, _design.Rows).Select(i => IsOwn(i, column) ? (_whole[i, column] - scaling.Center[column]) * scaling.InverseNorm[column] * roots[i] : 0)];

    private double[] Vector(int length) => [.. Enumerable.Range(0, length).Select(_ => _random.NextDouble() - 0.5)];

    private double[] Shifts()
    {
        double[] one = Vector(Features + 1);
        return [.. Enumerable.Range(0, _design.Columns).Select(column => one[column / Outputs])];
    }

    private static bool IsOwn(int row, int column) => row / Rows == column % Outputs;

    private double Product(int column, double shift, ReadOnlySpan<double> u)
    {
        double sum = 0;
        for (int i = 0; i < _design.Rows; i++)
            sum += IsOwn(i, column) ? (_whole[i, column] - shift) * u[i] : 0;
        return sum;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
