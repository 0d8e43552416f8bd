using ConsoleAppFramework;
using ElasticNet.Fast.Csv;

namespace ElasticNet.Fast.Cli;

/// <summary>
/// The commands as the framework sees them: it takes options as flat lists of parameters, and their comments as the help. So each command
/// lists the options that it shares with others; what they mean is said once, in <see cref="ReadingSettings"/>, <see cref="FoldSettings"/>,
/// <see cref="PreparationSettings"/>, <see cref="FamilySettings"/> and <see cref="FitSettings"/>. Numbers arrive as text, because the framework
/// reads them in the user's culture.
/// </summary>
internal sealed partial class Commands(Terminal terminal, Func<string, CommandPage> page)
{
    /// <summary>What the command returned; null while none has.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>
    /// Predicts the rows of a table: one column, "prediction", of which --type says what it is. Columns are matched by name; others are ignored, unless --append or --id keeps them.
    /// In a svmlight file features are matched by index.
    /// </summary>
    /// <param name="model">The model file.</param>
    /// <param name="rows">The CSV, - for standard input; or, by its name, Parquet (.parquet), Arrow (.arrow, .feather, .ipc) or a svmlight file, .svm, .svmlight or .libsvm, perhaps with .gz.</param>
    /// <param name="offset">Column with the offset, for a model that was fitted with one.</param>
    /// <param name="exposure">Column with the exposure, whose logarithm is the offset, for a model that was fitted with one.</param>
    /// <param name="type">response: the mean, that is a probability, an expected count or amount. link: the linear predictor, log odds or the logarithm of the mean. class: the label. Of a Cox model risk, which is response: the relative hazard; and survival: the chances of being without the event at --times. Default response.</param>
    /// <param name="times">The times of --type survival, separated by commas: a column "prediction_TIME" for each.</param>
    /// <param name="strata">Column with the stratum of a row, for --type survival of a model that was fitted with --strata.</param>
    /// <param name="threshold">From which probability on --type class calls the event, in [0, 1]. Default 0.5.</param>
    /// <param name="append">Write all columns of the rows, as they stand there, and the prediction after them.</param>
    /// <param name="id">Columns to write before the prediction, separated by commas.</param>
    /// <param name="json">Rows and predictions are JSON, an object a line, by the names of features.</param>
    /// <param name="Out">File to write, instead of standard output: as a whole or not at all.</param>
    /// <param name="na">Cells that are missing values besides empty ones, as in fit.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma. Default: as in fit.</param>
    /// <param name="thousands">What may stand between thousands. Default: as in fit.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8.</param>
    /// <param name="zeroBased">The first feature of a svmlight file has index 0, not 1.</param>
    public void Predict(
        [Argument] string model,
        [Argument] string rows,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? exposure = null,
        [HideDefaultValue] string? type = null,
        [HideDefaultValue] string? times = null,
        [HideDefaultValue] string? strata = null,
        [HideDefaultValue] string? threshold = null,
        bool append = false,
        [HideDefaultValue] string? id = null,
        bool json = false,
        [HideDefaultValue] string? Out = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? Decimal = null, // As Out in fit: a small one is a keyword.
        [HideDefaultValue] string? thousands = null,
        [HideDefaultValue] string? encoding = null,
        bool zeroBased = false,
        CancellationToken cancellationToken = default) =>
        Guard(() => PredictCommand.Run(terminal, model, rows, PredictSettings.Parse(offset, exposure, type, times, strata, threshold, append, id, json, Out), zeroBased, ReadingSettings.Parse(na, null, null, delimiter, Decimal, thousands, signs: false, dates: null, encoding), cancellationToken));

    /// <summary>
    /// Shows the columns of a table: types, missing values, ranges, levels. The standard deviation is that of a sample, with n − 1. Of a svmlight
    /// file: its size, how full it is, its target, its empty and its fullest features.
    /// </summary>
    /// <param name="data">The CSV, - for standard input; or, by its name, Parquet (.parquet), Arrow (.arrow, .feather, .ipc) or a svmlight file, .svm, .svmlight or .libsvm, perhaps with .gz.</param>
    /// <param name="zeroBased">The first feature of a svmlight file has index 0, not 1.</param>
    /// <param name="target">Column of numbers; adds each column's correlation with it (of a category: the correlation ratio η), over the rows that have both.</param>
    /// <param name="na">Cells that are missing values besides empty ones, as in fit.</param>
    /// <param name="categories">Columns that are categories whatever they hold, separated by commas.</param>
    /// <param name="numbers">Columns that are numbers; text in them is refused.</param>
    /// <param name="exclude">Columns to leave out, by name or by place (1 is the first), separated by commas.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma (--decimal ,). Default: a point.</param>
    /// <param name="thousands">What may stand between thousands: space, comma, point, apostrophe or underscore, by name or as it is. Default: nothing.</param>
    /// <param name="signs">Numbers may wear a currency or percent sign, or brackets for a minus: $ 5, 12.5 %, (5). The sign is taken off.</param>
    /// <param name="dates">What a column of dates becomes: days, year, quarter, month, weekday, hour, separated by commas; or text. Default: days, since 1970-01-01.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8, or what a byte order mark says.</param>
    /// <param name="plot">Picture of where values are missing to write, .svg or .png.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Describe(
        [Argument] string data,
        bool zeroBased = false,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? categories = null,
        [HideDefaultValue] string? numbers = null,
        [HideDefaultValue] string? exclude = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? Decimal = null,
        [HideDefaultValue] string? thousands = null,
        bool signs = false,
        [HideDefaultValue] string? dates = null,
        [HideDefaultValue] string? encoding = null,
        [HideDefaultValue] string? plot = null,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() => DescribeCommand.Run(
            terminal, data, target, exclude is null ? [] : OptionValue.List("--exclude", exclude), zeroBased, ReadingSettings.Parse(na, categories, numbers, delimiter, Decimal, thousands, signs, dates, encoding), PictureFile.Parse(plot), json, cancellationToken));

    /// <summary>Shows what a model file holds.</summary>
    /// <param name="model">The model file.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    /// <param name="baseline">With --json: the baseline hazard of a Cox model too.</param>
    public void Inspect([Argument] string model, bool json = false, bool baseline = false) =>
        Guard(() => InspectCommand.Run(terminal, model, json, baseline));

    /// <summary>Writes a script by which a shell completes commands, options and files.</summary>
    /// <param name="shell">bash, zsh or powershell.</param>
    public void Completion([Argument] string shell) =>
        Guard(() => terminal.Output.WriteLine(CompletionScript.Of(shell, [.. CommandLine.Names.Select(page)])));

    /// <summary>Says that the work was cancelled.</summary>
    public static int Cancelled(Terminal terminal)
    {
        terminal.Say("cancelled");
        return Cli.ExitCode.Cancelled;
    }

    private void Guard(Action command)
    {
        try
        {
            command();
            ExitCode = Cli.ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            ExitCode = Cancelled(terminal);
        }
        catch (IOException exception) when (StandardOutput.IsClosed(exception))
        {
            // Whoever read has had enough: head, or a pager that was closed.
            ExitCode = Cli.ExitCode.Done;
        }
#pragma warning disable CA1031 // A program's last line of defence: no fault of any kind may end in a stack trace.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            terminal.Say(ErrorMessage.Of(exception, terminal.RowNumber));
            ExitCode = exception is UsageException ? Cli.ExitCode.Usage : Cli.ExitCode.Data;
        }
    }
}
