using ConsoleAppFramework;
using ElasticNet.Fast.Cli.Assess;

namespace ElasticNet.Fast.Cli;

// enet assess.
internal sealed partial class Commands
{
    /// <summary>
    /// Says how well a model predicts rows whose target is known, best rows that it was not fitted to: errors, deviance explained, residuals; of classes
    /// the confusion table, ROC and precision-recall curves, calibration and Brier score; of survival concordance, Brier scores and areas at some times, calibration,
    /// residuals, and whether hazards are proportional.
    /// </summary>
    /// <param name="model">The model file.</param>
    /// <param name="data">The CSV, - for standard input, Parquet or Arrow. Columns are matched by name; others are ignored.</param>
    /// <param name="target">Column with what came, of several responses one for each, separated by commas. Default: the model's target.</param>
    /// <param name="weights">Column with weights. Default: all rows count the same.</param>
    /// <param name="offset">Column with the offset, for a model that was fitted with one; of several classes or responses one for each, separated by commas, in the order of the model. Default: as the model calls it.</param>
    /// <param name="exposure">Column with the exposure, whose logarithm is the offset.</param>
    /// <param name="trials">Column with the number of trials, of which the target counts the successes.</param>
    /// <param name="threshold">From which probability on the event is called, in [0, 1]; of several classes the most probable is called. Default 0.5.</param>
    /// <param name="by">Column of groups that are assessed apart, too, feature or not.</param>
    /// <param name="time">Of a Cox model: column with the time until when a row was watched. Default: as the model calls it.</param>
    /// <param name="Event">Of a Cox model: column that is 1 where the event happened at that time, 0 where the row was censored.</param>
    /// <param name="start">Of a Cox model: column with the time from when on a row was watched. Default: from the beginning.</param>
    /// <param name="strata">Of a Cox model that was fitted in strata: column with the stratum.</param>
    /// <param name="times">Of a Cox model: when chances are judged, separated by commas. Default: the quartiles of the times of events.</param>
    /// <param name="proportional">Of a Cox model: test whether coefficients change along time, on the scale km (Kaplan-Meier), identity or log.</param>
    /// <param name="residuals">Of a Cox model, with --json: the residuals of each row, too.</param>
    /// <param name="Out">Report to write, .html, or picture, .svg or .png.</param>
    /// <param name="kind">The picture: roc, precision-recall, calibration or residuals; of several classes roc, each against the rest, or confusion, who is called what; of a Cox model survival, calibration or roc. Default roc for classes, survival for Cox models, else residuals.</param>
    /// <param name="na">Cells that are missing values besides empty ones, as in fit.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma. Default: as in fit.</param>
    /// <param name="thousands">What may stand between thousands. Default: as in fit.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Assess(
        [Argument] string model,
        [Argument] string data,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? weights = null,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? exposure = null,
        [HideDefaultValue] string? trials = null,
        [HideDefaultValue] string? threshold = null,
        [HideDefaultValue] string? by = null,
        [HideDefaultValue] string? time = null,
        [HideDefaultValue] string? Event = null,
        [HideDefaultValue] string? start = null,
        [HideDefaultValue] string? strata = null,
        [HideDefaultValue] string? times = null,
        [HideDefaultValue] string? proportional = null,
        bool residuals = false,
        [HideDefaultValue] string? Out = null,
        [HideDefaultValue] string? kind = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? Decimal = null,
        [HideDefaultValue] string? thousands = null,
        [HideDefaultValue] string? encoding = null,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() =>
        {
            SvmLightInput.Refuse(data, "assess");
            AssessCommand.Run(
                terminal, model, data, AssessSettings.Parse(target, weights, offset, exposure, trials, by, threshold, Out, kind, json,
                    AssessedSurvival.Parse(time, Event, start, strata, times, proportional, residuals)),
                ReadingSettings.Parse(na, null, null, delimiter, Decimal, thousands, signs: false, dates: null, encoding), cancellationToken);
        });
}
