using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Tests.Families;
using ElasticNet.Fast.Tests.Golden;

namespace ElasticNet.Fast.Tests.Inference;

/// <summary>The classical table: certified and published values, and plain loops.</summary>
public class LeastSquaresTests
{
    /// <summary>The values that NIST certifies for Longley's data.</summary>
    [Fact]
    public void Longley_to_ten_digits()
    {
        double[,] x = Read("longley.x.csv");
        double[] y = Array.ConvertAll(Column("longley.y.csv"), value => Math.Round(1000 * value));
        double[] units = [1, 1000, 10, 10, 1000, 1];
        for (int j = 0; j < 6; j++)
        {
            for (int i = 0; i < 16; i++)
                x[i, j] = j == 0 ? x[i, j] : Math.Round(units[j] * x[i, j]);
        }

        ClassicalTable table = LeastSquares.Fit(x, y);
        double[] estimates = [-3482258.63459582, 15.0618722713733, -0.358191792925910e-1, -2.02022980381683, -1.03322686717359, -0.511041056535807e-1, 1829.15146461355];
        double[] errors = [890420.383607373, 84.9149257747669, 0.334910077722432e-1, 0.488399681651699, 0.214274163161675, 0.226073200069370, 455.478499142212];
        for (int k = 0; k < 7; k++)
        {
            Close(estimates[k], table.Coefficients[k].Estimate, 1e-13);
            Close(errors[k], table.Coefficients[k].StandardError, 1e-11);
        }

        Close(304.854073561965, table.ResidualStandardError, 1e-13);
        Close(0.995479004577296, table.RSquared, 1e-13);
        Close(330.285339234588, table.F, 1e-12);
        Assert.Equal((9, 6), (table.ResidualDegreesOfFreedom, table.Tested));
    }

    /// <summary>summary(lm(mpg ~ wt + hp, mtcars)).</summary>
    [Fact]
    public void Cars_as_R_prints_them()
    {
        (double[,] x, double[] y) = Cars("wt", "hp");
        ClassicalTable table = LeastSquares.Fit(x, y, new() { FeatureNames = ["wt", "hp"] });
        Assert.Equal(["37.22727", "-3.87783", "-0.03177"], table.Coefficients.Select(line => Text(line.Estimate, 5)));
        Assert.Equal(["1.59879", "0.63273", "0.00903"], table.Coefficients.Select(line => Text(line.StandardError, 5)));
        Assert.Equal(["23.285", "-6.129", "-3.519"], table.Coefficients.Select(line => Text(line.Statistic, 3)));
        Assert.Equal([1.12e-06, 0.00145], table.Coefficients.Skip(1).Select(line => Math.Round(line.PValue, line.PValue < 1e-4 ? 8 : 5)));
        Assert.Equal(("2.593", "0.8268", "0.8148", "69.21"), (Text(table.ResidualStandardError, 3), Text(table.RSquared, 4), Text(table.AdjustedRSquared, 4), Text(table.F, 2)));
        Assert.Equal((29, 2, "9.109e-012"), (table.ResidualDegreesOfFreedom, table.Tested, table.FPValue.ToString("e3", Invariant)));
        string text = table.ToString();
        Assert.Contains("residual standard error 2.5934 on 29 degrees of freedom", text, StringComparison.Ordinal);
        Assert.Contains("F 69.211 on 2 and 29 degrees of freedom", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NAIVE", text, StringComparison.Ordinal);
    }

    /// <summary>summary(glm(am ~ hp + wt, binomial, mtcars)).</summary>
    [Fact]
    public void Logistic_cars_as_R_prints_them()
    {
        (double[,] x, _) = Cars("hp", "wt");
        ClassicalTable table = LeastSquares.Fit(x, Cars("am").X.Cast<double>().ToArray(), new() { Family = Family.Binomial });
        Assert.Equal(["18.86630", "0.03626", "-8.08348"], table.Coefficients.Select(line => Text(line.Estimate, 5)));
        Assert.Equal(["7.44356", "0.01773", "3.06868"], table.Coefficients.Select(line => Text(line.StandardError, 5)));
        Assert.Equal(["0.01126", "0.04091", "0.00843"], table.Coefficients.Select(line => Text(line.PValue, 5)));
        Assert.Equal(("43.230", "10.059", 29), (Text(table.NullDeviance, 3), Text(table.Deviance, 3), table.ResidualDegreesOfFreedom));
        Assert.True(table.IsDispersionKnown);
    }

    /// <summary>Dobson's randomised trial, the example of R's glm.</summary>
    [Fact]
    public void Poisson_trial_as_R_prints_it()
    {
        double[] counts = [18, 17, 15, 20, 10, 20, 25, 13, 12];
        double[,] x = new double[9, 4];
        for (int i = 0; i < 9; i++)
            (x[i, 0], x[i, 1], x[i, 2], x[i, 3]) = (i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0, i / 3 == 1 ? 1 : 0, i / 3 == 2 ? 1 : 0);
        ClassicalTable table = LeastSquares.Fit(x, counts, new() { Family = Family.Poisson });
        Assert.Equal(["3.0445", "-0.4543", "-0.2930"], table.Coefficients.Take(3).Select(line => Text(line.Estimate, 4)));
        Assert.Equal(["0.1709", "0.2022", "0.1927", "0.2000", "0.2000"], table.Coefficients.Select(line => Text(line.StandardError, 4)));
        Assert.Equal(["17.815", "-2.247", "-1.520"], table.Coefficients.Take(3).Select(line => Text(line.Statistic, 3)));
        Assert.All(table.Coefficients.Skip(3), line => Assert.Equal(0, line.Estimate, 1e-14));
        Assert.Equal(("10.5814", "5.1291"), (Text(table.NullDeviance, 4), Text(table.Deviance, 4)));
    }

    public static TheoryData<int, bool, bool, StandardErrors> Cases
    {
        get
        {
            TheoryData<int, bool, bool, StandardErrors> cases = [];
            for (int k = 0; k < 8 * FamilyCount; k++)
                cases.Add(k / 8, k % 2 == 0, k / 2 % 2 == 0, k / 4 % 2 == 0 ? StandardErrors.Classical : StandardErrors.HC3);
            return cases;
        }
    }

    private static int FamilyCount => FamilySample.Curved.Length + 1;

    /// <summary>Every family, with weights, offset and both kinds of errors, against Fisher scoring and inverses in plain loops.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Families_agree_with_plain_loops(int place, bool intercept, bool plain, StandardErrors errors)
    {
        Family family = new[] { Family.Gaussian }.Concat(FamilySample.Curved).ElementAt(place);
        (double[,] x, double[] y) = FamilySample.Of(family, 90, 3, 17);
        double[] weights = [.. Enumerable.Range(0, 90).Select(i => plain ? 1.0 : i % 4)], offset = [.. Enumerable.Range(0, 90).Select(i => plain ? 0 : 0.1 * (i % 3))];
        ClassicalTable table = LeastSquares.Fit(x, new Target(y) { Weights = weights, Offset = offset }, new() { Family = family, Intercept = intercept }, errors, 0.9);
        PlainTable expected = new(family, x, y, weights, offset, intercept, errors == StandardErrors.HC3);
        Assert.Equal(expected.Estimates.Length, table.Coefficients.Count);
        for (int k = 0; k < expected.Estimates.Length; k++)
        {
            ClassicalCoefficient line = table.Coefficients[k];
            Close(expected.Estimates[k], line.Estimate, 1e-9);
            Close(expected.Errors[k], line.StandardError, 1e-8);
            Close(expected.Estimates[k] / expected.Errors[k], line.Statistic, 1e-8);
            Assert.Equal(line.Estimate - line.Lower, line.Upper - line.Estimate, 1e-12);
        }

        Close(expected.Deviance, table.Deviance, 1e-9);
        Close(expected.Dispersion, table.Dispersion, 1e-9);
        Assert.Equal(family.HasClasses || family.Name is "poisson" or "negative-binomial", table.IsDispersionKnown);
        Assert.Equal(weights.Count(weight => weight > 0), table.Rows);
        if (family == Family.Gaussian)
        {
            Close(expected.RSquared, table.RSquared, 1e-10);
            Close(expected.F, table.F, 1e-8);
        }
        else
        {
            Assert.True(double.IsNaN(table.F) && double.IsNaN(table.RSquared));
            Assert.True(table.NullDeviance > table.Deviance);
        }
    }

    [Fact]
    public void A_weight_is_so_many_rows_where_the_variance_is_known()
    {
        (double[,] x, double[] y) = FamilySample.Of(Family.Poisson, 40, 2, 3);
        double[,] twice = new double[80, 2];
        for (int i = 0; i < 80; i++)
            (twice[i, 0], twice[i, 1]) = (x[i % 40, 0], x[i % 40, 1]);
        ElasticNetOptions poisson = new() { Family = Family.Poisson };
        ClassicalTable weighted = LeastSquares.Fit(x, new Target(y) { Weights = [.. Enumerable.Repeat(2.0, 40)] }, poisson), repeated = LeastSquares.Fit(twice, y.Concat(y).ToArray(), poisson);
        foreach ((ClassicalCoefficient one, ClassicalCoefficient other) in weighted.Coefficients.Zip(repeated.Coefficients))
            Close(other.StandardError, one.StandardError, 1e-11);
        Assert.Equal((37, 77), (weighted.ResidualDegreesOfFreedom, repeated.ResidualDegreesOfFreedom));
    }

    [Fact]
    public void Refits_are_marked_and_fit_what_was_selected()
    {
        (double[,] x, double[] y) = FamilySample.Of(Family.Binomial, 200, 8, 5);
        ElasticNetOptions binomial = new() { Family = Family.Binomial };
        using ElasticNetModel model = ElasticNetEstimator.Fit(x, y, 0.05, options: binomial);
        Assert.InRange(model.Indices.Length, 1, 7);
        ClassicalTable table = LeastSquares.Refit(model, x, y, binomial);
        Assert.True(table.IsNaiveAfterSelection);
        Assert.StartsWith("maximum likelihood, binomial, logit link, 200 rows", table.ToString(), StringComparison.Ordinal);
        Assert.Contains("NAIVE", table.ToString(), StringComparison.Ordinal);
        Assert.Equal([-1, .. model.Indices.ToArray()], table.Coefficients.Select(line => line.Feature));
        Assert.False(LeastSquares.Refit(model, x, y, binomial, chosenBySameData: false).IsNaiveAfterSelection);
        Assert.Contains("must be of the options' family", Assert.Throws<ArgumentException>(() => LeastSquares.Refit(model, x, y)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Excluded_features_stay_out_and_an_intercept_may_be_all()
    {
        (double[,] x, double[] y) = Cars("wt", "hp");
        ClassicalTable table = LeastSquares.Fit(x, y, new() { ExcludedFeatures = [0, 1] });
        ClassicalCoefficient mean = Assert.Single(table.Coefficients);
        Close(y.Average(), mean.Estimate, 1e-14);
        Close(Math.Sqrt(y.Sum(value => Math.Pow(value - y.Average(), 2)) / 31 / 32), mean.StandardError, 1e-13);
        Assert.True(double.IsNaN(table.F));
    }

    [Fact]
    public void What_cannot_be_told_is_refused_by_name()
    {
        double[,] x = new double[12, 3];
        double[] y = new double[12];
        for (int i = 0; i < 12; i++)
            (x[i, 0], x[i, 1], x[i, 2], y[i]) = (i, i * i % 5, i + 2 * (i * i % 5), i * 7 % 12);
        Refused("'a', 'b' and 'c' depend linearly on each other", () => LeastSquares.Fit(x, y, new() { FeatureNames = ["a", "b", "c"] }));
        Refused("12 rows for 13", () => LeastSquares.Fit(new double[12, 12], y));
        double[,] line = new double[12, 1];
        for (int i = 0; i < 12; i++)
            line[i, 0] = i;
        Refused("perfect fit", () => LeastSquares.Fit(line, Enumerable.Range(0, 12).Select(i => 2.0 * i + 1).ToArray()));
        // Noise that keeps three digits beside a large level is noise.
        Assert.InRange(LeastSquares.Fit(line, [.. y.Select(value => 1e9 + 1e-4 * value)]).Dispersion, 1e-9, 1e-6);
        Refused("no feature and no intercept", () => LeastSquares.Fit(line, y, new() { Intercept = false, ExcludedFeatures = [0] }));
        double[,] lone = new double[12, 2];
        for (int i = 0; i < 12; i++)
            (lone[i, 0], lone[i, 1]) = (i, i == 4 ? 1 : 0);
        Refused("row 4 (counted from 0)", () => LeastSquares.Fit(lone, y, errors: StandardErrors.HC3));
        Assert.Equal(3, LeastSquares.Fit(lone, y).Coefficients.Count);
        Assert.Contains("told apart", Assert.ThrowsAny<Exception>(() => LeastSquares.Fit(line, new[] { false, false, false, false, false, false, true, true, true, true, true, true }, new() { Family = Family.Binomial })).Message, StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => LeastSquares.Fit(line, y, new() { Family = Family.Huber(1) }));
        Assert.Throws<ArgumentException>(() => LeastSquares.Fit(line, y, new() { LowerBounds = [0] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => LeastSquares.Fit(line, y, level: 1));

        static void Refused(string words, Action fit) =>
            Assert.Contains(words, Assert.Throws<InvalidOperationException>(fit).Message, StringComparison.Ordinal);
    }

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static string Text(double value, int digits) => value.ToString("F" + digits.ToString(Invariant), Invariant);

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(Math.Abs(expected), 1e-3), $"{actual:r} is not {expected:r} to {tolerance}");

    private static double[,] Read(string name) => CsvTable.Read(Path.Combine(GoldenFile.Folder, "data", name));

    private static double[] Column(string name) => CsvTable.ReadColumn(Path.Combine(GoldenFile.Folder, "data", name));

    private static (double[,] X, double[] Y) Cars(params string[] columns)
    {
        string[] names = File.ReadLines(Path.Combine(GoldenFile.Folder, "data", "mtcars.x.csv")).First().Split(',');
        double[,] all = Read("mtcars.x.csv"), x = new double[32, columns.Length];
        for (int k = 0; k < columns.Length; k++)
        {
            for (int i = 0; i < 32; i++)
                x[i, k] = all[i, Array.IndexOf(names, columns[k])];
        }

        return (x, Column("mtcars.y.csv"));
    }
}
