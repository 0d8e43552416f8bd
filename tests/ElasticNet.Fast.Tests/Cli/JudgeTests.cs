using System.Globalization;
using System.Text.Json;
using ElasticNet.Fast.Tests.Models;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Coefficients that are the exact solution of something else than was stated: the right cause is named.</summary>
[Collection(nameof(CommandLineTests))]
public class JudgeTests
{
    private const int Rows = 50, Columns = 5;
    private const double Lambda = 0.3, Mixing = 0.7;
    private static readonly double[] s_weights = [.. Enumerable.Range(0, Rows).Select(i => 1.0 + i % 4)];
    private static readonly double[] s_factors = [1, 0.5, 3, 1, 2];
    private static readonly (double[,] X, double[] Y) s_data = Draw();
    private static readonly double[,] s_x = s_data.X;
    private static readonly double[] s_y = s_data.Y;

    // What is said to be minimised, what was (λρ and λ(1−ρ) relative to ½ mean square, in units of standard deviations or not), and the cause.
    public static TheoryData<string, string, string> Prepared => new()
    {
        { "glmnet", "half rss", "not divided by n: ½ RSS" },
        { "glmnet", "rss", "neither divided by n nor halved" },
        { "glmnet", "mean square", "is not halved" },
        { "glmnet", "n-1 loss", "the loss is divided by n − 1" },
        { "glmnet", "raw", "the columns were not standardised" },
        { "glmnet", "norm 1", "scaled to norm 1" },
        { "glmnet", "standardised coefficients", "the coefficients are those of standardised columns" },
        { "glmnet", "exchanged", "lambda and alpha are exchanged" },
        { "glmnet", "reversed", "alpha is the share of the ridge term" },
        { "glmnet", "n-1 sd", "the standard deviations of the columns have n − 1" },
        { "glmnet", "plain ridge", "the ridge term is not divided by sd(y)" },
        { "glmnet", "n-1 ridge", "sd(y) with n − 1" },
        { "glmnet", "whole ridge", "the ridge term has no factor ½" },
        { "glmnet", "weights as given", "the weights are not normalised" },
        { "glmnet", "weights ignored", "the weights were ignored" },
        { "glmnet", "factors as given", "the penalty factors are used as given" },
        { "glmnet", "factors ignored", "the penalty factors were ignored" },
        { "scikit-learn", "half rss", "not divided by n: ½ RSS" },
        { "scikit-learn", "exchanged", "alpha and l1_ratio are exchanged" },
        { "scikit-learn", "standardised", "the columns were standardised" },
        { "scikit-learn", "divided ridge", "the ridge term is divided by sd(y)" },
        { "scikit-learn", "n-1 standardised", "the columns were standardised, by standard deviations with n − 1" },
        { "scikit-learn", "standardised coefficients", "the coefficients are those of standardised columns" },
    };

    [Theory]
    [MemberData(nameof(Prepared))]
    public void The_cause_is_named(string objective, string what, string cause)
    {
        using JsonDocument json = Judge(objective, what);
        Assert.False(json.RootElement.GetProperty("isSolution").GetBoolean());
        Assert.InRange(json.RootElement.GetProperty("relativeGap").GetDouble(), 1e-8, double.MaxValue);
        JsonElement first = json.RootElement.GetProperty("explanations")[0];
        Assert.Contains(cause, first.GetProperty("confusion").GetString(), StringComparison.Ordinal);
        Assert.InRange(first.GetProperty("relativeGap").GetDouble(), 0, 1e-12);
    }

    [Theory]
    [InlineData("glmnet")]
    [InlineData("scikit-learn")]
    public void A_solution_is_one(string objective)
    {
        using JsonDocument json = Judge(objective, "as stated");
        Assert.True(json.RootElement.GetProperty("isSolution").GetBoolean());
        Assert.Equal(0, json.RootElement.GetProperty("explanations").GetArrayLength());
    }

    [Fact]
    public void What_nothing_explains_has_its_worst_column_named()
    {
        using TemporaryDirectory directory = new();
        string data = Write(directory), file = directory.File("c.json");
        File.WriteAllText(file, """{ "intercept": 12, "coefficients": { "x0": 1, "x1": 0, "x2": 0, "x3": 0, "x4": 0 }, "alpha": 0.3, "l1_ratio": 1 }""");
        EnetRun run = EnetRun.Of("judge", file, data, "--target", "y", "--objective", "scikit-learn");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("worst          'x4': its coefficient is 0, but its gradient exceeds", run.Output, StringComparison.Ordinal);
        Assert.Contains("none of the usual confusions explains it", run.Output, StringComparison.Ordinal);
    }

    // What is stated, with λ times what was minimised, and what explains it.
    [Theory]
    [InlineData("scikit-learn", "binomial", "as stated", null)]
    [InlineData("scikit-learn", "poisson", "as stated", null)]
    [InlineData("scikit-learn", "gamma", "as stated", null)]
    [InlineData("glmnet", "binomial", "as stated", null)]
    [InlineData("scikit-learn", "binomial", "turned", "the other class is the event")]
    [InlineData("scikit-learn", "binomial", "C is a strength", "C is the strength, not its inverse")]
    [InlineData("scikit-learn", "binomial", "mean", "the loss is divided by n")]
    [InlineData("glmnet", "poisson", "sum", "the loss is a sum, not divided by n")]
    [InlineData("glmnet", "binomial", "deviance", "the loss is the deviance, not half of it")]
    [InlineData("glmnet", "binomial", "raw", "the columns were not standardised")]
    public void Families_are_judged_by_their_loss(string objective, string name, string what, string? cause)
    {
        using TemporaryDirectory directory = new();
        Family family = Family.All.First(one => one.Name == name);
        double[] y = [.. s_y.Select((value, i) => family == Family.Binomial ? (value > s_y.Average() + (i % 5 - 2) ? 1 : 0) : family == Family.Poisson ? Math.Round(Math.Exp(0.1 * (value - s_y.Min()))) : Math.Exp(0.1 * value))];
        bool glmnet = objective == "glmnet", isInverse = !glmnet && family == Family.Binomial;
        double lambda = what switch { "sum" => 0.05 / Rows, "deviance" => 0.025, "mean" => 0.05 * Rows, "C is a strength" => 0.05 * Math.Pow(1 / (0.05 * Rows), 2), _ => 0.05 };
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_x, y, lambda, 0.5, new() { Family = family, Standardize = glmnet && what != "raw" });
        double sign = what == "turned" ? -1 : 1;
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("family", name);
            json.WriteNumber("intercept", sign * model.Intercept);
            json.WriteNumber(glmnet ? "lambda" : isInverse ? "C" : "alpha", isInverse ? 1 / (0.05 * Rows) : 0.05);
            json.WriteNumber(glmnet ? "alpha" : "l1_ratio", 0.5);
            json.WriteStartObject("coefficients");
            for (int j = 0; j < Columns; j++)
                json.WriteNumber($"x{j}", sign * (Array.IndexOf(model.Indices.ToArray(), j) is >= 0 and var k ? model.Values[k] : 0));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        string file = directory.File("c.json"), data = directory.File("d.csv");
        File.WriteAllBytes(file, text.ToArray());
        File.WriteAllLines(data, Enumerable.Range(0, Rows).Select(i => string.Join(',', Enumerable.Range(0, Columns).Select(j => s_x[i, j].ToString("r", CultureInfo.InvariantCulture)))
            + (family == Family.Binomial ? (y[i] == 1 ? ",yes" : ",no") : "," + y[i].ToString("r", CultureInfo.InvariantCulture))).Prepend("x0,x1,x2,x3,x4,y"));
        EnetRun run = EnetRun.Of("judge", file, data, "--target", "y", "--objective", objective, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using JsonDocument verdict = JsonDocument.Parse(run.Output);
        Assert.Equal(cause is null, verdict.RootElement.GetProperty("isSolution").GetBoolean());
        if (cause is not null)
            Assert.Contains(cause, verdict.RootElement.GetProperty("explanations")[0].GetProperty("confusion").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("glmnet", "multinomial", "as stated", null)]
    [InlineData("glmnet", "multinomial", "grouped as stated", null)]
    [InlineData("glmnet", "multigaussian", "as stated", null)]
    [InlineData("glmnet", "cox", "as stated", null)]
    [InlineData("scikit-learn", "multinomial", "as stated", null)]
    [InlineData("scikit-learn", "multigaussian", "as stated", null)]
    [InlineData("glmnet", "multinomial", "grouped", "the coefficients of a feature are penalised by their norm, not each for itself")]
    [InlineData("glmnet", "multinomial", "deviance", "the loss is the deviance, not half of it")]
    [InlineData("glmnet", "multinomial", "raw", "the columns were not standardised")]
    [InlineData("glmnet", "multigaussian", "ungrouped", "the coefficients of a feature are penalised each for itself, not by their norm")]
    [InlineData("glmnet", "multigaussian", "standardised responses", "the responses were standardised")]
    [InlineData("glmnet", "multigaussian", "half rss", "not divided by n: ½ RSS")]
    [InlineData("glmnet", "cox", "efron", "ties are broken by Efron's rule")]
    [InlineData("glmnet", "cox", "events", "the loss is divided by the number of events")]
    [InlineData("glmnet", "cox", "sum", "the loss is a sum, not divided by n")]
    [InlineData("scikit-learn", "multinomial", "mean", "the loss is divided by n")]
    [InlineData("scikit-learn", "multigaussian", "standardised", "the columns were standardised")]
    public void Several_outputs_and_survival_are_judged_by_theirs(string objective, string name, string what, string? cause)
    {
        using TemporaryDirectory directory = new();
        bool glmnet = objective == "glmnet", isInverse = !glmnet && name == "multinomial";
        string[] classes = [.. s_y.Select((value, i) => value > s_y.Average() + (i % 5 - 2) ? "high" : i % 3 == 0 ? "middle" : "low")];
        double[] time = [.. s_y.Select((value, i) => Math.Ceiling(4 * Math.Exp(-0.1 * (value - s_y.Average())) * (1 + i % 3)))];
        bool[] events = [.. s_y.Select((_, i) => i % 4 != 0)];
        double[,] responses = new double[Rows, 2];
        for (int i = 0; i < Rows; i++)
            (responses[i, 0], responses[i, 1]) = (s_y[i], 3 * s_x[i, 1] + i % 7);
        double[] units = [1, 1];
        if (what == "standardised responses")
        {
            units = [.. Enumerable.Range(0, 2).Select(k => Moments([.. Enumerable.Range(0, Rows).Select(i => responses[i, k])]).Deviation)];
            for (int i = 0; i < Rows; i++)
                (responses[i, 0], responses[i, 1]) = (responses[i, 0] / units[0], responses[i, 1] / units[1]);
        }

        double lambda = 0.05 * what switch { "half rss" or "sum" => 1.0 / Rows, "deviance" => 0.5, "events" => events.Count(one => one) / (double)Rows, "mean" => Rows, _ => 1 };
        ElasticNetOptions options = new()
        {
            Family = name switch { "multinomial" => Family.Multinomial, "multigaussian" => Family.MultiGaussian, _ => what == "efron" ? Family.Cox : Family.CoxBreslow },
            GroupOutputs = name == "multigaussian" ? what != "ungrouped" : what.StartsWith("grouped", StringComparison.Ordinal),
            Standardize = what == "standardised" || (glmnet && what != "raw"),
        };
        Target target = name switch { "multinomial" => Target.Labels(classes), "multigaussian" => Target.Columns(responses, ["y", "z"]), _ => Target.Survival(time, events) };
        using ElasticNetModel model = ElasticNetEstimator.Fit(s_x, target, lambda, 0.5, options);
        int outputs = model.Outputs;
        Dictionary<string, double> Of(int k) => Enumerable.Range(0, Columns).ToDictionary(j => $"x{j}", j => units[k % 2] * (outputs == 1 ? model.Coefficients[j] : model.Coefficients[j, k]));
        Dictionary<string, object> content = new()
        {
            ["family"] = name == "multigaussian" && glmnet ? "mgaussian" : name,
            ["coefficients"] = outputs == 1 ? Of(0) : Enumerable.Range(0, outputs).ToDictionary(k => model.OutputNames![k], Of),
            [glmnet ? "lambda" : isInverse ? "C" : "alpha"] = isInverse ? 1 / (0.05 * Rows) : 0.05,
            [glmnet ? "alpha" : "l1_ratio"] = 0.5,
        };
        if (outputs > 1)
            content["intercept"] = Enumerable.Range(0, outputs).ToDictionary(k => model.OutputNames![k], k => units[k % 2] * model.Intercepts[k]);
        if (what == "grouped as stated")
            content["grouped"] = true;
        string file = directory.File("c.json"), data = directory.File("d.csv");
        File.WriteAllText(file, JsonSerializer.Serialize(content));
        File.WriteAllLines(data, Enumerable.Range(0, Rows).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(',', Enumerable.Range(0, Columns).Select(j => s_x[i, j].ToString("r", CultureInfo.InvariantCulture)))},{classes[i]},{units[0] * responses[i, 0]:r},{units[1] * responses[i, 1]:r},{time[i]},{(events[i] ? 1 : 0)}")).Prepend("x0,x1,x2,x3,x4,class,y,z,time,died"));
        string[] roles = name switch { "multinomial" => ["--target", "class"], "multigaussian" => ["--target", "z,y"], _ => ["--target", "time", "--event", "died"] };
        EnetRun run = EnetRun.Of(["judge", file, data, "--objective", objective, "--json", .. roles]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using JsonDocument verdict = JsonDocument.Parse(run.Output);
        Assert.True(verdict.RootElement.GetProperty("isSolution").GetBoolean() == cause is null, run.Output);
        if (cause is not null)
            Assert.Contains(cause, verdict.RootElement.GetProperty("explanations")[0].GetProperty("confusion").GetString(), StringComparison.Ordinal);
        if (name == "multigaussian")
            EnetRun.Of("judge", file, data, "--objective", objective, "--target", "y").AssertRefused(2, "--target must name the responses that there are coefficients for, y,z, but names y");
        if (name == "cox")
            EnetRun.Of("judge", file, data, "--objective", objective, "--target", "time").AssertRefused(2, "need --event");
    }

    [Theory]
    [InlineData("[]", "the coefficients must be one JSON object")]
    [InlineData("{", "must be JSON")]
    [InlineData("""{ "coefficients": {}, "alpha": 1, "l1_ratio": 1 }""", "'coefficients' must be an object of a number for each feature")]
    [InlineData("""{ "coefficients": { "x0": "1" }, "alpha": 1, "l1_ratio": 1 }""", "the coefficient of 'x0' (\"1\") must be a finite number")]
    [InlineData("""{ "coefficients": { "x0": 1 }, "alpha": 1, "l1_ratio": 1.5 }""", "'l1_ratio' (1.5) must be a number in [0, 1]")]
    [InlineData("""{ "coefficients": { "x0": 1 }, "alpha": -1, "l1_ratio": 1 }""", "'alpha' (-1) must be a finite number ≥ 0")]
    [InlineData("""{ "coefficients": { "x0": 1 }, "lambda": 1, "l1_ratio": 1 }""", "there is no 'lambda' for this objective; there are family, intercept, coefficients, alpha, l1_ratio")]
    [InlineData("""{ "coefficients": { "x0": 1 }, "alpha": 1 }""", "there must be a number 'l1_ratio'")]
    [InlineData("""{ "family": "cox", "coefficients": { "x0": 1 }, "alpha": 1, "l1_ratio": 1 }""", "'family' (\"cox\") must be gaussian, binomial, poisson, gamma, multinomial or multigaussian, for this objective")]
    [InlineData("""{ "family": "multigaussian", "coefficients": { "y": { "x0": 1 } }, "alpha": 1, "l1_ratio": 1 }""", "must be an object of an object for each response, two or more")]
    [InlineData("""{ "family": "multinomial", "coefficients": { "a": { "x0": 1 }, "b": { "x1": 1 } }, "C": 1, "l1_ratio": 1 }""", "the numbers of 'b' must be an object of 'x0', each once")]
    [InlineData("""{ "coefficients": { "none": 1 }, "alpha": 1, "l1_ratio": 1 }""", "there is no column 'none'")]
    public void Bad_coefficients_are_refused(string text, string message)
    {
        using TemporaryDirectory directory = new();
        string data = Write(directory), file = directory.File("c.json");
        File.WriteAllText(file, text);
        EnetRun.Of("judge", file, data, "--target", "y", "--objective", "scikit-learn").AssertRefused(1, message);
        EnetRun.Of("judge", file, data, "--target", "y", "--objective", "theirs").AssertRefused(2, "--objective (theirs) must be glmnet or scikit-learn");
    }

    private static JsonDocument Judge(string objective, string what)
    {
        using TemporaryDirectory directory = new();
        string data = Write(directory), file = directory.File("c.json");
        bool glmnet = objective == "glmnet", isWeighted = what.StartsWith("weights", StringComparison.Ordinal), hasFactors = what.StartsWith("factors", StringComparison.Ordinal);
        using ElasticNetModel model = Fit(glmnet, what, isWeighted);
        double[] beta = model.Coefficients.ToArray();
        double intercept = model.Intercept;
        if (what == "standardised coefficients")
        {
            for (int j = 0; j < Columns; j++)
            {
                (double mean, double deviation) = Moments([.. Enumerable.Range(0, Rows).Select(i => s_x[i, j])]);
                intercept += beta[j] * mean;
                beta[j] *= deviation;
            }
        }

        Dictionary<string, object> content = new()
        {
            ["intercept"] = intercept,
            ["coefficients"] = beta.Select((value, j) => (value, j)).ToDictionary(pair => $"x{pair.j}", pair => pair.value),
            [glmnet ? "lambda" : "alpha"] = Lambda,
            [glmnet ? "alpha" : "l1_ratio"] = Mixing,
        };
        if (hasFactors)
            content["penalty_factor"] = s_factors.Select((value, j) => (value, j)).ToDictionary(pair => $"x{pair.j}", pair => pair.value);
        File.WriteAllText(file, JsonSerializer.Serialize(content));
        EnetRun run = EnetRun.Of(["judge", file, data, "--target", "y", "--objective", objective, "--json", .. isWeighted ? (string[])["--weights", "w"] : []]);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return JsonDocument.Parse(run.Output);
    }

    private static ElasticNetModel Fit(bool glmnet, string what, bool isWeighted)
    {
        double n = Rows, lambda = Lambda, mixing = Mixing, scale = 1, ridge = 1;
        bool ignored = what == "weights ignored";
        double deviation = isWeighted && !ignored ? Moments(s_y, s_weights).Deviation : Moments(s_y).Deviation;
        bool standardize = glmnet, divides = glmnet;
        switch (what)
        {
            case "half rss": lambda /= n; break;
            case "rss": lambda /= 2 * n; break;
            case "mean square": lambda /= 2; break;
            case "n-1 loss": lambda *= (n - 1) / n; break;
            case "raw": standardize = false; break;
            case "norm 1": scale = Math.Sqrt(n); break;
            case "standardised" or "standardised coefficients": standardize = true; break;
            case "exchanged": (lambda, mixing) = (mixing, lambda); break;
            case "reversed": mixing = 1 - mixing; break;
            case "n-1 sd": scale = Math.Sqrt(n / (n - 1)); break;
            case "n-1 standardised": (standardize, scale) = (true, Math.Sqrt(n / (n - 1))); break;
            case "plain ridge": divides = false; break;
            case "divided ridge": divides = true; break;
            case "n-1 ridge": deviation *= Math.Sqrt(n / (n - 1)); break;
            case "whole ridge": ridge = 2; break;
            case "weights as given": lambda *= n / s_weights.Sum(); break;
        }

        double l1 = lambda * mixing * scale, l2 = lambda * (1 - mixing) * scale * scale * ridge / (divides ? deviation : 1);
        return ElasticNetEstimator.Fit(s_x, s_y, l1 + l2, l1 / (l1 + l2), new()
        {
            Standardize = standardize,
            Weights = isWeighted && !ignored ? s_weights : default(ReadOnlyMemory<double>),
            PenaltyFactors = what == "factors as given" ? s_factors : default(ReadOnlyMemory<double>),
        });
    }

    private static (double[,] X, double[] Y) Draw()
    {
        Random random = new(3);
        double[,] x = new double[Rows, Columns];
        double[] y = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
                x[i, j] = (j + 1) * (2 * random.NextDouble() - 1) + (j > 0 ? 0.4 * x[i, j - 1] : 3);
            y[i] = 7 + 2.5 * x[i, 0] - 1.5 * x[i, 1] + x[i, 3] + 0.5 * x[i, 4] + 3 * random.NextDouble();
        }

        return (x, y);
    }

    private static string Write(TemporaryDirectory directory)
    {
        string path = directory.File("data.csv");
        File.WriteAllLines(path, Enumerable.Range(0, Rows).Select(i => string.Join(',', [.. Enumerable.Range(0, Columns).Select(j => Text(s_x[i, j])), Text(s_weights[i]), Text(s_y[i])])).Prepend("x0,x1,x2,x3,x4,w,y"));
        return path;
    }

    private static (double Mean, double Deviation) Moments(double[] values, double[]? weights = null)
    {
        double total = weights?.Sum() ?? values.Length, mean = values.Select((value, i) => value * (weights?[i] ?? 1)).Sum() / total;
        return (mean, Math.Sqrt(values.Select((value, i) => (value - mean) * (value - mean) * (weights?[i] ?? 1)).Sum() / total));
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
