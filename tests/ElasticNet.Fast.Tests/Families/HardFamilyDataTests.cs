namespace ElasticNet.Fast.Tests.Families;

/// <summary>Data on which other software stops, warns or returns something else: an answer with its proof, or the reason why there is none.</summary>
public class HardFamilyDataTests
{
    private const int Rows = 40;

    private static readonly ElasticNetOptions s_options = new() { MaxDegreeOfParallelism = 1 };

    public static TheoryData<string> Families => ["binomial", "poisson", "gamma"];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(0, 0.3)]
    [InlineData(1, 0.3)]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    public void Separable_data_have_a_finite_optimum_at_every_positive_strength(int flipped, double l1Ratio)
    {
        double[,] x = Table(Rows, 3);
        double[] y = Sides(x);
        for (int i = 0; i < flipped; i++)
            y[7 + i] = 1 - y[7 + i];
        Certified(new(x, y, s_options with { Family = Family.Binomial }), l1Ratio, Grid(l1Ratio == 0 ? 100 : 0.3, 30, 1e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.3)]
    [InlineData(0)]
    public void One_event_in_a_thousand(double l1Ratio)
    {
        double[,] x = Table(3000, 12);
        double[] y = new double[3000];
        y[17] = y[1234] = y[2900] = 1;
        Certified(new(x, y, s_options with { Family = Family.Binomial }), l1Ratio, Grid(l1Ratio == 0 ? 1 : 0.004, 15, 1e-4));
    }

    [Theory]
    [InlineData(1, "'y' is 1 in every row that counts: there is one class only, and no finite intercept fits it.")]
    [InlineData(0, "'y' is 0 in every row that counts: there is one class only, and no finite intercept fits it.")]
    public void One_class_only_is_refused(double label, string message)
    {
        // The mean of many ones is 1 but for rounding; no number of rows may pass.
        for (int n = 2; n < 60; n++)
        {
            Problem problem = new(Table(n, 2), [.. Enumerable.Repeat(label, n)], s_options with { Family = Family.Binomial });
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => problem.Fit(0.1, 1)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_class_without_an_intercept_is_an_ordinary_problem() =>
        Certified(new(Table(Rows, 3), [.. Enumerable.Repeat(1.0, Rows)], s_options with { Family = Family.Binomial, Intercept = false }), 1, Grid(0.1, 10, 0.1));

    [Fact]
    public void Counts_that_are_all_0_are_refused()
    {
        Problem problem = new(Table(Rows, 3), new double[Rows], s_options with { Family = Family.Poisson });
        Assert.StartsWith("'y' is 0 in every row that counts", Assert.Throws<ArgumentException>(() => problem.Fit(0.1, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("binomial", 1.5, "be 0, 1 or a proportion between")]
    [InlineData("binomial", -0.1, "be 0, 1 or a proportion between")]
    [InlineData("poisson", -0.1, "be 0 or more")]
    [InlineData("gamma", 0, "be positive")]
    [InlineData("gamma", -2, "be positive")]
    public void Targets_out_of_range_are_named_by_row(string family, double value, string range)
    {
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => i % 2 == 0 ? 1.0 : 0.5)];
        y[3] = value;
        Problem problem = new(Table(Rows, 3), y, s_options with { Family = Of(family) });
        Assert.StartsWith(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'y' ({value} in row 3, counted from 0) must {range}."), Assert.Throws<ArgumentException>(() => problem.Fit(0.1, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("poisson", 1e9)]
    [InlineData("poisson", 1e100)]
    [InlineData("poisson", 1e-9)]
    [InlineData("poisson", 1e-40)]
    [InlineData("gamma", 1e9)]
    [InlineData("gamma", 1e-9)]
    public void Amounts_of_any_size(string family, double size)
    {
        double[,] x = Table(Rows, 3);
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => size * Math.Exp(0.5 * x[i, 0] + 0.3 * Math.Sin(i)))];
        Solution[] path = Certified(new(x, y, s_options with { Family = Of(family) }), 1, Grid(family == "gamma" ? 0.3 : 0.3 * size, 20, 1e-5));
        Assert.Equal(3, path[^1].Fit.NonZeroCount);
    }

    [Fact]
    public void Costs_of_which_most_are_0()
    {
        double[] y = [.. Enumerable.Range(0, Rows).Select(i => i % 5 == 0 ? 1000 * Math.Exp(2 * Math.Sin(3 * i)) : 0)];
        Certified(new(Table(Rows, 3), y, s_options with { Family = Family.Poisson }), 1, Grid(500, 30, 1e-6));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void A_constant_target_leaves_nothing_to_explain(string family)
    {
        foreach (double value in family == "binomial" ? new[] { 0.5, 1e-300 } : [0.5, 3, 1e9, 1e-300])
        {
            Solution fit = new Problem(Table(Rows, 3), [.. Enumerable.Repeat(value, Rows)], s_options with { Family = Of(family) }).Fit(0.01, 1);
            Assert.Equal((0.0, 0), (fit.Fit.RelativeGap, fit.Fit.NonZeroCount));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Offsets_far_out(string family)
    {
        double[,] x = Table(Rows, 3);
        double[] y = [.. Sides(x).Select((side, i) => family == "binomial" ? (i == 7 ? 1 - side : side) : side + 0.5 + 0.1 * (i % 3))];
        Problem With(Func<int, double> offset) => new(x, y, s_options with { Family = Of(family), Offset = Enumerable.Range(0, Rows).Select(offset).ToArray() });
        // The same in every row is what the intercept takes; ±30 is a factor of e⁶⁰ between rows.
        Certified(With(_ => 800), 1, Grid(0.3, 8, 1e-2));
        Certified(With(_ => -800), 1, Grid(0.3, 8, 1e-2));
        Certified(With(i => i % 2 == 0 ? 30 : -30), 1, Grid(0.3, 8, 1e-2));
        foreach (double far in new double[] { -800, 800 })
        {
            Problem problem = With(i => i == 5 ? far : 0);
            if (family == "binomial")
                Certified(problem, 1, Grid(0.3, 8, 1e-2));
            else
                Honest(problem);
            Honest(With(i => i % 2 == 0 ? far : -far));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Copied_and_constant_columns_and_saturation(string family)
    {
        double[,] x = Table(Rows, 60);
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 9; j < 60; j += 10)
                (x[i, j - 1], x[i, j]) = (4, x[i, j - 2]);
        }

        double[] y = [.. Sides(x).Select((side, i) => family == "binomial" ? (i == 7 ? 1 - side : side) : 3 * side + 0.5 + i % 3)];
        Problem problem = new(x, y, s_options with { Family = Of(family) });
        foreach (double l1Ratio in new[] { 1, 0.3, 0 })
        {
            Solution[] path = Certified(problem, l1Ratio, Grid(l1Ratio == 0 ? 500 : 1, 25, 1e-7));
            Assert.True(path[^1].Fit.DevianceRatio > 0.99);
            Assert.All(Enumerable.Range(0, 6), k => Assert.Equal(0, path[^1].Coefficients[10 * k + 8]));
        }
    }

    /// <summary>No working set is smaller than all columns.</summary>
    [Theory]
    [MemberData(nameof(Families))]
    public void Ridge_on_many_more_columns_than_rows(string family)
    {
        double[,] x = Table(50, 600);
        double[] y = [.. Sides(x).Select(side => family == "binomial" ? side : side + 0.5)];
        Solution[] path = Certified(new(x, y, s_options with { Family = Of(family) }), 0, Grid(100, 5, 1e-2));
        Assert.Equal(600, path[^1].Fit.NonZeroCount);
    }

    private static void Honest(Problem problem)
    {
        try
        {
            Solution fit = problem.Fit(0.05, 1);
            Assert.False(double.IsNaN(fit.Fit.RelativeGap) || fit.Coefficients.Any(double.IsNaN));
            Assert.True(fit.Fit.RelativeGap >= 0);
        }
        catch (ArgumentException reason)
        {
            Assert.Contains("rescale", reason.Message, StringComparison.Ordinal);
        }
    }

    private static Solution[] Certified(Problem problem, double l1Ratio, double[] lambdas)
    {
        Solution[] path = [.. problem.Path(l1Ratio, lambdas).Select(point => Solution.Of(problem, point))];
        foreach (Solution solution in path)
        {
            Optimality check = solution.Check();
            Assert.True(solution.Fit.RelativeGap is >= 0 and <= 1e-10, $"λ = {solution.Fit.Lambda:r}: reports a gap of {solution.Fit.RelativeGap:e2}");
            Assert.True(check.RelativeGap <= 1e-10, $"λ = {solution.Fit.Lambda:r}: has a gap of {check.RelativeGap:e2}");
            Assert.True(check.KktResidual <= 1e-10, $"λ = {solution.Fit.Lambda:r}: violates the conditions by {check.KktResidual:e2}");
        }

        return path;
    }

    private static Family Of(string name) => FamilyDraws.Families.First(family => family.Name == name);

    private static double[] Grid(double most, int count, double ratio) => [.. Enumerable.Range(0, count).Select(k => most * Math.Pow(ratio, k / (count - 1.0)))];

    private static double[] Sides(double[,] x) => [.. Enumerable.Range(0, x.GetLength(0)).Select(i => x[i, 0] > 0 ? 1.0 : 0)];

    private static double[,] Table(int rows, int columns)
    {
        Random random = new(5);
        double[,] x = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                x[i, j] = Properties.ProblemFactory.Normal(random);
        }

        return x;
    }
}
