using ConsoleAppFramework;

namespace ElasticNet.Fast.Cli;

// enet infer.
internal sealed partial class Commands
{
    /// <summary>
    /// Says how sure the coefficients are: intervals and tests, and what they take for granted. Reads the table as fit does.
    /// </summary>
    /// <param name="data">The CSV, - for standard input; its first line names the columns. Or, by its name, Parquet (.parquet) or Arrow (.arrow, .feather, .ipc).</param>
    /// <param name="target">Column to be predicted.</param>
    /// <param name="family">What the target is, as in fit. Default gaussian.</param>
    /// <param name="link">Of --family binomial, as in fit.</param>
    /// <param name="power">Of --family tweedie, as in fit.</param>
    /// <param name="size">Of --family negative-binomial, as in fit.</param>
    /// <param name="delta">Of --family huber, as in fit.</param>
    /// <param name="positive">The label of the event of --family binomial, as in fit.</param>
    /// <param name="time">Of --family cox, as in fit.</param>
    /// <param name="Event">Of --family cox, as in fit.</param>
    /// <param name="start">Of --family cox, as in fit.</param>
    /// <param name="strata">Of --family cox, as in fit.</param>
    /// <param name="ties">Of --family cox, as in fit.</param>
    /// <param name="trials">Column with the number of trials, as in fit.</param>
    /// <param name="exposure">Column with the exposure, as in fit.</param>
    /// <param name="method">debiased (every feature), multi-split (one half selects, the other tests), post-selection (given the selection at --lambda), bootstrap (of the penalised coefficients), or refit (without a penalty on the selection, naive). debiased takes the families gaussian, binomial and poisson, post-selection gaussian, bootstrap all, the others all but huber. Default debiased.</param>
    /// <param name="lambda">Strength λ > 0 of the penalised fits; cross-validated without, but for post-selection, where it must be fixed in advance.</param>
    /// <param name="l1Ratio">Mixing ρ in (0, 1]. Default 1.</param>
    /// <param name="level">Coverage of the intervals, in (0, 1). Default 0.95.</param>
    /// <param name="adjust">How p-values are adjusted: none, bonferroni, holm or bh (Benjamini-Hochberg). Default holm. multi-split has its own.</param>
    /// <param name="noise">Standard deviation of the noise, if it is known; estimated without.</param>
    /// <param name="splits">Splits of multi-split, at least 1. Default 50.</param>
    /// <param name="resamples">Resamples of bootstrap, at least 100. Default 1000.</param>
    /// <param name="draw">rows or residuals: what bootstrap draws. Default rows.</param>
    /// <param name="interval">bca or percentile: the intervals of bootstrap. Default bca.</param>
    /// <param name="folds">Folds of the cross-validation, at least 2. Default 10.</param>
    /// <param name="foldColumn">Column with the fold of each row, whole numbers or text.</param>
    /// <param name="groupColumn">Column with what rows have in common (a patient, a shop): cross-validation holds them out together. The tests still take rows as independent.</param>
    /// <param name="timeColumn">Column with the time of each row, numbers or dates like 2024-03-01: cross-validation predicts each fold from the rows before it. The tests still take rows as independent.</param>
    /// <param name="timeGap">Time between what is trained on and what is held out, in the unit of a numeric --time-column, else in days: for as long as a target takes to be known. Default 0.</param>
    /// <param name="timeWindow">How far back training goes, in the unit of a numeric --time-column, else in days. Default: all rows before.</param>
    /// <param name="seed">Seed of everything random. Default 1.</param>
    /// <param name="noStandardize">Penalise coefficients as they are instead of per standard deviation.</param>
    /// <param name="noIntercept">Fit no intercept.</param>
    /// <param name="weights">Column with observation weights.</param>
    /// <param name="offset">Column with a known part of the prediction.</param>
    /// <param name="exclude">Columns to leave out, by name or by place (1 is the first), separated by commas; they may hold text.</param>
    /// <param name="impute">What missing numbers become: mean, median, mode, constant, knn, iterative (regressions on the other columns of numbers); or drop: rows with gaps are left out. Without it they are refused.</param>
    /// <param name="fillValue">The number of --impute constant. Default 0.</param>
    /// <param name="neighbors">The k of --impute knn, at least 1. Default 5. These training rows are stored in the model.</param>
    /// <param name="neighborWeights">uniform, or distance: nearer neighbours of --impute knn count more. Default uniform.</param>
    /// <param name="rounds">Rounds at most of --impute iterative, at least 1. Default 10.</param>
    /// <param name="indicators">Add a feature for each column with gaps that is 1 where the value is missing.</param>
    /// <param name="scale">none, standard, standard-sample, minmax, maxabs or robust: the units in which coefficients are penalised. Default: standard deviations.</param>
    /// <param name="categories">Columns that are categories whatever they hold, separated by commas.</param>
    /// <param name="numbers">Columns that are numbers; text in them is refused.</param>
    /// <param name="encode">onehot: a feature for each level of a category. ordinal: one, the position of the level. Default onehot.</param>
    /// <param name="reference">The level that gets no feature: none, first or most-frequent. Default none.</param>
    /// <param name="minLevelCount">Levels with fewer training rows share one feature. Default 1.</param>
    /// <param name="unknownLevels">Levels first seen at prediction: rare-or-none counts them as rare, or as no level; refuse refuses the row. Default rare-or-none.</param>
    /// <param name="na">Cells that are missing values besides empty ones, separated by commas. Default NA,N/A,n/a,#N/A,NaN,nan,null,NULL.</param>
    /// <param name="delimiter">What separates fields: tab or one character. Default: comma or tab, whichever the first line has.</param>
    /// <param name="Decimal">What stands before the fraction of a number: . or a comma (--decimal ,). Default: a point.</param>
    /// <param name="thousands">What may stand between thousands: space, comma, point, apostrophe or underscore, by name or as it is. Default: nothing.</param>
    /// <param name="signs">Numbers may wear a currency or percent sign, or brackets for a minus: $ 5, 12.5 %, (5). The sign is taken off.</param>
    /// <param name="dates">What a column of dates becomes: days, year, quarter, month, weekday, hour, separated by commas; or text. Default: days, since 1970-01-01.</param>
    /// <param name="encoding">How bytes are text: utf-8 or latin-1. Default utf-8, or what a byte order mark says.</param>
    /// <param name="plot">Picture of the estimates and intervals to write, .svg or .png.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Infer(
        [Argument] string data,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? family = null,
        [HideDefaultValue] string? link = null,
        [HideDefaultValue] string? power = null,
        [HideDefaultValue] string? size = null,
        [HideDefaultValue] string? delta = null,
        [HideDefaultValue] string? positive = null,
        [HideDefaultValue] string? trials = null,
        [HideDefaultValue] string? exposure = null,
        [HideDefaultValue] string? time = null,
        [HideDefaultValue] string? Event = null,
        [HideDefaultValue] string? start = null,
        [HideDefaultValue] string? strata = null,
        [HideDefaultValue] string? ties = null,
        [HideDefaultValue] string? method = null,
        [HideDefaultValue] string? lambda = null,
        [HideDefaultValue] string? l1Ratio = null,
        [HideDefaultValue] string? level = null,
        [HideDefaultValue] string? adjust = null,
        [HideDefaultValue] string? noise = null,
        [HideDefaultValue] string? splits = null,
        [HideDefaultValue] string? resamples = null,
        [HideDefaultValue] string? draw = null,
        [HideDefaultValue] string? interval = null,
        [HideDefaultValue] string? folds = null,
        [HideDefaultValue] string? foldColumn = null,
        [HideDefaultValue] string? groupColumn = null,
        [HideDefaultValue] string? timeColumn = null,
        [HideDefaultValue] string? timeGap = null,
        [HideDefaultValue] string? timeWindow = null,
        [HideDefaultValue] string? seed = null,
        bool noStandardize = false,
        bool noIntercept = false,
        [HideDefaultValue] string? weights = null,
        [HideDefaultValue] string? offset = null,
        [HideDefaultValue] string? exclude = null,
        [HideDefaultValue] string? impute = null,
        [HideDefaultValue] string? fillValue = null,
        [HideDefaultValue] string? neighbors = null,
        [HideDefaultValue] string? neighborWeights = null,
        [HideDefaultValue] string? rounds = null,
        bool indicators = false,
        [HideDefaultValue] string? scale = null,
        [HideDefaultValue] string? categories = null,
        [HideDefaultValue] string? numbers = null,
        [HideDefaultValue] string? encode = null,
        [HideDefaultValue] string? reference = null,
        [HideDefaultValue] string? minLevelCount = null,
        [HideDefaultValue] string? unknownLevels = null,
        [HideDefaultValue] string? na = null,
        [HideDefaultValue] string? delimiter = null,
        [HideDefaultValue] string? Decimal = null,
        [HideDefaultValue] string? thousands = null,
        bool signs = false,
        [HideDefaultValue] string? dates = null,
        [HideDefaultValue] string? encoding = null,
        [HideDefaultValue] string? plot = null,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() =>
        {
            SvmLightInput.Refuse(data, "infer");
            SurvivalSettings? survival = SurvivalSettings.Parse(family, target, time, Event, start, strata, ties);
            new InferCommand(
                terminal,
                InferSettings.Parse(method, lambda, l1Ratio, level, adjust, noise, splits, resamples, draw, interval, seed),
                FitSettings.Parse(
                    data, survival?.Time ?? target, lambda, l1Ratio, FoldSettings.Parse(folds, null, foldColumn, groupColumn, timeColumn, timeGap, timeWindow), seed, null, noStandardize, noIntercept, weights, offset, exclude,
                    ReadingSettings.Parse(na, categories, numbers, delimiter, Decimal, thousands, signs, dates, encoding),
                    PreparationSettings.ParseSingle(impute, fillValue, neighbors, neighborWeights, rounds, indicators, scale, encode, reference, minLevelCount, unknownLevels),
                    null, json).Minimizing(FamilySettings.Parse(family, link, power, size, delta, positive, trials, exposure, null, offset, survival)),
                PictureFile.Parse(plot))
                .Run(cancellationToken);
        });
}
