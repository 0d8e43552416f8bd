using FsCheck.Xunit;

namespace ElasticNet.Fast.Tests.Preprocessing;

[Reproducible]
public class ScalerTests
{
    public static TheoryData<ScalingMethod> Methods => new(Enum.GetValues<ScalingMethod>());

    /// <summary>There and back is where one was; gaps stay gaps.</summary>
    [Property(MaxTest = 200)]
    public void Inverse_undoes_transform(int seed)
    {
        ScalerProblem problem = new(new Random(seed));
        Scaler scaler = Scaler.Fit(problem.X, problem.Options, problem.Weights);
        double[,] scaled = problem.Empty(), back = problem.Empty();
        scaler.Transform(problem.X, scaled);
        scaler.InverseTransform(scaled, back);
        problem.ForEach((i, j) => Close(problem.X[i, j], back[i, j], 1e-14 * (Math.Abs(problem.X[i, j]) + Math.Abs(scaler.Centers.Span[j]) + scaler.Scales.Span[j])));
    }

    /// <summary>What the methods promise of the scaled columns.</summary>
    [Property(MaxTest = 200)]
    public void Scaled_columns_have_scale_one(int seed)
    {
        ScalerProblem problem = new(new Random(seed));
        ScalerOptions options = problem.Options with { Method = (ScalingMethod)(Math.Abs(seed % 3) switch { 0 => ScalingMethod.Standard, 1 => ScalingMethod.MinMax, _ => ScalingMethod.MaxAbs }) };
        Scaler scaler = Scaler.Fit(problem.X, options, problem.Weights);
        double[,] scaled = problem.Empty();
        scaler.Transform(problem.X, scaled);
        for (int j = 0; j < scaler.Columns; j++)
        {
            (double Y, double W)[] rows = [.. problem.Present(j).Select(i => (scaled[i, j], problem.Weights.Length == 0 ? 1 : problem.Weights[i]))];
            bool constant = problem.Present(j).Select(i => problem.X[i, j]).Distinct().Count() < 2;
            if (rows.Length == 0 || constant)
                continue;
            double total = rows.Sum(row => row.W);
            switch (options.Method)
            {
                case ScalingMethod.Standard:
                    Assert.Equal(0, rows.Sum(row => row.W * row.Y) / total, 1e-8);
                    Assert.Equal(1, rows.Sum(row => row.W * row.Y * row.Y) / total, 1e-8);
                    break;
                case ScalingMethod.MinMax:
                    Assert.Equal(options.TargetMinimum, rows.Min(row => row.Y), 1e-8);
                    Assert.Equal(options.TargetMaximum, rows.Max(row => row.Y), 1e-8);
                    break;
                default:
                    Assert.Equal(1, rows.Max(row => Math.Abs(row.Y)), 1e-12);
                    break;
            }
        }
    }

    /// <summary>A whole number as weight is so many copies of the row (but for n − 1, which counts rows).</summary>
    [Property(MaxTest = 200)]
    public void Weights_are_copies(int seed)
    {
        Random random = new(seed);
        ScalerProblem problem = new(random);
        double[] weights = [.. Enumerable.Range(0, problem.Rows).Select(_ => (double)random.Next(4))];
        ScalerOptions options = problem.Options.Method == ScalingMethod.StandardSample ? new() : problem.Options;
        int[] copies = [.. Enumerable.Range(0, problem.Rows).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        Same(Scaler.Fit(problem.Take(copies), options), Scaler.Fit(problem.X, options, weights), 1e-10);
    }

    /// <summary>Panels on several accumulators, merged in whatever order, say what the whole says.</summary>
    [Property(MaxTest = 200)]
    public void Merged_panels_are_the_whole(int seed)
    {
        Random random = new(seed);
        ScalerProblem problem = new(random);
        ScalerOptions options = problem.Options.Method == ScalingMethod.Robust ? new() : problem.Options;
        ScalerAccumulator[] parts = [.. Enumerable.Range(0, 3).Select(_ => new ScalerAccumulator(problem.Columns))];
        for (int top = 0, rows; top < problem.Rows; top += rows)
        {
            rows = Math.Min(random.Next(1, 100), problem.Rows - top);
            int[] panel = [.. Enumerable.Range(top, rows)];
            parts[random.Next(parts.Length)].Add(problem.Take(panel), problem.Weights.Length == 0 ? default : problem.Weights.AsSpan(top, rows));
        }

        random.Shuffle(parts);
        parts[0].Merge(parts[1]);
        parts[2].Merge(parts[0]);
        Same(Scaler.Fit(problem.X, options, problem.Weights), parts[2].ToScaler(options), 1e-12);
    }

    /// <summary>Layouts, storage types, in place or not, one or the other direction of a copy: one answer.</summary>
    [Property(MaxTest = 200)]
    public void Layouts_and_storage_types_agree(int seed)
    {
        ScalerProblem problem = new(new Random(seed));
        (int n, int p, int stride) = (problem.Rows, problem.Columns, problem.Rows + 3);
        double[] columns = new double[stride * p];
        float[] singles = new float[n * p];
        double[,] rounded = problem.Empty(), expected = problem.Empty();
        problem.ForEach((i, j) => (columns[j * stride + i], singles[i * p + j], rounded[i, j]) = (problem.X[i, j], (float)problem.X[i, j], (float)problem.X[i, j]));
        Scaler scaler = Scaler.Fit(problem.X, problem.Options, problem.Weights);
        Same(scaler, Scaler.Fit(MatrixView.ColumnMajor<double>(columns, n, p, stride), problem.Options, problem.Weights), 0);
        Same(Scaler.Fit(rounded, problem.Options, problem.Weights), Scaler.Fit(MatrixView.RowMajor<float>(singles, n, p), problem.Options, problem.Weights), 0);

        scaler.Transform(problem.X, expected);
        double[] across = new double[n * p];
        scaler.Transform(problem.X, MatrixSpan.ColumnMajor<double>(across, n, p));
        MatrixSpan<double> inPlace = MatrixSpan.ColumnMajor<double>(columns, n, p, stride);
        scaler.Transform(inPlace, inPlace);
        problem.ForEach((i, j) => Assert.Equal((expected[i, j], expected[i, j]), (across[j * n + i], columns[j * stride + i])));

        scaler.Transform(rounded, expected);
        float[] turned = new float[n * p], thereAndBack = [.. singles];
        scaler.Transform(MatrixView.RowMajor<float>(singles, n, p), MatrixSpan.ColumnMajor<float>(turned, n, p));
        MatrixSpan<float> table = MatrixSpan.RowMajor<float>(thereAndBack, n, p);
        scaler.Transform(table, table);
        problem.ForEach((i, j) => Assert.Equal(((float)expected[i, j], (float)expected[i, j]), (turned[j * n + i], thereAndBack[i * p + j])));
        scaler.InverseTransform(table, table);
        problem.ForEach((i, j) => Close(singles[i * p + j], thereAndBack[i * p + j], 3e-7 * (Math.Abs(singles[i * p + j]) + Math.Abs(scaler.Centers.Span[j]) + scaler.Scales.Span[j])));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_constant_column_has_scale_one(ScalingMethod method)
    {
        Scaler scaler = Scaler.Fit(new double[,] { { 0, 7.7 }, { 0, 7.7 }, { 0, 7.7 } }, new() { Method = method }, [0.1, 0.7, 0.3]);
        double center = method is ScalingMethod.None or ScalingMethod.MaxAbs ? 0 : 7.7;
        Assert.Equal([0, center], scaler.Centers.ToArray());
        Assert.Equal([1, method == ScalingMethod.MaxAbs ? 7.7 : 1], scaler.Scales.ToArray());
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void One_row_is_constant_and_no_value_is_left_alone(ScalingMethod method)
    {
        Scaler scaler = Scaler.Fit(new double[,] { { 3, double.NaN } }, new() { Method = method });
        Assert.Equal((0, 1), (scaler.Centers.Span[1], scaler.Scales.Span[1]));
        Assert.Equal(method == ScalingMethod.MaxAbs ? 3 : 1, scaler.Scales.Span[0]);
        Assert.Equal([1, 1, 1], Scaler.Fit(new double[0, 3], new() { Method = method }).Scales.ToArray());
        Scaler none = Scaler.Fit(new double[3, 0], new() { Method = method });
        none.Transform(new double[3, 0], new double[3, 0]);
        Assert.Equal(0, none.Columns);
    }

    [Theory]
    [InlineData(1e150)]
    [InlineData(1e-150)]
    public void Far_from_one_nothing_overflows(double size)
    {
        Scaler scaler = Scaler.Fit(new double[,] { { size }, { 3 * size } }, new());
        Assert.Equal(1, scaler.Centers.Span[0] / (2 * size), 1e-14);
        Assert.Equal(1, scaler.Scales.Span[0] / size, 1e-14);
    }

    [Fact]
    public void Infinite_values_are_refused_where_they_count()
    {
        double[,] x = { { 1, 2 }, { 3, double.PositiveInfinity }, { 5, 6 } };
        foreach (ScalingMethod method in Enum.GetValues<ScalingMethod>())
        {
            ScalerOptions options = new() { Method = method };
            Assert.Contains("row 1, column 1", Assert.Throws<ArgumentException>(() => Scaler.Fit(x, options)).Message, StringComparison.Ordinal);
            Assert.Equal(2, Scaler.Fit(x, options, [1, 0, 1]).Columns);
        }

        Assert.Contains("column 0", Assert.Throws<ArgumentException>(() => Scaler.Fit(new double[,] { { -1.7e308 }, { 1.7e308 } }, new() { Method = ScalingMethod.MinMax })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_named()
    {
        double[,] x = { { 1, 2 }, { 3, 4 } };
        Assert.Contains("'weights' (length 3)", Assert.Throws<ArgumentException>(() => Scaler.Fit(x, new(), [1, 2, 3])).Message, StringComparison.Ordinal);
        Assert.Contains("row 1", Assert.Throws<ArgumentException>(() => Scaler.Fit(x, new(), [1, -1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaler.Fit(x, new() { Method = (ScalingMethod)99 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaler.Fit(x, new() { TargetMinimum = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaler.Fit(x, new() { LowerQuantile = 0.8 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scaler.Fit(x, new() { UpperQuantile = 1.1 }));
        Assert.Throws<ArgumentException>(() => Scaler.Fit(x, new(), default, new double[1], new double[2]));
        Assert.Throws<ArgumentException>(() => Scaler.Fit(x, new()).Transform(x, new double[2, 3]));
        Assert.Throws<ArgumentException>(() => Scaler.Fit(x, new()).Transform(new double[2, 3], new double[2, 3]));
        Assert.Throws<ArgumentException>(() => new ScalerAccumulator(3).Add(x));
        Assert.Throws<ArgumentException>(() => new ScalerAccumulator(3).Merge(new ScalerAccumulator(2)));
        Assert.Contains("Robust", Assert.Throws<ArgumentOutOfRangeException>(() => new ScalerAccumulator(3).ToScaler(new() { Method = ScalingMethod.Robust })).Message, StringComparison.Ordinal);
    }

    /// <summary>Other columns of the same table are apart from it, the same elements one place on are not.</summary>
    [Fact]
    public void Overlap_is_refused()
    {
        double[] table = [1, 2, 0, 0, 3, 4, 0, 0, 9];
        Scaler scaler = Scaler.Fit(MatrixView.RowMajor<double>(table, 2, 2, 4), new());
        scaler.Transform(MatrixView.RowMajor<double>(table, 2, 2, 4), MatrixSpan.RowMajor<double>(table.AsSpan(2), 2, 2, 4));
        Assert.Equal([1, 2, -1, -1, 3, 4, 1, 1, 9], table);
        Assert.Throws<ArgumentException>(() => scaler.Transform(MatrixView.RowMajor<double>(table, 2, 2, 4), MatrixSpan.RowMajor<double>(table.AsSpan(1), 2, 2, 4)));
        Assert.Throws<ArgumentException>(() => scaler.Transform(MatrixView.RowMajor<double>(table, 2, 2), MatrixSpan.ColumnMajor<double>(table, 2, 2)));
    }

    private static void Same(Scaler expected, Scaler actual, double tolerance)
    {
        for (int j = 0; j < expected.Columns; j++)
        {
            double scale = expected.Scales.Span[j];
            Close(scale, actual.Scales.Span[j], tolerance * scale);
            Close(expected.Centers.Span[j], actual.Centers.Span[j], tolerance * (scale + Math.Abs(expected.Centers.Span[j])));
        }
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= tolerance, $"{expected:R} expected, {actual:R} found");
}
