using ElasticNet.Fast.Tests.Repository;

namespace ElasticNet.Fast.Tests.Cli;

[Collection(nameof(CommandLineTests))]
public class UsageTests
{
    [Theory]
    [InlineData("fit data.csv", "target")]
    [InlineData("fit --target y", "data")]
    [InlineData("fit data.csv more.csv --target y", "more.csv")]
    [InlineData("fit data.csv --target y --nonsense", "--nonsense")]
    [InlineData("fit data.csv --target", "target")]
    [InlineData("fit data.csv --target y --lambda x", "--lambda (x) must be a number ≥ 0")]
    [InlineData("fit data.csv --target y --lambda -1", "--lambda (-1) must be a number ≥ 0")]
    [InlineData("fit data.csv --target y --lambda NaN", "--lambda (NaN) must be a number ≥ 0")]
    [InlineData("fit data.csv --target y --lambda Infinity", "--lambda (Infinity) must be a number ≥ 0")]
    [InlineData("fit data.csv --target y --l1-ratio 1.5", "--l1-ratio (1.5) must be a number in [0, 1]")]
    [InlineData("fit data.csv --target y --l1-ratio -0.1", "--l1-ratio (-0.1) must be a number in [0, 1]")]
    [InlineData("fit data.csv --target y --l1-ratio 0.5,2", "--l1-ratio (2) must be a number in [0, 1]")]
    [InlineData("fit data.csv --target y --l1-ratio 0.5,,1", "--l1-ratio (0.5,,1) must not have empty entries")]
    [InlineData("fit data.csv --target y --l1-ratio NaN", "--l1-ratio (NaN) must be a number in [0, 1]")]
    [InlineData("fit data.csv --target y --lambda 1 --l1-ratio 0.5,1", "--lambda fits one model, but --l1-ratio names 2 mixings")]
    [InlineData("fit data.csv --target y --folds 1", "--folds (1) must be a whole number ≥ 2")]
    [InlineData("fit data.csv --target y --folds 2.5", "--folds (2.5) must be a whole number ≥ 2")]
    [InlineData("fit data.csv --target y --folds 5 --fold-column f", "--folds and --fold-column exclude each other")]
    [InlineData("fit data.csv --target y --repeats 0", "--repeats (0) must be a whole number ≥ 1")]
    [InlineData("fit data.csv --target y --repeats 1.5", "--repeats (1.5) must be a whole number ≥ 1")]
    [InlineData("fit data.csv --target y --repeats 2 --fold-column f", "--repeats and --fold-column exclude each other")]
    [InlineData("fit data.csv --target y --repeats 2 --time-column t", "--repeats and --time-column exclude each other")]
    [InlineData("fit data.csv --target y --group-column g --time-gap 3", "--time-gap needs --time-column")]
    [InlineData("infer data.csv --target y --time-window 3", "--time-window needs --time-column")]
    [InlineData("select data.csv --target y --time-column t --time-gap -1", "--time-gap (-1) must be a number ≥ 0")]
    [InlineData("fit data.csv --target y --time-column t --time-window 0", "--time-window (0) must be a number > 0")]
    [InlineData("fit data.csv --target y --group-column g --time-column t", "--group-column and --time-column exclude each other")]
    [InlineData("select data.csv --target y --fold-column g --group-column t", "--fold-column and --group-column exclude each other")]
    [InlineData("infer data.csv --target y --time-column y", "column 'y' cannot be both --target and --time-column")]
    [InlineData("fit data.csv --target y --group-column g --criterion bic", "--group-column and --criterion exclude each other")]
    [InlineData("fit data.csv --target y --group-mixing 0.5", "--group-mixing belongs to --group-levels or --groups")]
    [InlineData("fit data.csv --target y --group-levels --group-mixing 1.5", "--group-mixing (1.5) must be a number in [0, 1]")]
    [InlineData("fit data.csv --target y --group-levels --criterion alo", "--group-levels and --criterion alo exclude each other")]
    [InlineData("fit data.csv --target y --groups g.csv --criterion alo", "--groups and --criterion alo exclude each other")]
    [InlineData("fit data.csv --target y --group-levels --encode ordinal", "--group-levels and --encode ordinal exclude each other")]
    [InlineData("fit rows.svm --group-levels", "--group-levels is for a CSV")]
    [InlineData("fit data.csv --target y --nested 3 --fold-column f", "--nested cross-validates a choice")]
    [InlineData("fit data.csv --target y --repeats 2 --lambda 1", "--repeats and --lambda exclude each other")]
    [InlineData("fit data.csv --target y --seed -1", "--seed (-1) must be a whole number ≥ 0")]
    [InlineData("fit data.csv --target y --seed 18446744073709551616", "--seed (18446744073709551616) must be")]
    [InlineData("fit data.csv --target y --measure rmse", "--measure (rmse) must be mse or mae")]
    [InlineData("select data.csv --target y --measure MSE", "--measure (MSE) must be mse or mae")]
    [InlineData("fit data.csv --target y --measure mae --lambda 1", "--measure and --lambda exclude each other")]
    [InlineData("fit data.csv --target y --select best", "--select (best) must be min or 1se")]
    [InlineData("fit data.csv --target y --weights y", "column 'y' cannot be both --target and --weights")]
    [InlineData("fit data.csv --target y --offset w --weights w", "column 'w' cannot be both --weights and --offset")]
    [InlineData("fit data.csv --target y --exclude a,y", "column 'y' cannot be both --target and --exclude")]
    [InlineData("fit data.csv --target y --exclude a,a", "column 'a' cannot be both --exclude and --exclude")]
    [InlineData("fit data.csv --target y --impute best", "--impute (best) must be mean, median, mode, constant, knn, iterative, multiple or drop")]
    [InlineData("fit data.csv --target y --fill-value 3", "--fill-value is for --impute constant")]
    [InlineData("fit data.csv --target y --impute constant --fill-value x", "--fill-value (x) must be a finite number")]
    [InlineData("fit data.csv --target y --impute mean --neighbors 3", "--neighbors is for --impute knn")]
    [InlineData("fit data.csv --target y --impute knn --neighbors 0", "--neighbors (0) must be a whole number ≥ 1")]
    [InlineData("fit data.csv --target y --neighbor-weights distance", "--neighbor-weights is for --impute knn")]
    [InlineData("fit data.csv --target y --impute knn --neighbor-weights near", "--neighbor-weights (near) must be uniform or distance")]
    [InlineData("fit data.csv --target y --impute knn --rounds 3", "--rounds is for --impute iterative or multiple")]
    [InlineData("infer data.csv --target y --impute multiple", "--impute multiple is for fit: here a row counts once")]
    [InlineData("fit data.csv --target y --impute iterative --imputations 3", "--imputations is for --impute multiple")]
    [InlineData("fit data.csv --target y --impute multiple --imputations 1", "--imputations (1) must be a whole number ≥ 2")]
    [InlineData("fit data.csv --target y --impute mean --regression elastic-net", "--regression is for --impute iterative or multiple")]
    [InlineData("fit data.csv --target y --impute iterative --regression lasso", "--regression (lasso) must be bayesian-ridge or elastic-net")]
    [InlineData("fit data.csv --target y --impute knn --matching 3", "--matching is for --impute iterative or multiple")]
    [InlineData("fit data.csv --target y --impute iterative --matching 0", "--matching (0) must be a whole number from 1 to 64")]
    [InlineData("fit data.csv --target y --impute iterative --rounds 0", "--rounds (0) must be a whole number ≥ 1")]
    [InlineData("fit data.csv --target y --impute drop --indicators", "--indicators and --impute drop exclude each other")]
    [InlineData("fit data.csv --target y --scale unit", "--scale (unit) must be none, standard, standard-sample, minmax, maxabs or robust")]
    [InlineData("fit data.csv --target y --scale robust --no-standardize", "--no-standardize and --scale exclude each other")]
    [InlineData("fit data.csv --target y --encode binary", "--encode (binary) must be onehot or ordinal")]
    [InlineData("fit data.csv --target y --reference last", "--reference (last) must be none, first or most-frequent")]
    [InlineData("fit data.csv --target y --encode ordinal --reference first", "--reference is for --encode onehot")]
    [InlineData("fit data.csv --target y --min-level-count 0", "--min-level-count (0) must be a whole number ≥ 1")]
    [InlineData("fit data.csv --target y --unknown-levels guess", "--unknown-levels (guess) must be rare-or-none or refuse")]
    [InlineData("fit data.csv --target y --impute mean,mean", "--impute (mean,mean) must not name one twice")]
    [InlineData("fit data.csv --target y --impute mean,drop", "--impute drop cannot be compared with others")]
    [InlineData("fit data.csv --target y --impute mean,median --neighbors 3", "--neighbors is for --impute knn")]
    [InlineData("fit data.csv --target y --impute mean,median --lambda 1", "several --impute or --scale are for a choice by cross-validation")]
    [InlineData("fit data.csv --target y --scale minmax,robust --criterion bic", "several --impute or --scale are for a choice by cross-validation")]
    [InlineData("fit data.csv --target y --samples 3 --lambda 1", "--samples is for a choice by cross-validation")]
    [InlineData("fit data.csv --target y --samples 0", "--samples (0) must be a whole number ≥ 1")]
    [InlineData("fit data.csv --target y --impute mean,multiple --explain", "--explain and --impute multiple exclude each other")]
    [InlineData("fit data.csv --target y --scale robust,minmax --no-standardize", "--no-standardize and --scale exclude each other")]
    [InlineData("infer data.csv --target y --impute mean,median", "--impute (mean,median) must be mean, median, mode")]
    [InlineData("fit data.csv --target y --categories a,,b", "--categories (a,,b) must not have empty entries")]
    [InlineData("fit data.csv --target y --categories a --numbers b,a", "column 'a' cannot be both --categories and --numbers")]
    [InlineData("fit data.csv --target y --categories y", "column 'y' cannot be both --target and --categories")]
    [InlineData("fit data.csv --target y --exclude a --categories a", "column 'a' cannot be both --exclude and --categories")]
    [InlineData("fit data.csv --target y --delimiter ab", "--delimiter (ab) must be tab or one character")]
    [InlineData("fit data.csv --target y --na NA,", "--na (NA,) must not have empty entries")]
    [InlineData("predict model.enet rows.csv --delimiter 7", "--delimiter (7) must be tab or one character")]
    [InlineData("predict model.enet", "rows")]
    [InlineData("predict model.enet rows.csv other.csv", "other.csv")]
    [InlineData("inspect model.enet --yaml", "--yaml")]
    [InlineData("train data.csv", "there is no command 'train'; the commands are fit, predict, inspect, describe")]
    public void A_wrong_command_line_is_refused_with_2_before_any_file_is_opened(string commandLine, string message)
    {
        EnetRun.Of(commandLine.Split(' ')).AssertRefused(2, message);
    }

    [Fact]
    public void An_empty_place_for_the_model_is_refused() =>
        EnetRun.Of("fit", "data.csv", "--target", "y", "--out", "").AssertRefused(2, "--out () must name a file");

    [Theory]
    [InlineData("--alpha 0.5", "you probably mean the mixing: --l1-ratio 0.5. If you mean the strength: --lambda 0.5")]
    [InlineData("--alpha 1", "you probably mean the mixing: --l1-ratio 1.")]
    [InlineData("--alpha=0.25", "you probably mean the mixing: --l1-ratio 0.25.")]
    [InlineData("--ALPHA 17.5", "you probably mean the strength: --lambda 17.5")]
    [InlineData("--alpha -3", "you probably mean the strength: --lambda -3")]
    [InlineData("--alpha", "Use --l1-ratio or --lambda.")]
    [InlineData("--alpha many", "Use --l1-ratio or --lambda.")]
    public void Alpha_is_refused_with_what_was_probably_meant(string option, string message)
    {
        EnetRun.Of(["fit", "data.csv", "--target", "y", .. option.Split(' ')]).AssertRefused(2, message);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Options_read_the_same_in_every_culture(string culture)
    {
        using var scope = new CultureScope(culture);
        // Read in the culture, 0.5 would be five and refused before the seed is looked at.
        EnetRun.Of("fit", "data.csv", "--target", "y", "--l1-ratio", "0.5", "--seed", "x").AssertRefused(2, "--seed (x) must");
        EnetRun.Of("fit", "data.csv", "--target", "y", "--alpha", "0.5").AssertRefused(2, "--l1-ratio 0.5.");
    }

    [Theory]
    [InlineData("--help", "fit")]
    [InlineData("fit --help", "--l1-ratio")]
    [InlineData("predict --help", "--offset")]
    [InlineData("describe --help", "--target")]
    [InlineData("--version", "0.1.0")]
    public void Help_is_a_result(string commandLine, string expected)
    {
        EnetRun run = EnetRun.Of(commandLine.Split(' '));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Equal("", run.Error);
    }

    [Theory]
    [InlineData]
    [InlineData("fit")]
    [InlineData("predict")]
    [InlineData("inspect")]
    [InlineData("describe")]
    public void Without_arguments_there_is_help_but_no_success(params string[] args)
    {
        EnetRun run = EnetRun.Of(args);
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Contains("Usage:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_exit_code_of_the_process_is_left_to_the_program()
    {
        int before = Environment.ExitCode;
        EnetRun.Of("fit", "data.csv", "--nonsense");
        Assert.Equal(before, Environment.ExitCode);
    }
}
