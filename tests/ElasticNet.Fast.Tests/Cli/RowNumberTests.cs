using ElasticNet.Fast.Assessment;
using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Inference;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>A row bears the number that it has where the caller can look it up: in the file, or in the array.</summary>
[Collection(nameof(CommandLineTests))]
public class RowNumberTests
{
    // The second row has no target and is left out, so that the fourth is the third that is fitted.
    private static string Gap(string target, string exposure) => $"x,y,n,e\n1,2,4,1\n2,,4,1\n3,1,4,1\n4,{target},4,{exposure}\n5,2,4,2\n6,3,4,1\n7,1,4,3\n";

    [Theory]
    [InlineData("-1", "1", "'y' (-1 in row 4) must be 0 or more", "--family", "poisson")]
    [InlineData("9", "1", "row 4, column 'y': the number of successes 9", "--family", "binomial", "--trials", "n")]
    [InlineData("2", "-3", "row 4, column 'e': the exposure -3", "--family", "poisson", "--exposure", "e")]
    [InlineData("2", "", "row 4, column 'e': the value is missing", "--family", "poisson", "--exposure", "e")]
    [InlineData("0", "1", "'y' (0 in row 4) must be positive", "--family", "gamma")]
    public void A_row_of_a_file_by_its_line(string target, string exposure, string message, params string[] options)
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("gap.csv", Gap(target, exposure));
        EnetRun run = EnetRun.Of(["fit", data, "--target", "y", "--lambda", "0.1", .. options]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_is_fitted_by_itself_alone_by_its_line()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("alone.csv", "only,x,y\n0,1,2\n0,2,\n0,3,1\n1,4,5\n0,5,2\n0,6,3\n0,7,1\n");
        EnetRun run = EnetRun.Of("fit", data, "--target", "y", "--lambda", "0", "--table", "--hc3");
        Assert.Contains("and row 4 is fitted by itself alone", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_assessed_by_their_lines()
    {
        using var directory = new TemporaryDirectory();
        string model = Path.Combine(directory.Path, "m.enet");
        string data = directory.Write("good.csv", Gap("2", "1"));
        Assert.Equal(0, EnetRun.Of("fit", data, "--target", "y", "--lambda", "0.1", "--family", "poisson", "--exposure", "e", "--out", model).ExitCode);
        string bad = directory.Write("bad.csv", Gap("-1", "1"));
        Assert.Contains("'y' (-1 in row 4) must be 0 or more", EnetRun.Of("assess", model, bad, "--exposure", "e").Error, StringComparison.Ordinal);
        string worse = directory.Write("worse.csv", Gap("2", "0"));
        Assert.Contains("row 4, column 'e': the exposure 0", EnetRun.Of("assess", model, worse, "--exposure", "e").Error, StringComparison.Ordinal);

        string labels = directory.Write("labels.csv", "x,y\n1,a\n2,b\n3,a\n4,b\n5,a\n6,b\n");
        Assert.Equal(0, EnetRun.Of("fit", labels, "--target", "y", "--lambda", "0.1", "--family", "binomial", "--out", model).ExitCode);
        string other = directory.Write("other.csv", "x,y\n1,a\n2,\n3,c\n");
        Assert.Contains("row 3, column 'y': 'c' is none of the model's classes", EnetRun.Of("assess", model, other).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_knows_the_numbers_of_its_rows()
    {
        CsvTable table = CsvTable.Read(new StringReader("a,y\n1,\n,2\n3,3\n,4\n5,5\n"), new() { Target = "y" });
        Assert.Equal([2, 3, 4, 5], Enumerable.Range(0, 4).Select(table.RowNumber));
        Assert.Equal(2, table.Gaps("a").FirstRow);
        CsvTable complete = table.WithoutIncompleteRows();
        Assert.Equal([3, 5], Enumerable.Range(0, 2).Select(complete.RowNumber));
        Assert.Throws<ArgumentOutOfRangeException>(() => complete.RowNumber(2));
    }

    [Fact]
    public void A_row_of_an_array_by_its_place()
    {
        double[,] x = { { 1 }, { 2 }, { 3 }, { 5 }, { 4 }, { 7 }, { 1 } };
        double[] y = [1, 2, 3, -1, 4, 2, 1];
        ElasticNetOptions poisson = new() { Family = Family.Poisson, Weights = new double[] { 0, 1, 0, 1, 1, 1, 1 } };
        Assert.Contains("row 3, counted", Assert.Throws<ArgumentException>(() => LeastSquares.Fit(x, y, poisson)).Message, StringComparison.Ordinal);
        Assert.Contains("row 3, counted", Assert.Throws<ArgumentException>(() => LeastSquares.Fit(x, y, poisson with { ExcludedFeatures = new[] { 0 } })).Message, StringComparison.Ordinal);
        Assert.Contains("row 3, counted", Assert.Throws<ArgumentException>(() => new ElasticNetInference(x, y, poisson)).Message, StringComparison.Ordinal);
        Assert.Contains("row 3, counted", Assert.Throws<ArgumentException>(() => ModelAssessment.Of(Family.Poisson, new double[7], new Target(y) { Weights = [0, 1, 0, 1, 1, 1, 1] })).Message, StringComparison.Ordinal);
    }
}
