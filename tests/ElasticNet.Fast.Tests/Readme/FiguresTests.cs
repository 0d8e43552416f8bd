using System.Globalization;
using System.Text.RegularExpressions;

namespace ElasticNet.Fast.Tests.Readme;

/// <summary>The figures of the pages are those that the programs of bench printed and the repository keeps, rounded.</summary>
public partial class FiguresTests
{
    private const string Results = "bench/RESULTS.md";
    private const string Measured = "bench/results/AMD-EPYC-Zen-5-2-cores/compare.md";

    private static readonly Dictionary<string, string> s_problems = new()
    {
        ["100000 × 100"] = "tall-100k",
        ["10000 × 1000"] = "tall-10k",
        ["2000 × 2000"] = "square",
        ["500 × 20000"] = "wide",
        ["1000 × 50000"] = "wide-blocks",
        ["2000 × 50000"] = "genotypes",
    };

    [Theory]
    [InlineData("README.md", 6)]
    [InlineData(Results, 14)]
    public void Times_and_gaps_are_those_that_were_measured(string page, int rows)
    {
        MarkdownTable shown = MarkdownTable.Of(page).First(table => table.Header.Contains("glmnet 4.1-6, default"));
        Assert.Contains("\n- glmnet 4.1-6,", Pages.Read(Measured), StringComparison.Ordinal);
        Assert.Contains("\n- scikit-learn 1.2.1,", Pages.Read(Measured), StringComparison.Ordinal);
        Assert.Equal(rows, shown.Rows.Count);
        foreach (string[] row in shown.Rows)
        {
            string[] words = row[0].Split(", ");
            (string ratio, string task) = words.Length == 2 ? ("1", words[1]) : (shown.Cell(row, "ρ"), shown.Cell(row, "task"));
            Check("ElasticNet.Fast", "ours", "exact");
            Check("glmnet 4.1-6, default", "glmnet", "default");
            Check("glmnet, to 1e-6", "glmnet", "matched");
            Check("scikit-learn 1.2.1, default", "scikit-learn", "default");
            Check("scikit-learn, to 1e-6", "scikit-learn", "matched");

            void Check(string heading, string who, string stopsAt)
            {
                string cell = shown.Cell(row, heading), name = s_problems[words[0]];
                (MarkdownTable Table, string[] Row)[] runs = [.. MarkdownTable.Of(Measured)
                    .Where(table => table.Header.Contains("largest gap") && table.Above.Any(line => line.Contains(", 1 thread,", StringComparison.Ordinal)))
                    .SelectMany(table => table.Rows.Select(measured => (table, measured)))
                    .Where(run => run.measured.Take(4).SequenceEqual([name, ratio, task, who]))];
                Assert.NotEmpty(runs);
                if (cell.StartsWith("over ", StringComparison.Ordinal))
                {
                    Assert.DoesNotContain(runs, run => run.Row[4].Contains(stopsAt, StringComparison.Ordinal));
                    Assert.Contains(runs, run => run.Table.Cell(run.Row, "largest gap") == $"gave up: more than {cell[5..]}");
                    return;
                }

                (MarkdownTable table, string[] measured) = Assert.Single(runs, run => run.Row[4].Contains(stopsAt, StringComparison.Ordinal));
                string[] figures = cell.Split(" s, gap ");
                AssertRounded(figures[0].Replace(" s", "", StringComparison.Ordinal), table.Cell(measured, "CPU s, least"));
                if (figures.Length == 2)
                    AssertRounded(figures[1], table.Cell(measured, "largest gap"));
                if (who != "ours" && stopsAt == "default")
                    Assert.True(Number(table.Cell(measured, "× ours")) > 1, "The README says that ours takes less time.");
            }
        }
    }

    [Fact]
    public void Cross_validations_are_those_that_were_measured()
    {
        MarkdownTable shown = MarkdownTable.Of(Results).Single(table => table.Header.Contains("threads"));
        Assert.Equal(8, shown.Rows.Count);
        foreach (string[] row in shown.Rows)
        {
            (string threads, string column) = shown.Cell(row, "threads") == "1" ? (", 1 thread,", "CPU s, least") : (", 2 threads,", "wall s, least");
            MarkdownTable measured = MarkdownTable.Of(Measured)
                .Single(table => table.Header.Contains("λ.min") && table.Above.Any(line => line.Contains(threads, StringComparison.Ordinal)));
            foreach ((string heading, string who) in new[] { ("ElasticNet.Fast", "ours"), ("glmnet 4.1-6", "glmnet"), ("scikit-learn 1.2.1", "scikit-learn") })
                Assert.Equal(measured.Cell(measured.Rows.Single(run => run[0] == s_problems[row[0]] && run[2] == who), column), shown.Cell(row, heading));
        }
    }

    [Fact]
    public void Memory_is_that_which_was_measured()
    {
        MarkdownTable shown = MarkdownTable.Of(Results).Single(table => table.Above.Take(2).Any(line => line.StartsWith("MB beyond", StringComparison.Ordinal)));
        MarkdownTable measured = MarkdownTable.Of(Measured).First(table => table.Header.Contains("extra MB"));
        Assert.Equal(4, shown.Rows.Count);
        foreach (string[] row in shown.Rows)
        {
            foreach ((string heading, string who, string stopsAt) in new[] { ("ElasticNet.Fast", "ours", "exact"), ("glmnet 4.1-6", "glmnet", "default"), ("scikit-learn 1.2.1", "scikit-learn", "default") })
            {
                string[] run = measured.Rows.Single(run => run.Take(4).SequenceEqual([s_problems[row[0]], "1", "100 λ", who]) && run[4].Contains(stopsAt, StringComparison.Ordinal));
                Assert.Equal(measured.Cell(run, "extra MB"), shown.Cell(row, heading));
            }
        }
    }

    /// <summary>Smaller tables repeat cells of the page they link to.</summary>
    [Theory]
    [InlineData("methods compiled", "AMD-EPYC-Zen-5-2-cores/first-call.md", 9)]
    [InlineData("one row at a time", "AMD-EPYC-2-cores/pipeline.md", 8)]
    [InlineData("`GridSearchCV`", "AMD-EPYC-2-cores-AVX2/analyst.md", 6)]
    [InlineData("stability selection, 100 halves", "AMD-EPYC-2-cores-AVX2/analyst.md", 4)]
    public void Cells_are_those_of_the_results(string heading, string page, int figures)
    {
        Assert.Contains($"(results/{page})", Pages.Read(Results), StringComparison.Ordinal);
        MarkdownTable shown = MarkdownTable.Of(Results).Single(table => table.Header.Contains(heading));
        HashSet<string> measured = [.. MarkdownTable.Of("bench/results/" + page).SelectMany(table => table.Rows).SelectMany(row => row)];
        string[] cells = [.. shown.Rows.SelectMany(row => row[1..])];
        Assert.Equal(figures, cells.Length);
        Assert.All(cells, cell => Assert.Contains(cell, measured));
    }

    [Theory]
    [InlineData("debiased", "debiased")]
    [InlineData("multi-split", "multi-split")]
    [InlineData("post-selection", "post-selection")]
    [InlineData("bootstrap of rows", "paired")]
    [InlineData("bootstrap of residuals", "residual")]
    [InlineData("naive refit", "refit")]
    public void Coverages_are_those_that_were_simulated(string shown, string simulated)
    {
        MarkdownTable table = MarkdownTable.Of("src/ElasticNet.Fast/Inference/README.md").Single(table => table.Header.Contains("n = 200, p = 50"));
        string[] row = table.Rows.Single(row => row[0] == shown);
        foreach (string design in new[] { "n = 200, p = 50", "n = 100, p = 200" })
        {
            MarkdownTable measured = MarkdownTable.Of("bench/results/Intel-Xeon-Emerald-Rapids-2-cores/inference.md")
                .Single(table => table.Above.Take(2).Any(line => line.StartsWith("## " + design, StringComparison.Ordinal)));
            int signal = measured.Rows.ToList().FindIndex(run => run[0] == simulated);
            string[] coverages = table.Cell(row, design).Split(" / ");
            AssertRounded(coverages[0], Percent(measured.Rows[signal][2]));
            AssertRounded(coverages[1], Percent(measured.Rows[signal + 1][2]));
        }
    }

    [Theory]
    [InlineData("multiple imputation", "multiple imputation, pooled")]
    [InlineData("with matching", "the same by predictive mean matching, 5 donors")]
    public void Coverages_with_imputations_are_those_that_were_simulated(string shown, string simulated)
    {
        MarkdownTable table = MarkdownTable.Of("src/ElasticNet.Fast/Inference/README.md").Single(table => table.Header.Contains("n = 300"));
        string[] row = table.Rows.Single(row => row[0] == shown);
        foreach (string design in new[] { "n = 100", "n = 300" })
        {
            MarkdownTable measured = MarkdownTable.Of("bench/results/AMD-EPYC-2-cores-AVX2/imputation.md").Single(table => table.Above.Take(2).Contains("## " + design));
            string[] coverage = measured.Rows.Single(run => run[0] == simulated)[1].Split(" ± ");
            Assert.Equal($"{Percent(coverage[0])} ± {Percent(coverage[1])}", table.Cell(row, design));
        }
    }

    private static string Percent(string share) => (100 * decimal.Parse(share.Split(' ')[0], CultureInfo.InvariantCulture)).ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>Asserts that no number with the digits shown is nearer to what was measured.</summary>
    private static void AssertRounded(string shown, string measured)
    {
        Match digits = Digits().Match(shown);
        Assert.True(digits.Success, $"'{shown}' is no number.");
        int places = digits.Groups["places"].Length;
        int exponent = digits.Groups["exponent"].Success ? int.Parse(digits.Groups["exponent"].Value, CultureInfo.InvariantCulture) : 0;
        double unit = Math.Pow(10, exponent - places);
        Assert.True(Math.Abs(Number(shown) - Number(measured)) <= 0.5 * unit * (1 + 1e-9), $"{shown} is shown for {measured}.");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d+(\.(?<places>\d+))?(e(?<exponent>-?\d+))?$")]
    private static partial Regex Digits();
}
