namespace ElasticNet.Fast.Tests.BadInput;

/// <summary>Tables and targets that mean nothing are refused, by row and column.</summary>
public class DataTests
{
    public static TheoryData<double> NotFinite => [double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    [Fact]
    public void No_rows()
    {
        foreach (Action call in Sample.Calls(Sample.Good(rows: 0)))
            Refusal.OfArgument(call, "0", "row");
    }

    [Fact]
    public void No_columns()
    {
        foreach (Action call in Sample.Calls(Sample.Good(columns: 0)))
            Refusal.OfArgument(call, $"{Sample.Rows} rows", "0 columns");
    }

    [Theory]
    [InlineData(Sample.Rows - 1)]
    [InlineData(Sample.Rows + 1)]
    [InlineData(0)]
    public void Target_of_another_length(int length)
    {
        Problem problem = Sample.Good() with { Y = new double[length] };
        foreach (Action call in Sample.Calls(problem))
            Refusal.OfArgument(call, "'y'", $"{length}", $"{Sample.Rows}");
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void Cells_that_are_no_numbers(double bad)
    {
        foreach ((int row, int column) in new[] { (0, 0), (7, 2), (Sample.Rows - 1, Sample.Columns - 1) })
        {
            foreach (Layout layout in Enum.GetValues<Layout>())
            {
                Problem problem = Sample.Good() with { Layout = layout };
                problem.X[row, column] = bad;
                foreach (Action call in Sample.Calls(problem))
                    Refusal.OfArgument(call, $"row {row}", $"column {column}");
            }
        }
    }

    /// <summary>With p ≫ n another path through the code reads the table.</summary>
    [Theory]
    [MemberData(nameof(NotFinite))]
    public void Cells_that_are_no_numbers_in_a_wide_table(double bad)
    {
        Problem problem = Sample.Good(rows: 10, columns: 900);
        problem.X[9, 777] = bad;
        foreach (Action call in Sample.Calls(problem))
            Refusal.OfArgument(call, "row 9", "column 777");
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void Targets_that_are_no_numbers(double bad)
    {
        Problem problem = Sample.Good();
        problem.Y[5] = bad;
        foreach (Action call in Sample.Calls(problem))
            Refusal.OfArgument(call, "'y'", "row 5");
    }

    [Theory]
    [MemberData(nameof(NotFinite))]
    public void Offsets_that_are_no_numbers(double bad)
    {
        double[] offset = new double[Sample.Rows];
        offset[4] = bad;
        foreach (Action call in Sample.Calls(Sample.With(options => options with { Offset = offset })))
            Refusal.OfArgument(call, "Offset", "row 4");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.5)]
    public void Weights_that_are_no_weights(double bad)
    {
        double[] weights = [.. Enumerable.Repeat(1.0, Sample.Rows)];
        weights[3] = bad;
        foreach (Action call in Sample.Calls(Sample.With(options => options with { Weights = weights })))
            Refusal.OfArgument(call, "Weights", "row 3");
    }

    [Fact]
    public void Weights_all_zero()
    {
        foreach (Action call in Sample.Calls(Sample.With(options => options with { Weights = new double[Sample.Rows] })))
            Refusal.OfArgument(call, "Weights");
    }

    [Fact]
    public void Tables_smaller_than_their_sizes()
    {
        double[] data = new double[11];
        Refusal.OfArgument(() => MatrixView.RowMajor<double>(data, 3, 4), "'data'", "11", "3 × 4", "12");
        Refusal.OfArgument(() => MatrixView.ColumnMajor<double>(data, 3, 4), "'data'", "11", "3 × 4", "12");
        Refusal.OfArgument(() => MatrixView.RowMajor<double>(data, -1, 4), "'rows'", "-1");
        Refusal.OfArgument(() => MatrixView.RowMajor<double>(data, 2, 4, 3), "'stride'", "3", "4");
    }
}
