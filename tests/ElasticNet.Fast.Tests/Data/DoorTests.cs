namespace ElasticNet.Fast.Tests.Data;

/// <summary>What converts by itself to features and targets means the same as what it was made of.</summary>
public class DoorTests
{
    private static readonly double[,] s_x = { { 1, 2 }, { 2, 1 }, { 3, 4 }, { 4, 3 }, { 5, 5 }, { 6, 2 } };
    private static readonly double[][] s_rows = [[1, 2], [2, 1], [3, 4], [4, 3], [5, 5], [6, 2]];
    private static readonly double[] s_y = [3.125, 4, 8.25, 8.75, 11, 9.5];

    [Fact]
    public void Rows_that_lie_apart_are_a_table()
    {
        float[][] singles = [.. s_rows.Select(row => Array.ConvertAll(row, value => (float)value))];
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_x, s_y, 0.1), apart = ElasticNetEstimator.Fit(s_rows, s_y, 0.1);
        Assert.Equal(model.ToArray(), apart.ToArray());
        Assert.Equal(model.Predict(s_x), model.Predict(s_rows));
        Assert.Equal(model.Predict(s_x), model.Predict(singles));
        Assert.Empty(model.Predict(new double[0, 2]));
    }

    [Fact]
    public void Rows_of_different_lengths_are_refused()
    {
        Assert.StartsWith("'rows' must have equally many values, but row 0 has 2 and row 1 (counted from 0) of 3 has 1.", Message([[1, 2], [3], [4, 5]]), StringComparison.Ordinal);
        Assert.StartsWith("'rows' must hold rows, but row 1 (counted from 0) of 2 is null.", Message([[1, 2], null!]), StringComparison.Ordinal);
        Assert.StartsWith("'rows' must hold rows, but row 0 (counted from 0) of 2 is null.", Message([null!, [1, 2]]), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => ElasticNetEstimator.Fit((double[][])null!, s_y, 0.1));

        static string Message(double[][] rows) => Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(rows, s_y, 0.1)).Message;
    }

    [Fact]
    public void Targets_of_floats_and_whole_numbers_are_targets()
    {
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_x, s_y, 0.1), single = ElasticNetEstimator.Fit(s_x, Array.ConvertAll(s_y, value => (float)value), 0.1);
        Assert.Equal(model.ToArray(), single.ToArray());
        int[] visits = [3, 4, 8, 9, 11, 10];
        ElasticNetOptions counts = new() { Family = Family.Poisson };
        using ElasticNetModel rate = ElasticNetEstimator.Fit(s_x, visits, 0.1, options: counts), same = ElasticNetEstimator.Fit(s_x, [3, 4, 8, 9, 11, 10], 0.1, options: counts);
        Assert.Equal(same.ToArray(), rate.ToArray());
        Target weighted = (Target)(float[])[1, 2, 3] with { Weights = [1, 0, 1] };
        Assert.Equal((3, 0), (weighted.Length, weighted.Weights[1]));
        Assert.Throws<ArgumentNullException>(() => ElasticNetEstimator.Fit(s_x, (float[])null!, 0.1));
        Assert.Throws<ArgumentNullException>(() => ElasticNetEstimator.Fit(s_x, (int[])null!, 0.1));
    }

    [Fact]
    public void Events_are_a_target()
    {
        bool[] late = [false, false, true, false, true, true];
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_rows, late, 0.05, options: new() { Family = Family.Binomial });
        Assert.Equal("true", model.PositiveClass);
    }

    [Fact]
    public void Predictions_of_a_table_with_an_offset_come_as_an_array()
    {
        double[] offset = [1, 2, 3, 4, 5, 6], predictions = new double[6];
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_x, new Target(s_y) { Offset = offset }, 0.1);
        model.Predict(s_x, predictions, offset);
        Assert.Equal(predictions, model.Predict(s_x, offset: offset));
        Assert.Contains("'offset' must be given", Assert.Throws<ArgumentException>(() => model.Predict(s_x)).Message, StringComparison.Ordinal);
        using ElasticNetModel without = ElasticNetEstimator.Fit(s_x, s_y, 0.1);
        Assert.Contains("'offset' (length 6) must be empty", Assert.Throws<ArgumentException>(() => without.Predict(s_x, offset: offset)).Message, StringComparison.Ordinal);
    }
}
