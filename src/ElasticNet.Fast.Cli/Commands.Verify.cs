using ConsoleAppFramework;
using ElasticNet.Fast.Cli.Judge;
using ElasticNet.Fast.Cli.Verify;

namespace ElasticNet.Fast.Cli;

// enet verify and enet judge.
internal sealed partial class Commands
{
    /// <summary>
    /// Recomputes objective, duality gap and KKT residual of a model from the rows it was fitted to, by plain loops in twice the precision of
    /// double that share nothing with what fitted it. Exit code 1 where the model claims what is not so.
    /// </summary>
    /// <param name="model">The model file.</param>
    /// <param name="data">The table that it was fitted to: CSV, - for standard input, Parquet or Arrow.</param>
    /// <param name="target">Column that is predicted; where the model does not say it, or it has another name now. Of a Cox model the time until when a row was watched.</param>
    /// <param name="weights">Column with the weights of the fit, likewise.</param>
    /// <param name="offset">Column with the offset of the fit, likewise.</param>
    /// <param name="trials">Column with the number of trials, as in fit.</param>
    /// <param name="exposure">Column with the exposure, as in fit.</param>
    /// <param name="classWeight">balanced, as in fit.</param>
    /// <param name="Event">Of a Cox model: column that is 1 where the event happened, as in fit.</param>
    /// <param name="start">Of a Cox model: column with the time from when on a row was watched, as in fit.</param>
    /// <param name="strata">Of a Cox model: column with the stratum, as in fit.</param>
    /// <param name="na">Cells that are missing values besides empty ones, as in fit.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma. Default: as in fit.</param>
    /// <param name="thousands">What may stand between thousands. Default: as in fit.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Verify(
        [Argument] string model,
        [Argument] string data,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? weights = null,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? trials = null,
        [HideDefaultValue] string? exposure = null,
        [HideDefaultValue] string? classWeight = null,
        [HideDefaultValue] string? Event = null,
        [HideDefaultValue] string? start = null,
        [HideDefaultValue] string? strata = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? Decimal = null,
        [HideDefaultValue] string? thousands = null,
        [HideDefaultValue] string? encoding = null,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() =>
        {
            SvmLightInput.Refuse(data, "verify");
            if (classWeight is not (null or "balanced"))
                throw OptionValue.Refused("--class-weight", classWeight, "be balanced");
            VerifyCommand.Run(terminal, model, data, new(target, weights, offset) { Trials = trials, Exposure = exposure, BalancesClasses = classWeight is not null, Survival = (Event, start, strata) }, ReadingSettings.Parse(na, null, null, delimiter, Decimal, thousands, signs: false, dates: null, encoding), json, cancellationToken);
        });

    /// <summary>
    /// Judges somebody else's coefficients under their own objective: the duality gap, the optimality condition that fails most, and which of
    /// the usual confusions would explain it.
    /// </summary>
    /// <param name="coefficients">JSON file with coefficients and parameters, as VERIFY.md has it.</param>
    /// <param name="data">The table that they were fitted to: CSV, - for standard input, Parquet or Arrow.</param>
    /// <param name="target">Column that is predicted; several responses separated by commas.</param>
    /// <param name="objective">Whose objective: glmnet or scikit-learn; the family is in the file.</param>
    /// <param name="weights">Column with observation weights.</param>
    /// <param name="offset">Column with an offset.</param>
    /// <param name="Event">Of the family cox: column that is 1 where the event happened; --target is the time.</param>
    /// <param name="start">Of the family cox: column with the time from when on a row was watched.</param>
    /// <param name="strata">Of the family cox: column with the stratum.</param>
    /// <param name="na">Cells that are missing values besides empty ones; such rows are refused.</param>
    /// <param name="delimiter">What separates fields, as in fit.</param>
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma. Default: as in fit.</param>
    /// <param name="thousands">What may stand between thousands. Default: as in fit.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Judge(
        [Argument] string coefficients,
        [Argument] string data,
        string target,
        string objective,
        [HideDefaultValue] string? weights = null,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? Event = null,
        [HideDefaultValue] string? start = null,
        [HideDefaultValue] string? strata = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? Decimal = null,
        [HideDefaultValue] string? thousands = null,
        [HideDefaultValue] string? encoding = null,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() =>
        {
            SvmLightInput.Refuse(data, "judge");
            JudgeCommand.Run(
                terminal, coefficients, data, JudgeCommand.Objective(objective), new(target, weights, offset) { Survival = (Event, start, strata) }, ReadingSettings.Parse(na, null, null, delimiter, Decimal, thousands, signs: false, dates: null, encoding), json, cancellationToken);
        });
}
