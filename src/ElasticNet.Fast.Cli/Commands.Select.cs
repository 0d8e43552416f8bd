using ConsoleAppFramework;

namespace ElasticNet.Fast.Cli;

// enet select.
internal sealed partial class Commands
{
    /// <summary>
    /// Says which features λ.min, λ.1se and each criterion select, and whether the folds agree. Reads the table as fit does.
    /// </summary>
    /// <param name="data">The CSV, - for standard input; its first line names the columns. Or, by its name, Parquet (.parquet), Arrow (.arrow, .feather, .ipc) or a svmlight file, .svm, .svmlight or .libsvm, perhaps with .gz.</param>
    /// <param name="target">Column to be predicted, of --family multigaussian several, separated by commas. A CSV needs it; a row of a svmlight file begins with its target.</param>
    /// <param name="family">What the target is: gaussian, binomial (two labels, 0 and 1, or proportions), multinomial (two labels or more), multigaussian (several columns of numbers), poisson or negative-binomial (counts), gamma (positive amounts), tweedie (amounts that are often 0), huber (a number with outliers) or cox (survival: --time and --event). Default gaussian.</param>
    /// <param name="time">Of --family cox, in the place of --target: column with the time until which a row was watched, above 0.</param>
    /// <param name="Event">Of --family cox: column that is 1 where the event happened at that time, 0 where the row was censored.</param>
    /// <param name="start">Of --family cox: column with the time from which on a row was watched, before --time. Default: the beginning.</param>
    /// <param name="strata">Of --family cox: column with the stratum of a row; rows are compared within theirs.</param>
    /// <param name="ties">Of --family cox: efron or breslow. Default efron.</param>
    /// <param name="link">Of --family binomial: logit, probit or cloglog. Default logit.</param>
    /// <param name="power">The power of --family tweedie, between 1 and 2. Default 1.5.</param>
    /// <param name="size">The size k of --family negative-binomial, above 0: the variance is μ + μ²/k. Default: estimated.</param>
    /// <param name="delta">From which residual on --family huber counts it by its size, in units of the target. Default: 1.345 times the scaled median distance of the target from its median.</param>
    /// <param name="positive">The label of the event, whose probability --family binomial predicts. Default: the second of the two in ordinal order.</param>
    /// <param name="trials">Column with the number of trials; the target counts the successes of --family binomial.</param>
    /// <param name="exposure">Column with time at risk, area or the like, above 0; its logarithm is the offset, of the families of counts and amounts.</param>
    /// <param name="grouped">Of --family multinomial and multigaussian: a feature's coefficients of all classes or responses are in or out together.</param>
    /// <param name="classWeight">balanced: both classes of --family binomial weigh the same.</param>
    /// <param name="zeroBased">The first feature of a svmlight file has index 0, not 1.</param>
    /// <param name="l1Ratio">Mixing ρ in [0, 1]; several, separated by commas, to choose from. Default 1.</param>
    /// <param name="folds">Folds of the cross-validation, at least 2. Default 10.</param>
    /// <param name="repeats">How often the rows are dealt out to folds anew, at least 1. Default 1.</param>
    /// <param name="foldColumn">Column with the fold of each row, whole numbers or text.</param>
    /// <param name="groupColumn">Column with what rows have in common (a patient, a shop): they are held out together.</param>
    /// <param name="timeColumn">Column with the time of each row, numbers or dates like 2024-03-01: each fold is predicted from the rows before it.</param>
    /// <param name="timeGap">Time between what is trained on and what is held out, in the unit of a numeric --time-column, else in days: for as long as a target takes to be known. Default 0.</param>
    /// <param name="timeWindow">How far back training goes, in the unit of a numeric --time-column, else in days. Default: all rows before.</param>
    /// <param name="seed">Seed of the fold shuffle. Default 1.</param>
    /// <param name="measure">What cross-validation measures on held-out rows: mse, the mean squared error, or mae, the mean absolute error; of other families deviance, too, of binomial ones also auc, misclassification, log-loss and brier; of cox partial-deviance and c-index. Default: mse for gaussian, partial-deviance for cox, deviance for others.</param>
    /// <param name="refit">Fit least squares, of other families likewise, without shrinkage, on what a rule selects: min, 1se, aic, aicc, bic, ebic, gcv or alo.</param>
    /// <param name="Out">Model file of the refit to write.</param>
    /// <param name="noStandardize">Penalise coefficients as they are instead of per standard deviation.</param>
    /// <param name="noIntercept">Fit no intercept.</param>
    /// <param name="weights">Column with observation weights.</param>
    /// <param name="offset">Column with a known part of the prediction, of several classes or responses one for each, as in fit.</param>
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
    /// <param name="strict">Fail, and write nothing, where a solution of the path did not end exact, as in fit.</param>
    /// <param name="json">Print one JSON object instead of text.</param>
    public void Select(
        [Argument] string data,
        [HideDefaultValue] string? target = null,
        [HideDefaultValue] string? family = null,
        [HideDefaultValue] string? time = null,
        [HideDefaultValue] string? Event = null, // The generated delegate would take a small one for the keyword.
        [HideDefaultValue] string? start = null,
        [HideDefaultValue] string? strata = null,
        [HideDefaultValue] string? ties = null,
        [HideDefaultValue] string? link = null,
        [HideDefaultValue] string? power = null,
        [HideDefaultValue] string? size = null,
        [HideDefaultValue] string? delta = null,
        [HideDefaultValue] string? positive = null,
        [HideDefaultValue] string? trials = null,
        [HideDefaultValue] string? exposure = null,
        bool grouped = false,
        [HideDefaultValue] string? classWeight = null,
        bool zeroBased = false,
        [HideDefaultValue] string? l1Ratio = null,
        [HideDefaultValue] string? folds = null,
        [HideDefaultValue] string? repeats = null,
        [HideDefaultValue] string? foldColumn = null,
        [HideDefaultValue] string? groupColumn = null,
        [HideDefaultValue] string? timeColumn = null,
        [HideDefaultValue] string? timeGap = null,
        [HideDefaultValue] string? timeWindow = null,
        [HideDefaultValue] string? seed = null,
        [HideDefaultValue] string? measure = null,
        [HideDefaultValue] string? refit = null,
        [HideDefaultValue] string? Out = null,
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
        bool strict = false,
        bool json = false,
        CancellationToken cancellationToken = default) =>
        Guard(() =>
        {
            SurvivalSettings? survival = SurvivalSettings.Parse(family, target, data, zeroBased, time, Event, start, strata, ties);
            FitSettings settings = FitSettings.Parse(
                data, survival?.Time ?? target, null, l1Ratio, FoldSettings.Parse(folds, repeats, foldColumn, groupColumn, timeColumn, timeGap, timeWindow), seed, null, noStandardize, noIntercept, weights, offset, exclude,
                ReadingSettings.Parse(na, categories, numbers, delimiter, Decimal, thousands, signs, dates, encoding),
                PreparationSettings.ParseSingle(impute, fillValue, neighbors, neighborWeights, rounds, indicators, scale, encode, reference, minLevelCount, unknownLevels),
                Out, json, zeroBased: zeroBased).Minimizing(FamilySettings.Parse(family, link, power, size, delta, positive, trials, exposure, classWeight, offset, survival)).Grouped(grouped).MeasuredBy(measure).Strictly(strict);
            new SelectCommand(terminal, settings, SelectCommand.Rule(refit, Out)).Run(cancellationToken);
        });
}
