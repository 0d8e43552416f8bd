using ElasticNet.Fast.Csv;
using ElasticNet.Fast.Tests.Repository;
using ElasticNet.Fast.Tests.TypedTables;
using static ElasticNet.Fast.Tests.TypedTables.TypedTableTests;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>Parquet and Arrow files on the command line: what is said of the CSV of the same cells, and refusals.</summary>
[Collection(nameof(CommandLineTests))]
public class TypedFileTests
{
    private static readonly string s_diabetes = Path.Combine(SourceTree.Root, "tests", "data", "diabetes.csv");

    [Theory]
    [InlineData("fit", "--target progression --folds 5 --seed 3")]
    [InlineData("fit", "--target progression --lambda 1 --table")]
    [InlineData("select", "--target progression --folds 5 --refit bic")]
    [InlineData("stability", "--target progression --pairs 5 --seed 2")]
    [InlineData("infer", "--target progression --method post-selection --lambda 2 --noise 54")]
    [InlineData("describe", "--target progression")]
    public void Says_of_numbers_what_it_says_of_the_CSV(string command, string options)
    {
        using TemporaryDirectory directory = new();
        EnetRun csv = EnetRun.Of([command, s_diabetes, "--json", .. options.Split(' ')]);
        Assert.Equal(0, csv.ExitCode);
        foreach (string file in Diabetes(directory))
        {
            EnetRun typed = EnetRun.Of([command, file, "--json", .. options.Split(' ')]);
            Assert.Equal((csv.Error, 0), (typed.Error, typed.ExitCode));
            Assert.Equal(Timeless(csv.Output), Timeless(typed.Output));
        }
    }

    [Theory]
    [InlineData("--impute median --lambda 0.5")]
    [InlineData("--impute drop --lambda 0.5 --dates month,weekday,year")]
    [InlineData("--impute median --folds 3 --time-column sold --l1-ratio 0.5")]
    [InlineData("--impute median --folds 3 --group-column district --categories rooms")]
    [InlineData("--impute drop --lambda 0.1 --weights area --exclude sold,lift")]
    [InlineData("--impute median --lambda 0.5 --dates text --min-level-count 2")]
    public void Fits_predicts_assesses_and_verifies_all_types_as_the_CSV(string options)
    {
        using TemporaryDirectory directory = new();
        // Times and groups cannot be missing.
        (string Name, Array Values)[] columns = [.. SoldFlats.Columns.Select(column => (column.Name, Filled(column.Name, column.Values)))];
        string csv = directory.Write("flats.csv", SoldFlats.CsvOf(columns));
        string[] fit = options.Split(' ');
        EnetRun expected = EnetRun.Of(["fit", csv, "--target", "price", "--json", "--out", directory.File("csv.enet"), .. fit]);
        Assert.Equal(0, expected.ExitCode);
        string[] files = Written(directory, "flats", columns);
        foreach (string file in files)
        {
            EnetRun typed = EnetRun.Of(["fit", file, "--target", "price", "--json", "--out", directory.File("typed.enet"), .. fit]);
            Assert.Equal((expected.Error, 0), (typed.Error, typed.ExitCode));
            Assert.Equal(Timeless(expected.Output), Timeless(typed.Output));
            // Any of the files, and either model, predicts the same bytes.
            EnetRun predicted = Predicted("csv.enet", csv);
            // What was left out of the fit for its gaps is not predicted either.
            Assert.Equal(options.Contains("drop", StringComparison.Ordinal) ? 1 : 0, predicted.ExitCode);
            Assert.Equal(predicted.ExitCode == 0 ? SoldFlats.Rows + 1 : 5, predicted.Output.Count('\n'));
            foreach (string model in new[] { "csv.enet", "typed.enet" })
            {
                Assert.Equal(predicted, Predicted(model, file));
                Assert.Equal(predicted, Predicted(model, csv));
            }

            foreach (string command in new[] { "assess", "verify" })
            {
                string[] weights = options.Contains("--weights", StringComparison.Ordinal) ? ["--weights", "area"] : [];
                EnetRun ofCsv = EnetRun.Of([command, directory.File("csv.enet"), csv, "--json", .. weights]), ofFile = EnetRun.Of([command, directory.File("csv.enet"), file, "--json", .. weights]);
                Assert.Equal(ofCsv with { Output = Timeless(ofCsv.Output) }, ofFile with { Output = Timeless(ofFile.Output) });
                Assert.Equal(options.Contains("--weights", StringComparison.Ordinal) && command == "assess" ? ofCsv.ExitCode : 0, ofFile.ExitCode);
            }
        }

        EnetRun Predicted(string model, string rows) => EnetRun.Of("predict", directory.File(model), rows);
    }

    [Fact]
    public void Columns_that_are_kept_are_written_as_a_CSV()
    {
        using TemporaryDirectory directory = new();
        Assert.Equal(0, EnetRun.Of("fit", s_diabetes, "--target", "progression", "--lambda", "1", "--out", directory.File("m.enet")).ExitCode);
        string[] features = [.. CsvTable.Read(s_diabetes).FeatureNames];
        (string, Array)[] rows =
        [
            .. features.Select(name => (name, (Array)new double?[] { 0.5, -1.25, 3 })), ("at", new DateTime?[] { new(2024, 3, 1), new(2024, 3, 1, 12, 30, 0, 500), null }),
            ("ok", new bool?[] { true, null, false }), ("say", new string?[] { "a,b", null, "\"c\"" }),
        ];
        foreach (string file in Written(directory, "rows", rows))
        {
            EnetRun run = EnetRun.Of("predict", directory.File("m.enet"), file, "--id", "at,ok,say");
            Assert.Equal(0, run.ExitCode);
            string[] lines = run.Output.Split('\n');
            Assert.Equal("at,ok,say,prediction", lines[0]);
            Assert.StartsWith("2024-03-01,true,\"a,b\",", lines[1], StringComparison.Ordinal);
            Assert.StartsWith("2024-03-01T12:30:00.5,,,", lines[2], StringComparison.Ordinal);
            Assert.StartsWith(",false,\"\"\"c\"\"\",", lines[3], StringComparison.Ordinal);
            string all = EnetRun.Of("predict", directory.File("m.enet"), file, "--append").Output;
            Assert.Equal(features.Length + 4, all.Split('\n')[0].Split(',').Length);
            Assert.Contains("0.5,0.5,", all, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--na x")]
    [InlineData("--delimiter ;")]
    [InlineData("--decimal ,")]
    [InlineData("--thousands _")]
    [InlineData("--signs")]
    [InlineData("--encoding latin-1")]
    public void Options_about_text_are_refused_by_name(string option)
    {
        using TemporaryDirectory directory = new();
        foreach (string file in Diabetes(directory))
        {
            string message = $"{option.Split(' ')[0]} is for a CSV: the columns of '{Path.GetFileName(file)}' have types, and say themselves what is missing";
            EnetRun.Of(["fit", file, "--target", "progression", .. option.Split(' ')]).AssertRefused(2, message);
            EnetRun.Of(["describe", file, .. option.Split(' ')]).AssertRefused(2, message);
            if (option != "--signs")
                EnetRun.Of(["predict", "none.enet", file, .. option.Split(' ')]).AssertRefused(2, message);
        }
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_told_in_one_line()
    {
        using TemporaryDirectory directory = new();
        string parquet = Diabetes(directory)[0];
        Assert.Equal(0, EnetRun.Of("fit", s_diabetes, "--target", "progression", "--lambda", "1", "--out", directory.File("m.enet")).ExitCode);
        string cut = directory.File("cut.parquet"), text = directory.Write("text.arrow", "a,b\n1,2\n");
        File.WriteAllBytes(cut, File.ReadAllBytes(parquet)[..^100]);
        EnetRun.Of("fit", cut, "--target", "a").AssertRefused(1, $"'{cut}' cannot be read as Parquet: ");
        EnetRun.Of("predict", directory.File("m.enet"), cut).AssertRefused(1, $"'{cut}' cannot be read as Parquet: ");
        EnetRun.Of("describe", text).AssertRefused(1, $"'{text}' cannot be read as Arrow: it begins neither as an Arrow file nor as a stream of batches");
        EnetRun.Of("describe", directory.File("none.parquet")).AssertRefused(1, "there is no file");
        EnetRun.Of("fit", parquet, "--target", "x").AssertRefused(1, "there is no column 'x'");
        EnetRun.Of("predict", directory.File("m.enet"), parquet, "--json").AssertRefused(2, "--json is for rows that are JSON");
    }

    [Fact]
    public void Columns_that_are_no_numbers_are_told_with_what_to_type()
    {
        using TemporaryDirectory directory = new();
        (string, Array)[] columns =
        [
            ("a", new double?[] { 1, 2, 3, 4 }), ("photo", new byte[]?[] { [1], [2], [3], [4] }), ("yes", new bool?[] { null, true, false, true }),
            ("word", new string?[] { "b", "c", "b", "d" }), ("at", new DateTime?[] { new(2024, 1, 1), new(2024, 1, 2), new(2024, 1, 3), null }), ("y", new double?[] { 1, 3, 2, 5 }),
        ];
        foreach (string file in Written(directory, "mixed", columns))
        {
            EnetRun.Of("fit", file, "--target", "y").AssertRefused(1, "column 'photo' is of the type binary, neither number, text, date nor truth value; leave it out (--exclude)");
            EnetRun.Of("fit", file, "--target", "yes", "--exclude", "photo").AssertRefused(1, "holds the labels 'false' and 'true', which are no numbers: --family binomial");
            EnetRun.Of("fit", file, "--target", "word", "--exclude", "photo").AssertRefused(1, "row 1, column 'word': 'b' is not a number");
            EnetRun.Of("fit", file, "--target", "at", "--exclude", "photo").AssertRefused(1, "column 'at' holds dates");
            EnetRun.Of("fit", file, "--target", "y", "--weights", "word", "--exclude", "photo").AssertRefused(1, "row 1, column 'word': 'b' is not a number");
            EnetRun binomial = EnetRun.Of("fit", file, "--target", "yes", "--family", "binomial", "--lambda", "0.1", "--exclude", "photo,at,word");
            Assert.Equal((0, "enet: note: 1 of 4 rows has no 'yes' and is left out\n"), (binomial.ExitCode, binomial.Error));
        }

        string empty = Written(directory, "empty", ("y", Array.Empty<double?>()), ("a", Array.Empty<double?>()))[0];
        EnetRun.Of("fit", empty, "--target", "y").AssertRefused(1, "the table has no rows");
    }

    private static Array Filled(string name, Array values)
    {
        if (name is not ("sold" or "district" or "area"))
            return values;
        Array filled = (Array)values.Clone();
        for (int i = 0; i < filled.Length; i++)
        {
            if (filled.GetValue(i) is null)
                filled.SetValue(filled.GetValue(0), i);
        }

        return filled;
    }

    private static string[] Diabetes(TemporaryDirectory directory)
    {
        CsvTable table = CsvTable.Read(s_diabetes);
        return Written(directory, "diabetes", [.. table.ColumnNames.Select(name => (name, (Array)Array.ConvertAll(table.Column(name).ToArray(), value => (double?)value)))]);
    }

    private static string[] Written(TemporaryDirectory directory, string name, params (string Name, Array Values)[] columns)
    {
        (string File, Format Format)[] files = [(name + ".parquet", Format.Parquet), (name + ".arrow", Format.ArrowStream), (name + ".FEATHER", Format.ArrowFileLz4)];
        foreach ((string file, Format format) in files)
            File.WriteAllBytes(directory.File(file), Bytes(format, 50, columns));
        return [.. files.Select(file => directory.File(file.File))];
    }

    // Seconds, and what a fit took, are the machine's.
    private static string Timeless(string json) => System.Text.RegularExpressions.Regex.Replace(json, "\"(elapsed|fittedAt|created|seconds|time)[A-Za-z]*\": ?(\"[^\"]*\"|[0-9.eE+-]+)", "");
}
