namespace ElasticNet.Fast.Tests.Survival;

/// <summary>What is no survival target is refused by name; what is odd but sound is defined.</summary>
public class SurvivalBadInputTests
{
    private static readonly double[,] s_x = { { 1, 0 }, { 2, 1 }, { 3, 1 }, { 4, 0 }, { 5, 1 }, { 6, 0 } };
    private static readonly double[] s_time = [5, 3, 4, 2, 6, 1];
    private static readonly bool[] s_events = [true, true, false, true, false, true];

    [Theory]
    [InlineData(0, "'time' must be positive and finite, but row 2 (counted from 0) has 0.")]
    [InlineData(-1, "'time' must be positive and finite, but row 2 (counted from 0) has -1.")]
    [InlineData(double.NaN, "'time' must be positive and finite, but row 2 (counted from 0) has NaN.")]
    [InlineData(double.PositiveInfinity, "'time' must be positive and finite, but row 2 (counted from 0) has ∞.")]
    public void Times_must_be_positive(double time, string message)
    {
        double[] times = [.. s_time];
        times[2] = time;
        Assert.StartsWith(message.Replace("∞", "Infinity"), Refused(() => Target.Survival(times, s_events)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, "'start' must lie before 'time', but row 1 (counted from 0) is watched from 3 to 3.")]
    [InlineData(-1, "'start' must be finite and not negative, but row 1 (counted from 0) has -1.")]
    [InlineData(double.NaN, "'start' must be finite and not negative, but row 1 (counted from 0) has NaN.")]
    public void Starts_must_lie_before_times(double start, string message) =>
        Assert.StartsWith(message, Refused(() => Target.Survival(s_time, s_events, [0, start, 0, 0, 0, 0])), StringComparison.Ordinal);

    [Fact]
    public void Somebody_must_have_the_event() =>
        Assert.StartsWith("'isEvent' must be true in a row that counts, but all 6 rows are censored", Refused(() => Target.Survival(s_time, new bool[6])), StringComparison.Ordinal);

    [Fact]
    public void Lengths_must_agree()
    {
        Assert.Throws<ArgumentException>(() => Target.Survival(s_time, new bool[5]).Length);
        Assert.Throws<ArgumentException>(() => Target.Survival(s_time, s_events, new double[5]).Length);
        Assert.Throws<ArgumentException>(() => Target.Survival(s_time, s_events, [], new int[7]).Length);
        Assert.Throws<ArgumentException>(() => Target.Survival(s_time, s_events, [], [0, 1, 2, 0, 0, 0], ["a", "b"]).Length);
        Assert.Contains("one value for each of the 5 rows", Refused(() => Target.Survival(s_time, s_events), new double[5, 2]), StringComparison.Ordinal);
    }

    [Fact]
    public void Family_and_target_belong_together()
    {
        Assert.Contains("must be a survival target", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(s_x, s_time, 0.1, 1, new() { Family = Family.Cox })).Message, StringComparison.Ordinal);
        Assert.Contains("must be Cox or CoxBreslow", Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(s_x, Target.Survival(s_time, s_events), 0.1)).Message, StringComparison.Ordinal);
    }

    /// <summary>The event with the larger x comes always first.</summary>
    [Fact]
    public void A_likelihood_that_rises_for_ever_is_refused_with_its_direction()
    {
        double[,] x = { { 6, 0.3 }, { 5, -1 }, { 4, 0.2 }, { 3, 1 }, { 2, -0.7 }, { 1, 0.1 } };
        double[] time = [1, 2, 3, 4, 5, 6];
        string message = Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(x, Target.Survival(time, s_events), 0, 1, new() { Family = Family.Cox })).Message;
        Assert.Contains("monotone likelihood", message, StringComparison.Ordinal);
        Assert.Contains("·column 0", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ElasticNetEstimator.Fit(x, Target.Survival(time, s_events), 0.1, 1, new() { Family = Family.CoxBreslow, PenaltyFactors = [0, 1] }));
        // With a penalty, or bounds, there is a solution.
        Assert.InRange(ElasticNetEstimator.Fit(x, Target.Survival(time, s_events), 0.01, 1, new() { Family = Family.Cox }).Fit.RelativeGap, 0, 1e-10);
        Assert.InRange(ElasticNetEstimator.Fit(x, Target.Survival(time, s_events), 0, 1, new() { Family = Family.Cox, LowerBounds = [-2], UpperBounds = [2] }).Fit.RelativeGap, 0, 1e-10);
    }

    /// <summary>Also where rows come late: at each event the largest of those who are there.</summary>
    [Fact]
    public void It_is_refused_with_left_truncation_too()
    {
        double[,] x = { { 9 }, { 1 }, { 10 }, { 2 } };
        Assert.Contains("monotone likelihood", Assert.Throws<ArgumentException>(() =>
            ElasticNetEstimator.Fit(x, Target.Survival([2, 3, 6, 7], [true, false, true, false], [0, 1, 4, 5]), 0, 1, new() { Family = Family.Cox })).Message, StringComparison.Ordinal);
        double[,] turned = { { 9 }, { 1 }, { 2 }, { 10 } };
        Assert.InRange(ElasticNetEstimator.Fit(turned, Target.Survival([2, 3, 6, 7], [true, false, true, false], [0, 1, 4, 5]), 0, 1, new() { Family = Family.Cox }).Fit.RelativeGap, 0, 1e-10);
    }

    /// <summary>A stratum without events, one of a single row, and rows that are never at risk add nothing.</summary>
    [Fact]
    public void Who_is_compared_with_nobody_changes_nothing()
    {
        double[,] more = { { 1, 0 }, { 2, 1 }, { 3, 1 }, { 4, 0 }, { 5, 1 }, { 6, 0 }, { 9, 9 }, { -9, 3 }, { 4, 4 }, { 100, 1 } };
        double[] time = [.. s_time, 7, 8, 3, 20], start = [0, 0, 0, 0, 0, 0, 0, 0, 0, 10];
        bool[] events = [.. s_events, false, false, true, false];
        int[] strata = [0, 0, 0, 0, 0, 0, 1, 1, 2, 0];
        ElasticNetOptions options = new() { Family = Family.Cox, Standardize = false };
        double[] expected = ElasticNetEstimator.Fit(s_x, Target.Survival(s_time, s_events), 0.1, 0.5, options).Coefficients.ToArray();
        double[] actual = ElasticNetEstimator.Fit(more, Target.Survival(time, events, start, strata), 0.06, 0.5, options).Coefficients.ToArray();
        for (int j = 0; j < 2; j++)
            Assert.Equal(expected[j], actual[j], 1e-12);
    }

    /// <summary>An event that is the only one at risk says nothing; where all are, nothing is explained.</summary>
    [Fact]
    public void An_event_alone_says_nothing()
    {
        ElasticNetModel model = ElasticNetEstimator.Fit(s_x, Target.Survival(s_time, s_events, [], [0, 1, 2, 3, 4, 5]), 0.1, 1, new() { Family = Family.Cox });
        Assert.Empty(model.Coefficients.Indices.ToArray());
        Assert.Equal(0, model.Fit.RelativeGap);
        Assert.Equal(0, model.Fit.DevianceRatio);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Everybody_may_be_tied(bool isEfron)
    {
        ElasticNetModel model = ElasticNetEstimator.Fit(
            s_x, Target.Survival([4, 4, 4, 4, 4, 4], s_events), 0.01, 0.5, new() { Family = isEfron ? Family.Cox : Family.CoxBreslow });
        Assert.InRange(model.Fit.RelativeGap, 0, 1e-12);
    }

    /// <summary>Some rows are so much likelier than others that a difference of sums would have no digit left.</summary>
    [Fact]
    public void Sums_over_risk_sets_keep_their_digits()
    {
        double[,] x = new double[40, 2];
        double[] time = new double[40], start = new double[40], offset = new double[40];
        bool[] events = new bool[40];
        Random random = new(3);
        for (int i = 0; i < 40; i++)
        {
            (x[i, 0], x[i, 1]) = (random.NextDouble(), random.NextDouble());
            bool late = i < 10;
            // Those who come late are e³⁵ times as likely, and gone before the first events are looked at.
            (time[i], start[i], events[i], offset[i]) = late ? (100 + i, 50, true, 35) : (1 + i, 0, i % 3 > 0, 0);
        }

        ElasticNetOptions options = new() { Family = Family.Cox, Standardize = false };
        ElasticNetModel far = ElasticNetEstimator.Fit(x, Target.Survival(time, events, start) with { Offset = offset }, 0.01, 0.5, options);
        int[] strata = [.. Enumerable.Range(0, 40).Select(i => i < 10 ? 1 : 0)];
        ElasticNetModel apart = ElasticNetEstimator.Fit(x, Target.Survival(time, events, start, strata), 0.01, 0.5, options);
        double[] expected = apart.Coefficients.ToArray(), actual = far.Coefficients.ToArray();
        Assert.Equal(expected[0], actual[0], 1e-10);
        Assert.Equal(expected[1], actual[1], 1e-10);
        Assert.InRange(far.Fit.RelativeGap, 0, 1e-10);
    }

    private static string Refused(TargetOf target, double[,]? x = null)
    {
        return Assert.ThrowsAny<ArgumentException>(() => ElasticNetEstimator.Fit(x ?? s_x, target(), 0.1, 1, new() { Family = Family.Cox })).Message;
    }

    private delegate Target TargetOf();
}
