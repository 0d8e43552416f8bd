using System.Globalization;
using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Tests.Families;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Families on the command line: labels, trials, exposures, what is printed, predicted and refused.</summary>
[Collection(nameof(CommandLineTests))]
public class FamilyTests
{
    [Fact]
    public void Labels_are_fitted_said_stored_and_predicted()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("churn.csv", Table(Family.Binomial, y => y == 1 ? "yes" : "no")), model = Path.Combine(directory.Path, "churn.enet");
        EnetRun text = EnetRun.Of("fit", data, "--target", "y", "--family", "binomial", "--folds", "4", "--out", model);
        Assert.Equal(0, text.ExitCode);
        Assert.Contains("binomial, logit link: the probability of 'yes', not 'no'", text.Output, StringComparison.Ordinal);
        Assert.Contains("mean deviance", text.Output, StringComparison.Ordinal);
        Assert.Contains("odds ratio", text.Output, StringComparison.Ordinal);
        Assert.Contains("deviance explained", text.Output, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("inspect", model, "--json").Output);
        Assert.Equal(("binomial", "logit", "yes", "deviance"), (Text("family"), Text("link"), Text("positiveClass"), Text("measure")));
        Assert.True(json.RootElement.GetProperty("devianceRatio").GetDouble() > 0);

        double[] response = Lines("response"), link = Lines("link");
        Assert.All(response, probability => Assert.InRange(probability, 0, 1));
        Assert.Equal(link.Select(eta => Link.Logit.Inverse(eta)), response);
        string[] classes = EnetRun.Of("predict", model, data, "--type", "class").Output.Split('\n')[1..^1];
        Assert.Equal(response.Select(probability => probability >= 0.5 ? "yes" : "no"), classes);
        Assert.Equal(response.Select(probability => probability >= 0.9 ? "yes" : "no"), EnetRun.Of("predict", model, data, "--type", "class", "--threshold", "0.9").Output.Split('\n')[1..^1]);
        EnetRun.Of("predict", model, data, "--threshold", "0.9").AssertRefused(2, "--threshold belongs to --type class");
        EnetRun.Of("predict", model, data, "--type", "odds").AssertRefused(2, "be response, link or class");
        Assert.Equal(0, EnetRun.Of("verify", model, data).ExitCode);
        string swapped = directory.Write("swapped.csv", Table(Family.Binomial, y => y == 1 ? "no" : "yes"));
        Assert.Contains("the claim does not hold", EnetRun.Of("verify", model, swapped).Error, StringComparison.Ordinal);

        string lambda = json.RootElement.GetProperty("lambda").GetDouble().ToString(CultureInfo.InvariantCulture);
        EnetRun turned = EnetRun.Of("fit", data, "--target", "y", "--family", "binomial", "--lambda", lambda, "--positive", "no", "--json");
        using JsonDocument other = JsonDocument.Parse(turned.Output);
        Assert.Equal("no", other.RootElement.GetProperty("positiveClass").GetString());
        Assert.Equal(-json.RootElement.GetProperty("intercept").GetDouble(), other.RootElement.GetProperty("intercept").GetDouble(), 1e-8);

        string? Text(string name) => json.RootElement.GetProperty(name).GetString();
        double[] Lines(string type) => [.. EnetRun.Of("predict", model, data, "--type", type).Output.Split('\n')[1..^1].Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    [Fact]
    public void Numbers_that_stand_for_classes_keep_their_names()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("a.csv", Table(Family.Binomial, y => y == 1 ? "2" : "1"));
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("fit", data, "--target", "y", "--family", "binomial", "--lambda", "0.02", "--json").Output);
        Assert.Equal("2", json.RootElement.GetProperty("positiveClass").GetString());
        string zeros = directory.Write("b.csv", Table(Family.Binomial, y => y == 1 ? "1" : "0"));
        using JsonDocument same = JsonDocument.Parse(EnetRun.Of("fit", zeros, "--target", "y", "--family", "binomial", "--lambda", "0.02", "--json").Output);
        Assert.Equal("1", same.RootElement.GetProperty("positiveClass").GetString());
        Assert.Equal(json.RootElement.GetProperty("intercept").GetDouble(), same.RootElement.GetProperty("intercept").GetDouble());
    }

    [Fact]
    public void Exposure_is_an_offset_by_its_logarithm()
    {
        using var directory = new TemporaryDirectory();
        (double[,] x, double[] y) = FamilySample.Of(Family.Poisson, 80, 3, 1);
        StringBuilder exposed = new("a,b,c,t,y\n"), offset = new("a,b,c,t,y\n");
        for (int i = 0; i < 80; i++)
        {
            double time = 0.5 + i % 7;
            exposed.Append(CultureInfo.InvariantCulture, $"{x[i, 0]},{x[i, 1]},{x[i, 2]},{time},{y[i]}\n");
            offset.Append(CultureInfo.InvariantCulture, $"{x[i, 0]},{x[i, 1]},{x[i, 2]},{Math.Log(time)},{y[i]}\n");
        }

        string a = directory.Write("a.csv", exposed.ToString()), b = directory.Write("b.csv", offset.ToString()), model = Path.Combine(directory.Path, "m.enet");
        string[] fit = ["--target", "y", "--family", "poisson", "--lambda", "0.05", "--json"];
        EnetRun given = EnetRun.Of(["fit", b, "--offset", "t", .. fit]);
        Assert.Equal(given, EnetRun.Of(["fit", a, "--exposure", "t", "--out", model, .. fit]));
        Assert.Equal(EnetRun.Of("predict", model, b, "--offset", "t"), EnetRun.Of("predict", model, a, "--exposure", "t"));
        EnetRun.Of("predict", model, a).AssertRefused(1, "or with --exposure");
        Assert.Equal(0, EnetRun.Of("verify", model, a, "--exposure", "t").ExitCode);
        EnetRun.Of("verify", model, a).AssertRefused(1, "--offset or --exposure does");
        EnetRun.Of("verify", model, a, "--exposure", "t", "--trials", "a").AssertRefused(2, "--trials is for models of probabilities");
        (EnetRun.Of("predict", model, b, "--exposure", "t") with { Output = "" }).AssertRefused(1, "must be above 0");
        EnetRun.Of(["fit", b, "--exposure", "t", .. fit]).AssertRefused(1, "must be above 0");
        EnetRun.Of("fit", a, "--target", "y", "--exposure", "t").AssertRefused(2, "--exposure belongs to a family with a logarithmic link");
        EnetRun.Of("fit", a, "--target", "y", "--family", "poisson", "--exposure", "t", "--offset", "t").AssertRefused(2, "exclude each other");
    }

    [Fact]
    public void Trials_are_repeated_rows()
    {
        using var directory = new TemporaryDirectory();
        StringBuilder grouped = new("a,n,y\n"), single = new("a,y\n");
        for (int i = 0; i < 12; i++)
        {
            int trials = 1 + i % 4, successes = i * 5 % 7 % (trials + 1);
            grouped.Append(CultureInfo.InvariantCulture, $"{i},{trials},{successes}\n");
            for (int k = 0; k < trials; k++)
                single.Append(CultureInfo.InvariantCulture, $"{i},{(k < successes ? 1 : 0)}\n");
        }

        string a = directory.Write("a.csv", grouped.ToString()), b = directory.Write("b.csv", single.ToString());
        double[] fits = [.. new[] { new[] { "fit", a, "--trials", "n" }, ["fit", b] }.Select(run =>
        {
            using JsonDocument json = JsonDocument.Parse(EnetRun.Of([.. run, "--target", "y", "--family", "binomial", "--lambda", "0.01", "--json"]).Output);
            return json.RootElement.GetProperty("coefficients").GetProperty("a").GetDouble();
        })];
        Assert.Equal(fits[1], fits[0], 1e-9);
        string bad = directory.Write("c.csv", "a,n,y\n1,2,1\n2,2,3\n3,2,0\n");
        string model = Path.Combine(directory.Path, "m.enet");
        Assert.Equal(0, EnetRun.Of("fit", a, "--target", "y", "--family", "binomial", "--trials", "n", "--lambda", "0.01", "--out", model).ExitCode);
        Assert.Equal(0, EnetRun.Of("verify", model, a, "--trials", "n").ExitCode);
        EnetRun.Of("fit", bad, "--target", "y", "--trials", "n", "--family", "binomial", "--lambda", "1").AssertRefused(1, "row 2, column 'y': the number of successes 3 must be from 0 to the 2 trials");
    }

    [Fact]
    public void Balanced_classes_are_weights_and_are_said()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("a.csv", "a,y\n1,n\n2,n\n3,j\n4,n\n5,j\n6,n\n"), weighted = directory.Write("b.csv", "a,w,y\n1,0.75,n\n2,0.75,n\n3,1.5,j\n4,0.75,n\n5,1.5,j\n6,0.75,n\n");
        string[] fit = ["--target", "y", "--family", "binomial", "--lambda", "0.05", "--json"];
        EnetRun balanced = EnetRun.Of(["fit", data, "--class-weight", "balanced", .. fit]);
        Assert.Contains("rows of 'n' weigh 0.75, rows of 'j' 1.5", balanced.Error, StringComparison.Ordinal);
        Assert.Equal(EnetRun.Of(["fit", weighted, "--weights", "w", .. fit]).Output, balanced.Output);
        string model = Path.Combine(directory.Path, "m.enet");
        Assert.Equal(0, EnetRun.Of(["fit", data, "--class-weight", "balanced", "--out", model, .. fit]).ExitCode);
        Assert.Equal(0, EnetRun.Of("verify", model, data, "--class-weight", "balanced").ExitCode);
        EnetRun.Of("verify", model, data).AssertRefused(1, "--weights, --trials or --class-weight does");
    }

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("churn.csv", Table(Family.Binomial, y => y == 1 ? "yes" : "no"));
        EnetRun.Of("fit", data, "--target", "y").AssertRefused(1, "column 'y' holds the labels 'no' and 'yes', which are no numbers: --family binomial fits the probability of 'yes', with --positive no that of 'no'");
        EnetRun.Of("fit", data, "--target", "y", "--family", "logistic").AssertRefused(2, "--family");
        EnetRun.Of("fit", data, "--target", "y", "--family", "binomial", "--positive", "maybe").AssertRefused(1, "'positive' ('maybe') must be one of the labels 'no' and 'yes'");
        EnetRun.Of("fit", data, "--target", "y", "--positive", "yes").AssertRefused(2, "--positive belongs to --family binomial");
        EnetRun.Of("fit", data, "--target", "y", "--family", "poisson", "--measure", "auc").AssertRefused(2, "with --family poisson");
        EnetRun.Of("fit", data, "--target", "y", "--family", "poisson", "--link", "logit").AssertRefused(2, "--link");
        EnetRun.Of("fit", data, "--target", "y", "--family", "poisson", "--size", "2").AssertRefused(2, "--size belongs to --family negative-binomial");
        EnetRun.Of("fit", data, "--target", "y", "--family", "huber", "--delta", "0").AssertRefused(2, "be a number above 0");
        EnetRun.Of("infer", data, "--target", "y", "--family", "binomial", "--method", "post-selection", "--lambda", "0.1").AssertRefused(1, "Post-selection inference has no form for the family binomial");
        string three = directory.Write("three.csv", "a,y\n1,x\n2,y\n3,z\n");
        EnetRun.Of("fit", three, "--target", "y", "--family", "binomial", "--lambda", "1").AssertRefused(1, "holds 3: 'x', 'y' and 'z'");
        string one = directory.Write("one.csv", "a,y\n1,x\n2,x\n3,x\n");
        EnetRun.Of("fit", one, "--target", "y", "--family", "binomial", "--lambda", "1").AssertRefused(1, "all are 'x'");
    }

    [Fact]
    public void Other_verbs_take_families_too()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.Write("churn.csv", Table(Family.Binomial, y => y == 1 ? "yes" : "no"));
        string[] family = ["--target", "y", "--family", "binomial"];
        Assert.Contains("bic", EnetRun.Of(["select", data, "--folds", "4", .. family]).Output, StringComparison.Ordinal);
        Assert.Equal(0, EnetRun.Of(["stability", data, "--pairs", "4", .. family]).ExitCode);
        Assert.Equal(0, EnetRun.Of(["fit", data, "--criterion", "aic", .. family]).ExitCode);
        Assert.Contains("a binomial model", EnetRun.Of(["infer", data, "--folds", "4", .. family]).Output, StringComparison.Ordinal);
        Assert.Contains("percentile intervals", EnetRun.Of(["infer", data, "--method", "bootstrap", "--interval", "percentile", "--lambda", "0.05", "--resamples", "100", .. family]).Output, StringComparison.Ordinal);
        Assert.Contains("maximum likelihood on the other", EnetRun.Of(["infer", data, "--method", "multi-split", "--splits", "3", "--folds", "4", .. family]).Output, StringComparison.Ordinal);
        EnetRun refit = EnetRun.Of(["infer", data, "--method", "refit", "--lambda", "0.02", "--json", .. family]);
        using (JsonDocument table = JsonDocument.Parse(refit.Output))
            Assert.True(table.RootElement.GetProperty("table").GetProperty("naiveAfterSelection").GetBoolean());
        EnetRun.Of(["infer", data, "--method", "refit", "--lambda", "0.02", "--adjust", "bonferroni", .. family]).AssertRefused(2, "--adjust means nothing to --method refit of the family binomial");
        EnetRun nested = EnetRun.Of(["fit", data, "--nested", "3", "--folds", "3", "--measure", "auc", "--explain", "--report", Path.Combine(directory.Path, "r.html"), .. family]);
        Assert.Equal((0, ""), (nested.ExitCode, nested.Error));
        Assert.Contains("area under the ROC curve", nested.Output, StringComparison.Ordinal);
        Assert.Contains("odds ratio per SD", File.ReadAllText(Path.Combine(directory.Path, "r.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_and_a_delta_are_found_said_and_stored()
    {
        using var directory = new TemporaryDirectory();
        string counts = directory.Write("counts.csv", Table(Family.NegativeBinomial(3), y => (y * y).ToString(CultureInfo.InvariantCulture))), model = Path.Combine(directory.Path, "m.enet");
        EnetRun run = EnetRun.Of("fit", counts, "--target", "y", "--family", "negative-binomial", "--lambda", "0.05", "--json", "--out", model);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        double size = json.RootElement.GetProperty("size").GetDouble();
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"note: the size k = {size:g6} is estimated"), run.Error, StringComparison.Ordinal);
        Assert.Contains("size ", EnetRun.Of("inspect", model).Output, StringComparison.Ordinal);
        Assert.Equal(run.Output, EnetRun.Of("fit", counts, "--target", "y", "--family", "negative-binomial", "--lambda", "0.05", "--json", "--size", size.ToString("r", CultureInfo.InvariantCulture)).Output);
        Assert.Equal(0, EnetRun.Of("fit", counts, "--target", "y", "--family", "negative-binomial", "--folds", "4").ExitCode);

        string outliers = directory.Write("outliers.csv", Table(Family.Gaussian, y => (y > 1.5 ? 100 * y : y).ToString(CultureInfo.InvariantCulture)));
        EnetRun huber = EnetRun.Of("fit", outliers, "--target", "y", "--family", "huber", "--folds", "4", "--report", Path.Combine(directory.Path, "r.html"), "--out", model);
        Assert.Equal(0, huber.ExitCode);
        Assert.Contains("note: δ = ", huber.Error, StringComparison.Ordinal);
        Assert.Contains("the target, whatever its outliers, delta ", huber.Output, StringComparison.Ordinal);
        Assert.Equal(0, EnetRun.Of("verify", model, outliers).ExitCode);
        EnetRun.Of("fit", directory.Write("same.csv", "a,y\n1,2\n2,2\n3,2\n4,5\n"), "--target", "y", "--family", "huber", "--lambda", "1").AssertRefused(1, "must spread");
        EnetRun.Of("fit", directory.Write("even.csv", "a,y\n1,2\n2,2\n3,2\n4,3\n"), "--target", "y", "--family", "negative-binomial", "--lambda", "1").AssertRefused(1, "must spread beyond Poisson's");
    }

    private static string Table(Family family, Func<double, string> label)
    {
        (double[,] x, double[] y) = FamilySample.Of(family, 100, 3, 3);
        StringBuilder table = new("a,b,c,y\n");
        for (int i = 0; i < y.Length; i++)
            table.Append(CultureInfo.InvariantCulture, $"{x[i, 0]},{x[i, 1]},{x[i, 2]},{label(y[i])}\n");
        return table.ToString();
    }
}
