using System.Text.Json;
using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

/// <summary>From a table with gaps and text to predictions, on the command line.</summary>
[Collection(nameof(CommandLineTests))]
public class RawFitTests
{
    private static readonly string s_data = Table(60);

    [Theory]
    [InlineData("--impute mean")]
    [InlineData("--impute median --indicators")]
    [InlineData("--impute mode --scale robust")]
    [InlineData("--impute constant --fill-value -1 --scale standard-sample")]
    [InlineData("--impute mean --scale minmax --encode ordinal")]
    [InlineData("--impute mean --scale maxabs --reference first --min-level-count 3")]
    [InlineData("--impute knn --neighbors 3 --neighbor-weights distance")]
    [InlineData("--impute iterative --scale minmax")]
    [InlineData("--impute iterative --regression elastic-net")]
    [InlineData("--impute multiple --imputations 3 --indicators")]
    [InlineData("--impute mean --scale none --reference most-frequent --unknown-levels rare-or-none")]
    public void Fits_saves_and_predicts_rows_with_gaps_and_new_levels(string options)
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("model.enet");
        EnetRun fit = EnetRun.WithInput(s_data, ["fit", "-", "--target", "y", "--folds", "5", "--out", model, .. options.Split(' ')]);
        Assert.Equal((0, ""), (fit.ExitCode, fit.Error));
        Assert.Contains("certificate", fit.Output, StringComparison.Ordinal);

        EnetRun predict = EnetRun.WithInput("b,district,a\n,,\n1,never seen,2\n2,north,NA\n", "predict", model, "-");
        Assert.Equal(0, predict.ExitCode);
        Assert.StartsWith("enet: note: ", predict.Error, StringComparison.Ordinal);
        Assert.Contains("of 3 rows have no 'a', ", predict.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 3 rows has a level of 'district' that the model does not know ('never seen'), counted as ", predict.Error, StringComparison.Ordinal);
        string[] lines = predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, lines.Length);
        Assert.All(lines[1..], line => Assert.True(double.IsFinite(double.Parse(line, System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void Matching_puts_in_observed_values_and_inspect_says_that_they_are_kept()
    {
        using var directory = new TemporaryDirectory();
        string data = directory.File("data.csv"), file = directory.File("model.enet");
        File.WriteAllText(data, "a,b,y\n1,2,1\n2,,2\n3,6,3\n4,8,5\n5,10,4\n6,12,7\n");
        EnetRun run = EnetRun.Of("fit", data, "--target", "y", "--impute", "iterative", "--matching", "1", "--lambda", "0.1", "--l1-ratio", "0", "--out", file);
        Assert.Equal(0, run.ExitCode);
        EnetRun inspected = EnetRun.Of("inspect", file);
        Assert.Contains("matched to the observed value in the middle of 1 that are predicted alike", inspected.Output, StringComparison.Ordinal);
        Assert.Contains("observed VALUES OF THE TRAINING ROWS", inspected.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no training row is kept", inspected.Output, StringComparison.Ordinal);
        using ElasticNetModel model = ElasticNetModel.Load(file);
        double[] features = new double[2];
        model.Preparation!.Transform([2, double.NaN], features);
        Assert.Contains(features[1], (double[])[2, 6, 8, 10, 12]);
    }

    [Fact]
    public void Options_arrive_in_the_model()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("model.enet");
        EnetRun.WithInput(s_data, "fit", "-", "--target", "y", "--lambda", "0.1", "--out", path, "--impute", "constant", "--fill-value", "2.5", "--indicators", "--scale", "robust",
            "--reference", "first", "--min-level-count", "3", "--unknown-levels", "refuse", "--categories", "b");
        using ElasticNetModel model = ElasticNetModel.Load(path);
        PreparationOptions options = model.Preparation!.Options;
        Assert.Equal((ImputationMethod.Constant, 2.5, true, ScalingMethod.Robust), (options.Imputation, options.FillValue, options.MissingIndicators, options.Scaling));
        Assert.Equal((CategoryEncoding.OneHot, ReferenceLevel.First, 3, UnknownLevelRule.Refuse), (options.Encoding, options.Reference, options.MinLevelCount, options.UnknownLevels));
        Assert.Equal([InputKind.Number, InputKind.Category, InputKind.Category], model.Preparation.Inputs.Select(input => input.Kind));
        EnetRun refused = EnetRun.WithInput("a,b,district\n1,1,never\n", "predict", path, "-");
        if (model.UsedInputs.Contains(2))
            (refused with { Output = "" }).AssertRefused(1, "row 1, column 'district': 'never' is a level that the model does not know");
    }

    [Fact]
    public void Draws_arrive_in_the_model()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("model.enet");
        EnetRun.WithInput(s_data, "fit", "-", "--target", "y", "--folds", "5", "--out", path, "--impute", "multiple", "--imputations", "4", "--seed", "9", "--regression", "elastic-net");
        using ElasticNetModel model = ElasticNetModel.Load(path);
        Assert.Equal((ImputationMethod.Multiple, 4, 9ul), (model.Preparation!.Options.Imputation, model.Preparation.Options.Multiple.Imputations, model.Preparation.Options.Multiple.Seed));
        Assert.Equal(60, model.Provenance.Rows);
        Assert.Equal(ImputationRegression.ElasticNet, model.Preparation.Options.Iterative.Regression);
        Assert.Contains("missing numbers were drawn 4 times for the fit (seed 9)", EnetRun.Of("inspect", path).Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("inspect", path, "--json").Output);
        JsonElement preparation = json.RootElement.GetProperty("preparation");
        Assert.Equal(("multiple", 4, 9), (preparation.GetProperty("impute").GetString(), preparation.GetProperty("imputations").GetInt32(), preparation.GetProperty("imputationSeed").GetInt32()));
    }

    [Fact]
    public void Rounds_that_do_not_converge_are_reported()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("model.enet");
        EnetRun fit = EnetRun.WithInput("a,b,y\n1,11,1\n2,12,2\n3,13,4\n9,,7\n", "fit", "-", "--target", "y", "--lambda", "0.1", "--out", path, "--impute", "iterative", "--rounds", "1");
        Assert.Equal(0, fit.ExitCode);
        Assert.StartsWith("enet: warning: imputation took 1 round of regressions, not converged: the last changed a row by ", fit.Error, StringComparison.Ordinal);
        Assert.Contains("--rounds allows more", fit.Error, StringComparison.Ordinal);
        using ElasticNetModel model = ElasticNetModel.Load(path);
        Assert.Equal((1, false), (model.Preparation!.Convergence!.Value.Rounds, model.Preparation.Convergence.Value.Converged));
        Assert.Contains("1 round of regressions, not converged", EnetRun.Of("inspect", path).Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(EnetRun.Of("inspect", path, "--json").Output);
        JsonElement preparation = json.RootElement.GetProperty("preparation");
        Assert.Equal(("iterative", 1, false), (preparation.GetProperty("impute").GetString(), preparation.GetProperty("rounds").GetInt32(), preparation.GetProperty("converged").GetBoolean()));
    }

    [Fact]
    public void Gaps_that_nothing_is_said_about_are_refused_with_what_can_be_said()
    {
        EnetRun.WithInput(s_data, "fit", "-", "--target", "y").AssertRefused(1,
            "column 'a' has 6 missing values, the first in row 10 (another column has some, too); say what becomes of them: --impute mean|median|mode|constant|knn|iterative|multiple fills them, --impute drop leaves the rows out, --exclude the column");
        EnetRun.WithInput("a,w,y\n1,,3\n2,1,1\n", "fit", "-", "--target", "y", "--weights", "w", "--impute", "mean").AssertRefused(1,
            "row 1, column 'w': the value is missing, one of 1 in this column, which nothing fills; take such rows out, or have --impute drop leave out every row with a gap");
        EnetRun.WithInput("a,y\n1,\n2,NA\n", "fit", "-", "--target", "y", "--impute", "mean").AssertRefused(1, "column 'y', the target, is missing in all 2 rows");
    }

    [Theory]
    [InlineData("a,m,y\n1,,1\n2,NA,3\n", "--impute knn", "column 'm' is missing in all 2 rows, and nothing can be learnt to fill it with; leave it out with --exclude, or give it a value with --impute constant")]
    [InlineData("a,m,y\n1,,1\n2,NA,3\n", "--impute mode --encode ordinal --categories m", "column 'm' is missing in all 2 rows, and nothing can be learnt to fill it with; leave it out with --exclude")]
    [InlineData("a,b,y\n1,5,1\n2,?,3\n", "", "row 2, column 'b': '?' is not a number, but 1 of the 2 cells of the column are; declare the column a category, or '?' a missing value (--categories, --na)")]
    [InlineData("a,b,y\n1,?,1\n2,5,3\n", "", "(--categories, --na)")]
    [InlineData("a,b,y\n1,Infinity,1\n2,5,3\n", "", "a category must be declared as one (--categories)")]
    [InlineData("a;b;y\n1;2;3\n", "", "columns are separated by commas or tabs unless told otherwise (--delimiter)")]
    [InlineData("a,y\n1,1\n2,3\n", "", "10 folds need as many rows of positive weight, and there are 2; --folds asks for fewer, --lambda for a fit without")]
    [InlineData("a,w,y\n1,1,1\n2,0,3\n", "--weights w --folds 2", "2 folds need as many rows of positive weight, and there is 1;")]
    [InlineData("a,w,y\n1,,1\n2,-1,3\n", "--weights w --impute drop", "row 2, column 'w': -1 is a negative weight")]
    [InlineData("a,f,y\n1,,1\n2,1.5,3\n", "--fold-column f --impute drop", "row 2, column 'f': 1.5 is not a whole number, so it cannot name a fold")]
    [InlineData("a,f,y\n1,p,1\n2,p,3\n3,q,3\n", "--group-column f --folds 3", "--group-column must name at least as many groups as there are folds (3) among the rows of positive weight, but names 2")]
    [InlineData("a,f,y\n1,1,1\n2,1,3\n3,2,3\n", "--time-column f --folds 2", "--time-column must have more different values than there are folds (2)")]
    [InlineData("a,f,y\n1,,1\n2,2024-03-01,3\n3,03/04/2024,3\n", "--time-column f --folds 2 --impute drop", "row 3, column 'f': '03/04/2024' is no time")]
    [InlineData("a,f,y\n1,p,1\n2,,3\n3,q,3\n", "--group-column f --folds 2", "row 2, column 'f': the value is missing")]
    [InlineData("a,f,y\n1,1,1\n2,1,3\n", "--fold-column f", "--fold-column must name at least 2 folds among the rows of positive weight, but names 1")]
    [InlineData("a=b,a,y\n1,b,1\n2,c,3\n", "--lambda 1", "columns must lead to features of different names, but 'a=b' comes from column 'a=b' and from column 'a'; rename one")]
    public void Tables_that_cannot_be_fitted_are_refused_in_words_of_the_command_line(string data, string options, string message) =>
        EnetRun.WithInput(data, ["fit", "-", "--target", "y", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).AssertRefused(1, message);

    [Theory]
    [InlineData("--impute constant", "m")]
    [InlineData("--impute mean --categories m", "m (missing)")]
    public void A_column_without_values_needs_none_where_nothing_is_learnt_of_it(string options, string constant)
    {
        EnetRun run = EnetRun.WithInput("a,m,y\n1,,1\n2,NA,3\n4,,2\n", ["fit", "-", "--target", "y", "--lambda", "0.1", .. options.Split(' ')]);
        Assert.Equal((0, EnetRun.ConstantNote(constant)), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Rows_left_out_are_counted_and_many_are_warned_about()
    {
        EnetRun few = EnetRun.WithInput(Table(60).Replace("NA", "1", StringComparison.Ordinal) + "NA,1,north,2\n", "fit", "-", "--target", "y", "--lambda", "0.1", "--impute", "drop");
        Assert.Equal("enet: 1 of 61 rows (1.6%) are left out for missing values\n", few.Error);
        EnetRun many = EnetRun.WithInput(s_data, "fit", "-", "--target", "y", "--lambda", "0.1", "--impute", "drop");
        Assert.StartsWith("enet: warning: 12 of 60 rows (20.0%) are left out for missing values; so many can bias the model: column 'a' alone has 6", many.Error, StringComparison.Ordinal);
        Assert.Contains("48 rows", many.Output, StringComparison.Ordinal);
        EnetRun none = EnetRun.WithInput("a,y\n1,\n,2\n", "fit", "-", "--target", "y", "--impute", "drop");
        Assert.Equal((1, ""), (none.ExitCode, none.Output));
        Assert.StartsWith("enet: note: 1 of 2 rows has no 'y' and is left out\nenet: none of the 1 rows is complete", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_makes_a_category_and_numbers_alone_no_preparation()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("model.enet");
        EnetRun run = EnetRun.WithInput("c,y\nu,1\nv,2\nu,1.5\nv,3\n", "fit", "-", "--target", "y", "--lambda", "0.01", "--out", path, "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        using (var json = JsonDocument.Parse(run.Output))
            Assert.Equal(["c=u", "c=v"], json.RootElement.GetProperty("coefficients").EnumerateObject().Select(property => property.Name));

        EnetRun.WithInput("a,y\n5,1\n6,2\n5,1.5\n6,3\n", "fit", "-", "--target", "y", "--lambda", "0.01", "--out", path, "--na", "?", "--numbers", "a");
        using ElasticNetModel plain = ElasticNetModel.Load(path);
        Assert.Null(plain.Preparation);
    }

    [Fact]
    public void Tokens_and_separators_are_those_of_the_command_line()
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("model.enet");
        string data = s_data.Replace("NA", "?", StringComparison.Ordinal).Replace(',', ';');
        EnetRun fit = EnetRun.WithInput(data, "fit", "-", "--target", "y", "--lambda", "0.1", "--out", model, "--impute", "mean", "--na", "?", "--delimiter", ";");
        Assert.Equal((0, ""), (fit.ExitCode, fit.Error));
        EnetRun predict = EnetRun.WithInput("b\tdistrict\ta\n?\t?\t?\n", "predict", model, "-", "--na", "?", "--delimiter", "tab");
        Assert.Equal(0, predict.ExitCode);
        Assert.StartsWith("enet: note: 1 of 1 row has no 'a', filled by ", predict.Error, StringComparison.Ordinal);
        // What means "missing" is in the model.
        EnetRun again = EnetRun.WithInput("b\tdistrict\ta\n?\t?\t?\n", "predict", model, "-");
        Assert.Equal((0, predict.Output, predict.Error), (again.ExitCode, again.Output, again.Error));
    }

    [Fact]
    public void Inspect_shows_the_raw_columns()
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("model.enet");
        EnetRun.WithInput(s_data, "fit", "-", "--target", "y", "--lambda", "0.1", "--out", model, "--impute", "median", "--indicators");
        EnetRun run = EnetRun.Of("inspect", model);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("raw columns    3: missing numbers become the median of the training rows, with indicators", run.Output, StringComparison.Ordinal);
        Assert.Contains("district    category  2 levels: north, south", run.Output, StringComparison.Ordinal);
        Assert.Contains("no training row is kept", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(EnetRun.Of("inspect", model, "--json").Output);
        JsonElement preparation = json.RootElement.GetProperty("preparation");
        Assert.Equal("median", preparation.GetProperty("impute").GetString());
        Assert.Equal("north", preparation.GetProperty("inputs")[2].GetProperty("levels")[0].GetString());
    }

    [Fact]
    public void Inspect_says_that_neighbours_are_training_rows_and_what_fills_gaps()
    {
        using var directory = new TemporaryDirectory();
        string model = directory.File("model.enet");
        EnetRun.WithInput(s_data, "fit", "-", "--target", "y", "--lambda", "0.1", "--out", model, "--impute", "knn", "--neighbors", "3");
        EnetRun run = EnetRun.Of("inspect", model);
        Assert.Contains("missing numbers become the mean of the 3 nearest training rows", run.Output, StringComparison.Ordinal);
        Assert.Contains("TRAINING ROWS THEMSELVES", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("no training row is kept", run.Output, StringComparison.Ordinal);

        EnetRun.WithInput(s_data, "fit", "-", "--target", "y", "--lambda", "0.1", "--out", model, "--impute", "constant", "--fill-value", "2.5", "--indicators", "--categories", "b");
        Assert.Matches("a +number +missing becomes 2.5\n", EnetRun.Of("inspect", model).Output);
    }

    // Gaps in two columns of numbers, six each; the category has none.
    private static string Table(int rows)
    {
        var random = new Random(5);
        var text = new System.Text.StringBuilder("a,b,district,y\n");
        for (int i = 1; i <= rows; i++)
        {
            double a = random.Next(100) / 10.0;
            int b = random.Next(1, 4);
            bool north = random.Next(2) == 0;
            string cellA = i % 10 == 0 ? "NA" : FormattableString.Invariant($"{a}");
            string cellB = i % 10 == 5 ? "NA" : FormattableString.Invariant($"{b}");
            text.Append(FormattableString.Invariant($"{cellA},{cellB},{(north ? "north" : "south")},{a + b + (north ? 3 : 0) + random.NextDouble()}\n"));
        }
        return text.ToString();
    }
}
