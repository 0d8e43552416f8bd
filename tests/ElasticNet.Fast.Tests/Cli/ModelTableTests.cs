using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Numbers of a target, of folds and of times are read as the table writes numbers; dates, names and what stands before a header, the same in all commands.</summary>
[Collection(nameof(CommandLineTests))]
public class ModelTableTests
{
    private const string Comma = "x;y;t\n1;0,1;1,5\n2;0,5;2,5\n3;0,25;3,5\n4;0,75;4,5\n5;0,6;5,5\n6;0,9;6,5\n";

    [Fact]
    public void Proportions_with_a_decimal_comma_are_numbers()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("comma.csv", Comma), point = directory.Write("point.csv", Comma.Replace(',', '.').Replace(';', ',')), model = Path.Combine(directory.Path, "m.enet");
        string[] fit = ["--target", "y", "--exclude", "t", "--family", "binomial", "--lambda", "0.01", "--json"];
        EnetRun run = EnetRun.Of(["fit", data, "--delimiter", ";", "--decimal", ",", "--out", model, .. fit]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string other = Path.Combine(directory.Path, "o.enet");
        Assert.Equal(EnetRun.Of(["fit", point, "--out", other, .. fit]).Output, run.Output);
        Assert.Equal(EnetRun.Of("assess", other, point).Output, EnetRun.Of("assess", model, data, "--delimiter", ";").Output);
        Assert.Equal(0, EnetRun.Of("verify", model, data, "--delimiter", ";").ExitCode);
        EnetRun.Of(["fit", data, "--delimiter", ";", .. fit]).AssertRefused(1, "row 1, column 'y': '0,1' is not a number: it has a comma, where numbers have a decimal point and no digit grouping (--decimal, --categories)");
        string two = directory.Write("two.csv", Comma.Replace("0,25", "0,5", StringComparison.Ordinal).Replace("0,75", "0,1", StringComparison.Ordinal).Replace("0,6", "0,5", StringComparison.Ordinal).Replace("0,9", "0,1", StringComparison.Ordinal));
        Assert.Contains("note: the labels '0,1' and '0,5' of column 'y' look like numbers with a decimal comma, which --decimal , would read", EnetRun.Of(["fit", two, "--delimiter", ";", .. fit]).Error, StringComparison.Ordinal);
        Assert.Equal(0, EnetRun.Of("fit", data, "--delimiter", ";", "--decimal", ",", "--target", "x", "--time-column", "t", "--folds", "2", "--lambda", "0.1").ExitCode);
    }

    [Fact]
    public void Blanks_around_the_names_of_a_model_are_those_that_a_header_leaves_out()
    {
        using var directory = new TemporaryDirectory();
        string model = Path.Combine(directory.Path, "m.enet"), data = directory.Write("d.csv", "area , zone,price\n1,a,2\n2,b,3\n3,a,5\n4,b,4\n5,a,7\n6,b,9\n");
        FeatureTable table = FeatureTable.FromColumns((" area", (double[])[1, 2, 3, 4, 5, 6]), ("zone ", (string[])["a", "b", "a", "b", "a", "b"]));
        using (ElasticNetModel fitted = ElasticNetEstimator.Fit(table, new Target((double[])[2, 3, 5, 4, 7, 9]) { Name = " price" }, 0.01))
            fitted.Save(model);
        foreach (string command in new[] { "predict", "assess", "verify" })
        {
            EnetRun run = EnetRun.Of(command, model, data);
            Assert.Equal((0, "enet: note: blanks around the names of columns are left out ('area ', ' zone')\n"), (run.ExitCode, run.Error));
        }

        Assert.Contains("by zone", EnetRun.Of("assess", model, data, "--by", "zone").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_may_be_dates_of_which_the_model_has_parts()
    {
        using var directory = new TemporaryDirectory();
        string model = Path.Combine(directory.Path, "m.enet"), data = directory.Write("d.csv", "day,x,y\n2024-01-01,1,2\n2024-01-01,2,3\n2024-02-01,3,5\n2024-02-01 12:00,4,4\n2024-03-01,5,7\n2024-03-01,6,9\n2024-01-01,7,9\n2024-02-01,7,3\n");
        foreach (string parts in new[] { "month", "days", "days,month,year" })
        {
            Assert.Equal(0, EnetRun.Of("fit", data, "--target", "y", "--dates", parts, "--lambda", "0.001", "--out", model).ExitCode);
            EnetRun run = EnetRun.Of("assess", model, data, "--by", "day");
            Assert.Equal(0, run.ExitCode);
            foreach (string group in new[] { "2024-01-01 ", "2024-02-01 ", "2024-02-01 12:00:00 ", "2024-03-01 " })
                Assert.Contains("\n" + group, run.Output, StringComparison.Ordinal);
        }

        Assert.Contains("\n02 ", EnetRun.Of("assess", model, data, "--by", "day (month)").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_before_a_header_is_said_wherever_it_is_left_out()
    {
        using var directory = new TemporaryDirectory();
        string model = Path.Combine(directory.Path, "m.enet"), data = directory.Write("d.csv", "sep=;\n# made\nx;y\n1;2\n2;3\n3;5\n4;4\n5;7\n6;9\n");
        EnetRun fit = EnetRun.Of("fit", data, "--target", "y", "--lambda", "0.1", "--out", model);
        Assert.Equal(2, fit.Error.Split("note: ").Length - 1);
        Assert.Equal(fit.Error, EnetRun.Of("predict", model, data).Error);
        Assert.Equal(fit.Error, EnetRun.Of("plot", model, "--kind", "residuals", "--data", data, "--out", Path.Combine(directory.Path, "r.svg")).Error);
    }
}
