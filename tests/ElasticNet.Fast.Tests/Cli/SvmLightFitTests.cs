using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>svmlight files on the command line: the numbers of the CSV that says the same, and refusals.</summary>
[Collection(nameof(CommandLineTests))]
public class SvmLightFitTests
{
    private static readonly string s_words = Path.Combine(SourceTree.Root, "tests", "data", "words.svm");

    [Theory]
    [InlineData("fit", "--folds 5 --seed 3")]
    [InlineData("fit", "--folds 4 --repeats 2 --l1-ratio 0.3,0.8 --select 1se")]
    [InlineData("fit", "--lambda 0.1 --l1-ratio 0.5 --no-standardize")]
    [InlineData("fit", "--lambda 0.05 --no-intercept")]
    [InlineData("fit", "--lambda 0.2 --l1-ratio 0")]
    [InlineData("fit", "--criterion bic --l1-ratio 0.5,1 --lambda-ratio 0.01")]
    [InlineData("fit", "--folds 3 --l1-ratio 0.2,0.6,1 --samples 2 --nested 3")]
    [InlineData("select", "--folds 5 --refit bic")]
    [InlineData("stability", "--pairs 5 --seed 2")]
    public void Says_what_it_says_of_the_CSV(string command, string options)
    {
        using var directory = new TemporaryDirectory();
        EnetRun sparse = EnetRun.Of([command, s_words, "--json", .. options.Split(' ')]);
        EnetRun dense = EnetRun.Of([command, Twin(directory, s_words, 60), "--target", "target", "--json", .. options.Split(' ')]);
        Assert.Equal((0, 0), (sparse.ExitCode, dense.ExitCode));
        Assert.Equal(dense.Error, sparse.Error);
        using JsonDocument ours = JsonDocument.Parse(sparse.Output), theirs = JsonDocument.Parse(dense.Output);
        AssertSame(theirs.RootElement, ours.RootElement, "$");
    }

    [Theory]
    [InlineData("rows.svm", 1)]
    [InlineData("rows.SVMLIGHT", 1)]
    [InlineData("rows.libsvm", 0)]
    [InlineData("rows.svm.gz", 0)]
    public void What_was_fitted_predicts_the_file_and_the_CSV(string name, int first)
    {
        using var directory = new TemporaryDirectory();
        string rows = directory.File(name), model = directory.File("model.enet");
        string text = Rows(40, 12, first);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(File.Create(rows), CompressionLevel.Fastest);
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        else
        {
            File.WriteAllText(rows, text);
        }

        string[] counting = first == 0 ? ["--zero-based"] : [];
        Assert.Equal(0, EnetRun.Of(["fit", rows, "--lambda", "0.1", "--out", model, .. counting]).ExitCode);
        using (ElasticNetModel loaded = ElasticNetModel.Load(model))
        {
            Assert.Equal(Enumerable.Range(first, 12).Select(j => j.ToString(CultureInfo.InvariantCulture)), loaded.FeatureNames!);
            Assert.Equal("target", loaded.TargetName);
            Assert.NotEmpty(loaded.Indices.ToArray());
        }

        EnetRun predicted = EnetRun.Of(["predict", model, rows, .. counting]);
        Assert.Equal((0, ""), (predicted.ExitCode, predicted.Error));
        Assert.Equal(41, predicted.Output.Count(letter => letter == '\n'));
        string plain = directory.Write("plain.txt", text);
        Assert.Equal(predicted, EnetRun.Of("predict", model, Twin(directory, plain, 12, first)));
        Assert.Equal(0, EnetRun.Of("verify", model, Twin(directory, plain, 12, first)).ExitCode);

        string[] other = first == 0 ? [] : ["--zero-based"];
        EnetRun.Of(["predict", model, rows, .. other]).AssertRefused(2, first == 0 ? "named from 0 on; give --zero-based" : "--zero-based: the model was fitted to features that are named from 1 on");
    }

    [Fact]
    public void The_report_tells_of_a_sparse_table()
    {
        using var directory = new TemporaryDirectory();
        string report = directory.File("report.html"), model = directory.File("model.enet");
        EnetRun run = EnetRun.Of("fit", s_words, "--folds", "5", "--report", report, "--out", model);
        Assert.Equal((0, EnetRun.ConstantNote("58")), (run.ExitCode, run.Error));
        string html = File.ReadAllText(report);
        Assert.Contains("90 rows and 60 features, 1139 entries stored (21.0926 % of all), 1 features that are 0 in every row", html, StringComparison.Ordinal);
        Assert.Contains("words.svm", html, StringComparison.Ordinal);
        Assert.Contains("<td>66.67 %</td>", html.Replace(" class=\"number\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using ElasticNetModel loaded = ElasticNetModel.Load(model);
        Assert.NotNull(loaded.Path);
    }

    [Fact]
    public void Describe_counts()
    {
        using var directory = new TemporaryDirectory();
        string rows = directory.Write("rows.svm", "1 1:2 4:1\n3 1:-2 3:0\n5 1:1 4:3\n7\n");
        EnetRun text = EnetRun.Of("describe", rows);
        Assert.Equal((0, ""), (text.ExitCode, text.Error));
        Assert.StartsWith("4 rows, 4 features, 6 stored entries, 1 of them 0; density 0.375\n2 features are 0 in every row: 2, 3\n", text.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("describe", rows, "--json").Output);
        JsonElement root = json.RootElement;
        Assert.Equal((4, 4, 6, 1, 0.375), (root.GetProperty("rows").GetInt32(), root.GetProperty("features").GetInt32(), root.GetProperty("storedEntries").GetInt32(), root.GetProperty("storedZeros").GetInt32(), root.GetProperty("density").GetDouble()));
        Assert.Equal(4, root.GetProperty("target").GetProperty("median").GetDouble());
        Assert.Equal(["2", "3"], root.GetProperty("emptyFeatures").EnumerateArray().Select(name => name.GetString()));
        JsonElement[] fullest = [.. root.GetProperty("fullestFeatures").EnumerateArray()];
        Assert.Equal(["1", "4"], fullest.Select(column => column.GetProperty("name").GetString()));
        Assert.Equal((3, -2.0, 0.25, 2.0), (fullest[0].GetProperty("nonZeroCount").GetInt32(), fullest[0].GetProperty("min").GetDouble(), fullest[0].GetProperty("mean").GetDouble(), fullest[0].GetProperty("max").GetDouble()));

        Assert.Contains("2 features are 0 in every row: 2, 3\n", EnetRun.Of("describe", directory.Write("zero.svm", "1 0:2 1:5\n3 0:-2 4:1\n"), "--zero-based").Output, StringComparison.Ordinal);
        Assert.StartsWith("2 rows, 0 features, 0 stored entries\n", EnetRun.Of("describe", directory.Write("none.svm", "1\n3\n")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_has_the_moments_of_the_CSV()
    {
        using var directory = new TemporaryDirectory();
        using JsonDocument sparse = JsonDocument.Parse(EnetRun.Of("describe", s_words, "--json").Output);
        using JsonDocument dense = JsonDocument.Parse(EnetRun.Of("describe", Twin(directory, s_words, 60), "--target", "target", "--json").Output);
        Dictionary<string, JsonElement> columns = dense.RootElement.GetProperty("columns").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!);
        JsonElement[] fullest = [.. sparse.RootElement.GetProperty("fullestFeatures").EnumerateArray()];
        Assert.Equal(20, fullest.Length);
        Assert.All(fullest, column => Assert.All(["min", "mean", "max", "standardDeviation", "correlation"], number =>
            Assert.Equal(columns[column.GetProperty("name").GetString()!].GetProperty(number).GetDouble(), column.GetProperty(number).GetDouble(), 1e-12)));
        Assert.All(["min", "mean", "median", "max", "standardDeviation"], number =>
            Assert.Equal(columns["target"].GetProperty(number).GetDouble(), sparse.RootElement.GetProperty("target").GetProperty(number).GetDouble(), 1e-12));
    }

    [Theory]
    [InlineData("1 1:2\n2 1:x\n", "line 2: index 1: ")]
    [InlineData("1 1:2\n\n# none\n2 a:1\n", "line 4: 'a:1' is no pair index:value")]
    [InlineData("1 1:2\n2 3:1 2:1\n", "line 2: index 2 follows index 3; indices must ascend, none twice")]
    [InlineData("1 1:2\n2 3:1 3:1\n", "line 2: index 3 follows index 3")]
    [InlineData("1 1:2\n2:1\n", "line 2: a row begins with its target, this one begins with a pair")]
    [InlineData("1 1:NaN\n", "line 1: index 1: ")]
    [InlineData("nan 1:1\n", "line 1: the target ")]
    [InlineData("1 1:Infinity\n", "line 1: index 1: ")]
    [InlineData("1 0:2\n", "line 1: index 0, where the first is 1; is the file zero-based?")]
    [InlineData("1 qid:3 1:2\n", "line 1: 'qid:3' groups rows for ranking")]
    [InlineData("# nothing\n", "there is no row")]
    public void Bad_lines_are_named(string text, string message)
    {
        using var directory = new TemporaryDirectory();
        string rows = directory.Write("rows.svm", text);
        Assert.All(["fit", "describe", "select", "stability"], command => EnetRun.Of(command, rows).AssertRefused(1, message));
    }

    [Theory]
    [InlineData("1\n2\n3\n", "--lambda 1", "no row has a pair index:value, so there is no feature")]
    [InlineData("1 1:1\n2 1:2\n", "", "10 folds need as many rows of positive weight, and there are 2; --folds asks for fewer, --lambda for a fit without")]
    public void Files_that_cannot_be_fitted_are_refused(string text, string options, string message)
    {
        using var directory = new TemporaryDirectory();
        EnetRun.Of(["fit", directory.Write("rows.svm", text), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).AssertRefused(1, message);
    }

    [Theory]
    [InlineData("fit --target y", "--target is for a CSV: a row of a svmlight file begins with its target")]
    [InlineData("fit --weights w", "--weights is for a CSV: the features of a svmlight file have indices, no names")]
    [InlineData("fit --offset w", "--offset is for a CSV")]
    [InlineData("fit --fold-column 3", "--fold-column is for a CSV")]
    [InlineData("fit --time-column 3", "--time-column is for a CSV")]
    [InlineData("fit --exclude 3", "--exclude is for a CSV")]
    [InlineData("fit --categories 3", "--categories is for a CSV")]
    [InlineData("fit --numbers 3", "--numbers is for a CSV")]
    [InlineData("fit --na ?", "--na is for a CSV: a svmlight file has no missing values")]
    [InlineData("fit --delimiter ;", "--delimiter is for a CSV")]
    [InlineData("fit --impute mean", "preparation (--impute, ")]
    [InlineData("fit --impute mean,median", "preparation (--impute, ")]
    [InlineData("fit --indicators", "preparation (--impute, ")]
    [InlineData("fit --scale minmax", "preparation (--impute, ")]
    [InlineData("fit --scale robust,minmax", "preparation (--impute, ")]
    [InlineData("fit --encode ordinal", "preparation (--impute, ")]
    [InlineData("fit --min-level-count 2", "preparation (--impute, ")]
    [InlineData("fit --explain", "--explain is for a CSV: quartiles and correlations take every element of every column")]
    [InlineData("select --scale minmax", "preparation (--impute, ")]
    [InlineData("select --target y", "--target is for a CSV")]
    [InlineData("stability --weights w", "--weights is for a CSV")]
    [InlineData("describe --target y", "--target is for a CSV")]
    [InlineData("describe --exclude 1", "--exclude is for a CSV")]
    [InlineData("describe --plot gaps.svg", "--plot is for a CSV: it shows missing values")]
    [InlineData("infer --target y", "enet infer reads a table of named columns, and 'words.svm' is a svmlight file")]
    public void What_means_nothing_here_is_refused(string commandLine, string message)
    {
        string[] words = commandLine.Split(' ');
        EnetRun.Of([words[0], s_words, .. words[1..]]).AssertRefused(2, message);
    }

    [Theory]
    [InlineData("fit rows.csv --target y --zero-based")]
    [InlineData("select rows.csv --target y --zero-based")]
    [InlineData("stability rows.csv --target y --zero-based")]
    [InlineData("describe rows.csv --zero-based")]
    public void A_CSV_has_no_first_index(string commandLine) =>
        EnetRun.Of(commandLine.Split(' ')).AssertRefused(2, "--zero-based is for a svmlight file, whose name ends in .svm, .svmlight or .libsvm, perhaps with .gz");

    [Theory]
    [InlineData("verify model.enet rows.svm", "enet verify reads a table of named columns")]
    [InlineData("judge coefficients.json rows.svm --target y --objective glmnet", "enet judge reads a table of named columns")]
    [InlineData("plot model.enet --kind residuals --data rows.svm --out residuals.svg", "enet plot --data reads a table of named columns")]
    public void Commands_that_read_a_CSV_say_so(string commandLine, string message) => EnetRun.Of(commandLine.Split(' ')).AssertRefused(2, message);

    // Targets by a few of the features, and entries at places that a multiplicative generator picks.
    private static string Rows(int rows, int features, int first)
    {
        var text = new StringBuilder();
        uint state = 1;
        for (int i = 0; i < rows; i++)
        {
            double target = 2;
            var pairs = new StringBuilder();
            for (int j = 0; j < features; j++)
            {
                state = (state * 1664525) + 1013904223;
                // The last feature of the first row: the table is as wide as it is meant to be.
                if (state >> 30 != 0 && (i > 0 || j < features - 1))
                    continue;
                double value = ((state >> 8) % 100 / 10.0) + 0.1;
                target += j % 3 == 0 ? value : 0.1 * value;
                pairs.Append(CultureInfo.InvariantCulture, $" {j + first}:{value}");
            }

            text.Append(CultureInfo.InvariantCulture, $"{target}{pairs}\n");
        }

        return text.ToString();
    }

    // The same rows as a CSV whose columns have the indices for names.
    private static string Twin(TemporaryDirectory directory, string path, int features, int first = 1)
    {
        var csv = new StringBuilder("target");
        for (int j = 0; j < features; j++)
            csv.Append(CultureInfo.InvariantCulture, $",{j + first}");
        foreach (string line in File.ReadLines(path).Where(line => !line.StartsWith('#')))
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] cells = [.. Enumerable.Repeat("0", features)];
            foreach (string[] pair in fields[1..].Select(field => field.Split(':')))
                cells[int.Parse(pair[0], CultureInfo.InvariantCulture) - first] = pair[1];
            csv.Append(CultureInfo.InvariantCulture, $"\n{fields[0]},{string.Join(',', cells)}");
        }

        return directory.Write("twin.csv", csv.Append('\n').ToString());
    }

    // Certificates are of the order of rounding and may differ, as may what is a difference of nearly equal errors.
    private static void AssertSame(JsonElement expected, JsonElement actual, string path)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        if (expected.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(expected.EnumerateObject().Select(property => property.Name), actual.EnumerateObject().Select(property => property.Name));
            foreach (JsonProperty property in expected.EnumerateObject())
                AssertSame(property.Value, actual.GetProperty(property.Name), $"{path}.{property.Name}");
        }
        else if (expected.ValueKind == JsonValueKind.Array)
        {
            Assert.Equal(expected.GetArrayLength(), actual.GetArrayLength());
            for (int k = 0; k < expected.GetArrayLength(); k++)
                AssertSame(expected[k], actual[k], $"{path}[{k}]");
        }
        else if (expected.ValueKind == JsonValueKind.Number)
        {
            double wanted = expected.GetDouble(), found = actual.GetDouble();
            Assert.True(Math.Abs(wanted - found) <= 1e-9 * Math.Max(1, Math.Abs(wanted)), FormattableString.Invariant($"{path}: {found} in place of {wanted}"));
        }
        else if (expected.ValueKind == JsonValueKind.String)
        {
            Assert.Equal(expected.GetString(), actual.GetString());
        }
    }
}
